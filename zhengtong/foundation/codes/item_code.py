"""Codes of service items: basic entry 12, implementation item 31, handling item 33 (GB/T 39554.1, C0109).

12 = [2 region][2 type][2 department][3 main item][3 sub-item]; 31 = credit code 18 + level 1 + 12; 33 = 31 + 2.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from zhengtong.foundation.refusals import N_

from .credit_code import is_valid_credit_code
from .text import ALPHANUMERIC, CodeInvalid, is_made_of, plain

LEVELS = {
    "1": N_("国家级"),
    "2": N_("省级"),
    "3": N_("市级"),
    "4": N_("县级"),
    "5": N_("镇（乡、街道）级"),
    "6": N_("村（社区）级"),
    "7": N_("分级管理"),
}


class ItemCodeInvalid(CodeInvalid):
    """Refused: not the code of a service item."""

    code = "item_code_invalid"
    message = N_("事项编码“{text}”不正确。")
    remedy = N_("基本编码为 12 位，实施编码为 31 位，业务办理项编码为 33 位，由数字和大写字母组成。")


class ItemCodeOrganisation(ItemCodeInvalid):
    """Refused: the first eighteen characters are no credit code."""

    message = N_("事项编码前 18 位“{organisation}”不是有效的统一社会信用代码。")


class ItemCodeLevel(ItemCodeInvalid):
    """Refused: no exercise level has this digit."""

    message = N_("事项编码第 19 位“{level}”不是行使层级（1 至 7）。")


@dataclass(frozen=True)
class BasicCode:
    """Twelve characters: whose catalogue, what type, which department, which item."""

    text: str
    region: str
    type: str
    department: str
    main: str
    sub: str


@dataclass(frozen=True)
class ImplementationCode:
    """Thirty-one characters: who implements, at which level, which basic entry."""

    text: str
    organisation: str
    level: str
    basic: BasicCode


@dataclass(frozen=True)
class HandlingCode:
    """Thirty-three characters: one way of handling an implementation item."""

    text: str
    implementation: ImplementationCode
    sequence: str


def check_basic_code(text: str) -> str:
    """The twelve characters as stored, or a refusal."""
    return _shaped(text, 12)


def check_implementation_code(text: str) -> str:
    """The thirty-one characters as stored, or a refusal."""
    code = _shaped(text, 31)
    _check_head(code)
    return code


@lru_cache(maxsize=4_096)
def check_handling_code(text: str) -> str:
    """The thirty-three characters as stored, or a refusal."""
    code = _shaped(text, 33)
    _check_head(code)
    return code


def check_item_code(text: str) -> str:
    """Any of the three, told apart by its length."""
    checks: dict[int, Callable[[str], str]] = {
        12: check_basic_code,
        31: check_implementation_code,
        33: check_handling_code,
    }
    length = len(plain(text))
    if length not in checks:
        raise ItemCodeInvalid(text=text)
    return checks[length](text)


def is_valid_item_code(text: str) -> bool:
    """Whether the text may be stored as it is."""
    try:
        return check_item_code(text) == text
    except ItemCodeInvalid:
        return False


def parse_basic_code(text: str) -> BasicCode:
    """Check and take apart."""
    code = check_basic_code(text)
    return BasicCode(code, region=code[:2], type=code[2:4], department=code[4:6], main=code[6:9], sub=code[9:])


def parse_implementation_code(text: str) -> ImplementationCode:
    """Check and take apart."""
    code = check_implementation_code(text)
    return ImplementationCode(code, organisation=code[:18], level=code[18], basic=parse_basic_code(code[19:]))


def parse_handling_code(text: str) -> HandlingCode:
    """Check and take apart."""
    code = check_handling_code(text)
    return HandlingCode(code, implementation=parse_implementation_code(code[:31]), sequence=code[31:])


def make_implementation_code(organisation: str, level: str, basic: str) -> str:
    """Who, at which level, what."""
    return check_implementation_code(f"{organisation}{level}{basic}")


def make_handling_code(implementation: str, sequence: int) -> str:
    """One way of handling it, numbered 0–99."""
    return check_handling_code(f"{implementation}{sequence:02d}")


def _shaped(text: str, length: int) -> str:
    code = plain(text)
    if len(code) != length or not is_made_of(code, ALPHANUMERIC):
        raise ItemCodeInvalid(text=text)
    return code


def _check_head(code: str) -> None:
    if not is_valid_credit_code(code[:18]):
        raise ItemCodeOrganisation(organisation=code[:18])
    if code[18] not in LEVELS:
        raise ItemCodeLevel(level=code[18])
