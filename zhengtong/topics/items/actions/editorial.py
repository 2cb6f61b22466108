"""How a service is found and reached, changed without a new version: one item, or one contact on many."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, require
from zhengtong.foundation.packs.queries import Known
from zhengtong.foundation.wiring.sections import DESK

from .. import access, rules  # noqa: F401 - access declares who may
from ..models import Item, ItemVersion
from ..queries.defects import found_in
from ..queries.editorial import MOST_AT_ONCE, version_read_today
from ..queries.packs import entry_of
from ..queries.publishing import stubborn_defects
from . import rows
from .versions import check_seen, locked, put_editorial, set_editorial


@transaction.atomic
def edit_editorial(code: str, *, changes: Mapping[str, Any], seen: str = "", actor: Actor) -> ItemVersion:
    """Change how the service is found and reached (windows, phones, questions, keywords) without a new version.

    The version that people read today changes; versions still waiting and the draft follow where they said the same.
    Refused with every fault by its path, and when somebody has changed the item since it was seen.
    """
    item = locked(code)
    require(actor, "items.edit_editorial", item)
    check_seen(item, seen)
    version = version_read_today(item)
    if version is None:
        raise rules.ItemUnknown(item=code)
    unknown = [name for name in changes if name not in rules.EDITORIAL]
    if unknown:
        raise rules.ItemMalformed(listing=f"  {'、'.join(unknown)}：改动这些内容需要发布新版本。")
    return _edit(item, version, changes, Known(), actor=actor)


@transaction.atomic
def edit_contacts(contact: rules.Contact, *, seen: Mapping[str, str], actor: Actor) -> int:
    """Let one contact (a phone, the window or address at a place) read the same on many items; how many changed.

    `seen` names the items by code, each as the preview showed it. All or nothing: refused when the contact is
    malformed, or when one of the items may not be edited or was changed meanwhile.
    """
    faults = rules.contact_faults(contact)
    if faults:
        raise rules.ContactInvalid(listing=_listing(faults), fields=faults)
    codes = sorted(seen)[:MOST_AT_ONCE]
    kept = {
        item.code: item
        for item in Item.objects.select_for_update(of=("self",))
        .select_related("published")
        .filter(code__in=codes)
        .order_by("code")
    }
    count, around = 0, Known()
    for code in codes:
        item = kept.get(code)
        version = version_read_today(item) if item else None
        if item is None or version is None:
            raise rules.ItemUnknown(item=code)
        require(actor, "items.edit_editorial", item)
        check_seen(item, seen[code])
        changes = rules.contact_changes(version.editorial, contact)
        if changes:
            _edit(item, version, changes, around, actor=actor, together=len(codes))
            count += 1
    return count


def _edit(
    item: Item, version: ItemVersion, changes: Mapping[str, Any], around: Known, *, actor: Actor, **more: Any
) -> ItemVersion:
    """The steps of one item whose row is locked and whose actor was asked."""
    before = entry_of(version)
    entry = rows.with_editorial(before, changes)
    changed = {name: entry[name] for name in changes if entry[name] != before[name]}
    if not changed:
        return version
    faults = rules.editorial_faults(entry, around, changed=changed)
    if faults:
        listing = _listing(faults)
        count = sum(map(len, faults.values()))
        raise rules.EditorialInvalid(name=item.name, count=count, listing=listing, fields=faults)
    if actor.kind == "staff":
        item.owner = DESK
    _carry_over(item, version, before, changed)
    return put_editorial(item, version, entry, actor=actor, **more)


def _carry_over(item: Item, version: ItemVersion, before: Mapping[str, Any], changed: Mapping[str, Any]) -> None:
    """The draft and what waits for its day do not bring the old phone back; what they say otherwise stays."""
    waiting = Q(valid_from__gt=clock.today()) & ~Q(state=ItemVersion.State.DRAFT)
    for other in ItemVersion.objects.filter(Q(pk=item.draft_id) | waiting, item=item).exclude(pk=version.pk):
        said = entry_of(other)
        same = {name: value for name, value in changed.items() if said[name] == before[name]}
        if not same:
            continue
        entry = {**said, **same}
        if other.state != ItemVersion.State.DRAFT:
            set_editorial(other, entry)
        else:
            other.editorial, other.events = rules.split(entry)[1], list(entry["events"])
            other.defects = [one.as_json() for one in (*stubborn_defects(other), *found_in(entry))]
            other.save(update_fields=["editorial", "events", "defects"])


def _listing(faults: Mapping[str, list[str]]) -> str:
    return "\n".join(f"  {text}" for texts in faults.values() for text in texts)
