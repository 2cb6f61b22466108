"""Numbers, periods and states of credentials; what may be printed on them; why one is not issued."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from zhengtong.foundation.codes import name, phone, plain, resident_id
from zhengtong.foundation.codes.credential_id import LONGEST_SERIAL
from zhengtong.foundation.codes.text import ALPHANUMERIC, DIGITS, is_made_of, mod_11_10
from zhengtong.foundation.refusals import N_, Message, NotFound, Refused


class State(StrEnum):
    """What is stored; whether the days have run out is a matter of today and never stored."""

    VALID = "valid"
    REVOKED = "revoked"
    ANNULLED = "annulled"
    RESCINDED = "rescinded"
    DEREGISTERED = "deregistered"


class StateOn(StrEnum):
    """What a credential is on a day."""

    VALID = "valid"
    UPCOMING = "upcoming"
    EXPIRED = "expired"
    REVOKED = "revoked"
    ANNULLED = "annulled"
    RESCINDED = "rescinded"
    DEREGISTERED = "deregistered"

    @property
    def words(self) -> str:
        return STATES[self]


STATES: dict[str, str] = {
    StateOn.VALID: N_("有效"),
    StateOn.UPCOMING: N_("未到有效期"),
    StateOn.EXPIRED: N_("已过有效期"),
    StateOn.REVOKED: N_("已吊销"),
    StateOn.ANNULLED: N_("已撤销"),
    StateOn.RESCINDED: N_("已撤回"),
    StateOn.DEREGISTERED: N_("已注销"),
}
ENDINGS = (State.REVOKED, State.ANNULLED, State.RESCINDED, State.DEREGISTERED)
PERSONAL_PAPERS = ("resident_id", "passport", "other")

# Without what looks alike on paper: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
CODE_LETTERS = "34679ACDEFGHJKMNPQRTWXY"
CODE_LENGTH = 13


class CredentialTypeUnknown(NotFound):
    """Refused: no credential type of this code is in use."""

    code = "credential_type_unknown"
    message = N_("没有代码为“{type}”的证照类型，或者它已经停用。")
    remedy = N_("请联系平台管理员，在资料包的 credential_types 中登记。")


class CredentialNotLocal(Refused):
    """Refused: another system makes this credential; we hold a reference at most."""

    code = "credential_not_local"
    message = N_("{type}由上级系统制发，本平台不编号、不打印、不盖章。")
    remedy = N_("请在上级系统制证，本平台只登记证号以便查询。")


class CredentialAlreadyIssued(Refused):
    """Refused: the case has this credential already."""

    code = "credential_already_issued"
    message = N_("办件 {case} 的{type}已经制发，证号 {number}。")


class IssuerUnfit(Refused):
    """Refused: an organ without a unified social credit code cannot stand in an identifier of GB/T 36904."""

    code = "issuer_unfit"
    status = 422
    message = N_("{issuer}没有统一社会信用代码，不能作为发证机关。")
    remedy = N_("请核对事项的实施主体。")


class NumbersUsedUp(Refused):
    """Refused: the serial no longer fits its width."""

    code = "credential_numbers_used_up"
    message = N_("{type}的证号已经用完。")
    remedy = N_("请联系平台管理员，调整证号规则后再办理。")


class PeriodMissing(Refused):
    """Refused: the type takes its days from the application, and there they are not."""

    code = "credential_period_missing"
    status = 422
    message = N_("{type}的起止日期取自申请表，但申请表没有写明有效的起止日期。")
    remedy = N_("请核对申请表中的开始日期和结束日期。")


class CredentialEnded(Refused):
    """Refused: it has ended before, once is enough."""

    code = "credential_ended"
    message = N_("证号 {number} 的证照{state}，不能再次办理。")


class EndingUnknown(Refused):
    """Refused: a credential ends by revocation, annulment, rescission or deregistration, each with its reason."""

    code = "credential_ending_unknown"
    status = 422
    message = N_("请选择终止的种类（吊销、撤销、撤回、注销），并写明理由。")


class CredentialUnknown(NotFound):
    """Refused: no credential has this code."""

    code = "credential_unknown"
    message = N_("没有查到这个核验码对应的证照。")
    remedy = N_("请对照证照上的核验码重新输入，或扫描证照上的二维码；仍查不到的，请拨打 12345 核实。")


# -- numbers -----------------------------------------------------------------------------------------------------------

_PLACE = re.compile(r"\{([a-z]+)(\d*)\}")


def pattern_fault(pattern: str) -> str:
    """What is wrong with a number pattern, in words; empty when nothing is."""
    places = _PLACE.findall(pattern)
    names = [place for place, _ in places]
    if re.search(r"[{}]", _PLACE.sub("", pattern)):
        return "花括号没有配对。"
    known = {("division", "6"), ("year", ""), ("check", "")}
    for place, width in places:
        if place == "serial" and width and 1 <= int(width) <= 12:
            continue
        if (place, width) not in known:
            return f"不认识“{{{place}{width}}}”。可用：{{division6}} {{year}} {{serialN}} {{check}}。"
    if names.count("serial") != 1:
        return "要有一处、也只有一处顺序号，例如 {serial6}。"
    if "check" in names and (names.count("check") > 1 or not pattern.endswith("{check}")):
        return "校验位 {check} 只能有一处，而且在最后。"
    return ""


def series(pattern: str, *, division: str, issued_on: date) -> str:
    """The name of the run of serials: the number with all filled in but serial and check."""
    return _filled(pattern, division=division, issued_on=issued_on, serial=None)


def credential_number(pattern: str, *, division: str, issued_on: date, serial: int) -> str:
    """The number with this serial; the check is ISO 7064 MOD 11,10 over all digits before it."""
    return _filled(pattern, division=division, issued_on=issued_on, serial=serial)


def fits(pattern: str, serial: int) -> bool:
    """Whether the serial still fits its width."""
    width = next(int(width) for place, width in _PLACE.findall(pattern) if place == "serial")
    return serial < 10**width


def _filled(pattern: str, *, division: str, issued_on: date, serial: int | None) -> str:
    def fill(found: re.Match[str]) -> str:
        place, width = found.groups()
        if place == "division":
            return division[:6]
        if place == "year":
            return f"{issued_on.year:04d}"
        if place == "serial" and serial is not None:
            return f"{serial:0{width}d}"
        return found[0]

    number = _PLACE.sub(fill, pattern)
    if serial is None:
        return number
    body = number.removesuffix("{check}")
    return body + mod_11_10("".join(c for c in body if c in DIGITS)) if body != number else number


def identifier_serial(number: str) -> str:
    """The serial part of a GB/T 36904 identifier: the digits and capitals of the number."""
    return "".join(c for c in plain(number) if c in ALPHANUMERIC)[-LONGEST_SERIAL:]


def normal_code(text: str) -> str:
    """A verification code as stored: large letters, no blanks, no dashes."""
    return plain(text).replace("-", "")


def shown_code(code: str) -> str:
    """A verification code in groups that can be copied by hand."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def is_code(text: str) -> bool:
    """Whether this could be a verification code at all."""
    return len(text) == CODE_LENGTH and is_made_of(text, CODE_LETTERS)


