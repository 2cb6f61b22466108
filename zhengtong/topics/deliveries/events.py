"""What others may hear of the way of the papers; ids and codes only."""

from dataclasses import dataclass

from zhengtong.foundation.outbox.events import Event


@dataclass(frozen=True)
class ResultReady(Event):
    """A result waits at the issuing window; whoever notifies asks for the code to fetch it by."""

    case_id: str
    number: str
    window: str


@dataclass(frozen=True)
class ResultIssued(Event):
    """The applicant has it: in hand, or in the post."""

    case_id: str
    number: str
    window: str
    way: str


@dataclass(frozen=True)
class LineRefused(Event):
    """A receiver did not take a piece: it stays with whoever wanted to hand it over."""

    slip: int
    piece: str
    case_id: str
