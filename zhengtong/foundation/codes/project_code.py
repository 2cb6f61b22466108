"""Investment project code: YYYY-DDDDDD-TT-TT-NNNNNN, twenty-four characters with its dashes."""

from dataclasses import dataclass

from zhengtong.foundation.refusals import N_

from .text import DIGITS, CodeInvalid, is_made_of, plain

LENGTHS = (4, 6, 2, 2, 6)


class ProjectCodeInvalid(CodeInvalid):
    """Refused: not the code of an investment project."""

    code = "project_code_invalid"
    message = N_("投资项目代码“{text}”不正确。")
    remedy = N_("投资项目代码形如 2026-440000-04-01-123456，请对照项目赋码通知核对。")


@dataclass(frozen=True)
class ProjectCode:
    """A checked code, taken apart: year, division, project type, industry class, serial."""

    text: str
    year: str
    division: str
    type: str
    industry: str
    serial: str


def parse_project_code(text: str) -> ProjectCode:
    """Check and take apart; the dashes may be missing."""
    digits = plain(text).replace("-", "")
    if len(digits) != sum(LENGTHS) or not is_made_of(digits, DIGITS) or not digits.startswith("20"):
        raise ProjectCodeInvalid(text=text)
    parts, start = [], 0
    for length in LENGTHS:
        parts.append(digits[start : start + length])
        start += length
    return ProjectCode("-".join(parts), *parts)


def check_project_code(text: str) -> str:
    """The code as it is stored, or a refusal."""
    return parse_project_code(text).text


def is_valid_project_code(text: str) -> bool:
    """Whether the text may be stored as it is."""
    try:
        return check_project_code(text) == text
    except ProjectCodeInvalid:
        return False
