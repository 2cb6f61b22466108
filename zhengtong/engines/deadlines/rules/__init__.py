"""Counting legal time, in pure Python: limits, calendars, the count, the lights, the proof."""

from .calendars import KIND_WORDS, Calendar, CalendarInvalid, Kind, Year
from .counting import MARK_WORDS, Day, Due, Mark, days, due, end_of, local_day, working_days_between
from .lights import Light, Thresholds, days_left, light
from .limits import Limit, LimitInvalid, Pause, PauseInvalid, StartUnclear, Unit
from .proofs import proof

__all__ = [
    "KIND_WORDS", "MARK_WORDS", "Calendar", "CalendarInvalid", "Day", "Due", "Kind", "Light", "Limit", "LimitInvalid",
    "Mark", "Pause", "PauseInvalid", "StartUnclear", "Thresholds", "Unit", "Year", "days", "days_left", "due", "end_of",
    "light", "local_day", "proof", "working_days_between",
]  # fmt: skip
