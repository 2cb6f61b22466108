"""My cases: the list, the page of one, its papers, and what I may still do: correct, withdraw."""

from .correcting import correction
from .listing import mine
from .page import detail, submitted
from .papers import notice, receipt
from .withdrawing import take_back, withdraw

__all__ = ["correction", "detail", "mine", "notice", "receipt", "submitted", "take_back", "withdraw"]
