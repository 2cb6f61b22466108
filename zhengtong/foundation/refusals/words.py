"""What refusals say beside plain names: days, moments, several things, a state; read in the language of the page."""

from collections.abc import Iterable
from datetime import date, datetime

from . import N_, Message


def day_said(day: date) -> Message:
    """Such as “11月22日”."""
    return Message(N_("{month}{day}日"), month=_month(day), day=day.day)


def full_day_said(day: date) -> Message:
    """Such as “2026年11月22日”."""
    return Message(N_("{year}年{month}{day}日"), year=day.year, month=_month(day), day=day.day)


def moment_said(moment: datetime) -> Message:
    """Such as “11月22日 14:03”."""
    return Message(N_("{day} {hour}"), day=day_said(moment), hour=f"{moment:%H:%M}")


def listed(texts: Iterable[str]) -> Message:
    """Several marked texts one after the other."""
    comma = N_("、")
    return Message(*[part for text in texts for part in (comma, text)][1:])


def _month(day: date) -> Message:
    return Message(f"{day.month}月")
