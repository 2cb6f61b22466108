"""Register persons and entities, link a login, name who may act."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.refusals import SignInRequired

from .. import rules
from ..models import Representation, Subject


@transaction.atomic
def register_subject(
    *, kind: str, name: str, id_type: str, id_number: str, phone: str = "", actor: Actor
) -> Subject:  # fmt: skip
    """Find the subject with this identity, or register it.

    Refused: the number fails its check; the number is known under another name.
    """
    access.require(actor, "subjects.register")
    number, name = rules.normal_number(id_number), name.strip()
    rules.check_identity(kind=kind, id_type=id_type, id_number=number)
    index = Subject.id_number_index_of(number)
    subject = Subject.objects.select_for_update().filter(id_type=id_type, id_number_index=index).first()
    if subject is None:
        subject = Subject(
            kind=kind, name=name, id_type=id_type, id_number=number, phone=phone, created_at=clock.now()
        )  # fmt: skip
        try:
            with transaction.atomic():
                subject.save(force_insert=True)
        except IntegrityError:
            return register_subject(
                kind=kind, name=name, id_type=id_type, id_number=id_number, phone=phone, actor=actor
            )
        record("subjects.subject.registered", subject, actor=actor, kind=kind)
    elif subject.name != name:
        raise rules.NameDiffers(fields={"name": [rules.NameDiffers.message]})
    elif phone and not subject.phone:
        subject.phone = phone
        subject.save(update_fields=["phone", "phone_index"])
        record("subjects.subject.contact_changed", subject, actor=actor)
    return subject


@transaction.atomic
def link_account(subject: Subject, *, account_id: UUID, actor: Actor) -> Subject:
    """The login belongs to this person. Refused when he already has one."""
    subject = Subject.objects.select_for_update().get(pk=subject.pk)
    access.require(actor, "subjects.register", subject)
    if subject.account_id == account_id:
        return subject
    if subject.account_id is not None:
        raise rules.IdentityTaken
    subject.account_id = account_id
    subject.save(update_fields=["account"])
    record("subjects.subject.account_linked", subject, actor=actor)
    return subject


@transaction.atomic
def change_contact(subject: Subject, *, phone: str, actor: Actor) -> Subject:
    """Replace the phone by which the subject is reached."""
    subject = Subject.objects.select_for_update().get(pk=subject.pk)
    access.require(actor, "subjects.change", subject)
    subject.phone = phone
    subject.save(update_fields=["phone", "phone_index"])
    record("subjects.subject.contact_changed", subject, actor=actor)
    return subject


@transaction.atomic
def add_representation(
    subject: Subject, *, person: Subject, right: str, valid_from: date, valid_to: date | None = None,
    relation: str = "", actor: Actor,
) -> Representation:  # fmt: skip
    """A person may act for the subject from a day on; `relation` is what the subject is to a helper."""
    subject = Subject.objects.select_for_update().get(pk=subject.pk)
    access.require(actor, "subjects.represent", subject)
    return _represented(subject, person, right, valid_from, {"valid_to": valid_to, "relation": relation}, actor)


def _represented(
    subject: Subject, person: Subject, right: str, valid_from: date, more: dict[str, Any], actor: Actor
) -> Representation:
    granted, created = Representation.objects.get_or_create(
        subject=subject, person=person, right=right, valid_from=valid_from, defaults=more
    )
    if created:
        record("subjects.subject.representation_added", subject, actor=actor, person=str(person.pk), right=right)
    return granted


@transaction.atomic
def end_representation(representation: Representation, *, last_day: date, actor: Actor) -> Representation:
    """A person may act for the subject up to this day and no longer."""
    subject = Subject.objects.select_for_update().get(pk=representation.subject_id)
    access.require(actor, "subjects.represent", subject)
    representation.valid_to = last_day
    representation.save(update_fields=["valid_to"])
    record(
        "subjects.subject.representation_ended", subject, actor=actor, person=str(representation.person_id),
        right=representation.right, last_day=str(last_day),
    )  # fmt: skip
    return representation


@transaction.atomic
def claim_entity(*, name: str, credit_code: str, right: str, actor: Actor) -> Subject:
    """Say that one stands for an entity; good only as long as nobody else does.

    Refused: the code fails its check, the name differs from the one known, somebody else stands for it.
    """
    access.require(actor, "subjects.register")
    if actor.subject_id is None:
        raise SignInRequired
    entity = register_subject(kind="entity", name=name, id_type="credit_code", id_number=credit_code, actor=actor)
    today = clock.today()
    standing = Representation.objects.filter(subject=entity, valid_from__lte=today).exclude(valid_to__lt=today)
    mine = standing.filter(person=actor.subject_id)
    if mine.exists():
        return entity
    if standing.exists():
        raise rules.EntityRepresented(entity=entity.name)
    person = Subject.objects.get(pk=actor.subject_id)
    _represented(entity, person, right, today, {}, actor)
    return entity
