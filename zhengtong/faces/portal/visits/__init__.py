"""Coming to a hall at a time one has chosen: day, time, confirm; my appointments, change, cancel."""

from .booking import new
from .changing import cancel, change
from .mine import detail, mine

__all__ = ["cancel", "change", "detail", "mine", "new"]
