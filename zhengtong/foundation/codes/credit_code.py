"""Unified social credit code, GB 32100-2015: [authority][class][6 division][9 organisation code of GB 11714][check]."""

from dataclasses import dataclass

from zhengtong.foundation.refusals import N_

from .text import ALPHANUMERIC, DIGITS, CodeInvalid, is_made_of, plain

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
AUTHORITIES = {
    "1": N_("机构编制"),
    "2": N_("外交"),
    "3": N_("司法行政"),
    "4": N_("文化和旅游"),
    "5": N_("民政"),
    "6": N_("旅游"),
    "7": N_("宗教"),
    "8": N_("工会"),
    "9": N_("市场监管"),
    "A": N_("中央军委改革和编制办公室"),
    "N": N_("农业农村"),
    "Y": N_("其他"),
}
KINDS = {
    "11": N_("机关"),
    "12": N_("事业单位"),
    "13": N_("群团机关"),
    "51": N_("社会团体"),
    "52": N_("民办非企业单位"),
    "53": N_("基金会"),
    "91": N_("企业"),
    "92": N_("个体工商户"),
    "93": N_("农民专业合作社"),
}


class CreditCodeInvalid(CodeInvalid):
    """Refused: not a unified social credit code."""

    code = "credit_code_invalid"
    message = N_("统一社会信用代码不正确。")
    remedy = N_("请对照营业执照或登记证书逐位核对；代码中没有字母 I、O、S、V、Z。")


class CreditCodeLength(CreditCodeInvalid):
    """Refused: a credit code has 18 characters."""

    message = N_("统一社会信用代码应为 18 位，您填了 {length} 位。")


class CreditCodeCharacters(CreditCodeInvalid):
    """Refused: a character that the standard does not use."""

    message = N_("统一社会信用代码中不应出现“{char}”。")


class CreditCodeAuthority(CreditCodeInvalid):
    """Refused: no registration authority has this first character."""

    message = N_("统一社会信用代码首位“{authority}”不是登记管理部门代码。")


class CreditCodeCheckDigit(CreditCodeInvalid):
    """Refused: the last character, or that of the organisation code inside, does not fit."""

    message = N_("统一社会信用代码的校验位不符，可能有一位填错了。")


@dataclass(frozen=True)
class CreditCode:
    """A checked code, taken apart."""

    text: str
    kind: str
    division: str
    organisation_code: str

    @property
    def is_individual_business(self) -> bool:
        return self.kind == "92"


def check_digit(first17: str) -> str:
    """The last character for the first seventeen."""
    total = sum(weight * ALPHABET.index(char) for weight, char in zip(WEIGHTS, first17, strict=True))
    return ALPHABET[-total % 31]


def inner_check_digit(first8: str) -> str:
    """The last character of an organisation code, GB 11714-1997."""
    total = sum(weight * ALPHANUMERIC.index(char) for weight, char in zip(INNER_WEIGHTS, first8, strict=True))
    return "0123456789X0"[11 - total % 11] if total % 11 else "0"


def check_credit_code(text: str) -> str:
    """The code as it is stored, or a refusal naming the fault."""
    code = plain(text)
    if len(code) != 18:
        raise CreditCodeLength(length=len(code))
    for place, char in enumerate(code):
        if char not in (DIGITS if 2 <= place < 8 else ALPHABET):
            raise CreditCodeCharacters(char=char)
    if code[0] not in AUTHORITIES:
        raise CreditCodeAuthority(authority=code[0])
    if inner_check_digit(code[8:16]) != code[16] or check_digit(code[:17]) != code[17]:
        raise CreditCodeCheckDigit
    return code


def is_valid_credit_code(text: str) -> bool:
    """Whether the text may be stored as it is."""
    try:
        return check_credit_code(text) == text
    except CreditCodeInvalid:
        return False


def parse_credit_code(text: str) -> CreditCode:
    """Check and take apart."""
    code = check_credit_code(text)
    return CreditCode(code, kind=code[:2], division=code[2:8], organisation_code=code[8:17])


def is_valid_organisation_code(text: str) -> bool:
    """Whether the nine characters are an organisation code of GB 11714 (with or without its dash)."""
    code = plain(text).replace("-", "")
    return len(code) == 9 and is_made_of(code[:8], ALPHANUMERIC) and inner_check_digit(code[:8]) == code[8]


def make_credit_code(kind: str, division: str, serial8: str) -> str:
    """A valid code: two characters of kind, six digits, the first eight of the organisation code."""
    first17 = f"{kind}{division}{serial8}{inner_check_digit(serial8)}"
    return check_credit_code(first17 + check_digit(first17))
