"""What comes into being by itself: the paper file of a case that was accepted."""

from django.db import transaction

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.audit.actions import record
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.items import queries as items

from ..models import Piece
from ..rules import Kind


@transaction.atomic
def open_file(number: str, *, actor: Actor) -> Piece | None:
    """The paper file of an accepted case lies with whoever accepted it; none where all is electronic or decided on
    the spot or by now decided, and one however often it is told."""
    access.require(actor, "deliveries.open")
    case = cases.case_for(actor, number)
    count = cases.paper_count(case)
    if case.decided_at is not None or not count or items.version(case.item_version_id).is_on_the_spot:
        return None
    name = accounts.names_of({case.accepted_by}).get(case.accepted_by, "")
    piece, is_new = Piece.objects.get_or_create(
        case=case,
        kind=Kind.FILE,
        defaults={
            "name": Kind.FILE.words,
            "copies": count,
            "holder_id": case.acceptor_id,
            "holder_key": case.accepted_by,
            "holder_name": name,
            "since": case.accepted_at or clock.now(),
        },
    )
    if is_new:
        record("deliveries.piece.opened", piece, actor=actor, kind=piece.kind, holder=piece.holder_id)
    return piece
