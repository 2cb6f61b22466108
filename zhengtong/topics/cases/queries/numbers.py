"""A case by any number it goes by: ours, or the one a vertical system gave it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from zhengtong.foundation.codes import case_number

from ..models import Case


def by_number(text: str) -> Q:
    """Rows that go by this number, to be put beside the other conditions of a list; exact, so that indexes serve."""
    text = text.strip()
    if case_number.is_valid_case_number(text):
        return Q(number=text) | Q(elsewhere_number=text)
    return Q(elsewhere_number=text) if text else Q(pk__in=[])


def numbers_of(ids: Iterable[Any]) -> dict[str, str]:
    """The numbers of cases by their ids, for whoever reads a trail that names them; tells nothing else."""
    return {str(pk): number for pk, number in Case.objects.filter(pk__in=list(ids)).values_list("pk", "number")}


def stream_of_number(number: str) -> str:
    """The name of the trail of the case with this number; empty where there is none."""
    found = Case.objects.only("pk").filter(number=number).first()
    return found.audit_stream if found else ""
