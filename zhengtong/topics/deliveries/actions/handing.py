"""From colleague to colleague: a slip of many pieces, and custody only for what the receiver signs for."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record

from .. import rules
from ..events import LineRefused, ResultReady
from ..models import Delivery, Line, Piece, Slip
from ..queries.slips import content_of
from ..rules import Answer, DeliveryState, Kind, LineState, PieceState, Signature, SlipKind, SlipState
from .signing import move_piece, put_signature


@transaction.atomic
def hand_over(pieces: Sequence[UUID], *, to: str, actor: Actor) -> Slip:
    """Make a slip of pieces for another office, or for a colleague in one's own; until it is signed for, whoever
    hands over answers for them. Refused: nothing chosen, not in these hands."""
    found = list(
        Piece.objects.select_for_update(of=("self",)).select_related("case").filter(pk__in=list(pieces)).order_by("pk")
    )
    if not found:
        raise rules.NothingChosen(fields={"pieces": [rules.NothingChosen.message]})
    for piece in found:
        access.require(actor, "deliveries.hand_over", piece)
        rules.check_held(piece.name, piece.state)
    slip = Slip.objects.create(
        kind=SlipKind.HAND_OVER, from_organisation_id=found[0].holder_id, to_organisation_id=to,
        made_by=actor.key, made_by_name=actor.name, made_at=clock.now(),
    )  # fmt: skip
    for piece in found:
        move_piece(piece, state=PieceState.MOVING, verb="sent", actor=actor)
        Line.objects.create(slip=slip, piece=piece, name=piece.name, copies=piece.copies)
    record("deliveries.slip.made", slip, actor=actor, to=to, lines=len(found))
    return slip


@transaction.atomic
def sign_slip(slip: Slip, *, answers: Mapping[int, Answer], signature: Signature, actor: Actor) -> Slip:
    """Sign for a slip, line by line: what is taken is now the receiver's, what is not goes back with its reason.

    Refused: one's own slip; signed before; a line not taken without a reason.
    """
    slip = Slip.objects.select_for_update(of=("self",)).get(pk=slip.pk)
    access.require(actor, "deliveries.sign_for", slip)
    if slip.state == SlipState.SIGNED:
        raise rules.SlipSigned
    if slip.made_by == actor.key:
        raise rules.OwnSlip
    refused = 0
    for line in slip.lines.select_related("piece__case").order_by("pk"):
        answer = answers.get(line.pk, Answer(is_taken=True))
        line.reason = rules.check_answer(line.pk, answer)
        line.state = LineState.TAKEN if answer.is_taken else LineState.REFUSED
        line.save()
        piece = Piece.objects.select_for_update(of=("self",)).select_related("case").get(pk=line.piece_id)
        if answer.is_taken:
            move_piece(
                piece, state=PieceState.HELD, verb="signed_for", actor=actor,
                holder_id=slip.to_organisation_id, holder_key=actor.key, holder_name=actor.name,
            )  # fmt: skip
            _arrived(piece, actor)
        else:
            refused += 1
            move_piece(piece, state=PieceState.HELD, verb="not_taken", actor=actor)
            LineRefused(slip=slip.pk, piece=str(piece.pk), case_id=str(piece.case_id)).publish()
    slip.state, slip.signed_by = SlipState.SIGNED, actor.key
    return put_signature(
        slip, signature, content=content_of(slip), verb="deliveries.slip.signed", actor=actor, refused=refused
    )


def _arrived(piece: Piece, actor: Actor) -> None:
    """A result that has come to its window may be fetched."""
    if piece.kind != Kind.RESULT:
        return
    waiting = Delivery.objects.select_for_update(of=("self",)).filter(case=piece.case_id, state=DeliveryState.AWAITED)
    for delivery in waiting.filter(window=piece.holder_id):
        delivery.state, delivery.ready_at = DeliveryState.READY, clock.now()
        delivery.save()
        record("deliveries.delivery.ready", delivery, actor=actor, window=delivery.window_id)
        ResultReady(case_id=str(piece.case_id), number=piece.case.number, window=delivery.window_id).publish()
