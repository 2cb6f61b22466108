"""What all codes share: the form in which they are stored, the digits of their checks, the root of their refusals."""

import unicodedata

from zhengtong.foundation.refusals import N_, Refused

DIGITS = "0123456789"
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class CodeInvalid(Refused):
    """Refused: a number or code is not what its standard demands."""

    code = "code_invalid"
    status = 422
    message = N_("编号不正确。")
    remedy = N_("请对照证件或文书逐位核对后重新填写。")


def plain(text: str) -> str:
    """Half width, upper case, no spaces: one code typed in two ways is one text."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def is_made_of(text: str, alphabet: str) -> bool:
    """Whether every character is of the alphabet; unlike `str.isdigit`, knows no foreign digits."""
    return all(char in alphabet for char in text)


def mod_11_10(text: str) -> str:
    """ISO 7064 MOD 11,10 over digits: finds every single wrong digit."""
    rest = 10
    for char in text:
        rest = (rest + int(char)) % 10 or 10
        rest = rest * 2 % 11
    return str((11 - rest) % 10)


def mod_37_36(text: str) -> str:
    """ISO 7064 MOD 37,36 over digits and capitals: finds every single wrong character."""
    rest = 36
    for char in text:
        rest = (rest + ALPHANUMERIC.index(char)) % 36 or 36
        rest = rest * 2 % 37
    return ALPHANUMERIC[(37 - rest) % 36]
