"""Every verb of the way of the papers; a file per stretch of it."""

from ..rules import Answer, Original, Receiver, Signature, Way
from .custody import return_originals, take_originals
from .days import close_day
from .handing import hand_over, sign_slip
from .issuing import close_delivery, issue_result, open_delivery, post_result
from .opening import open_file

__all__ = [
    "Answer", "Original", "Receiver", "Signature", "Way", "close_day", "close_delivery", "hand_over", "issue_result",
    "open_delivery", "open_file", "post_result", "return_originals", "sign_slip", "take_originals",
]  # fmt: skip
