"""The base of every event: it knows its name and how to go into the outbox."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from zhengtong.foundation import clock
from zhengtong.foundation.bulk import insert_rows


@dataclass(frozen=True)
class Event:
    """Something that happened; subclasses are frozen dataclasses of JSON-safe values, named in the past tense."""

    @classmethod
    def name(cls) -> str:
        """Such as `cases.CaseAccepted`."""
        module = cls.__module__.removesuffix(".events").rsplit(".", 1)[-1]
        return f"{module}.{cls.__name__}"

    def payload(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, payload: dict[str, Any]) -> Self:
        return cls(**payload)

    def publish(self) -> None:
        """Write the event in the current transaction; subscribers hear it after commit."""
        from .models import EventRow

        EventRow.objects.create(name=self.name(), payload=self.payload(), at=clock.now())


def publish_all(events: Sequence[Event]) -> None:
    """Publish a set in one statement."""
    from .models import EventRow

    at = clock.now()
    insert_rows(EventRow, [{"name": event.name(), "payload": event.payload(), "at": at} for event in events])
