"""Reads: what is open to the public, the guide of an item, and versions held in memory for the hot path."""

from ..rules import words
from .catalogue import (
    Found,
    Published,
    departments_of_published,
    drafts,
    item,
    kept_items,
    published_items,
    search_items,
    suggest,
    synonyms,
)
from .compiled import CompiledVersion, Limit, Material, Step, current_version, is_in_force, is_offered, version
from .guides import Guide, guide
from .maps import column_map
from .packs import items_in_pack_words, lasting_changes, synonyms_in_pack_words

__all__ = [
    "CompiledVersion", "Found", "Guide", "Limit", "Material", "Published", "Step", "column_map", "current_version",
    "departments_of_published", "drafts", "guide", "is_in_force", "is_offered", "item", "items_in_pack_words",
    "kept_items", "lasting_changes",
    "published_items", "search_items", "suggest", "synonyms", "synonyms_in_pack_words", "version", "words",
]  # fmt: skip
