"""The issuing window: what is ready, handed out against an identity card and a signature, or posted."""

import secrets
from typing import Any

from django.db import transaction

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record
from zhengtong.topics.cases import actions as case_actions
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.items import queries as items

from .. import rules
from ..events import ResultIssued, ResultReady
from ..models import Delivery, Piece
from ..queries.window import known_receivers, proof_content
from ..rules import DeliveryState, Kind, PieceState, Receiver, Signature
from .signing import move_piece, put_signature

AT_WINDOW, BY_POST = "窗口领取", "邮寄送达"


@transaction.atomic
def open_delivery(number: str, *, actor: Actor) -> Delivery | None:
    """A case was decided: its result waits at the window that accepted it, or comes back there with its paper file.

    Told twice, once. Nothing is opened for what was never decided here.
    """
    access.require(actor, "deliveries.open")
    case = cases.case_for(actor, number)
    if case.decided_at is None or case.status == "delivered":
        return None
    file = Piece.objects.filter(case=case, kind=Kind.FILE).exclude(holder=case.acceptor_id).first()
    holder = file.holder_id if file else case.acceptor_id
    now = clock.now()
    delivery, is_new = Delivery.objects.get_or_create(
        case=case,
        defaults={
            "window_id": case.acceptor_id,
            "code": f"{secrets.randbelow(1_000_000):06d}",
            "state": DeliveryState.AWAITED if file else DeliveryState.READY,
            "opened_at": now,
            "ready_at": None if file else case.decided_at,
        },
    )
    if is_new:
        piece = Piece.objects.create(
            kind=Kind.RESULT, case=case, name=case.result_name or "决定书", holder_id=holder,
            holder_key=file.holder_key if file else "", holder_name=file.holder_name if file else "",
            since=case.decided_at,
        )  # fmt: skip
        record("deliveries.piece.made", piece, actor=actor, kind=piece.kind, holder=piece.holder_id)
        record("deliveries.delivery.opened", delivery, actor=actor, state=str(delivery.state), window=case.acceptor_id)
        if not file:
            ResultReady(case_id=str(case.pk), number=case.number, window=case.acceptor_id).publish()
    return delivery


@transaction.atomic
def issue_result(delivery: Delivery, *, receiver: Receiver, signature: Signature, actor: Actor) -> Delivery:
    """Hand the result to whoever may have it, against his card and signature; the case is delivered with it.

    Refused: not here; handed out before; the same hands accepted or decided; the card is nobody's of this case.
    """
    delivery, case = _locked(delivery, actor)
    delivery.receiver_right = rules.check_receiver(receiver, known_receivers(case))
    delivery.receiver, delivery.receiver_number = receiver.name.strip(), receiver.number.strip().upper()
    _issued(delivery, AT_WINDOW, actor)
    put_signature(
        delivery, signature, content=proof_content(delivery), verb="deliveries.delivery.issued", actor=actor,
        right=delivery.receiver_right,
    )  # fmt: skip
    case_actions.deliver_case(case, way=f"{AT_WINDOW}（{delivery.receiver}）", actor=actor)
    return delivery


@transaction.atomic
def post_result(delivery: Delivery, *, tracking: str, actor: Actor) -> Delivery:
    """Send the result by post; its number is the way to the proof of service. Refused as by `issue_result`."""
    delivery, case = _locked(delivery, actor)
    delivery.tracking = tracking.strip()
    if not delivery.tracking:
        raise rules.TrackingMissing(fields={"tracking": [rules.TrackingMissing.message]})
    delivery.receiver = case.applicant_name
    _issued(delivery, BY_POST, actor)
    delivery.save()
    record("deliveries.delivery.posted", delivery, actor=actor, tracking=delivery.tracking)
    case_actions.deliver_case(case, way=f"{BY_POST}（{delivery.tracking}）", actor=actor)
    return delivery


@transaction.atomic
def close_delivery(number: str, *, way: str, actor: Actor) -> None:
    """The case was delivered without the issuing window: its result waits no longer."""
    access.require(actor, "deliveries.close")
    waiting = Delivery.objects.select_for_update(of=("self",)).select_related("case")
    for delivery in waiting.filter(case__number=number).exclude(state=DeliveryState.ISSUED):
        _issued(delivery, way, actor)
        delivery.save()
        record("deliveries.delivery.closed", delivery, actor=actor)


def _locked(delivery: Delivery, actor: Actor) -> tuple[Delivery, Any]:
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("case__applicant").get(pk=delivery.pk)
    access.require(actor, "deliveries.issue", delivery)
    case = delivery.case
    if delivery.state != DeliveryState.READY or case.status not in ("granted", "refused", "noted"):
        raise rules.NotReady(number=case.number)
    if items.version(case.item_version_id).separate:
        rules.check_issuer(cases.hands_on(case), actor.key)
    return delivery, case


def _issued(delivery: Delivery, way: str, actor: Actor) -> None:
    """Out of the house, and nobody holds it any more."""
    delivery.state, delivery.way, delivery.issued_at = DeliveryState.ISSUED, way[:80], clock.now()
    delivery.issued_by, delivery.issued_by_name = actor.key, actor.name
    for piece in Piece.objects.select_for_update().filter(case=delivery.case_id, kind=Kind.RESULT):
        move_piece(piece, state=PieceState.ENDED, verb="issued", actor=actor)
    case = delivery.case
    ResultIssued(case_id=str(case.pk), number=case.number, window=delivery.window_id, way=way).publish()
