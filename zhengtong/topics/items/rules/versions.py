"""Which version is in force, and what a new one may be."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Protocol, TypeVar

from zhengtong.foundation.refusals import Refused, filled

from .refusals import VersionBackdated, VersionOutOfOrder, VersionTooFar


class Dated(Protocol):
    """What the rules need to know of a version."""

    @property
    def number(self) -> int: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...
    @property
    def closed_on(self) -> date | None: ...


V = TypeVar("V", bound=Dated)
# A mistyped year would close the item to newer versions until then.
FARTHEST = timedelta(days=3 * 366)


def last_day(version: Dated) -> date | None:
    """The last day in force, whether foreseen or closed early; None while open."""
    return min((day for day in (version.valid_to, version.closed_on) if day), default=None)


def is_in_force(version: Dated, on: date) -> bool:
    last = last_day(version)
    return version.valid_from is not None and version.valid_from <= on and (last is None or on <= last)


def effective_version(versions: Iterable[V], on: date) -> V | None:
    """The one published version in force on a day, if any."""
    return next((version for version in versions if is_in_force(version, on)), None)


def check_succession(name: str, published: Sequence[Dated], *, valid_from: date, today: date) -> None:
    """A new version begins today or later, and after those already waiting; the first may have begun long ago."""
    if not published:
        return
    latest = max(published, key=lambda version: version.number)
    if valid_from < today:
        raise _refused(
            VersionBackdated,
            name=name,
            number=latest.number,
            valid_from=valid_from.isoformat(),
            today=today.isoformat(),
        )
    for version in published:
        first = version.valid_from
        if first and first > today and is_in_force(version, first) and valid_from < first:
            raise _refused(VersionOutOfOrder, name=name, number=version.number, valid_from=first.isoformat())


def check_near(name: str, *, valid_from: date, today: date) -> None:
    """A first day chosen by hand lies within three years."""
    if valid_from > today + FARTHEST:
        raise _refused(VersionTooFar, name=name, valid_from=valid_from.isoformat())


def _refused(kind: type[Refused], **data: object) -> Refused:
    """Told beside the field that asks for the day, too."""
    return kind(**data, fields={"valid_from": [filled(kind.message + kind.remedy, dict(data))]})
