"""Stored items and synonyms as a pack would write them."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q

from zhengtong.foundation.wiring.sections import Stored

from .. import rules
from ..models import Item, ItemVersion, Synonym


def entry_of(version: ItemVersion) -> dict:
    """The canonical entry of a stored version."""
    return rules.joined(
        version.definition,
        version.editorial,
        version=version.number,
        valid_from=version.valid_from,
        valid_to=version.valid_to,
    )


def items_in_pack_words(keys: Collection[str], owners: Collection[str]) -> dict[str, Stored]:
    """Each item as its latest published version, or as its draft where nothing is published."""
    rows = Item.objects.filter(Q(code__in=list(keys)) | Q(owner__in=list(owners))).select_related("published", "draft")
    found = {}
    for row in rows:
        latest = row.published or row.draft
        if latest is not None:
            found[row.code] = Stored(entry_of(latest), row.owner, row.state == Item.State.ENDED)
    return found


def synonyms_in_pack_words(keys: Collection[str], owners: Collection[str]) -> dict[str, Stored]:
    """Synonyms as a pack would write them."""
    rows = Synonym.objects.filter(Q(phrase__in=list(keys)) | Q(owner__in=list(owners)))
    return {
        row.phrase: Stored({"phrase": row.phrase, "means": row.means}, row.owner, row.ended_at is not None)
        for row in rows
    }


def lasting_changes(entry: Mapping[str, Any]) -> tuple[int, list[str]] | None:
    """For a pack's author: the published number and the fields by which the entry would rewrite it, if it would."""
    item = Item.objects.select_related("published").filter(code=entry["code"]).first()
    if item is None or item.published is None or not item.owner.startswith("pack:"):
        return None
    latest = item.published
    stored = entry_of(latest)
    if entry["version"] > latest.number:
        return None
    fields = [name for name in stored if name not in rules.EDITORIAL and stored[name] != entry[name]]
    if item.state == Item.State.ENDED:
        fields = fields or ["version"]
    return (latest.number, fields) if fields else None
