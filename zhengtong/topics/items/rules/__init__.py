"""What an item must be, which version is in force, and how foreign lists are read; pure Python."""

from .defects import Around, Defect
from .definition import EDITORIAL, SCHEMA, canonical, joined, split
from .mapping import ColumnMap, MappedRow, column_map, mapped, repeated_names, several_codes
from .quality import blocking, defects
from .refusals import (
    ImportUnreadable,
    ItemDefective,
    ItemMalformed,
    ItemUnknown,
    MapInvalid,
    NothingToPublish,
    VersionBackdated,
    VersionNumberTaken,
    VersionOutOfOrder,
    VersionUnknown,
)
from .reports import ImportReport
from .tables import format_of, rows
from .versions import check_succession, effective_version, is_in_force, last_day

__all__ = [
    "EDITORIAL",
    "SCHEMA",
    "Around",
    "ColumnMap",
    "Defect",
    "ImportReport",
    "ImportUnreadable",
    "ItemDefective",
    "ItemMalformed",
    "ItemUnknown",
    "MapInvalid",
    "MappedRow",
    "NothingToPublish",
    "VersionBackdated",
    "VersionNumberTaken",
    "VersionOutOfOrder",
    "VersionUnknown",
    "blocking",
    "canonical",
    "check_succession",
    "column_map",
    "defects",
    "effective_version",
    "format_of",
    "is_in_force",
    "joined",
    "last_day",
    "mapped",
    "repeated_names",
    "rows",
    "several_codes",
    "split",
]  # fmt: skip
