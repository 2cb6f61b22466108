"""Cases that another system has, and what that system is told."""

from typing import Any
from uuid import UUID

from zhengtong.topics.items import queries as items

from ..models import Case, Step
from ..rules import Status
from .answers import unseal_answers


def forwarded_case(case_id: UUID) -> Case | None:
    """The case, if it still waits for the other system."""
    rows = Case.objects.select_related("applicant")
    return rows.filter(pk=case_id, status=Status.FORWARDED).first()


def cases_at_the_province() -> list[Case]:
    """Taken there and not ended yet, oldest first."""
    rows = Case.objects.filter(status=Status.FORWARDED).exclude(elsewhere_number="")
    return list(rows.only("pk", "elsewhere_number").order_by("submitted_at")[:500])


def for_the_province(case: Case) -> dict[str, Any]:
    """The message that hands a case over: everything that was given here, so that nobody types it again."""
    item = items.version(case.item_version_id)
    step = Step.objects.filter(case=case, verb="forward").latest("id")
    return {
        "number": case.number,
        "official_number": case.official_number,
        "item": item.handling_code,
        "applicant": {
            "name": case.applicant_name,
            "id_type": case.applicant.id_type,
            "id_number": case.applicant.id_number,
        },
        "answers": unseal_answers(item.form, case.form),
        "handed_over_at": step.at.isoformat(),
    }
