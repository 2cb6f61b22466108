"""One rule per verb, answering both questions: may I do it to this row, and to which rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from zhengtong.foundation.refusals import Forbidden
from zhengtong.foundation.wiring import Registry

from .actors import Actor

M = TypeVar("M", bound=Model)
NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class Rule:
    """`may` decides on one row, `rows` selects the same rows in the database."""

    may: Callable[[Actor, Any], bool]
    rows: Callable[[Actor], Q]

    def __or__(self, other: "Rule") -> "Rule":
        return Rule(
            may=lambda actor, row: self.may(actor, row) or other.may(actor, row),
            rows=lambda actor: _either(self.rows(actor), other.rows(actor)),
        )


def _either(one: Q, other: Q) -> Q:
    # An empty Q selects every row, but Django's `|` drops it and keeps the narrower side.
    return one | other if one and other else Q()


rules: Registry[str, Rule] = Registry("access rules")


def allow(verb: str, rule: Rule) -> Rule:
    """Declare who may; a verb without a rule is denied to everybody."""
    return rules.add(verb, rule)


def by_grant(permission: str, *, organisation: str = "", area: str = "", item: str = "") -> Rule:
    """Holders of a permission, on rows whose named columns lie within the grant's dimensions.

    A dimension the row does not have must be open in the grant.
    """

    def value(row: Any, column: str) -> str | None:
        for part in column.split("__") if column else ():
            row = getattr(row, part, None)
        return row if column else None

    def may(actor: Actor, row: Any) -> bool:
        place = {"organisation": value(row, organisation), "area": value(row, area), "item": value(row, item)}
        return any(grant.covers(**place) for grant in actor.granted(permission))

    def rows(actor: Actor) -> Q:
        found = NOTHING
        everywhere: set[str] = set()
        for grant in actor.granted(permission):
            asked = ((grant.organisation, organisation), (grant.area, area), (grant.item, item))
            if any(value is not None and not column for value, column in asked):
                continue
            if grant.area is None and grant.item is None:
                if grant.organisation is None:
                    return Q()
                everywhere.add(grant.organisation)
                continue
            part = Q()
            if grant.organisation is not None:
                part &= Q(**{organisation: grant.organisation})
            if grant.area is not None:
                part &= Q(**{f"{area}__startswith": grant.area})
            if grant.item is not None:
                part &= Q(**{item: grant.item})
            found |= part
        return found | Q(**{f"{organisation}__in": sorted(everywhere)}) if everywhere else found

    return Rule(may, rows)


def may(actor: Actor, verb: str, row: Any = None) -> bool:
    """Whether the actor may do this to this row."""
    return verb in rules and rules.get(verb).may(actor, row)


def require(actor: Actor, verb: str, row: Any = None) -> None:
    """Refuse unless the actor may do this to this row; the row is locked by the caller."""
    if not may(actor, verb, row):
        raise Forbidden(verb=verb)


def visible(actor: Actor, verb: str, queryset: QuerySet[M]) -> QuerySet[M]:
    """Only the rows on which the actor may do this: the scope goes into the query."""
    if verb not in rules:
        return queryset.none()
    return queryset.filter(rules.get(verb).rows(actor))
