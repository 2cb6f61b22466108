"""What hangs on the versions of an item: for whoever is about to publish another."""

from dataclasses import dataclass
from typing import Any

from zhengtong.foundation.access import Actor, may
from zhengtong.foundation.refusals import NotFound

from ..models import Case, Draft
from ..rules import ENDED, Status
from .lists import COUNTED_UP_TO


@dataclass(frozen=True)
class Standing:
    """Cases under way and drafts begun under the published versions of an item; each counted up to a thousand."""

    cases: int
    drafts: int


def standing_under(actor: Actor, item: Any) -> Standing:
    """How many, and nothing about anybody; for those who keep the item. Refused (not found) otherwise."""
    if not may(actor, "items.view_drafts", item):
        raise NotFound
    under_way = [status for status in Status if status not in ENDED]
    # By department and status, as the lists are: cases long ended are many and need not be looked at.
    cases = Case.objects.filter(department=item.organisation, status__in=under_way, item_code=item.code)
    drafts = Draft.objects.filter(item_version__item=item.pk)
    most = COUNTED_UP_TO + 1
    return Standing(cases.order_by()[:most].count(), drafts.order_by()[:most].count())
