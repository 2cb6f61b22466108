"""What others may hear of a case."""

from dataclasses import dataclass

from zhengtong.foundation.outbox.events import Event


@dataclass(frozen=True)
class CaseEvent(Event):
    """Common facts; ids and codes only, no personal data."""

    case_id: str
    number: str
    item_code: str
    item_name: str
    department: str


@dataclass(frozen=True)
class CaseSubmitted(CaseEvent):
    """A case came in."""

    channel: str


@dataclass(frozen=True)
class CaseReceived(CaseEvent):
    """The papers are here."""


@dataclass(frozen=True)
class CorrectionRequested(CaseEvent):
    """The applicant has been told everything that is missing."""


@dataclass(frozen=True)
class CaseAccepted(CaseEvent):
    """The clock runs."""


@dataclass(frozen=True)
class CaseForwarded(CaseEvent):
    """A case of another system waits to be handed over to it."""


@dataclass(frozen=True)
class CaseDelivered(CaseEvent):
    """The applicant has his result in hand."""

    way: str


@dataclass(frozen=True)
class CaseEnded(CaseEvent):
    """The applicant has his outcome: one of `rules.ENDED`."""

    applicant: str
    outcome: str
    ended_at: str
