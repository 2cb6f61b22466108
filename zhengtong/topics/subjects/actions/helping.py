"""Helping a relative or friend 亲友代办: asked for by the one, agreed to by the other, ended by either at once."""

import hmac
import secrets
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from zhengtong.foundation import access, clock, crypto
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.params import queries as params
from zhengtong.foundation.refusals import Refused, SignInRequired

from .. import queries, rules
from ..models import Agreement, HelpRequest, Representation, Subject
from .registering import register_subject

ASKED, AGREED, DECLINED, WITHDRAWN = HelpRequest.State.values
DIGITS = 6


@transaction.atomic
def ask_to_help(
    *, name: str, id_number: str, phone: str, relation: str, valid_to: date, agreement: str, paper: Any = None,
    actor: Actor,
) -> HelpRequest:  # fmt: skip
    """Ask a person to let the actor act for him; nothing may be done before he has agreed.

    Refused: himself; granted or asked already; too many, too long; a signed paper without paper; a code to a telephone
    that is not the person's own.
    """
    if actor.subject_id is None:
        raise SignInRequired
    access.require(actor, "subjects.ask_to_help", HelpRequest(person_id=actor.subject_id))
    today, now = clock.today(), clock.now()
    rules.check_help_period(valid_to, today=today, longest=params.integer("subjects.help_longest_days", on=today))
    # The telephone is not noted down with the person: it would be the asker's word for where codes go.
    subject = register_subject(kind="person", name=name, id_type="resident_id", id_number=id_number, actor=actor)
    subject = Subject.objects.select_for_update().get(pk=subject.pk)
    _check_askable(subject, actor, today)
    request = HelpRequest(
        subject=subject, person_id=actor.subject_id, relation=relation, valid_to=valid_to, agreement=agreement,
        asked_at=now, open_until=now + timedelta(days=params.integer("subjects.help_request_days", on=today)),
    )  # fmt: skip
    if agreement == Agreement.PAPER:
        if paper is None:
            raise rules.HelpPaperMissing(fields={"paper": [rules.HelpPaperMissing.message]})
        request.paper = paper
    elif agreement == Agreement.CODE:
        _send_code(request, subject, phone)
    request.save(force_insert=True)
    record("subjects.subject.help_asked", subject, actor=actor, person=str(actor.subject_id), by=agreement)
    return request


def _check_askable(subject: Subject, actor: Actor, today: date) -> None:
    if subject.pk == actor.subject_id:
        raise rules.HelpForOneself(fields={"id_number": [rules.HelpForOneself.message]})
    if subject.pk in queries.rights_of(actor):
        raise rules.HelpGranted(name=subject.name)
    HelpRequest.objects.filter(subject=subject, state=ASKED, open_until__lt=clock.now()).update(state=WITHDRAWN)
    if HelpRequest.objects.filter(subject=subject, person=actor.subject_id, state=ASKED).exists():
        raise rules.HelpAsked(name=subject.name)
    _check_few(len(queries.helped_by(actor)), today)


def _check_few(count: int, today: date) -> None:
    most = params.integer("subjects.help_most_people", on=today)
    if count >= most:
        raise rules.HelpForTooMany(most=most)


def _send_code(request: HelpRequest, subject: Subject, phone: str) -> None:
    """A code to the telephone the person gave himself; the actor may know it, the telephone must be the same."""
    if not queries.send_code.is_filled or not subject.phone or subject.phone != phone:
        raise rules.HelpPhoneUnknown(fields={"phone": [rules.HelpPhoneUnknown.message]})
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    request.code_digest = _digest(request.pk, code)
    request.code_until = clock.now() + timedelta(minutes=params.integer("subjects.code_minutes"))
    queries.send_code(subject.pk, code)


def _digest(request: UUID, code: str) -> bytes:
    return crypto.blind_index(f"{request}:{code}", context="subjects.helprequest.code")


@transaction.atomic
def agree_to_help(request: HelpRequest, *, actor: Actor) -> Representation:
    """The person himself agrees, by his own account."""
    request, subject = _locked(request)
    access.require(actor, "subjects.answer_help", request)
    _check_waits(request)
    return _agree(request, subject, Agreement.ACCOUNT, actor)


def agree_by_code(request: HelpRequest, *, code: str, actor: Actor) -> Representation:
    """The actor has been told the code that came to the telephone. A wrong try counts even though it is refused."""
    outcome = _try_code(request, code, actor)
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


