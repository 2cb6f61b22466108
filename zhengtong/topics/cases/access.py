"""Who may do what to which cases: the scope of every list, search, export and count."""

from dataclasses import dataclass

from django.db.models import Q

from zhengtong.foundation.access import Actor, Rule, allow, by_grant
from zhengtong.foundation.access.policies import NOTHING
from zhengtong.topics.subjects import queries as subjects

from .models import Case, Draft


def _is_mine(actor: Actor, case: Case) -> bool:
    if actor.kind != "citizen" or actor.subject_id is None:
        return False
    himself = actor.subject_id in (case.operator_id, case.applicant_id)
    return himself or case.applicant_id in subjects.acting_for(actor)


def _mine(actor: Actor) -> Q:
    if actor.kind != "citizen" or actor.subject_id is None:
        return NOTHING
    return Q(applicant_id__in=subjects.acting_for(actor)) | Q(operator_id=actor.subject_id)


APPLICANT = Rule(_is_mine, _mine)
FILED_BY_CLIENT = Rule(
    may=lambda actor, case: actor.kind == "client" and case.filed_by == actor.key,
    rows=lambda actor: Q(filed_by=actor.key) if actor.kind == "client" else NOTHING,
)


def at_department(permission: str) -> Rule:
    """Holders of the permission in the department that decides."""
    return by_grant(permission, organisation="department_id", area="division", item="item_code")


def at_acceptor(permission: str) -> Rule:
    """Holders of the permission in the organisation that accepts."""
    return by_grant(permission, organisation="acceptor_id", area="division", item="item_code")


STAFF_VIEW = at_department("cases.view") | at_acceptor("cases.view")

allow("cases.view", APPLICANT | STAFF_VIEW | FILED_BY_CLIENT)
allow("cases.export", Rule(may=lambda actor, _: actor.is_staff and actor.may("cases.view"), rows=lambda actor: NOTHING))
allow("cases.receive", at_acceptor("cases.receive"))
allow("cases.accept", at_acceptor("cases.accept"))
allow("cases.correct", at_acceptor("cases.correct") | at_department("cases.correct"))
allow("cases.decline", at_acceptor("cases.decline") | at_department("cases.decline"))
allow("cases.review", at_department("cases.review"))
allow("cases.decide", at_department("cases.decide"))
# An on-the-spot item is decided where it is accepted, in the department's name.
allow("cases.handle_on_the_spot", at_acceptor("cases.accept"))
allow("cases.deliver", at_acceptor("cases.deliver") | at_department("cases.deliver"))
allow("cases.archive", at_acceptor("cases.archive") | at_department("cases.archive"))
allow("cases.answer_correction", APPLICANT | at_acceptor("cases.submit_for_visitor") | FILED_BY_CLIENT)
allow("cases.withdraw", APPLICANT | at_acceptor("cases.submit_for_visitor") | FILED_BY_CLIENT)
# Only who sent it has the draft back.
allow(
    "cases.take_back",
    Rule(
        may=lambda actor, case: actor.kind == "citizen" and case.filed_by == actor.key,
        rows=lambda actor: Q(filed_by=actor.key) if actor.kind == "citizen" else NOTHING,
    ),
)
allow("cases.mirror", by_grant("cases.mirror"))


@dataclass(frozen=True)
class Intended:
    """A filing before it is a case: where it would be accepted, and whether the actor may act for the applicant."""

    acceptor: str
    division: str
    item: str
    acts_for_applicant: bool


def _may_submit(actor: Actor, intended: Intended) -> bool:
    """Citizens for themselves and those they represent; clerks where the item is accepted; systems by grant."""
    if actor.kind == "citizen":
        return intended.acts_for_applicant
    permission = "cases.submit_for_visitor" if actor.kind == "staff" else "cases.submit"
    place = {"organisation": intended.acceptor, "area": intended.division, "item": intended.item}
    return any(grant.covers(**place) for grant in actor.granted(permission))


allow("cases.submit", Rule(_may_submit, lambda actor: NOTHING))


def _is_my_draft(actor: Actor, draft: Draft) -> bool:
    return actor.account_id is not None and draft.account_id == actor.account_id


allow("cases.draft", Rule(_is_my_draft, lambda actor: Q(account=actor.account_id) if actor.account_id else NOTHING))
