"""How a moment, a size, an amount is written, in the reader's language."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhengtong.foundation import clock
from zhengtong.foundation.refusals import N_

CAP = 1000
WEEKDAYS = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))
MONTHS = (
    N_("1月"), N_("2月"), N_("3月"), N_("4月"), N_("5月"), N_("6月"),
    N_("7月"), N_("8月"), N_("9月"), N_("10月"), N_("11月"), N_("12月"),
)  # fmt: skip


def _weekday(day: date) -> str:
    return _(WEEKDAYS[day.weekday()])


def _local(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(clock.CHINA)
    return value


def full_day(value: date | datetime | None) -> str:
    """2026年11月22日"""
    if value is None:
        return ""
    value = _local(value)
    return _("{year}年{month}{day}日").format(year=value.year, month=_(MONTHS[value.month - 1]), day=value.day)


def day(value: date | datetime | None) -> str:
    """11月22日 周日; with the year when it is not this year's."""
    if value is None:
        return ""
    value = _local(value)
    if value.year == clock.today().year:
        text = _("{month}{day}日").format(month=_(MONTHS[value.month - 1]), day=value.day)
    else:
        text = full_day(value)
    return _("{date} {weekday}").format(date=text, weekday=_weekday(value))


def hour(value: datetime | None) -> str:
    """14:03"""
    return _local(value).strftime("%H:%M") if value is not None else ""


def moment(value: date | datetime | None) -> str:
    """11月22日 周日 14:03; a plain date without the hour."""
    if isinstance(value, datetime):
        return f"{day(value)} {hour(value)}"
    return day(value)


def duration(limit: Any) -> str:
    """5 个工作日, 当场; empty where no amount is set. `limit` has an amount and a unit, as packs and parameters do."""
    amount: int | None = getattr(limit, "amount", None)
    if amount is None:
        return ""
    if not amount:
        return _("当场")
    match limit.unit:
        case "working_day":
            said = ngettext("%s 个工作日", "%s 个工作日", amount)
        case "calendar_day":
            said = ngettext("%s 日", "%s 日", amount)
        case "month":
            said = ngettext("%s 个月", "%s 个月", amount)
        case "year":
            said = ngettext("%s 年", "%s 年", amount)
        case _:
            said = ngettext("%s 小时", "%s 小时", amount)
    return said % amount


def file_size(size: int | None) -> str:
    """830 KB, 2.4 MB"""
    if size is None:
        return ""
    amount = float(size)
    for unit in ("B", "KB", "MB"):
        if amount < 1024:
            return f"{amount:.0f} {unit}" if unit != "MB" else f"{amount:.1f} {unit}"
        amount /= 1024
    return f"{amount:.1f} GB"


def money(amount: Decimal | int | float | str | None) -> str:
    """1,234.50 元"""
    if amount is None or amount == "":
        return ""
    return _("{amount} 元").format(amount=f"{Decimal(str(amount)):,.2f}")


def capped(count: int | None) -> str:
    """A count as shown to people: nothing is counted past a thousand, so 1000+ stands for more."""
    if count is None:
        return ""
    return f"{CAP}+" if count > CAP else str(count)