@transaction.atomic
def _try_code(request: HelpRequest, code: str, actor: Actor) -> Representation | Refused:
    request, subject = _locked(request)
    access.require(actor, "subjects.ask_to_help", request)
    _check_waits(request)
    request.tries += 1
    request.save(update_fields=["tries"])
    too_late = request.code_until is None or clock.now() > request.code_until
    too_often = request.tries > params.integer("subjects.code_tries")
    right = hmac.compare_digest(bytes(request.code_digest or b""), _digest(request.pk, code.strip()))
    if too_late or too_often or not right:
        record("subjects.subject.help_code_wrong", subject, actor=actor, tries=request.tries)
        return rules.HelpCodeWrong(fields={"code": [rules.HelpCodeWrong.message]})
    return _agree(request, subject, Agreement.CODE, actor)


@transaction.atomic
def check_help_paper(request: HelpRequest, *, actor: Actor) -> Representation:
    """A counter has compared the signed paper with both identity cards."""
    request, subject = _locked(request)
    access.require(actor, "subjects.check_help", request)
    _check_waits(request)
    return _agree(request, subject, Agreement.PAPER, actor)


@transaction.atomic
def decline_help(request: HelpRequest, *, actor: Actor) -> None:
    """The person, or the counter that checked his paper, says no."""
    request, subject = _locked(request)
    if not access.may(actor, "subjects.check_help", request):
        access.require(actor, "subjects.answer_help", request)
    _answered(request, DECLINED)
    record("subjects.subject.help_declined", subject, actor=actor, person=str(request.person_id))


@transaction.atomic
def withdraw_help(request: HelpRequest, *, actor: Actor) -> None:
    """Whoever asked does not ask any more."""
    request, subject = _locked(request)
    access.require(actor, "subjects.ask_to_help", request)
    _answered(request, WITHDRAWN)
    record("subjects.subject.help_withdrawn", subject, actor=actor, person=str(request.person_id))


@transaction.atomic
def register_helper(
    subject: Subject, *, person: Subject, relation: str, valid_to: date, actor: Actor
) -> Representation:  # fmt: skip
    """Both stand at the counter with their papers, or the helper with a signed one."""
    subject = Subject.objects.select_for_update().get(pk=subject.pk)
    access.require(actor, "subjects.represent", subject)
    today = clock.today()
    rules.check_help_period(valid_to, today=today, longest=params.integer("subjects.help_longest_days", on=today))
    if subject.pk == person.pk:
        raise rules.HelpForOneself(fields={"id_number": [rules.HelpForOneself.message]})
    return _grant(subject, person, relation, valid_to, Agreement.PAPER, actor)


@transaction.atomic
def end_help(helping: Representation, *, actor: Actor) -> None:
    """From this moment on nobody helps: said by either of the two, or at a counter."""
    subject = Subject.objects.select_for_update().get(pk=helping.subject_id)
    helping = Representation.objects.select_for_update().get(pk=helping.pk)
    access.require(actor, "subjects.end_help", helping)
    yesterday = clock.today() - timedelta(days=1)
    if helping.valid_to is not None and helping.valid_to <= yesterday:
        return
    helping.valid_to = yesterday
    helping.save(update_fields=["valid_to"])
    record(
        "subjects.subject.representation_ended", subject, actor=actor, person=str(helping.person_id),
        right=helping.right, last_day=str(yesterday),
    )  # fmt: skip


def _locked(request: HelpRequest) -> tuple[HelpRequest, Subject]:
    """First the person, then the request: the order in which everybody locks."""
    subject = Subject.objects.select_for_update().get(pk=request.subject_id)
    return HelpRequest.objects.select_for_update().get(pk=request.pk), subject


def _check_waits(request: HelpRequest) -> None:
    rules.check_help_waits(state=request.state, open_until=request.open_until, now=clock.now())


def _answered(request: HelpRequest, state: str) -> None:
    _check_waits(request)
    request.state, request.answered_at = state, clock.now()
    request.save(update_fields=["state", "answered_at"])


def _agree(request: HelpRequest, subject: Subject, agreement: str, actor: Actor) -> Representation:
    _answered(request, AGREED)
    return _grant(subject, request.person, request.relation, request.valid_to, agreement, actor)


def _grant(
    subject: Subject, person: Subject, relation: str, valid_to: date, agreement: str, actor: Actor
) -> Representation:
    """The consent, from today; one that was ended today begins again."""
    today = clock.today()
    helped = Representation.objects.filter(person=person, right=rules.HELPER, valid_from__lte=today)
    _check_few(helped.exclude(valid_to__lt=today).exclude(subject=subject).values("subject").distinct().count(), today)
    granted, _ = Representation.objects.update_or_create(
        subject=subject, person=person, right=rules.HELPER, valid_from=today,
        defaults={"valid_to": valid_to, "relation": relation, "agreed_by": agreement},
    )  # fmt: skip
    record(
        "subjects.subject.representation_added", subject, actor=actor, person=str(person.pk), right=rules.HELPER,
        by=agreement, last_day=str(valid_to),
    )  # fmt: skip
    return granted