# -- days and states ---------------------------------------------------------------------------------------------------


def period(
    validity: Mapping[str, Any] | None, *, issued_on: date, data: Mapping[str, Any], type: str
) -> tuple[date, date | None]:
    """First and last day: so long from the day of issue, or from and to as applied for, or without end."""
    if validity is None:
        return issued_on, None
    if "amount" in validity:
        return issued_on, last_day(issued_on, validity["amount"], validity["unit"])
    first, last = (read_day(data.get(validity[end])) for end in ("from", "to"))
    if first is None or last is None or last < first:
        raise PeriodMissing(type=type)
    return first, last


def last_day(first: date, amount: int, unit: str) -> date:
    """The last day of a period of days, months or years: the eve of the day of the same name."""
    if unit == "day":
        return first + timedelta(days=amount - 1)
    months = first.month - 1 + amount * (12 if unit == "year" else 1)
    year, month = first.year + months // 12, months % 12 + 1
    try:
        return date(year, month, first.day) - timedelta(days=1)
    except ValueError:  # there is no such day in that month, so its eve is the month's last
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def read_day(value: object) -> date | None:
    """A day written as 2026-03-02 or 2026年3月2日."""
    found = re.fullmatch(r"(\d{4})[-年/](\d{1,2})[-月/](\d{1,2})日?", str(value or "").strip())
    if not found:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def state_on(state: str, valid_from: date, valid_to: date | None, day: date) -> StateOn:
    """What a credential is on a day."""
    if state != State.VALID:
        return StateOn(state)
    if day < valid_from:
        return StateOn.UPCOMING
    return StateOn.EXPIRED if valid_to is not None and day > valid_to else StateOn.VALID


def check_ending(state: str, *, ending: str, reason: str, number: str) -> None:
    """Refused unless it is still alive, and the ending is of a known kind and has a reason."""
    if ending not in ENDINGS or not reason.strip():
        raise EndingUnknown
    if state != State.VALID:
        raise CredentialEnded(number=number, state=Message(STATES[state]))


# -- what it says ------------------------------------------------------------------------------------------------------


def lines(fields: Sequence[Mapping[str, str]], data: Mapping[str, Any]) -> list[dict[str, str]]:
    """What the credential says, line by line: the type's fields, each drawn from an answer of the application."""
    return [{"key": field["key"], "title": field["title"], "text": _text(data.get(field["from"]))} for field in fields]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return N_("是") if value else N_("否")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, Mapping):
        return " ".join(filter(None, map(_text, value.values())))
    if isinstance(value, list | tuple):
        return "、".join(filter(None, map(_text, value)))
    text = "" if value is None else str(value).strip()
    if day := read_day(text):
        return f"{day.year}年{day.month}月{day.day}日"
    # Numbers of persons stay out of the open part, whatever the form let in.
    if resident_id.is_valid_resident_id(text):
        return resident_id.mask(text)
    return phone.mask(text) if phone.is_valid_mobile(text) else text


def shown_holder(holder: str, id_type: str) -> str:
    """The holder's name for anybody: of a person the first character, of a firm all of it."""
    return name.mask(holder) if id_type in PERSONAL_PAPERS else holder


def masked_number(number: str, id_type: str) -> str:
    """The number of the holder's identity paper for display; a firm's is public."""
    if id_type == "credit_code":
        return number
    if resident_id.is_valid_resident_id(number):
        return resident_id.mask(number)
    return number[:2] + "*" * max(len(number) - 4, 1) + number[-2:] if len(number) > 4 else "*" * len(number)
