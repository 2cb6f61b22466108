"""网办率: the share of items that could be handled online beside the share of cases that really were.

A case counts once it was decided here and its result has reached the applicant. It was handled online to the end when
it was filed on a computer or phone, nobody took paper from the applicant, nobody recorded a visit, and the result went
out electronically or by post. What is not proved is not counted as online.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, visible
from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.params.queries import integer
from zhengtong.foundation.wiring import Registry
from zhengtong.topics.items import queries as items

from ..models import Case, Material, Step
from ..rules.measuring import HEAPS, ONLINE, WITHOUT_COMING, Measured, Share, Total, total

# Higher topics name the cases for which somebody came: name → a set of rows with one column, the case's id.
recorded_visits: Registry[str, Callable[[], QuerySet[Any]]] = Registry("cases.recorded_visits")


@dataclass(frozen=True)
class OnlineShare:
    """The figures of a period within an actor's scope."""

    since: date
    until: date
    whole: Total
    departments: list[Total]
    rows: list[tuple[Measured, Total]]


def online_share(actor: Actor, *, since: date, until: date, department: str = "") -> OnlineShare:
    """Per item and department, both days included; departments and items with most cases first."""
    small = integer("cases.online_small_sample", until)
    measured = _measured(actor, since, until, department)
    by_department: dict[str, list[Measured]] = defaultdict(list)
    for row in measured:
        by_department[row.department].append(row)
    departments = [total(rows[0].department_name, key, rows, small_below=small) for key, rows in by_department.items()]
    return OnlineShare(
        since, until,
        whole=total("", "", measured, small_below=small),
        departments=sorted(departments, key=lambda one: (-one.real.whole, one.key)),
        rows=[(row, total(row.item_name, row.item, [row], small_below=small)) for row in measured],
    )  # fmt: skip


def cases_behind(
    actor: Actor, *, since: date, until: date, heap: str, department: str = "", item: str = ""
) -> QuerySet[Case]:  # fmt: skip
    """The cases that a figure counted, newest first."""
    rows = _decided(actor, since, until, department).select_related("department").defer("form")
    if item:
        rows = rows.filter(item_code=item)
    wanted = {
        "counted": Q(way__isnull=False), "online": _ONLINE, "other": Q(way__isnull=False) & ~_ONLINE,
        "undelivered": Q(way__isnull=True),
    }  # fmt: skip
    return rows.filter(wanted[heap if heap in HEAPS else "counted"]).order_by("-ended_at", "-id")


_NO_COMING = Q(way__startswith=WITHOUT_COMING[0]) | Q(way__startswith=WITHOUT_COMING[1])
_ONLINE = Q(channel__in=ONLINE) & Q(on_paper=False) & Q(visited=False) & _NO_COMING


def _decided(actor: Actor, since: date, until: date, department: str) -> QuerySet[Any]:
    """Cases decided here in the period, with how their result went out and what tells of a visit."""
    start, end = (datetime.combine(day, time.min, clock.CHINA) for day in (since, until + timedelta(days=1)))
    rows = visible(actor, "cases.measure", Case.objects.filter(ended_at__gte=start, ended_at__lt=end))
    rows = rows.filter(decided_at__isnull=False)
    if department:
        rows = rows.filter(department=department)
    delivered = Step.objects.filter(case=OuterRef("pk"), verb="deliver").values("opinion")[:1]
    paper = Material.objects.filter(case=OuterRef("pk"), taken_as="paper")
    visited = Q(pk__in=[])
    for named in recorded_visits.values():
        visited |= Q(pk__in=named())
    return rows.annotate(way=Subquery(delivered), on_paper=Exists(paper), visited=visited)


def _measured(actor: Actor, since: date, until: date, department: str) -> list[Measured]:
    counted = (
        _decided(actor, since, until, department)
        .order_by()
        .values_list("department_id", "item_code")
        .annotate(
            counted=Count("pk", filter=Q(way__isnull=False)),
            online=Count("pk", filter=_ONLINE),
            undelivered=Count("pk", filter=Q(way__isnull=True)),
        )
    )
    counts = {(where, code): tuple(numbers) for where, code, *numbers in counted}
    offered = _offered(actor, until, department)
    names = directory.organisations({where for where, _ in {**counts, **offered}})
    found = []
    for where, code in {**offered, **counts}:
        name, depths = offered.get((where, code)) or (code, frozenset())
        whole, online, undelivered = counts.get((where, code), (0, 0, 0))
        place = names[where].short_name if where in names else where
        found.append(Measured(where, place, code, name, depths, Share(online, whole), undelivered))
    return sorted(found, key=lambda row: (-row.real.whole, row.department, row.item))


def _offered(actor: Actor, on: date, department: str) -> dict[tuple[str, str], tuple[str, frozenset[int]]]:
    """The items in force that the actor's offices decide or accept, and how deep they can be handled online."""
    rows: Iterable[Any] = items.published_items(on=on).filter(decided_in="local")
    places = {grant.organisation for grant in actor.granted("cases.measure")}
    return {
        (row.organisation, row.code): (row.short_name, frozenset(row.online_depth))
        for row in rows
        if None in places or places & {row.organisation, row.accepted_by, *row.also_accepted_by}
        if not department or row.organisation == department
    }
