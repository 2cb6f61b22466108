"""How much came in, how much was decided, and whether in time: within what an actor answers for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, visible
from zhengtong.foundation.refusals import N_

from ..models import Case
from ..rules.measuring import Share
from ..rules.pacing import WEEK, YEAR, Days, week_so_far

BEHIND = {
    "received": N_("收到的办件"),
    "decided": N_("作出决定的办件"),
    "in_time": N_("按期作出决定的办件"),
    "late": N_("超期作出决定的办件"),
}
# By what was promised, and where nothing was promised, by the law.
_DUE = Coalesce("promised_due", "statutory_due")
_DECIDED_ON = TruncDate("ended_at", tzinfo=clock.CHINA)


@dataclass(frozen=True)
class Pace:
    """This week beside the same days last year, or last week where last year there were none."""

    days: Days
    received: int
    decided: int
    other: Days
    other_received: int
    other_decided: int
    is_year: bool


def pace(actor: Actor, *, today: date) -> Pace:
    """What came in and what was decided since Monday, and what it is to be compared with."""
    days = week_so_far(today)
    spans = [days, days.before(YEAR), days.before(WEEK)]
    received, decided = _counted(actor, "submitted_at", spans), _counted(actor, "ended_at", spans)
    is_year = bool(received[1] or decided[1])
    other = 1 if is_year else 2
    return Pace(days, received[0], decided[0], spans[other], received[other], decided[other], is_year)


def kept_limits(actor: Actor, *, since: date, until: date) -> Share:
    """Of the cases decided in a period (both days included) that had a limit: those decided by its last day."""
    rows = _decided(actor, Days(since, until)).order_by()
    told = rows.aggregate(whole=Count("pk"), part=Count("pk", filter=Q(decided_on__lte=F("limit"))))
    return Share(told["part"], told["whole"])


def cases_behind_pace(actor: Actor, heap: str, *, since: date, until: date) -> QuerySet[Case]:
    """The cases that a figure counted, newest first."""
    days = Days(since, until)
    if heap == "received":
        rows = _scoped(actor).filter(_within("submitted_at", days)).order_by("-submitted_at", "-id")
    elif heap in ("in_time", "late"):
        rows = _decided(actor, days)
        in_time = Q(decided_on__lte=F("limit"))
        rows = rows.filter(in_time if heap == "in_time" else ~in_time).order_by("-ended_at", "-id")
    else:
        rows = _scoped(actor).filter(_within("ended_at", days), decided_at__isnull=False).order_by("-ended_at", "-id")
    return rows.select_related("department", "acceptor").defer("form")


def _scoped(actor: Actor) -> QuerySet[Case]:
    return visible(actor, "cases.measure", Case.objects.all())


def _decided(actor: Actor, days: Days) -> QuerySet[Case]:
    """Decided here, with the limit and the day of the decision."""
    rows = _scoped(actor).filter(_within("ended_at", days), decided_at__isnull=False)
    return rows.annotate(limit=_DUE, decided_on=_DECIDED_ON).filter(limit__isnull=False)


def _counted(actor: Actor, column: str, spans: Sequence[Days]) -> list[int]:
    rows = _scoped(actor).order_by()
    if column == "ended_at":
        rows = rows.filter(decided_at__isnull=False)
    any_of_them = Q()
    for days in spans:
        any_of_them |= _within(column, days)
    counts = {f"n{number}": Count("pk", filter=_within(column, days)) for number, days in enumerate(spans)}
    told = rows.filter(any_of_them).aggregate(**counts)
    return [told[f"n{number}"] for number in range(len(spans))]


def _within(column: str, days: Days) -> Q:
    start, end = (
        datetime.combine(day, time.min, clock.CHINA) for day in (days.since, days.until + timedelta(days=1))
    )  # fmt: skip
    return Q(**{f"{column}__gte": start, f"{column}__lt": end})
