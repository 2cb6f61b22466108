"""The issuing window: what is ready, who may have it, what waits too long."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, visible
from zhengtong.foundation.codes import case_number
from zhengtong.foundation.params.queries import integer
from zhengtong.foundation.refusals import N_, NotFound
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.items import queries as items
from zhengtong.topics.subjects import queries as subjects

from .. import access  # noqa: F401 - declares who may
from ..models import Delivery
from ..rules import DeliveryState

CODE_LENGTH = 6
# What a pile shows: state of the delivery.
PILES = {"ready": DeliveryState.READY, "late": DeliveryState.READY, "awaited": DeliveryState.AWAITED,
         "issued": DeliveryState.ISSUED}  # fmt: skip


def deliveries_for(actor: Actor, *, pile: str = "ready", text: str = "") -> QuerySet[Delivery]:
    """Ready ones oldest first, `late` those due for a reminder; or whatever a number, telephone or code finds."""
    rows = visible(actor, "deliveries.view", Delivery.objects.select_related("case__department", "window"))
    rows = rows.defer("case__form", "receiver_number")
    if text := text.strip():
        return rows.filter(_found_by(actor, text)).order_by("-opened_at", "-pk")
    rows = rows.filter(state=PILES[pile])
    if pile == "late":
        rows = rows.filter(ready_at__lt=clock.now() - timedelta(days=remind_days()))
    return rows.order_by("-issued_at", "-pk") if pile == "issued" else rows.order_by("ready_at", "opened_at", "pk")


def _found_by(actor: Actor, text: str) -> Q:
    """By case number, by the code for fetching, by identity number or telephone of applicant or operator."""
    if case_number.is_valid_case_number(text):
        return Q(case__number=text)
    if len(text) == CODE_LENGTH and text.isascii() and text.isdigit():
        return Q(code=text, state=DeliveryState.READY)
    people = subjects.subjects_by_number_or_phone(actor, text)
    return Q(case__applicant__in=people) | Q(case__operator__in=people)


def remind_days() -> int:
    """After how many days a result that nobody fetched is listed for a reminder."""
    return integer("deliveries.remind_days", clock.today())


def delivery_for(actor: Actor, number: str) -> Delivery:
    """The delivery of one case within the actor's scope."""
    rows = Delivery.objects.select_related(
        "case__department", "case__applicant", "case__operator", "window", "signature"
    )
    found = visible(actor, "deliveries.view", rows).filter(case__number=number).first()
    if found is None:
        raise NotFound
    return found


def code_of(actor: Actor, case: Any) -> str:
    """The code by which a citizen fetches the result of a case that `case_for` has found for him; empty when nothing
    waits, and for everybody else: at the window the code is shown, not read off the screen."""
    if actor.kind != "citizen":
        return ""
    found = Delivery.objects.filter(case=case.pk, state=DeliveryState.READY).values_list("code", flat=True)
    return found.first() or ""


def known_receivers(case: Any) -> dict[str, str]:
    """Numbers of identity cards to which the result may be given, and in what right."""
    found = {case.applicant.id_number.upper(): N_("申请人本人")}
    for standing in subjects.representatives_of(case.applicant).filter(valid_to=None):
        found.setdefault(standing.person.id_number.upper(), standing.get_right_display())
    if case.operator_id:
        found.setdefault(case.operator.id_number.upper(), N_("经办人"))
    return found


def hands_before(actor: Actor, delivery: Delivery) -> str:
    """The earlier step by which the actor is barred from handing this out; empty where he is not."""
    if not items.version(delivery.case.item_version_id).separate:
        return ""
    return cases.hands_on(delivery.case).get(actor.key, "")


def proof_content(delivery: Delivery) -> dict[str, Any]:
    """What the receiver's signature is put under."""
    case_id: UUID = delivery.case_id
    return {
        "case": str(case_id),
        "result": [delivery.case.result_name, delivery.case.result_number],
        "way": delivery.way,
        "receiver": delivery.receiver,
        "right": delivery.receiver_right,
        "issued_at": delivery.issued_at.isoformat() if delivery.issued_at else "",
    }
