"""Small tables held in memory by every process, reloaded soon after any process has changed them."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

from django.db import connection, transaction

from .models import Revision

T = TypeVar("T")


@dataclass(frozen=True)
class _Held(Generic[T]):
    value: T
    stamp: UUID | None
    checked_at: float


_all: list["Snapshot[Any]"] = []


def forget_all() -> None:
    """Read everything afresh: the process has turned to another database."""
    for snapshot in _all:
        snapshot.forget()


class Snapshot(Generic[T]):
    """What `load` read, kept until its stamp changes; other processes see a change within `seconds`.

    The transaction that made a change reads the database itself until it ends, so what is rolled back is never kept.
    """

    def __init__(self, name: str, load: Callable[[], T], *, seconds: float = 1.0) -> None:
        self.name = name
        self.load = load
        self.seconds = seconds
        self._held: _Held[T] | None = None
        _all.append(self)

    def get(self) -> T:
        if self._is_changing():
            return self.load()
        held = self._held
        if held and monotonic() - held.checked_at < self.seconds:
            return held.value
        # The stamp is read before the rows: a change in between is seen as one stamp too many, never missed.
        stamp = Revision.objects.filter(name=self.name).values_list("stamp", flat=True).first()
        value = held.value if held and held.stamp == stamp else self.load()
        self._held = _Held(value, stamp, monotonic())
        return value

    def changed(self) -> None:
        """Say, inside the transaction that changes the rows, that whatever is held is out of date."""
        if self._is_changing():
            return
        Revision.objects.update_or_create(name=self.name, defaults={"stamp": uuid4()})
        transaction.on_commit(self.forget)

    def forget(self) -> None:
        """Read afresh next time."""
        self._held = None

    def _is_changing(self) -> bool:
        # Django drops what was registered on_commit when the transaction or savepoint is rolled back.
        return connection.in_atomic_block and any(entry[1] == self.forget for entry in connection.run_on_commit)
