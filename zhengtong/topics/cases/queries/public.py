"""What anybody with a number may see: numbers can be guessed, so it is state and dates only."""

import hmac
from dataclasses import dataclass
from datetime import date, datetime

from zhengtong.foundation.codes import case_number
from zhengtong.foundation.refusals import NotFound
from zhengtong.topics.items import queries as items

from ..models import Case, Step
from .timeline import Moment, timeline


@dataclass(frozen=True)
class PublicStatus:
    """State and dates of a case; no name, no item content, no opinion."""

    number: str
    status: str
    submitted_at: datetime
    due: date | None
    provisional: bool


def _found(number: str) -> Case:
    case_number.check_case_number(number)
    rows = Case.objects.defer("form").select_related("department", "acceptor", "applicant", "operator")
    case = rows.filter(number=number).first()
    if case is None:
        raise NotFound
    return case


def public_status(number: str) -> PublicStatus:
    """State and dates. Refused: mistyped, unknown."""
    case = _found(number)
    return PublicStatus(
        case.number, case.status, case.submitted_at, case.promised_due or case.statutory_due, case.due_provisional
    )


def may_open_by_phone(number: str, last_four: str) -> tuple[Case, list[Moment]] | None:
    """The timeline for whoever knows the last four digits of the applicant's or the operator's phone."""
    case = _found(number)
    phones = [subject.phone for subject in (case.applicant, case.operator) if subject and subject.phone]
    if not any(hmac.compare_digest(phone[-4:].encode(), last_four.encode()) for phone in phones):
        return None
    steps = list(Step.objects.filter(case=case).select_related("organisation").order_by("id"))
    return case, timeline(case, items.version(case.item_version_id), steps)
