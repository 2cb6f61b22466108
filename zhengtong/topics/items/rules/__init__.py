"""What an item must be, which version is in force, and how foreign lists are read; pure Python."""

from .changes import Change, Kind, changes
from .defects import Around, Defect, reject
from .definition import EDITORIAL, SCHEMA, canonical, joined, split
from .editorial import (
    CONTACTS,
    OF_PLACE,
    Contact,
    contact_before,
    contact_changes,
    contact_faults,
    editorial_faults,
    is_ambiguous,
)
from .labels import Reader
from .mapping import ColumnMap, MappedRow, column_map, mapped, repeated_names, several_codes
from .quality import blocking, defects
from .refusals import (
    ContactInvalid,
    EditorialInvalid,
    ImportUnreadable,
    ItemChanged,
    ItemDefective,
    ItemMalformed,
    ItemUnknown,
    MapInvalid,
    NothingToPublish,
    VersionBackdated,
    VersionNumberTaken,
    VersionOutOfOrder,
    VersionTooFar,
    VersionUnknown,
)
from .reports import ImportReport
from .tables import format_of, rows
from .versions import check_near, check_succession, effective_version, is_in_force, last_day

__all__ = [
    "CONTACTS",
    "EDITORIAL",
    "OF_PLACE",
    "SCHEMA",
    "Around",
    "Change",
    "ColumnMap",
    "Contact",
    "ContactInvalid",
    "Defect",
    "EditorialInvalid",
    "ImportReport",
    "ImportUnreadable",
    "ItemChanged",
    "ItemDefective",
    "ItemMalformed",
    "ItemUnknown",
    "Kind",
    "MapInvalid",
    "MappedRow",
    "NothingToPublish",
    "Reader",
    "VersionBackdated",
    "VersionNumberTaken",
    "VersionOutOfOrder",
    "VersionTooFar",
    "VersionUnknown",
    "blocking",
    "canonical",
    "changes",
    "check_near",
    "check_succession",
    "column_map",
    "contact_before",
    "contact_changes",
    "contact_faults",
    "defects",
    "editorial_faults",
    "effective_version",
    "format_of",
    "is_ambiguous",
    "is_in_force",
    "joined",
    "last_day",
    "mapped",
    "reject",
    "repeated_names",
    "rows",
    "several_codes",
    "split",
]  # fmt: skip
