"""When one may book, change, cancel; what becomes of those who do not come; which openings a day has."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from zhengtong.engines.deadlines.rules import Kind
from zhengtong.engines.slots.rules import Opening, OpeningsInvalid, check_openings
from zhengtong.foundation.codes.text import mod_11_10
from zhengtong.foundation.refusals import N_, Message, NotFound, Refused
from zhengtong.foundation.refusals.words import day_said, full_day_said, moment_said

DIGITS = 8


class State(StrEnum):
    BOOKED = "booked"
    ARRIVED = "arrived"
    MISSED = "missed"
    UNRECORDED = "unrecorded"
    CANCELLED = "cancelled"
    CALLED_OFF = "called_off"


STATES: dict[str, str] = {
    State.BOOKED: N_("已预约"),
    State.ARRIVED: N_("已到场"),
    State.MISSED: N_("未到场"),
    State.UNRECORDED: N_("已过期"),
    State.CANCELLED: N_("已取消"),
    State.CALLED_OFF: N_("大厅已取消"),
}


class Channel(StrEnum):
    """How the appointment was made."""

    ONLINE = "online"
    MOBILE = "mobile"
    PHONE = "phone"
    WINDOW = "window"


CHANNELS: dict[str, str] = {
    Channel.ONLINE: N_("电脑端"),
    Channel.MOBILE: N_("移动端"),
    Channel.PHONE: N_("电话代约"),
    Channel.WINDOW: N_("现场代约"),
}
BY_STAFF = (Channel.PHONE, Channel.WINDOW)


class Days(StrEnum):
    """On which days an opening holds."""

    WORKDAY = "workday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


DAYS: dict[str, str] = {Days.WORKDAY: N_("工作日"), Days.SATURDAY: N_("周六"), Days.SUNDAY: N_("周日")}


@dataclass(frozen=True)
class Terms:
    """The numbers in force: how far ahead, until when, how often missed."""

    open_days: int
    cancel_minutes: int
    late_minutes: int
    misses: int
    misses_months: int
    block_days: int
    priority_age: int


class NotTakenHere(Refused):
    """Refused: this window group does not take the item, or takes no bookings."""

    code = "item_not_booked_here"
    status = 422
    message = N_("「{item}」不能在这里预约。")
    remedy = N_("请在办事指南里看看可以预约的大厅；也可以直接到大厅现场取号。")


class TimeNotOffered(Refused):
    """Refused: the hall is closed then."""

    code = "time_not_offered"
    status = 422
    message = N_("大厅在 {when} 不开放预约。")
    remedy = N_("请从列出的日期和时间里选一个。")


class TooFarAhead(Refused):
    """Refused: that day is not open for booking yet."""

    code = "booking_too_early"
    message = N_("{day} 的预约还没有开放，只能约 {days} 天以内的。")
    remedy = N_("请选更早的日期，或者到时候再来约。")


class TimePassed(Refused):
    """Refused: it has begun."""

    code = "booking_too_late"
    message = N_("{when} 已经过了，不能再约。")
    remedy = N_("请选晚一些的时间；也可以直接到大厅现场取号。")


class AlreadyBooked(Refused):
    """Refused: one appointment for one person and item."""

    code = "already_booked"
    message = N_("{who}办理「{item}」已经约好了，预约号 {number}。")
    remedy = N_("要换时间，请打开“我的预约”修改；同一件事不用约两次。")


class BookingBlocked(Refused):
    """Refused: missed too often; the hall itself stays open to him."""

    code = "booking_blocked"
    message = N_("{months} 个月内有 {misses} 次约了没来，{until} 之前不能再预约。")
    remedy = N_("这不影响您办事：随时可以直接到大厅现场取号。记录有误的，请打大厅电话更正。")


class TooLateToChange(Refused):
    """Refused: the hall has prepared for him."""

    code = "too_late_to_change"
    message = N_("离预约时间不到 {minutes} 分钟，不能在网上取消或改时间了。")
    remedy = N_("来不了请打大厅电话 {phone}，工作人员可以帮您取消或改时间。")


class AppointmentOver(Refused):
    """Refused: it has been kept, missed or cancelled."""

    code = "appointment_over"
    message = N_("这个预约的状态是“{state}”，不能再办这一步。")
    remedy = N_("需要的话，请重新预约。")


class NotToday(Refused):
    """Refused: checked in on another day than booked."""

    code = "appointment_not_today"
    message = N_("这个预约是 {day} 的，不是今天的。")
    remedy = N_("来访者今天要办的，可以先改到今天有空的时间，或者请其现场取号。")


class NotYetMissed(Refused):
    """Refused: he may still come."""

    code = "not_yet_missed"
    message = N_("预约时间过了 {minutes} 分钟，才能登记未到场。")
    remedy = N_("请再等一等。")


class EffectChanged(Refused):
    """Refused: others would be affected than were shown."""

    code = "hours_effect_changed"
    message = N_("您查看影响之后，又有人约了或者取消了。")
    remedy = N_("请再看一遍受影响的预约，然后保存。")


class ReasonMissing(Refused):
    """Refused: whoever is turned away is told why."""

    code = "visits_reason_missing"
    status = 422
    message = N_("请写明原因，预约的人会看到。")


class AppointmentUnknown(NotFound):
    """Refused: no such appointment, or somebody else's."""

    code = "appointment_unknown"
    message = N_("没有找到这个预约，也可能不是您的预约。")
    remedy = N_("请从“我的预约”打开。")


