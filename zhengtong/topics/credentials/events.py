"""What others may hear of a credential."""

from dataclasses import dataclass

from zhengtong.foundation.outbox.events import Event


@dataclass(frozen=True)
class CredentialIssued(Event):
    """A credential exists from this moment; its paper follows."""

    credential_id: str
    number: str
    type_code: str
    case_number: str
    issuer: str
    issued_on: str


@dataclass(frozen=True)
class CredentialWasEnded(Event):
    """A credential was revoked, annulled, rescinded or deregistered."""

    credential_id: str
    number: str
    type_code: str
    issuer: str
    ending: str
    ended_on: str
