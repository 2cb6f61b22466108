"""The way of the papers at the desk: the issuing window, who holds what, slips, the evening."""

from .custody import browse, custody
from .day import day, day_paper
from .slips import new, slip, slip_paper, slips
from .window import issue, proof, window

__all__ = ["browse", "custody", "day", "day_paper", "issue", "new", "proof", "slip", "slip_paper", "slips", "window"]
