"""Who sees and changes subjects: they themselves, those who represent them, staff who handle cases."""

from django.db.models import Q

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, Rule, allow, by_grant
from zhengtong.foundation.access.policies import NOTHING

from .models import HelpRequest, Representation, Subject


def representations_of(actor: Actor) -> Q:
    """Today's representations by which the actor may act for somebody."""
    today = clock.today()
    return Q(person_id=actor.subject_id, valid_from__lte=today) & (Q(valid_to=None) | Q(valid_to__gte=today))


def _represents(actor: Actor, subject: Subject) -> bool:
    if actor.subject_id is None or subject is None:
        return False
    return (
        subject.pk == actor.subject_id
        or Representation.objects.filter(representations_of(actor), subject=subject).exists()
    )


def _represented(actor: Actor) -> Q:
    if actor.subject_id is None:
        return NOTHING
    others = Representation.objects.filter(representations_of(actor)).values("subject_id")
    return Q(pk=actor.subject_id) | Q(pk__in=others)


OWN = Rule(_represents, _represented)
# Staff meet a subject when he stands before them or when his case lies on their desk; the case limits the rest.
AT_THE_COUNTER = Rule(
    may=lambda actor, subject: actor.may("cases.submit_for_visitor") or actor.may("cases.submit"),
    rows=lambda actor: Q() if actor.may("cases.submit_for_visitor") or actor.may("cases.submit") else NOTHING,
)
# Whoever hands out results finds those whom they are for; he changes nothing about them.
AT_THE_WINDOW = Rule(
    may=lambda actor, subject: actor.may("deliveries.issue"),
    rows=lambda actor: Q() if actor.may("deliveries.issue") else NOTHING,
)
REGISTERING = Rule(
    may=lambda actor, subject: actor.kind in ("anonymous", "citizen", "system") or AT_THE_COUNTER.may(actor, subject),
    rows=lambda actor: NOTHING,
)

# Who may act for whom is shown with papers at a counter; what one says of oneself is `claim_entity`.
REPRESENTING = Rule(
    may=lambda actor, subject: actor.kind in ("staff", "system") and actor.may("cases.submit_for_visitor"),
    rows=lambda actor: NOTHING,
)


def _is_asked(actor: Actor, request: HelpRequest) -> bool:
    return actor.subject_id is not None and request.subject_id == actor.subject_id


def _asks(actor: Actor, request: HelpRequest) -> bool:
    return actor.subject_id is not None and request.person_id == actor.subject_id


def _is_party(actor: Actor, helping: Representation) -> bool:
    return actor.subject_id is not None and actor.subject_id in (helping.subject_id, helping.person_id)


# Helping a relative or friend 亲友代办: the one asks, the other agrees; either ends it, and so does a counter.
ASKED = Rule(_is_asked, lambda actor: Q(subject_id=actor.subject_id) if actor.subject_id else NOTHING)
ASKING = Rule(_asks, lambda actor: Q(person_id=actor.subject_id) if actor.subject_id else NOTHING)
AT_A_COUNTER = Rule(REPRESENTING.may, lambda actor: Q() if REPRESENTING.may(actor, None) else NOTHING)
PARTY = Rule(_is_party, lambda actor: NOTHING)

allow("subjects.view", OWN | AT_THE_COUNTER | AT_THE_WINDOW)
allow("subjects.represent", REPRESENTING)
allow("subjects.act_for", OWN)
allow("subjects.change", OWN | AT_THE_COUNTER)
allow("subjects.register", REGISTERING)
allow("subjects.ask_to_help", ASKING)
allow("subjects.answer_help", ASKED)
allow("subjects.check_help", AT_A_COUNTER)
allow("subjects.end_help", PARTY | REPRESENTING)


def _is_himself(actor: Actor, subject: Subject) -> bool:
    return actor.kind == "citizen" and subject is not None and actor.subject_id == subject.pk


allow("subjects.check_identity", Rule(_is_himself, lambda actor: Q(pk=actor.subject_id)))
allow("subjects.keep_identity", by_grant("subjects.keep_identity"))
