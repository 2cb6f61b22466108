"""Whose credentials these are, and whether one is genuine."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, visible
from zhengtong.foundation.refusals import NotFound
from zhengtong.foundation.wiring.sections import Stored

from . import rules
from .access import acting_for
from .models import Credential, CredentialType
from .rules import CredentialTypeUnknown, CredentialUnknown, StateOn

__all__ = [
    "Verification", "acting_for", "case_of_file", "credential_for", "credential_of_case", "credential_type",
    "credentials_for", "credentials_held_by", "credentials_of", "credentials_unrendered", "issued_on_case",
    "may_read_file", "types_in_pack_words", "verify", "verify_url",
]  # fmt: skip


@dataclass(frozen=True)
class Verification:
    """What anybody who has the code may know of a credential."""

    type_name: str
    number: str
    identifier: str
    holder: str
    issuer: str
    issued_on: date
    valid_from: date
    valid_to: date | None
    state: StateOn
    on: date

    @property
    def is_valid(self) -> bool:
        return self.state == StateOn.VALID

    @property
    def state_words(self) -> str:
        return self.state.words


def credential_type(code: str) -> CredentialType:
    """One type in use, by its code in the pack."""
    found = CredentialType.objects.filter(pk=code, ended_at=None).first()
    if found is None:
        raise CredentialTypeUnknown(type=code)
    return found


def credentials_of(actor: Actor) -> QuerySet[Credential]:
    """The actor's own credentials and those of everybody he acts for, newest first."""
    return _listed(visible(actor, "credentials.hold", Credential.objects.all()))


def credentials_held_by(actor: Actor, holders: Collection[UUID]) -> QuerySet[Credential]:
    """Those of these holders, as far as the actor may see them."""
    return credentials_for(actor).filter(holder__in=holders)


def credentials_for(actor: Actor) -> QuerySet[Credential]:
    """All the actor may see, newest first."""
    return _listed(visible(actor, "credentials.view", Credential.objects.all()))


def credential_for(actor: Actor, credential_id: UUID) -> Credential:
    """One within the actor's scope."""
    found = credentials_for(actor).select_related("file").filter(pk=credential_id).first()
    if found is None:
        raise NotFound
    return found


def credential_of_case(actor: Actor, case_number: str) -> Credential | None:
    """What a case resulted in, if the actor may see it."""
    return credentials_for(actor).filter(case_number=case_number).first()


def issued_on_case(case_number: str) -> Credential | None:
    """What a case resulted in, for a caller that has checked his scope on the case."""
    return _listed(Credential.objects.select_related("file")).filter(case_number=case_number).first()


def case_of_file(file_id: UUID) -> str:
    """The number of the case whose credential this file shows; empty if none."""
    numbers = Credential.objects.filter(file=file_id).values_list("case_number", flat=True)
    return numbers.first() or ""


def may_read_file(actor: Actor, file_id: UUID) -> bool:
    """Whether a file is the paper of a credential that the actor may see; part of the answer to `files.may_read`."""
    return visible(actor, "credentials.view", Credential.objects.filter(file=file_id)).exists()


def credentials_unrendered() -> QuerySet[Credential]:
    """Those whose paper has not been made, oldest first."""
    return Credential.objects.filter(file=None).order_by("issued_at")


def verify(code: str) -> Verification:
    """What the public page shows of the credential with this code, as of today."""
    wanted = rules.normal_code(code)
    rows = Credential.objects.select_related("issuer").filter(verify_code=wanted)
    found = rows.first() if rules.is_code(wanted) else None
    if found is None:
        raise CredentialUnknown
    today = clock.today()
    return Verification(
        type_name=found.type_name,
        number=found.number,
        identifier=found.identifier,
        holder=rules.shown_holder(found.holder_name, found.holder_id_type),
        issuer=found.issuer.name,
        issued_on=found.issued_on,
        valid_from=found.valid_from,
        valid_to=found.valid_to,
        state=found.state_on(today),
        on=today,
    )


def verify_url(credential: Credential) -> str:
    """The address that the QR code on the paper leads to."""
    return f"{settings.SITE_URL}/v/{credential.verify_code}"


def types_in_pack_words(keys: Collection[str], owners: Collection[str]) -> Mapping[str, Stored]:
    """Stored types as a pack would write them."""
    plain = ("code", "name", "type_code", "by", "validity", "number_pattern", "fields", "layout")
    return {
        row.code: Stored({column: getattr(row, column) for column in plain}, row.owner, row.ended_at is not None)
        for row in CredentialType.objects.filter(Q(pk__in=keys) | Q(owner__in=owners))
    }


def _listed(rows: QuerySet[Credential]) -> QuerySet[Credential]:
    return rows.select_related("issuer").order_by("-issued_at", "-id")
