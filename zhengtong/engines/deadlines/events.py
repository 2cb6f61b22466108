"""What others may hear of the calendar."""

from dataclasses import dataclass

from zhengtong.foundation.outbox.events import Event


@dataclass(frozen=True)
class CalendarLoaded(Event):
    """A year was published, corrected or withdrawn: running limits that touch it are to be counted again."""

    year: int
    version: int
