"""Electronic credential identifier, GB/T 36904-2018.

`1.2.156.3005.2.<type 21>.<issuer 18>.<serial>.<version 3>.<check>`; the check is ISO 7064 MOD 37,36 over the four
middle parts joined without dots, the root left out.
"""

from dataclasses import dataclass

from zhengtong.foundation.refusals import N_

from .credit_code import is_valid_credit_code
from .text import ALPHANUMERIC, DIGITS, CodeInvalid, is_made_of, mod_37_36, plain

ROOT = "1.2.156.3005.2"
LONGEST_SERIAL = 32


class CredentialIdInvalid(CodeInvalid):
    """Refused: not the identifier of an electronic credential."""

    code = "credential_id_invalid"
    message = N_("电子证照标识“{text}”不正确。")
    remedy = N_("请扫描证照上的二维码，或对照证照重新填写。")


class CredentialIdCheckDigit(CredentialIdInvalid):
    """Refused: the check character does not fit."""

    message = N_("电子证照标识的校验位不符，可能有一位填错了。")


@dataclass(frozen=True)
class CredentialId:
    """A checked identifier, taken apart."""

    text: str
    type_code: str
    issuer: str
    serial: str
    version: str


def check_digit(type_code: str, issuer: str, serial: str, version: str) -> str:
    """The check character over the four parts."""
    return mod_37_36(type_code + issuer + serial + version)


def parse_credential_id(text: str) -> CredentialId:
    """Check and take apart."""
    code = plain(text)
    root, parts = code[: len(ROOT)], code[len(ROOT) + 1 :].split(".")
    if root != ROOT or code[len(ROOT) : len(ROOT) + 1] != "." or len(parts) != 5:
        raise CredentialIdInvalid(text=text)
    type_code, issuer, serial, version, check = parts
    well_formed = (
        len(type_code) == 21
        and is_valid_credit_code(type_code[:18])
        and is_valid_credit_code(issuer)
        and 1 <= len(serial) <= LONGEST_SERIAL
        and len(version) == 3
        and is_made_of(version, DIGITS)
        and len(check) == 1
        and is_made_of(type_code + serial + check, ALPHANUMERIC)
    )
    if not well_formed:
        raise CredentialIdInvalid(text=text)
    if check_digit(type_code, issuer, serial, version) != check:
        raise CredentialIdCheckDigit(text=text)
    return CredentialId(code, type_code, issuer, serial, version)


def check_credential_id(text: str) -> str:
    """The identifier as it is stored, or a refusal."""
    return parse_credential_id(text).text


def is_valid_credential_id(text: str) -> bool:
    """Whether the text may be stored as it is."""
    try:
        return check_credential_id(text) == text
    except CredentialIdInvalid:
        return False


def make_credential_id(type_code: str, issuer: str, serial: str, version: int = 1) -> str:
    """The identifier of a new credential."""
    parts = (type_code, issuer, serial, f"{version:03d}")
    return check_credential_id(".".join((ROOT, *parts, check_digit(*parts))))
