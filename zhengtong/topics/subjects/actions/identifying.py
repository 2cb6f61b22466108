"""实名核验: a person has his name and number compared by the province; the answer stays with him, level and day."""

from datetime import timedelta

from django.db import transaction

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.outbox.jobs import defer
from zhengtong.foundation.params.queries import integer

from .. import rules
from ..models import IdentityCheck, Subject


@transaction.atomic
def ask_identity_check(subject: Subject, *, level: str = "basic", face: str = "", actor: Actor) -> IdentityCheck:
    """Have oneself checked; a job asks the province. Refused: not oneself; no resident's card; too often today."""
    subject = Subject.objects.select_for_update(of=("self",)).get(pk=subject.pk)
    access.require(actor, "subjects.check_identity", subject)
    rules.check_identifiable(subject.kind, subject.id_type)
    now = clock.now()
    lately = IdentityCheck.objects.filter(subject=subject, asked_at__gt=now - timedelta(days=1))
    rules.check_tries(lately.count(), most=integer("subjects.identity_tries", now.date()))
    standing = lately.filter(state=IdentityCheck.State.ASKED, level=level).first()
    if standing is not None:
        return standing
    check = IdentityCheck.objects.create(subject=subject, level=rules.known_level(level), face=face, asked_at=now)
    record("subjects.subject.identity_asked", subject, actor=actor, level=level)
    defer("subjects.check_identity", check=str(check.pk))
    return check


@transaction.atomic
def keep_identity_check(check: IdentityCheck, *, is_match: str, serial: str, actor: Actor) -> IdentityCheck:
    """What the province answered, `yes` or `no`; told again, the first answer stays."""
    subject = Subject.objects.select_for_update(of=("self",)).get(pk=check.subject_id)
    access.require(actor, "subjects.keep_identity", subject)
    check = IdentityCheck.objects.select_for_update().get(pk=check.pk)
    if check.state != IdentityCheck.State.ASKED:
        return check
    check.state = IdentityCheck.State.MATCHED if is_match == "yes" else IdentityCheck.State.DIFFERS
    check.serial, check.answered_at, check.face = serial[:64], clock.now(), ""
    check.save()
    record("subjects.subject.identity_checked", subject, actor=actor, level=check.level, state=str(check.state))
    return check
