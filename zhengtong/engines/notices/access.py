"""Everybody reads his own messages; the administrator keeps the words and sees what went out."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from zhengtong.foundation.access import Actor, Rule, allow, by_grant
from zhengtong.foundation.access.policies import NOTHING

from .rules import ACCOUNT, SUBJECT


def recipient_of(actor: Actor) -> tuple[str, UUID] | None:
    """As whom the actor is told things: the person behind a citizen's login, or the account of the staff."""
    if actor.kind == "citizen" and actor.subject_id is not None:
        return SUBJECT, actor.subject_id
    if actor.is_staff and actor.account_id is not None:
        return ACCOUNT, actor.account_id
    return None


def _is_mine(actor: Actor, row: Any) -> bool:
    return row is not None and recipient_of(actor) == (row.recipient_kind, row.recipient)


def _mine(actor: Actor) -> Q:
    me = recipient_of(actor)
    return Q(recipient_kind=me[0], recipient=me[1]) if me else NOTHING


OWN = Rule(_is_mine, _mine)
allow("notices.own", OWN)
allow("notices.prefer", OWN)
allow("notices.make", by_grant("notices.make"))
allow("notices.send", by_grant("notices.send"))
allow("notices.bind", by_grant("notices.bind"))
allow("notices.manage", by_grant("notices.manage"))
allow("notices.edit_template", by_grant("notices.manage") | by_grant("packs.apply"))
