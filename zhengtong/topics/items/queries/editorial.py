"""How items are found and reached, for those who keep it right: one item's page, and one contact on many items."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, require, visible

from .. import access, rules  # noqa: F401 - access declares who may
from ..models import Item, ItemVersion
from .catalogue import BIG_COLUMNS
from .packs import entry_of
from .publishing import seen_of

MOST_AT_ONCE = 200
UNREAD = [f"published__{column}" for column in BIG_COLUMNS if column != "editorial"]


@dataclass(frozen=True)
class Editorial:
    """What the guide of a published item says of how to find and reach it."""

    item: Item
    version: ItemVersion
    entry: Mapping[str, Any]
    seen: str


def editorial(actor: Actor, code: str) -> Editorial:
    """The editorial part that people read today. Refused: not the actor's to edit; nothing published."""
    item = Item.objects.select_related("published").filter(code=code).first()
    if item is None:
        raise rules.ItemUnknown(item=code)
    require(actor, "items.edit_editorial", item)
    version = version_read_today(item)
    if version is None:
        raise rules.ItemUnknown(item=code)
    return Editorial(item, version, entry_of(version), seen_of(item))


def version_read_today(item: Item) -> ItemVersion | None:
    """The version in force today, or the latest where none is."""
    return versions_read_today([item]).get(item.pk)


def versions_read_today(kept: Iterable[Item]) -> dict[UUID, ItemVersion]:
    """By item, what the public reads today. A second query only where a version still waits for its day."""
    today, found, waiting = clock.today(), {}, []
    for item in kept:
        if item.published is not None:
            found[item.pk] = item.published
            if not rules.is_in_force(item.published, today):
                waiting.append(item.pk)
    others = ItemVersion.objects.filter(item__in=waiting).exclude(state=ItemVersion.State.DRAFT) if waiting else ()
    return found | {version.item_id: version for version in others if rules.is_in_force(version, today)}


@dataclass(frozen=True)
class ContactLine:
    """One item before and after: `state` is change | same | absent | several."""

    item: Item
    before: tuple[str, ...]
    state: str
    seen: str


def reachable_items(
    actor: Actor, *, organisation: str = "", place: str = "", phone: str = "", text: str = ""
) -> QuerySet[Item]:
    """Published items whose editorial part the actor may edit, by department, place, part of a phone, or name."""
    rows = visible(actor, "items.edit_editorial", Item.objects.select_related("published")).defer(*UNREAD)
    rows = rows.filter(state=Item.State.PUBLISHED)
    if organisation:
        rows = rows.filter(organisation=organisation)
    if place:
        rows = rows.filter(published__editorial__places__contains=[{"organisation": place}])
    if phone:
        consult = Q(published__editorial__consult_phone__icontains=phone)
        rows = rows.filter(consult | Q(published__editorial__complaint_phone__icontains=phone))
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(code__icontains=text))
    return rows.order_by("name", "pk")


def places_of(actor: Actor) -> list[str]:
    """The codes of the places at which items of the actor's are served."""
    rows = visible(actor, "items.edit_editorial", Item.objects.filter(state=Item.State.PUBLISHED))
    said = rows.order_by().values_list("published__editorial__places", flat=True).distinct()
    return sorted({place["organisation"] for places in said for place in places or () if place["organisation"]})


def departments_of(actor: Actor) -> list[str]:
    """The codes of the bodies whose items the actor keeps."""
    rows = visible(actor, "items.edit_editorial", Item.objects.filter(state=Item.State.PUBLISHED))
    return sorted(rows.order_by().values_list("organisation", flat=True).distinct())


def contact_lines(actor: Actor, codes: Collection[str], contact: rules.Contact) -> Sequence[ContactLine]:
    """What the contact would do to each of the items."""
    kept = list(reachable_items(actor).filter(code__in=list(codes)[:MOST_AT_ONCE]))
    read = versions_read_today(kept)
    return [_line(item, read[item.pk].editorial, contact) for item in kept]


def _line(item: Item, said: Mapping[str, Any], contact: rules.Contact) -> ContactLine:
    before = tuple(rules.contact_before(said, contact))
    if rules.contact_changes(said, contact):
        state = "change"
    elif rules.is_ambiguous(said, contact):
        state = "several"
    else:
        state = "same" if before else "absent"
    return ContactLine(item, before, state, seen_of(item))
