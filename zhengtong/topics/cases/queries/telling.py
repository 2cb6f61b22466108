"""What people are told of their cases, and who they are: the applicant and whoever handles it for him."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from zhengtong.engines.papers.rules import plain_date
from zhengtong.topics.subjects import queries as subjects

from ..access import HELPER
from ..models import Case, Notice
from .papers import track_url

Contact = subjects.Contact


def cases_to_tell(ids: Iterable[UUID]) -> dict[UUID, Case]:
    """The cases by id, with the office that decides; neither form nor materials are read."""
    return Case.objects.select_related("department").defer("form").in_bulk(list(set(ids)))


def cases_by_number(numbers: Iterable[str]) -> dict[str, Case]:
    """The same by number."""
    rows = Case.objects.select_related("department").defer("form").filter(number__in=set(numbers))
    return {row.number: row for row in rows}


def people_to_tell(cases: Iterable[Case]) -> dict[UUID, tuple[Contact, ...]]:
    """By case: the applicant, or who stands for it, and the one who handles the case, each once.

    A helper is told only while the applicant agrees to be helped.
    """
    cases = list(cases)
    helpers = {(case.applicant_id, case.operator_id) for case in cases if case.operator_id and _is_helped(case)}
    agreed = subjects.agreements_standing(helpers)
    told = {
        case.pk: [case.applicant_id]
        if _is_helped(case) and (case.applicant_id, case.operator_id) not in agreed
        else [who for who in (case.applicant_id, case.operator_id) if who]
        for case in cases
    }
    contacts = subjects.contacts_of({who for people in told.values() for who in people})
    return {
        pk: tuple(dict.fromkeys(contact for who in people for contact in contacts.get(who, ())))
        for pk, people in told.items()
    }


def _is_helped(case: Case) -> bool:
    return case.acting_right == HELPER


def told_facts(case: Case) -> dict[str, str]:
    """What every text about a case may name; nothing about the applicant."""
    due = case.promised_due or case.statutory_due
    return {
        "number": case.number,
        "item": case.item_name,
        "organ": case.department.short_name or case.department.name,
        "status_address": track_url(case),
        "due": plain_date(due) if due else "规定的期限",
        "result": case.result_name or "准予办理",
        "system": case.elsewhere_system,
    }


def corrections_to_tell(ids: Iterable[UUID]) -> list[tuple[UUID, str, datetime, date | None]]:
    """All correction notices of these cases: case, number of the notice, when issued, answer due."""
    rows = Notice.objects.filter(case__in=list(ids), kind="correction").order_by("issued_at")
    return [(row.case_id, row.number, row.issued_at, row.answer_due) for row in rows]
