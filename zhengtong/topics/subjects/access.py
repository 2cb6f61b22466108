"""Who sees and changes subjects: they themselves, those who represent them, staff who handle cases."""

from django.db.models import Q

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, Rule, allow
from zhengtong.foundation.access.policies import NOTHING

from .models import Representation, Subject


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
REGISTERING = Rule(
    may=lambda actor, subject: actor.kind in ("anonymous", "citizen", "system") or AT_THE_COUNTER.may(actor, subject),
    rows=lambda actor: NOTHING,
)

# Who may act for whom is shown with papers at a counter; what one says of oneself is `claim_entity`.
REPRESENTING = Rule(
    may=lambda actor, subject: actor.kind in ("staff", "system") and actor.may("cases.submit_for_visitor"),
    rows=lambda actor: NOTHING,
)

allow("subjects.view", OWN | AT_THE_COUNTER)
allow("subjects.represent", REPRESENTING)
allow("subjects.act_for", OWN)
allow("subjects.change", OWN | AT_THE_COUNTER)
allow("subjects.register", REGISTERING)
