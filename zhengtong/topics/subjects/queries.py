"""Find subjects, and those somebody may act for."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from zhengtong.foundation.access import Actor, visible
from zhengtong.foundation.refusals import NotFound

from .access import representations_of
from .models import Representation, Subject
from .rules import normal_number


def subject_of_account(account_id: UUID) -> UUID | None:
    """The person behind a citizen's login."""
    return Subject.objects.filter(account=account_id).values_list("pk", flat=True).first()


def subject_for(actor: Actor, subject_id: UUID) -> Subject:
    """One subject within the actor's scope."""
    found = visible(actor, "subjects.view", Subject.objects.all()).filter(pk=subject_id).first()
    if found is None:
        raise NotFound
    return found


def subjects_i_act_for(actor: Actor) -> list[Subject]:
    """Myself first, then everybody I represent today."""
    rows = visible(actor, "subjects.act_for", Subject.objects.all())
    return sorted(rows, key=lambda subject: (subject.pk != actor.subject_id, subject.name))


def subject_by_number(actor: Actor, *, id_type: str, id_number: str) -> Subject | None:
    """The subject with this identity number, if the actor may see him."""
    index = Subject.id_number_index_of(normal_number(id_number))
    rows = visible(actor, "subjects.view", Subject.objects.all())
    return rows.filter(id_type=id_type, id_number_index=index).first()


def subjects_by_id(ids: Iterable[UUID]) -> dict[UUID, Subject]:
    """Kind and name of several subjects, for a caller that has already checked its own scope."""
    return Subject.objects.only("kind", "name").in_bulk(list(ids))


def acting_for(actor: Actor) -> frozenset[UUID]:
    """The ids of everybody the actor may act for, himself included."""
    if actor.subject_id is None:
        return frozenset()
    return actor.known("subjects.acting_for", lambda: _acting_for(actor))


def _acting_for(actor: Actor) -> frozenset[UUID]:
    others = Representation.objects.filter(representations_of(actor)).values_list("subject_id", flat=True)
    return frozenset(subject for subject in (actor.subject_id, *others) if subject)


def representations_by(actor: Actor) -> list[Representation]:
    """By what right the actor may act for others today, names in order."""
    if actor.subject_id is None:
        return []
    rows = Representation.objects.filter(representations_of(actor)).select_related("subject")
    return list(rows.order_by("subject__name", "pk"))


def representatives_of(subject: Subject) -> QuerySet[Representation]:
    """Who may act for a subject, newest first."""
    return Representation.objects.filter(subject=subject).select_related("person").order_by("-valid_from")
