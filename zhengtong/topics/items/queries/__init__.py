"""Reads: what is open to the public, the guide of an item, and versions held in memory for the hot path."""

from ..rules import CONTACTS, OF_PLACE, Contact, contact_faults, words
from .catalogue import (
    Found,
    Published,
    departments_of_published,
    drafts,
    item,
    kept_items,
    published_items,
    search_items,
    shared_kinds,
    suggest,
    synonyms,
)
from .compiled import CompiledVersion, Limit, Material, Step, current_version, is_in_force, is_offered, version
from .editorial import (
    MOST_AT_ONCE,
    ContactLine,
    Editorial,
    contact_lines,
    departments_of,
    editorial,
    places_of,
    reachable_items,
)
from .guides import Guide, guide
from .maps import column_map
from .packs import items_in_pack_words, lasting_changes, synonyms_in_pack_words
from .publishing import Publication, publication, told_defect, told_defects

__all__ = [
    "CONTACTS", "MOST_AT_ONCE", "OF_PLACE", "CompiledVersion", "Contact", "ContactLine", "Editorial", "Found",
    "Guide", "Limit", "Material", "Publication", "Published", "Step", "column_map", "contact_faults", "contact_lines",
    "current_version", "departments_of", "departments_of_published", "drafts", "editorial", "guide", "is_in_force",
    "is_offered", "item", "items_in_pack_words", "kept_items", "lasting_changes", "places_of", "publication",
    "published_items", "reachable_items", "search_items", "shared_kinds", "suggest", "synonyms",
    "synonyms_in_pack_words",
    "told_defect", "told_defects", "version", "words",
]  # fmt: skip
