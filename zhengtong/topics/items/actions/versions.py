"""Drafts, publication and the end of an item."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, require
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.wiring.sections import DESK

from .. import access, events, rules  # noqa: F401 - access declares who may
from ..models import Item, ItemVersion
from ..queries.compiled import periods
from ..queries.defects import found_in, written_form
from ..queries.packs import entry_of
from ..queries.publishing import seen_of, stubborn_defects
from . import rows


@transaction.atomic
def save_draft_version(entry: Mapping[str, Any], *, actor: Actor) -> ItemVersion:
    """Keep what an item shall say next; the first draft of a new code makes the item.

    Defects are stored with the draft and shown; they do not stop it from being kept.
    """
    whole = rows.checked(entry)
    item = locked_or_new(whole, DESK)
    require(actor, "items.save_draft", item)
    # Nor may an item be carried off to a body whose items the actor does not keep.
    require(actor, "items.save_draft", Item(organisation=whole["organisation"]))
    draft = put_draft(item, whole)
    record("items.item.drafted", item, actor=actor, number=draft.number, defects=len(draft.defects))
    return draft


@transaction.atomic
def publish_version(code: str, *, valid_from: date | None = None, seen: str = "", actor: Actor) -> ItemVersion:
    """Put the draft of an item in force from its first day; the version before it ends the day before.

    `valid_from` replaces the first day that the draft says; `seen` is what `queries.publication` told.
    Refused while it has blocking defects, for days past once a version is in force, and when somebody has changed the
    item since it was seen.
    """
    item = locked(code)
    require(actor, "items.publish", item)
    if item.draft is None:
        raise rules.NothingToPublish(name=item.name)
    check_seen(item, seen)
    if valid_from is not None:
        rules.check_near(item.name, valid_from=valid_from, today=clock.today())
        item.draft.valid_from = valid_from
    # Whoever publishes at the desk answers for the item from now on; packs show it as drift.
    if actor.kind == "staff":
        item.owner = DESK
    return put_in_force(item, item.draft, actor=actor)


@transaction.atomic
def discard_draft(code: str, *, actor: Actor) -> Item:
    """Throw away what was not published; an item never published stays as an empty draft."""
    item = locked(code)
    require(actor, "items.save_draft", item)
    if item.draft is None or item.published is None:
        raise rules.NothingToPublish(name=item.name)
    draft, item.draft = item.draft, None
    item.save(update_fields=["draft"])
    draft.delete()
    record("items.item.draft_discarded", item, actor=actor, number=draft.number)
    return item


@transaction.atomic
def end_item(code: str, *, actor: Actor) -> Item:
    """Take no more applications from today on; running cases keep their version and go on."""
    item = locked(code)
    require(actor, "items.end", item)
    if actor.kind == "staff":
        item.owner = DESK
    return put_out_of_force(item, actor=actor)


# -- the steps that packs and imports share ---------------------------------------------------------------------------


def locked(code: str) -> Item:
    item = Item.objects.select_for_update().filter(code=code).first()
    if item is None:
        raise rules.ItemUnknown(item=code)
    return item


def check_seen(item: Item, seen: str) -> None:
    """Nobody overwrites, or publishes, what he has not seen; empty where nothing was shown."""
    if seen and seen != seen_of(item):
        raise rules.ItemChanged(name=item.name)


def locked_or_new(entry: Mapping[str, Any], owner: str) -> Item:
    item = Item.objects.select_for_update().filter(code=entry["code"]).first()
    if item is None:
        item = Item(code=entry["code"], owner=owner, created_at=clock.now(), changed_at=clock.now())
        item.name, item.organisation = entry["name"], entry["organisation"]
    return item


def put_draft(item: Item, entry: Mapping[str, Any], *, number: int | None = None) -> ItemVersion:
    """Store the entry as the item's one draft."""
    draft = item.draft or ItemVersion(item=item)
    latest = item.published.number if item.published else 0
    draft.number = number or latest + 1
    if item.published is None:
        item.name, item.organisation = entry["name"], entry["organisation"]
    for name, value in rows.columns(entry).items():
        setattr(draft, name, value)
    draft.defects = [defect.as_json() for defect in found_in(entry)]
    item.changed_at = clock.now()
    item.save()
    draft.save()
    item.draft = draft
    item.save(update_fields=["draft"])
    return draft


def put_in_force(item: Item, draft: ItemVersion, *, actor: Actor) -> ItemVersion:
    """Publish a draft whose item is locked and whose actor was asked."""
    entry, today = entry_of(draft), clock.today()
    blocking = rules.blocking([*found_in(entry), *stubborn_defects(draft)])
    if blocking:
        listing = "\n".join(f"  {number}. {defect}" for number, defect in enumerate(blocking, start=1))
        raise rules.ItemDefective(name=item.name, count=len(blocking), listing=listing)
    assert draft.valid_from is not None, "the rules refuse a draft without its first day"
    before = list(ItemVersion.objects.filter(item=item).exclude(state=ItemVersion.State.DRAFT))
    rules.check_succession(item.name, before, valid_from=draft.valid_from, today=today)
    eve = draft.valid_from - timedelta(days=1)
    for version in before:
        last = rules.last_day(version)
        if last is None or last > eve:
            version.closed_on = eve
            version.save(update_fields=["closed_on"])
    draft.state, draft.published_at = ItemVersion.State.PUBLISHED, clock.now()
    draft.defects = [one for one in draft.defects if not one["is_blocking"]]
    draft.form = written_form(entry)
    rows.set_search(draft, entry)
    draft.save()
    rows.write_materials(draft)
    item.published, item.draft, item.state = draft, None, Item.State.PUBLISHED
    item.name, item.organisation, item.changed_at = draft.name, draft.organisation, clock.now()
    item.save()
    periods.changed()
    day = draft.valid_from.isoformat()
    record("items.item.published", item, actor=actor, number=draft.number, valid_from=day, version=str(draft.pk))
    events.ItemPublished(item.code, str(draft.pk), draft.number, day).publish()
    return draft


def put_editorial(
    item: Item, version: ItemVersion, entry: Mapping[str, Any], *, actor: Actor, **more: Any
) -> ItemVersion:
    """Store the editorial part of an entry on a published version; `more` goes on record with it."""
    before = version.editorial
    set_editorial(version, entry)
    item.changed_at = clock.now()
    item.save(update_fields=["changed_at", "owner"])
    changed = [name for name, value in version.editorial.items() if before.get(name) != value]
    record("items.item.edited", item, actor=actor, number=version.number, fields=changed, **more)
    return version


def set_editorial(version: ItemVersion, entry: Mapping[str, Any]) -> None:
    """The editorial columns of a published version, and what makes it findable."""
    version.editorial = rules.split(entry)[1]
    version.events = list(entry["events"])
    rows.set_search(version, entry)
    version.save(update_fields=["editorial", "events", "search_document", "search_pieces"])


def put_out_of_force(item: Item, *, actor: Actor) -> Item:
    """No version of the item is in force from today on."""
    last_day = clock.today() - timedelta(days=1)
    for version in ItemVersion.objects.filter(item=item).exclude(state=ItemVersion.State.DRAFT):
        last = rules.last_day(version)
        if last is None or last > last_day:
            version.closed_on, version.state = last_day, ItemVersion.State.ENDED
            version.save(update_fields=["closed_on", "state"])
    item.state, item.changed_at = Item.State.ENDED, clock.now()
    item.save()
    periods.changed()
    record("items.item.ended", item, actor=actor, last_day=last_day.isoformat())
    events.ItemEnded(item.code, last_day.isoformat()).publish()
    return item
