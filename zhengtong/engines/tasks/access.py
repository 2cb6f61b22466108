"""A task is for those who hold its permission where it waits."""

from collections import defaultdict

from django.db.models import Q

from zhengtong.foundation.access import Actor, Rule, allow, by_grant

from .models import Task


def _may(actor: Actor, task: Task) -> bool:
    place = {"organisation": task.organisation, "area": task.area, "item": task.item}
    return any(grant.covers(**place) for grant in actor.granted(task.permission))


def _rows(actor: Actor) -> Q:
    found = Q(pk__in=[])
    plain: defaultdict[str, set[str]] = defaultdict(set)
    for grant in actor.grants:
        if not grant.permission.startswith(("cases.", "tasks.")):
            continue
        if grant.organisation is not None and grant.area is None and grant.item is None:
            plain[grant.organisation].add(grant.permission)
            continue
        part = Q(permission=grant.permission)
        if grant.organisation is not None:
            part &= Q(organisation=grant.organisation)
        if grant.area is not None:
            part &= Q(area__startswith=grant.area)
        if grant.item is not None:
            part &= Q(item=grant.item)
        found |= part
    for organisation, permissions in sorted(plain.items()):
        found |= Q(organisation=organisation, permission__in=sorted(permissions))
    return found


RULE = Rule(_may, _rows)
for verb in ("tasks.view", "tasks.claim", "tasks.return", "tasks.hand_over"):
    allow(verb, RULE)
# Who answers for a unit sees what waits there, whoever has to do it.
allow("tasks.oversee", by_grant("tasks.oversee", organisation="organisation", area="area", item="item"))
