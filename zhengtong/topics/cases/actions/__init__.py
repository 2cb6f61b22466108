"""Every verb of a case; a file per stretch of its life."""

from .accepting import accept_case, declare_not_needed, decline_case, receive_case
from .correcting import answer_correction, request_correction
from .deciding import grant_case, handle_on_the_spot, note_filing, refuse_case, review_case
from .drafting import discard_draft, save_draft, start_draft
from .elsewhere import forward_case, hand_over_forwarded, mirror_status
from .ending import archive_case, deliver_case, take_back_case, withdraw_case
from .exporting import export_cases
from .submitting import Channel, Filing, Provided, Submitted, submit_case, submit_cases

__all__ = [
    "Channel", "Filing", "Provided", "Submitted", "accept_case", "answer_correction", "archive_case",
    "declare_not_needed", "decline_case", "deliver_case", "discard_draft", "export_cases", "forward_case", "grant_case",
    "hand_over_forwarded", "handle_on_the_spot", "mirror_status", "note_filing", "receive_case", "refuse_case",
    "request_correction", "review_case", "save_draft", "start_draft", "submit_case", "submit_cases", "take_back_case",
    "withdraw_case",
]  # fmt: skip
