"""Reads of the way of the papers: who holds what, slips, the issuing window, days, and the papers of all of them."""

from ..rules import waits_too_long
from .days import day_for, figures_of, figures_since, last_days, originals_with
from .papers import day_pdf, proof_pdf, slip_pdf
from .pieces import destinations_of, originals_in_custody, pieces_for, pieces_of_case, pieces_to_hand_over
from .slips import content_of, signature_holds, slip_for, slips_for, slips_waiting_count
from .window import (
    code_of,
    deliveries_for,
    delivery_for,
    hands_before,
    known_receivers,
    proof_content,
    remind_days,
)

__all__ = [
    "code_of", "content_of", "day_for", "day_pdf", "deliveries_for", "delivery_for", "destinations_of",
    "figures_of", "figures_since", "hands_before", "known_receivers", "last_days", "originals_in_custody",
    "originals_with", "pieces_for", "pieces_of_case", "pieces_to_hand_over", "proof_content", "proof_pdf",
    "remind_days",
    "signature_holds", "slip_for", "slip_pdf", "slips_for", "slips_waiting_count", "waits_too_long",
]  # fmt: skip
