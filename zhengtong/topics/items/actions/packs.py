"""What a pack says about items and synonyms, put into force."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, require
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.wiring.sections import pack_owner

from .. import rules
from ..models import Item, Synonym
from ..queries.catalogue import synonyms_in_memory
from .versions import locked, locked_or_new, put_draft, put_editorial, put_in_force, put_out_of_force


@transaction.atomic
def put_from_pack(entry: Mapping[str, Any], *, pack: str, actor: Actor) -> Item:
    """Publish what the pack says: a new version under a new number, or an editorial change of the one in force."""
    item = locked_or_new(entry, pack_owner(pack))
    require(actor, "items.publish", item)
    item.owner = pack_owner(pack)
    latest = item.published
    if latest is not None and latest.number == entry["version"] and item.state != Item.State.ENDED:
        if rules.split(entry)[1] != latest.editorial or not latest.editorial:
            put_editorial(item, latest, entry, actor=actor)
        else:
            item.save(update_fields=["owner"])
            record("items.item.taken_over", item, actor=actor, owner=item.owner)
        return item
    # What somebody is drafting at the desk is set aside, not overwritten: it comes after the pack's version.
    aside, item.draft = item.draft, None
    if aside is not None:
        aside.number = entry["version"] + 1
        aside.save(update_fields=["number"])
    put_in_force(item, put_draft(item, entry, number=entry["version"]), actor=actor)
    if aside is not None:
        item.draft = aside
        item.save(update_fields=["draft"])
    return item


@transaction.atomic
def end_from_pack(entry: Mapping[str, Any], *, pack: str, actor: Actor) -> Item:
    """The pack no longer has it: no more applications; the item and its cases stay."""
    item = locked(entry["code"])
    require(actor, "items.end", item)
    return put_out_of_force(item, actor=actor)


@transaction.atomic
def put_synonym(entry: Mapping[str, Any], *, pack: str, actor: Actor) -> Synonym:
    """What people say and what it means."""
    require(actor, "items.set_synonym")
    row = Synonym.objects.select_for_update().filter(phrase=entry["phrase"]).first() or Synonym(phrase=entry["phrase"])
    row.means, row.owner, row.ended_at = list(entry["means"]), pack_owner(pack), None
    row.save()
    record("items.synonym.set", row, actor=actor, means=row.means)
    synonyms_in_memory.changed()
    return row


@transaction.atomic
def end_synonym(entry: Mapping[str, Any], *, pack: str, actor: Actor) -> Synonym:
    """No longer understood."""
    require(actor, "items.set_synonym")
    row = Synonym.objects.select_for_update().get(phrase=entry["phrase"])
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    record("items.synonym.ended", row, actor=actor)
    synonyms_in_memory.changed()
    return row
