"""Citizen identification number, GB 11643-1999: 6 area, 8 birth, 3 order, 1 check (ISO 7064 MOD 11-2).

The same structure carries the residence permits of Hong Kong and Macao (81, 82) and Taiwan (83) residents, and, after a
leading 9, the permanent residence card of foreigners.
"""

from datetime import date

from zhengtong.foundation import clock
from zhengtong.foundation.refusals import N_

from .division import PROVINCES
from .text import DIGITS, CodeInvalid, is_made_of, plain

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
EARLIEST = 1850


class ResidentIdInvalid(CodeInvalid):
    """Refused: not a citizen identification number."""

    code = "resident_id_invalid"
    message = N_("身份证号码不正确。")
    remedy = N_("请对照身份证逐位核对；末位如为 X，请照填 X。")


class ResidentIdLength(ResidentIdInvalid):
    """Refused: a resident id has 18 characters."""

    message = N_("身份证号码应为 18 位，您填了 {length} 位。")


class ResidentIdCharacters(ResidentIdInvalid):
    """Refused: a resident id is 17 digits and a digit or X."""

    message = N_("身份证号码前 17 位应为数字，末位应为数字或 X。")


class ResidentIdArea(ResidentIdInvalid):
    """Refused: no province has these first digits."""

    message = N_("身份证号码开头的地区代码“{area}”不存在。")


class ResidentIdBirthDate(ResidentIdInvalid):
    """Refused: digits 7 to 14 are no day on which somebody living was born."""

    message = N_("身份证号码第 7 至 14 位“{birth}”不是一个有效的出生日期。")


class ResidentIdCheckDigit(ResidentIdInvalid):
    """Refused: the last character does not fit the others."""

    message = N_("身份证号码的末位校验码不符，可能有一位填错了。")


def check_digit(first17: str) -> str:
    """The last character for the first seventeen digits."""
    return CHECKS[sum(weight * int(char) for weight, char in zip(WEIGHTS, first17, strict=True)) % 11]


def check_resident_id(text: str) -> str:
    """The number as it is stored, or a refusal naming the fault."""
    number = plain(text)
    if len(number) != 18:
        raise ResidentIdLength(length=len(number))
    if not (is_made_of(number[:17], DIGITS) and number[17] in DIGITS + "X"):
        raise ResidentIdCharacters
    province = number[1:3] if number[0] == "9" else number[:2]
    if province not in PROVINCES and province != "83":
        raise ResidentIdArea(area=number[:6])
    if _born(number) is None:
        raise ResidentIdBirthDate(birth=number[6:14])
    if check_digit(number[:17]) != number[17]:
        raise ResidentIdCheckDigit
    return number


def is_valid_resident_id(text: str) -> bool:
    """Whether the text may be stored as it is."""
    try:
        return check_resident_id(text) == text
    except ResidentIdInvalid:
        return False


def birth_date(number: str) -> date:
    """The day of birth in a checked number."""
    born = _born(number)
    if born is None:
        raise ResidentIdBirthDate(birth=number[6:14])
    return born


def sex(number: str) -> str:
    """`male` or `female`, by the seventeenth digit."""
    return "male" if int(number[16]) % 2 else "female"


def mask(number: str) -> str:
    """First six and last four, for display."""
    return number[:6] + "*" * (len(number) - 10) + number[-4:] if len(number) > 10 else "*" * len(number)


def make_resident_id(area: str, born: date, order: int) -> str:
    """A valid number for invented people: six digits of area, the order 1–999 (odd male, even female)."""
    first17 = f"{area}{born:%Y%m%d}{order:03d}"
    return check_resident_id(first17 + check_digit(first17))


def _born(number: str) -> date | None:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return born if born.year >= EARLIEST and born <= clock.today() else None
