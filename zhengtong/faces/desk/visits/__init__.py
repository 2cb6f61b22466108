"""Appointments at the hall: the day's list, one of them, booking by telephone, another time, the hours."""

from .booking import change, new
from .day import browse
from .hours import edit, hours
from .page import act, detail

__all__ = ["act", "browse", "change", "detail", "edit", "hours", "new"]
