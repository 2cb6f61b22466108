"""Writes: keep drafts, publish, end, and take in whole libraries of items."""

from .editorial import edit_contacts, edit_editorial
from .imports import ImportReport, import_items, publish_imported, rehearse_import
from .packs import end_from_pack, end_synonym, put_from_pack, put_synonym
from .versions import discard_draft, end_item, publish_version, save_draft_version

__all__ = [
    "ImportReport", "discard_draft", "edit_contacts", "edit_editorial", "end_from_pack", "end_item", "end_synonym",
    "import_items", "publish_imported", "publish_version", "put_from_pack", "put_synonym", "rehearse_import",
    "save_draft_version",
]  # fmt: skip
