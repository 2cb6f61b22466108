"""Every verb of a case; a file per stretch of its life."""

from ..rules import Checked
from .accepting import accept_case, declare_not_needed, decline_case, receive_case
from .checking import keep_findings
from .correcting import answer_correction, request_correction
from .deciding import grant_case, handle_on_the_spot, note_filing, refuse_case, review_case
from .drafting import discard_draft, save_draft, start_draft
from .elsewhere import enter_elsewhere, forward_case, hand_over_forwarded, mirror_status
from .ending import archive_case, deliver_case, take_back_case, withdraw_case
from .looking import drop_phrase, keep_phrase, look_at_case, reveal_value
from .noting import drop_gap, note_gap
from .signing import send_back_case, sign_case
from .submitting import Channel, Filing, Provided, Submitted, submit_case, submit_cases

__all__ = [
    "Channel",
    "Checked",
    "Filing",
    "Provided",
    "Submitted",
    "accept_case",
    "answer_correction",
    "archive_case",
    "declare_not_needed",
    "decline_case",
    "deliver_case",
    "discard_draft",
    "drop_gap",
    "drop_phrase",
    "enter_elsewhere",
    "forward_case",
    "grant_case",
    "hand_over_forwarded",
    "handle_on_the_spot",
    "keep_findings",
    "keep_phrase",
    "look_at_case",
    "mirror_status",
    "note_filing",
    "note_gap",
    "receive_case",
    "refuse_case",
    "request_correction",
    "reveal_value",
    "review_case",
    "save_draft",
    "send_back_case",
    "sign_case",
    "start_draft",
    "submit_case",
    "submit_cases",
    "take_back_case",
    "withdraw_case",
]  # fmt: skip
