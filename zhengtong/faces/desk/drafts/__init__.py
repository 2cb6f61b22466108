"""The counter's intake: which item, who stands there, then everything on one page."""

from .intake import discard, intake, save
from .visitors import new

__all__ = ["discard", "intake", "new", "save"]
