"""Who had a case in hand, and how many somebody took in on a day: for those above who keep hands apart and days."""

from datetime import date, datetime, time, timedelta

from zhengtong.foundation.access import Actor, visible
from zhengtong.foundation.clock import CHINA

from ..models import Case, Material, Step

# What may not be in the same hands as the handing out of the result.
WORDS = {
    "accept": "受理", "review": "审查", "grant": "决定", "refuse": "决定", "note": "备案",
    "handle_on_the_spot": "决定",
}  # fmt: skip


def hands_on(case: Case) -> dict[str, str]:
    """Actor keys of those who accepted, reviewed and decided, with the word for what they did."""
    rows = Step.objects.filter(case=case, verb__in=WORDS).order_by("id")
    return {who: WORDS[verb] for who, verb in rows.values_list("actor", "verb")}


def paper_count(case: Case) -> int:
    """How many of its materials are on paper."""
    return Material.objects.filter(case=case, replaced_at=None, taken_as="paper").count()


def paper_names(case: Case) -> list[str]:
    """The names of what was handed in, in the order in which it came."""
    return list(Material.objects.filter(case=case, replaced_at=None).order_by("id").values_list("name", flat=True))


def taken_in_count(actor: Actor, day: date) -> int:
    """How many cases the actor himself took in on a day."""
    start = datetime.combine(day, time.min, CHINA)
    rows = visible(actor, "cases.view", Case.objects.all())
    return rows.filter(
        filed_by=actor.key, submitted_at__gte=start, submitted_at__lt=start + timedelta(days=1)
    ).order_by().count()  # fmt: skip
