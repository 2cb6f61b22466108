"""How many places are taken."""

from collections.abc import Iterable

from django.db.models import Count, F

from .models import Slot
from .rules import Time


def taken(pool: str, times: Iterable[Time]) -> dict[int, int]:
    """Half hour → places taken, of those in which any are."""
    return taken_of([pool], times)[pool]


def taken_of(pools: Iterable[str], times: Iterable[Time]) -> dict[str, dict[int, int]]:
    """The same for several pools in one question."""
    found: dict[str, dict[int, int]] = {pool: {} for pool in pools}
    numbers = [time.number for time in times]
    if not numbers:
        return found
    rows = Slot.objects.filter(pool__in=list(found), number__range=(min(numbers), max(numbers)), taken__gt=0)
    for pool, number, count in rows.values_list("pool", "number", "taken"):
        found[pool][number] = count
    return found


def miscounted() -> list[Slot]:
    """Slots whose count is not the number of their places; there are none."""
    return list(Slot.objects.annotate(held=Count("places")).exclude(taken=F("held")))
