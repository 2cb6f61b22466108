"""Who keeps items, and what the pages of items share."""

from typing import Any

from django.utils.translation import gettext as _

from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.refusals import filled

KEEPERS = ("items.manage", "items.import")
BIG = ("definition", "editorial", "form", "search_document", "search_pieces")


def source_of(owner: str) -> str:
    """Where an item came from, in words."""
    kind, _colon, name = owner.partition(":")
    words = {"pack": _("资料包 {name}"), "import": _("导入 {name}")}
    return filled(words[kind], {"name": name}) if kind in words else _("工作台")


def body_names(codes: Any) -> dict[str, str]:
    """Organisations by name; a code nobody knows stands for itself."""
    wanted = {code for code in codes if code}
    known = directory.organisations(sorted(wanted))
    return {code: known[code].name if code in known else code for code in wanted}
