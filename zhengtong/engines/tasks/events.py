"""What others may hear of waiting work."""

from dataclasses import dataclass

from zhengtong.foundation.outbox.events import Event


@dataclass(frozen=True)
class TaskHandedOver(Event):
    """A colleague has given somebody his work."""

    task_id: int
    to: str
    by: str
    number: str
    title: str
    due: str
    at: str
