"""What others may hear of ratings; never who gave them."""

from dataclasses import dataclass

from zhengtong.foundation.outbox.events import Event


@dataclass(frozen=True)
class RatingEvent(Event):
    """Common facts."""

    rating_id: str
    case_number: str
    item_code: str
    organisation: str
    level: int
    naming: str


@dataclass(frozen=True)
class RatingGiven(RatingEvent):
    """Somebody rated a case."""


@dataclass(frozen=True)
class RatingAmended(RatingEvent):
    """A rating was changed, once, by whoever gave it."""

    level_before: int


@dataclass(frozen=True)
class BadRatingGiven(RatingEvent):
    """A rating is bad, as given or as amended: somebody must ask why."""
