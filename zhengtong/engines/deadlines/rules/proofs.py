"""A count laid open, so that another program can check it: plain values in, plain values out."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from .calendars import Calendar
from .counting import days, due
from .limits import Limit, Pause, StartUnclear


def proof(entry: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    """From {start, amount, unit, pauses} to the due date and every day on the way to it."""
    limit = Limit.of(entry)
    pauses = [Pause(_day(first), _day(last)) for first, last in entry.get("pauses", ())]
    found = due(_start(entry.get("start")), limit, calendar, pauses)
    return {
        "start": entry["start"],
        "amount": limit.amount,
        "unit": limit.unit.value,
        "due": found.date.isoformat(),
        "ends_at": found.moment.isoformat(),
        "provisional": found.provisional,
        "calendar": found.calendar,
        "days": [
            {
                "date": day.date.isoformat(),
                "kind": day.kind.value,
                "mark": day.mark.value,
                "number": day.number,
                "known": day.known,
            }
            for day in days(found, calendar)
        ],
    }


def _start(text: Any) -> date | datetime:
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise StartUnclear(start=text) from None


def _day(text: Any) -> date:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        raise StartUnclear(start=text) from None
