"""Originals: taken in against a slip that the visitor signs, given back against another."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record

from .. import rules
from ..models import Line, Piece, Slip
from ..queries.slips import content_of
from ..rules import Kind, LineState, Original, PieceState, Signature, SlipKind, SlipState
from .signing import move_piece, put_signature


@transaction.atomic
def take_originals(case: Any, *, originals: Sequence[Original], signature: Signature, actor: Actor) -> Slip:
    """Take papers of the visitor into custody; he signs for what was taken. Refused: nothing chosen, not signed."""
    access.require(actor, "deliveries.take", case)
    rules.check_originals(originals)
    slip = _slip(SlipKind.CUSTODY, case, case.acceptor_id, actor)
    for original in originals:
        piece = Piece.objects.create(
            kind=Kind.ORIGINAL, case_id=case.pk, name=original.name, copies=original.copies,
            holder_id=case.acceptor_id, holder_key=actor.key, holder_name=actor.name, since=clock.now(),
        )  # fmt: skip
        record("deliveries.piece.taken", piece, actor=actor, holder=piece.holder_id, copies=piece.copies)
        Line.objects.create(
            slip=slip, piece=piece, name=piece.name, copies=piece.copies, state=LineState.TAKEN
        )  # fmt: skip
    return put_signature(slip, signature, content=content_of(slip), verb="deliveries.slip.signed", actor=actor)


@transaction.atomic
def return_originals(case: Any, *, pieces: Sequence[UUID], signature: Signature, actor: Actor) -> Slip:
    """Give originals back to the visitor, who signs for them. Refused: not in these hands any more."""
    found = list(
        Piece.objects.select_for_update(of=("self",)).select_related("case")
        .filter(case=case.pk, kind=Kind.ORIGINAL, pk__in=list(pieces)).order_by("pk")
    )  # fmt: skip
    if not found:
        raise rules.NothingChosen(fields={"pieces": [rules.NothingChosen.message]})
    slip = _slip(SlipKind.RETURN, case, found[0].holder_id, actor)
    for piece in found:
        access.require(actor, "deliveries.return", piece)
        rules.check_held(piece.name, piece.state)
        move_piece(piece, state=PieceState.ENDED, verb="returned", actor=actor)
        Line.objects.create(slip=slip, piece=piece, name=piece.name, copies=piece.copies, state=LineState.TAKEN)
    return put_signature(slip, signature, content=content_of(slip), verb="deliveries.slip.signed", actor=actor)


def _slip(kind: SlipKind, case: Any, organisation: str, actor: Actor) -> Slip:
    return Slip.objects.create(
        kind=kind, case_id=case.pk, state=SlipState.SIGNED, from_organisation_id=organisation,
        to_organisation_id=organisation, made_by=actor.key, made_by_name=actor.name, made_at=clock.now(),
        signed_by=actor.key,
    )  # fmt: skip
