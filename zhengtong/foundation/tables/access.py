"""Whose views and exports are whose, and who may take a list out."""

from django.db.models import Q

from zhengtong.foundation.access import Actor, Rule, allow
from zhengtong.foundation.access.policies import NOTHING
from zhengtong.foundation.accounts import queries as accounts

OWN = Rule(
    may=lambda actor, row: actor.account_id is not None and row.account_id == actor.account_id,
    rows=lambda actor: Q(account=actor.account_id) if actor.account_id else NOTHING,
)


def organisations_of(actor: Actor) -> list[str]:
    """Where the actor has a post today: his grants tell, except those that reach over the whole district."""
    if actor.account_id is None:
        return []
    told = {grant.organisation for grant in actor.grants}
    if None not in told:
        return sorted(code for code in told if code)
    account = actor.account_id
    return actor.known("tables.organisations", lambda: accounts.organisations_of(account))


SHARED = Rule(
    may=lambda actor, view: bool(view.organisation) and view.organisation in organisations_of(actor),
    rows=lambda actor: Q(organisation__in=organisations_of(actor)) if organisations_of(actor) else NOTHING,
)

allow("tables.read_view", OWN | SHARED)
allow("tables.keep_view", OWN)
allow("tables.keep_export", OWN)
# A list may be taken out by whoever may look at it; which rows, its own scope says.
allow("tables.export", Rule(may=lambda actor, table: table.is_for(actor), rows=lambda actor: NOTHING))
allow("tables.sweep", Rule(may=lambda actor, _: actor.may("tables.sweep"), rows=lambda actor: NOTHING))
