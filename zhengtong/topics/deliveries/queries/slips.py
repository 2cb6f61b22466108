"""Slips: those that wait for me, those I made; and whether a signature still stands under what it was put under."""

import hashlib
from typing import Any

from django.db.models import QuerySet

from zhengtong.foundation.access import Actor, visible
from zhengtong.foundation.files import queries as files
from zhengtong.foundation.refusals import NotFound

from .. import access  # noqa: F401 - declares who may
from ..models import Slip
from ..rules import SlipKind, SlipState, content_digest, serial_of

COUNTED_UP_TO = 1_001


def slips_for(actor: Actor, *, box: str = "in", text: str = "") -> QuerySet[Slip]:
    """`in`: to be signed for here; `out`: made by me; `all`: everything within my scope. Newest first."""
    rows = visible(actor, "deliveries.view_slip", Slip.objects.select_related("from_organisation", "to_organisation"))
    if serial := serial_of(text):
        rows = rows.filter(pk=serial)
    elif box == "in":
        rows = _waiting(actor).select_related("from_organisation", "to_organisation")
    elif box == "out":
        rows = rows.filter(made_by=actor.key)
    return rows.order_by("-pk")


def _waiting(actor: Actor) -> QuerySet[Slip]:
    rows = visible(actor, "deliveries.sign_for", Slip.objects.filter(state=SlipState.WAITING, kind=SlipKind.HAND_OVER))
    return rows.exclude(made_by=actor.key)


def slips_waiting_count(actor: Actor) -> int:
    """How many slips wait for me to sign; for the navigation."""
    return _waiting(actor).order_by()[:COUNTED_UP_TO].count()


def slip_for(actor: Actor, serial: int) -> Slip:
    """One slip from or to where the actor works."""
    rows = Slip.objects.select_related("from_organisation", "to_organisation", "case", "signature")
    found = visible(actor, "deliveries.view_slip", rows).filter(pk=serial).first()
    if found is None:
        raise NotFound
    return found


def content_of(slip: Slip) -> dict[str, Any]:
    """All that a signature on the slip is put under."""
    lines = slip.lines.order_by("pk").values_list("piece_id", "name", "copies", "state", "reason")
    return {
        "slip": slip.number,
        "from": slip.from_organisation_id,
        "to": slip.to_organisation_id,
        "case": str(slip.case_id or ""),
        "lines": [[str(piece), name, copies, str(state), reason] for piece, name, copies, state, reason in lines],
    }


def signature_holds(signed: Any, content: Any) -> bool:
    """Whether what was signed, and the picture of the signature, are still what they were."""
    if signed.signed_content != content_digest(content):
        return False
    if signed.signature is None:
        return True
    try:
        with files.open_file(signed.signature) as kept:
            return hashlib.sha256(kept.read()).hexdigest() == signed.signature.digest
    except FileNotFoundError:
        return False
