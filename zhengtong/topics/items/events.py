"""What happened to items."""

from dataclasses import dataclass

from zhengtong.foundation.outbox.events import Event


@dataclass(frozen=True)
class ItemPublished(Event):
    """A version was published; it is in force from `valid_from` on."""

    item: str
    version_id: str
    number: int
    valid_from: str


@dataclass(frozen=True)
class ItemEnded(Event):
    """The item takes no more applications; running cases go on."""

    item: str
    last_day: str
