"""Which version is in force, and what a new one may be."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol, TypeVar

from .refusals import VersionBackdated, VersionOutOfOrder


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
        raise VersionBackdated(
            name=name, number=latest.number, valid_from=valid_from.isoformat(), today=today.isoformat()
        )
    for version in published:
        first = version.valid_from
        if first and first > today and is_in_force(version, first) and valid_from < first:
            raise VersionOutOfOrder(name=name, number=version.number, valid_from=first.isoformat())
