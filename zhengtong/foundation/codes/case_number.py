"""The two numbers of a case.

The short one is ours: YYMMDD + six digits of serial + one check digit (ISO 7064 MOD 11,10), thirteen digits that can be
read out by telephone. The official one is the handling code + YYYYMMDD + the same serial, forty-seven characters.
"""

from dataclasses import dataclass
from datetime import date

from zhengtong.foundation.refusals import N_

from .item_code import check_handling_code
from .text import DIGITS, CodeInvalid, is_made_of, mod_11_10, plain

MOST_PER_DAY = 999_999
CENTURY = 2000


class CaseNumberInvalid(CodeInvalid):
    """Refused: not the number of a case."""

    code = "case_number_invalid"
    message = N_("办件编号“{text}”不正确，可能有一位填错了。")
    remedy = N_("办件编号为 13 位数字，印在收件凭证上，请核对后重新填写。")


class CaseNumbersUsedUp(CodeInvalid):
    """Refused: a day has 999,999 numbers."""

    code = "case_numbers_used_up"
    status = 503
    message = N_("今天的办件编号已用完。")
    remedy = N_("请明天再提交，或联系平台管理员。")


@dataclass(frozen=True)
class CaseNumber:
    """A checked number, taken apart."""

    text: str
    day: date
    serial: int


def check_digit(first12: str) -> str:
    """The last digit for the first twelve."""
    return mod_11_10(first12)


def make_case_number(day: date, serial: int) -> str:
    """The number of the serial-th case of a day."""
    first12 = f"{day:%y%m%d}{_serial(serial)}"
    return first12 + check_digit(first12)


def parse_case_number(text: str) -> CaseNumber:
    """Check and take apart; spaces and dashes that help reading are forgiven."""
    number = plain(text).replace("-", "")
    if len(number) != 13 or not is_made_of(number, DIGITS) or check_digit(number[:12]) != number[12]:
        raise CaseNumberInvalid(text=text)
    try:
        day = date(CENTURY + int(number[:2]), int(number[2:4]), int(number[4:6]))
    except ValueError:
        raise CaseNumberInvalid(text=text) from None
    return CaseNumber(number, day, int(number[6:12]))


def check_case_number(text: str) -> str:
    """The number as it is stored, or a refusal."""
    return parse_case_number(text).text


def is_valid_case_number(text: str) -> bool:
    """Whether the text may be stored as it is."""
    try:
        return check_case_number(text) == text
    except CaseNumberInvalid:
        return False


def make_official_number(handling_code: str, day: date, serial: int) -> str:
    """The number by which higher platforms know the case."""
    return f"{check_handling_code(handling_code)}{day:%Y%m%d}{_serial(serial)}"


def is_valid_official_number(text: str) -> bool:
    """Whether the text is a handling code, a day and a serial."""
    try:
        check_handling_code(text[:33])
        date(int(text[33:37]), int(text[37:39]), int(text[39:41]))
    except (CodeInvalid, ValueError):
        return False
    return len(text) == 47 and is_made_of(text[33:], DIGITS) and text[:33] == plain(text[:33])


def _serial(serial: int) -> str:
    if not 0 < serial <= MOST_PER_DAY:
        raise CaseNumbersUsedUp
    return f"{serial:06d}"