class GroupUnknown(NotFound):
    """Refused: no such window group."""

    code = "window_group_unknown"
    message = N_("没有找到这组窗口，可能已经停止预约。")
    remedy = N_("请从办事指南重新选择大厅。")


# -- when ------------------------------------------------------------------------------------------------------------


def last_day(today: date, terms: Terms) -> date:
    """The farthest day that may be booked."""
    return today + timedelta(days=terms.open_days)


def check_time(starts_at: datetime, *, now: datetime, terms: Terms) -> None:
    """Refused: begun already, or too far ahead."""
    if starts_at <= now:
        raise TimePassed(when=in_words(starts_at))
    if starts_at.date() > last_day(now.date(), terms):
        raise TooFarAhead(day=day_said(starts_at), days=terms.open_days)


def change_until(starts_at: datetime, terms: Terms) -> datetime:
    """Until when whoever booked may change or cancel."""
    return starts_at - timedelta(minutes=terms.cancel_minutes)


def check_open(state: str) -> None:
    """Refused unless still to come."""
    if state != State.BOOKED:
        raise AppointmentOver(state=Message(STATES[state]))


def check_changeable(state: str, starts_at: datetime, *, now: datetime, terms: Terms, phone: str) -> None:
    """Refused: over, or too late for whoever booked; the hall itself may."""
    check_open(state)
    if now > change_until(starts_at, terms):
        raise TooLateToChange(minutes=terms.cancel_minutes, phone=phone)


def check_arrival(state: str, starts_at: datetime, *, now: datetime) -> None:
    """Refused: another day, cancelled, in already. Whoever was noted as missing and comes after all is let in."""
    if state not in (State.BOOKED, State.MISSED):
        raise AppointmentOver(state=Message(STATES[state]))
    if starts_at.date() != now.date():
        raise NotToday(day=day_said(starts_at))


def missed_from(starts_at: datetime, terms: Terms) -> datetime:
    """From when on it may be noted that nobody came."""
    return starts_at + timedelta(minutes=terms.late_minutes)


def check_missed(state: str, starts_at: datetime, *, now: datetime, terms: Terms) -> None:
    """Refused: over, or he may still come."""
    check_open(state)
    if now < missed_from(starts_at, terms):
        raise NotYetMissed(minutes=terms.late_minutes)


def blocked_until(missed: Iterable[date], terms: Terms) -> date | None:
    """The last day without booking, after so many missed within so many months; what led to one block leads to no
    other."""
    until, counted = None, list[date]()
    for day in sorted(missed):
        counted = [before for before in counted if day <= months_after(before, terms.misses_months)] + [day]
        if len(counted) >= terms.misses:
            until, counted = day + timedelta(days=terms.block_days), []
    return until


def check_not_blocked(missed: Iterable[date], *, today: date, terms: Terms) -> None:
    """Refused while a block lasts."""
    until = blocked_until(missed, terms)
    if until and today <= until:
        raise BookingBlocked(months=terms.misses_months, misses=terms.misses, until=full_day_said(until))


def months_after(day: date, months: int) -> date:
    """The same day some months on, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def has_priority(born: date | None, *, today: date, terms: Terms) -> bool:
    """Whether age alone gives precedence at the hall."""
    return born is not None and months_after(born, 12 * terms.priority_age) <= today


# -- hours -----------------------------------------------------------------------------------------------------------


def check_hours(hours: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows in order. Refused: times off the half hour, one over the other on the same days."""
    unknown = next((row for row in hours if row["days"] not in DAYS), None)
    if unknown:
        raise OpeningsInvalid(opening=f"{unknown['from']}—{unknown['to']}", problem=N_("没有选择日子"))
    for days in Days:
        check_openings([opening_of(row) for row in hours if row["days"] == days])
    order = list(Days)
    return sorted((dict(row) for row in hours), key=lambda row: (order.index(row["days"]), row["from"]))


def opening_of(row: Mapping[str, Any]) -> Opening:
    """A row of the hours as the engine counts it."""
    return Opening(time.fromisoformat(row["from"]), time.fromisoformat(row["to"]), row["places"])


def openings_on(
    day: date, kind: Kind, hours: Iterable[Mapping[str, Any]], closed_days: Iterable[date]
) -> list[Opening]:  # fmt: skip
    """What is open on a day of this kind in the calendar; nothing on holidays and on days closed for a reason."""
    if day in set(closed_days):
        return []
    wanted = days_of(day, kind)
    return [opening_of(row) for row in hours if row["days"] == wanted]


def days_of(day: date, kind: Kind) -> Days | None:
    """A weekend that is worked is a working day, a holiday is none."""
    if kind in (Kind.WORKDAY, Kind.MAKE_UP):
        return Days.WORKDAY
    if kind is Kind.HOLIDAY:
        return None
    return Days.SATURDAY if day.weekday() == 5 else Days.SUNDAY


# -- words -----------------------------------------------------------------------------------------------------------


def in_words(moment: datetime) -> str:
    """11月24日 09:00"""
    return moment_said(moment)


def make_number(serial: int) -> str:
    """Eight digits and one that finds a slip of the tongue."""
    first = f"{serial:0{DIGITS}d}"
    return first + mod_11_10(first)


def number_in(text: str) -> str:
    """The number in what was typed or scanned: with blanks, or the address in a QR code; empty where there is none."""
    plain = re.sub(r"[\s-]+", "", text)
    found = re.search(r"(?<!\d)(\d{9})(?!\d)", plain)
    return found[1] if found and mod_11_10(found[1][:DIGITS]) == found[1][DIGITS] else ""
