"""Who holds what now."""

from typing import Any

from django.db.models import Q, QuerySet

from zhengtong.foundation.access import Actor, visible
from zhengtong.foundation.codes import case_number

from .. import access  # noqa: F401 - declares who may
from ..models import Piece
from ..rules import Kind, PieceState


def pieces_for(actor: Actor, *, kind: str = "", text: str = "", mine: bool = False) -> QuerySet[Piece]:
    """All that is in somebody's hands within the actor's scope, lately moved first; text is a case or an applicant."""
    rows = visible(actor, "deliveries.view_piece", Piece.objects.exclude(state=PieceState.ENDED))
    # The file of a closed case has found its place in the archive.
    rows = rows.exclude(kind=Kind.FILE, case__status="archived").select_related("case", "holder")
    if kind:
        rows = rows.filter(kind=kind)
    if mine:
        rows = rows.filter(holder_key=actor.key)
    if text := text.strip():
        whole = case_number.is_valid_case_number(text)
        rows = rows.filter(Q(case__number=text) if whole else Q(case__applicant_name__startswith=text))
    return rows.defer("case__form").order_by("-since", "-pk")


def pieces_of_case(actor: Actor, case: Any) -> list[Piece]:
    """The pieces of a case that the actor has before him, and where each is; originals given back are left out."""
    rows = visible(actor, "deliveries.view_piece", Piece.objects.filter(case=case.pk))
    return list(rows.exclude(state=PieceState.ENDED).select_related("holder").order_by("kind", "name"))


def originals_in_custody(actor: Actor, case: Any) -> list[Piece]:
    """The originals of a case that may be given back here."""
    rows = visible(actor, "deliveries.return", Piece.objects.filter(case=case.pk, kind=Kind.ORIGINAL))
    return list(rows.filter(state=PieceState.HELD).order_by("pk"))


def pieces_to_hand_over(actor: Actor) -> QuerySet[Piece]:
    """What lies here and may be sent on: files and originals under way, results whose window is elsewhere."""
    rows = visible(actor, "deliveries.hand_over", Piece.objects.filter(state=PieceState.HELD))
    return (
        rows.select_related("case__department", "case__acceptor", "holder").defer("case__form").order_by("case", "kind")
    )


def destinations_of(pieces: list[Piece]) -> dict[str, list[Piece]]:
    """Whither each most likely goes: to the office that decides, and after the decision back to the window; those
    that are where they belong stand under the empty code."""
    found: dict[str, list[Piece]] = {}
    for piece in pieces:
        case = piece.case
        is_back = piece.kind == Kind.RESULT or (piece.kind == Kind.ORIGINAL and case.decided_at is not None)
        to = case.acceptor_id if is_back else case.department_id
        found.setdefault("" if to == piece.holder_id else to, []).append(piece)
    return found
