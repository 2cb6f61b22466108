"""What others may hear of money; never whose."""

from dataclasses import dataclass

from zhengtong.foundation.outbox.events import Event


@dataclass(frozen=True)
class BillEvent(Event):
    """Common facts."""

    bill: str
    case_number: str
    item_code: str
    organisation: str
    amount: int


@dataclass(frozen=True)
class BillOpened(BillEvent):
    """A case waits for money."""

    due_on: str


@dataclass(frozen=True)
class BillSettled(BillEvent):
    """The money came, or nothing was left to pay."""

    way: str


@dataclass(frozen=True)
class MoneyRefunded(BillEvent):
    """Money went back."""
