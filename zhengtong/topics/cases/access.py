"""Who may do what to which cases: the scope of every list, search, export and count."""

from dataclasses import dataclass

from django.db.models import Q

from zhengtong.foundation.access import Actor, Rule, allow, by_grant
from zhengtong.foundation.access.policies import NOTHING
from zhengtong.topics.subjects import queries as subjects

from .models import Case, Draft, Phrase

HELPER = "helper"


def _is_mine(actor: Actor, case: Case) -> bool:
    if actor.kind != "citizen" or actor.subject_id is None:
        return False
    if case.applicant_id in subjects.standing_for(actor):
        return True
    # A helper sees what he himself does for others, and only while they agree to be helped.
    agreed = case.acting_right != HELPER or case.applicant_id in subjects.helped_by(actor)
    return case.operator_id == actor.subject_id and agreed


def _mine(actor: Actor) -> Q:
    if actor.kind != "citizen" or actor.subject_id is None:
        return NOTHING
    agreed = ~Q(acting_right=HELPER) | Q(applicant_id__in=subjects.helped_by(actor))
    return Q(applicant_id__in=subjects.standing_for(actor)) | (Q(operator_id=actor.subject_id) & agreed)


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


AT_COUNTER, TAKEN_IN_HERE = at_acceptor("cases.view"), at_acceptor("cases.accept")


def _is_seen_at_counter(actor: Actor, case: Case) -> bool:
    if not AT_COUNTER.may(actor, case):
        return False
    return case.decided_at is not None or not actor.may("cases.deliver") or TAKEN_IN_HERE.may(actor, case)


def _seen_at_counter(actor: Actor) -> Q:
    seen, taken_in = AT_COUNTER.rows(actor), TAKEN_IN_HERE.rows(actor)
    if not actor.may("cases.deliver") or not taken_in or taken_in == seen:
        return seen
    return seen & (Q(decided_at__isnull=False) | taken_in)


# Whoever hands out results where he accepts nothing has no case before him until it is decided.
STAFF_VIEW = at_department("cases.view") | Rule(_is_seen_at_counter, _seen_at_counter)

allow("cases.view", APPLICANT | STAFF_VIEW | FILED_BY_CLIENT)
allow("cases.receive", at_acceptor("cases.receive"))
allow("cases.accept", at_acceptor("cases.accept"))
allow("cases.correct", at_acceptor("cases.correct") | at_department("cases.correct"))
allow("cases.decline", at_acceptor("cases.decline") | at_department("cases.decline"))
allow("cases.review", at_department("cases.review"))
# Whoever looks at the papers may note what is wrong; the notice itself is for those who may ask for a correction.
allow("cases.note_gap", at_acceptor("cases.accept") | at_department("cases.review") | at_department("cases.correct"))
allow("cases.reveal", at_department("cases.reveal"))
allow("cases.enter_elsewhere", at_department("cases.review") | at_acceptor("cases.accept"))
allow("cases.look", STAFF_VIEW)
allow("cases.measure", at_department("cases.measure") | at_acceptor("cases.measure"))
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


def _is_my_phrase(actor: Actor, phrase: Phrase | None) -> bool:
    if not actor.is_staff or actor.account_id is None:
        return False
    return phrase is None or phrase.account_id == actor.account_id


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
# Everybody keeps his own words.
allow("cases.phrase", Rule(_is_my_phrase, lambda actor: Q(account=actor.account_id)))
