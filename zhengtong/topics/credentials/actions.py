"""Issue a credential with the decision that grants it, make its paper afterwards, end it."""

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhengtong.engines.papers.queries import render
from zhengtong.engines.papers.rules import plain_date
from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.codes import credit_code, plain
from zhengtong.foundation.codes.credential_id import make_credential_id
from zhengtong.foundation.directory.queries import organisation
from zhengtong.foundation.files.actions import store_bytes
from zhengtong.foundation.outbox.jobs import defer
from zhengtong.foundation.refusals import N_
from zhengtong.foundation.wiring.sections import pack_owner

from . import queries, rules
from .events import CredentialIssued, CredentialWasEnded
from .models import Credential, CredentialType, NumberSeries

RENDER = "credentials.render"
WITHOUT_END = N_("长期有效")


@transaction.atomic
def issue_credential(
    *,
    type_code: str,
    case_number: str,
    holder_id: UUID,
    holder_name: str,
    holder_id_type: str,
    holder_id_number: str,
    data: Mapping[str, Any],
    issuer: str,
    division: str,
    issued_on: date,
    actor: Actor,
) -> Credential:
    """Issue a credential as part of the decision of a case; the caller holds the case's lock.

    `type_code` is the type's code in the pack, `issuer` the organisation's; `data` are the open answers of the
    application, by field key. Refused: not made here, issued before, no fit issuer, no days, no numbers left.
    """
    kind = queries.credential_type(type_code)
    if kind.by != CredentialType.By.LOCAL:
        raise rules.CredentialNotLocal(type=kind.name)
    organ = organisation(issuer)
    if not credit_code.is_valid_credit_code(organ.code):
        raise rules.IssuerUnfit(issuer=organ.name)
    division = (division or organ.division_id)[:12]
    before = Credential.objects.filter(case_number=case_number, type=kind).first()
    if before:
        raise rules.CredentialAlreadyIssued(case=case_number, type=kind.name, number=before.number)
    valid_from, valid_to = rules.period(kind.validity, issued_on=issued_on, data=data, type=kind.name)
    credential = Credential(
        type=kind,
        type_name=kind.name,
        verify_code="".join(secrets.choice(rules.CODE_LETTERS) for _ in range(rules.CODE_LENGTH)),
        holder=holder_id,
        holder_name=holder_name,
        holder_id_type=holder_id_type,
        holder_id_number=plain(holder_id_number),
        data=rules.lines(kind.fields, data),
        issuer=organ,
        division=division,
        case_number=case_number,
        issued_on=issued_on,
        issued_at=clock.now(),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    access.require(actor, "credentials.issue", credential)
    credential.number = _next_number(kind, division=division, issued_on=issued_on)
    serial = rules.identifier_serial(credential.number)
    credential.identifier = make_credential_id(kind.type_code, organ.code, serial)
    credential.save(force_insert=True)
    record(
        "credentials.credential.issued", credential, actor=actor,
        type=kind.code, number=credential.number, case=case_number, issuer=organ.code,
        valid_from=valid_from.isoformat(), valid_to=valid_to.isoformat() if valid_to else None,
    )  # fmt: skip
    CredentialIssued(
        credential_id=str(credential.pk),
        number=credential.number,
        type_code=kind.code,
        case_number=case_number,
        issuer=organ.code,
        issued_on=issued_on.isoformat(),
    ).publish()
    defer(RENDER, credential_id=str(credential.pk))
    return credential


def _next_number(kind: CredentialType, *, division: str, issued_on: date) -> str:
    """The next number of the run; whoever draws from the same run at the same time waits for our commit.

    A table and not a database sequence: the program's login makes no sequences, and a run lasts for a year or a
    division only. A rolled-back decision gives its number back.
    """
    name = rules.series(kind.number_pattern, division=division, issued_on=issued_on)
    table = connection.ops.quote_name(NumberSeries._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS run (name, last) VALUES (%s, 1) "  # noqa: S608 - our own table's name
            "ON CONFLICT (name) DO UPDATE SET last = run.last + 1 RETURNING last",
            [name],
        )
        serial = cursor.fetchone()[0]
    if not rules.fits(kind.number_pattern, serial):
        raise rules.NumbersUsedUp(type=kind.name)
    return rules.credential_number(kind.number_pattern, division=division, issued_on=issued_on, serial=serial)


@transaction.atomic
def render_credential(credential_id: UUID, *, actor: Actor) -> Credential:
    """Make the paper and keep it; a second call finds it made. Refused when a font lacks a character."""
    credential = Credential.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=credential_id)
    access.require(actor, "credentials.render", credential)
    if credential.file_id:
        return credential
    paper = render("credential", _paper(credential))
    name = f"{credential.type_name} {credential.number}.pdf"
    credential.file = store_bytes(paper, name=name, kind="application/pdf", actor=actor)
    credential.save(update_fields=["file"])
    record("credentials.credential.rendered", credential, actor=actor, file=str(credential.file_id))
    return credential


def _paper(credential: Credential) -> dict[str, Any]:
    period = WITHOUT_END
    if credential.valid_to:
        period = f"{plain_date(credential.valid_from)}至{plain_date(credential.valid_to)}"
    return {
        "title": credential.type_name,
        "number": credential.number,
        "identifier": credential.identifier,
        "fields": [(line["title"], line["text"]) for line in credential.data],
        "organ": credential.issuer.name,
        "issued_on": credential.issued_on,
        "validity": period,
        "verify_url": queries.verify_url(credential),
        "note": f"核验码 {rules.shown_code(credential.verify_code)}",
    }


@transaction.atomic
def end_credential(
    credential: Credential, *, ending: str, reason: str, document_number: str = "", actor: Actor
) -> Credential:
    """Revoke, annul, rescind or deregister; from now on its verification says so. Refused when it has ended before."""
    credential = Credential.objects.select_for_update().get(pk=credential.pk)
    access.require(actor, "credentials.end", credential)
    rules.check_ending(credential.state, ending=ending, reason=reason, number=credential.number)
    credential.state, credential.ended_on, credential.ending_reason = ending, clock.today(), reason.strip()
    credential.save(update_fields=["state", "ended_on", "ending_reason"])
    record(f"credentials.credential.{ending}", credential, actor=actor, document=document_number)
    CredentialWasEnded(
        credential_id=str(credential.pk),
        number=credential.number,
        type_code=credential.type_id,
        issuer=credential.issuer_id,
        ending=ending,
        ended_on=credential.ended_on.isoformat(),
    ).publish()
    return credential


@transaction.atomic
def write_type(entry: Mapping[str, Any], *, pack: str, actor: Actor) -> CredentialType:
    """Create or change a type as a pack says; credentials issued before keep their words."""
    access.require(actor, "credentials.declare")
    row = CredentialType.objects.select_for_update().filter(pk=entry["code"]).first()
    verb = "changed" if row else "created"
    row = row or CredentialType(pk=entry["code"])
    for column in ("name", "type_code", "by", "validity", "number_pattern", "fields", "layout"):
        setattr(row, column, entry[column])
    row.owner, row.ended_at = pack_owner(pack), None
    row.save()
    record(f"credentials.type.{verb}", row, actor=actor, pack=pack)
    return row


@transaction.atomic
def end_type(entry: Mapping[str, Any], *, pack: str, actor: Actor) -> CredentialType:
    """No more of this type from now on."""
    access.require(actor, "credentials.declare")
    row = CredentialType.objects.select_for_update().get(pk=entry["code"])
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    record("credentials.type.ended", row, actor=actor, pack=pack)
    return row
