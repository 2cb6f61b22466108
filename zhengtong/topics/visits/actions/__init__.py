"""Book, change, cancel; receive at the hall; keep the hours."""

from ..rules import Channel
from .booking import book_appointment, cancel_appointment, change_appointment
from .hours import change_hours, end_from_pack, put_from_pack
from .receiving import call_off, check_in, close_past, mark_missed

__all__ = [
    "Channel", "book_appointment", "call_off", "cancel_appointment", "change_appointment", "change_hours", "check_in",
    "close_past", "end_from_pack", "mark_missed", "put_from_pack",
]  # fmt: skip
