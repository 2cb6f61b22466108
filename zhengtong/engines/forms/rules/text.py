"""How typed text is cleaned before anybody judges it."""

import re
import unicodedata
from collections.abc import Callable

from zhengtong.foundation.codes import CodeInvalid

_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_CAPITALS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2060\ufeff\ud800-\udfff]")
_BREAKS = re.compile(r"\s*[\r\n\t\u2028\u2029]+\s*")
_NEWLINES = re.compile(r"\r\n?|[\u2028\u2029]")
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—―－_]+")
_NUMBER = re.compile(r"[+-]?(?:\d{1,18}|\d{1,3}(?:,\d{3}){1,5})(?:\.\d{1,10})?|[+-]?\.\d{1,10}")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})")


def clean_line(text: str) -> str:
    """One line: unseen characters out, NFC, half-width digits, no space at the ends."""
    return _BREAKS.sub(" ", _plain(text)).strip()


def clean_lines(text: str) -> str:
    """Several lines, as `clean_line`."""
    return _NEWLINES.sub("\n", _plain(text)).strip()


def clean_code(text: str) -> str:
    """A number or code off a document: half-width capitals and digits without spaces or dashes."""
    bare = _SEPARATORS.sub("", unicodedata.normalize("NFKC", _UNSEEN.sub("", text)))
    return unicodedata.normalize("NFKC", bare).translate(_CAPITALS)


def stored(check: Callable[[str], str], text: str) -> str:
    """The text as its standard stores it; as it was typed where it does not meet the standard."""
    try:
        return check(text)
    except CodeInvalid:
        return text


def clean_number(text: str) -> str:
    """A number without currency sign, unit of money or thousands separators; anything else as it was typed."""
    line = _half_width(text)
    bare = line.removeprefix("¥").removesuffix("元").strip()
    if not _NUMBER.fullmatch(bare):
        return line
    return bare.replace(",", "")


def read_number(text: str) -> int | float | str:
    """The number a text stands for; the text itself where it stands for none."""
    bare = clean_number(text)
    if not _NUMBER.fullmatch(bare):
        return bare
    whole, _, fraction = bare.partition(".")
    if not fraction.strip("0") and whole.strip("+-"):
        return int(whole)
    return float(bare)


def read_date(text: str) -> str:
    """A day as YYYY-MM-DD, however it was written; the text itself where it is none."""
    line = _half_width(text)
    found = _DATE.fullmatch(line)
    if not found:
        return line
    year, month, day = (part for part in found.groups() if part is not None)
    return f"{year}-{int(month):02}-{int(day):02}"


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", clean_line(text)).strip()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text)).translate(_DIGITS)
