"""Telephone numbers of the mainland: mobiles, land lines with area code, 400/800 lines, short service numbers."""

import re

from zhengtong.foundation.refusals import N_

from .text import CodeInvalid, plain

MOBILE = re.compile(r"1[3-9][0-9]{9}")
LAND_LINE = re.compile(r"(0(?:10|2[0-9]|[3-9][0-9]{2}))-?([2-9][0-9]{6,7})(?:-([0-9]{1,6}))?")
SERVICE = re.compile(r"(?:[48]00)-?[0-9]{3}-?[0-9]{4}|1[12][0-9]|1[12][0-9]{3}|9[56][0-9]{3,6}")
NOISE = str.maketrans({"－": "-", "—": "-", "–": "-", "−": "-", "（": "(", "）": ")"})


class PhoneInvalid(CodeInvalid):
    """Refused: not a telephone number of the mainland."""

    code = "phone_invalid"
    message = N_("电话号码不正确。")
    remedy = N_("手机号为 11 位；固定电话请写区号，例如 020-81234567。")


class MobileInvalid(PhoneInvalid):
    """Refused: not a mobile number."""

    code = "mobile_invalid"
    message = N_("手机号码应为 11 位，以 1 开头。")
    remedy = N_("请核对手机号码，不需要填写 +86。")


def check_mobile(text: str) -> str:
    """The eleven digits, or a refusal."""
    number = re.sub(r"^(?:\+|00)?86(?=1[0-9]{10}$)", "", plain(text).translate(NOISE).replace("-", ""))
    if not MOBILE.fullmatch(number):
        raise MobileInvalid
    return number


def is_valid_mobile(text: str) -> bool:
    """Whether the text may be stored as it is."""
    return bool(MOBILE.fullmatch(text))


def check_phone(text: str) -> str:
    """A mobile, land line or service number in its stored form, or a refusal."""
    number = re.sub(r"[()]", lambda found: "-" if found[0] == ")" else "", plain(text).translate(NOISE)).strip("-")
    number = re.sub(r"^(?:\+|00)86-?(?=[01])", "", number).replace("转", "-")
    if land := LAND_LINE.fullmatch(number):
        return "-".join(part for part in land.groups() if part)
    bare = number.replace("-", "")
    if MOBILE.fullmatch(bare) or SERVICE.fullmatch(number):
        return bare
    raise PhoneInvalid


def is_valid_phone(text: str) -> bool:
    """Whether the text may be stored as it is."""
    try:
        return check_phone(text) == text
    except PhoneInvalid:
        return False


def mask(text: str) -> str:
    """First three and last four of a mobile; of others the area code and the last four stay."""
    if MOBILE.fullmatch(text):
        return f"{text[:3]}****{text[-4:]}"
    if land := LAND_LINE.fullmatch(text):
        area, local, _ = land.groups()
        return f"{area}-{'*' * (len(local) - 4)}{local[-4:]}"
    return "*" * max(len(text) - 4, 0) + text[-4:] if len(text) > 4 else "*" * len(text)
