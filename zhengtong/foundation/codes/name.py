"""Names of persons: NFC, the middle dot U+00B7 between the parts of a name, 1 to 50 characters."""

import re
import unicodedata

from zhengtong.foundation.refusals import N_

from .text import CodeInvalid

LONGEST = 50
DOT = "\u00b7"
# Ways in which keyboards and old systems write the dot of 买买提·艾力: ・ • ‧ ∙ ⋅ ･ ●
DOTS = re.compile("[\u30fb\u2022\u2027\u2219\u22c5\uff65\u25cf]")
ALLOWED_MARKS = frozenset("'’-.() ") | {DOT, "〇"}


class NameInvalid(CodeInvalid):
    """Refused: not the name of a person."""

    code = "name_invalid"
    message = N_("姓名不正确。")
    remedy = N_("请按身份证件上的姓名填写。")


class NameEmpty(NameInvalid):
    """Refused: a name has at least one character."""

    message = N_("请填写姓名。")


class NameTooLong(NameInvalid):
    """Refused: a name has at most fifty characters."""

    message = N_("姓名最多 50 个字，您填了 {length} 个。")


class NameCharacters(NameInvalid):
    """Refused: a character no name contains."""

    message = N_("姓名中不应出现“{char}”。")


def check_name(text: str) -> str:
    """The name as it is stored, or a refusal."""
    name = DOTS.sub(DOT, unicodedata.normalize("NFC", text))
    name = re.sub(r"[\s\u3000]+", " ", name).strip()
    name = re.sub(rf"\s*{DOT}\s*", DOT, name)
    if not name:
        raise NameEmpty
    if len(name) > LONGEST:
        raise NameTooLong(length=len(name))
    for char in name:
        if char not in ALLOWED_MARKS and unicodedata.category(char)[0] not in "LM":
            raise NameCharacters(char=char if char.isprintable() else f"U+{ord(char):04X}")
    if unicodedata.category(name[0])[0] != "L" and name[0] != "〇":
        raise NameCharacters(char=name[0])
    return name


def is_valid_name(text: str) -> bool:
    """Whether the text may be stored as it is."""
    try:
        return check_name(text) == text
    except NameInvalid:
        return False


def mask(name: str) -> str:
    """The first character stays, for display."""
    return name[:1] + "*" * (len(name) - 1)
