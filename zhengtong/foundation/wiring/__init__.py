"""How modules plug into each other: typed registries, slots declared below and filled above, one command line.

Verbs: add to a `Registry`, fill a `Slot`, register a `@command`. Every app's `wiring.py` is found by its file name.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, ParamSpec, TypeVar

K = TypeVar("K")
V = TypeVar("V")
P = ParamSpec("P")
R = TypeVar("R")


class Registry(Generic[K, V]):
    """A named table of plugged-in things; refuses duplicates and names what it knows when asked for a stranger."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._entries: dict[K, V] = {}

    def add(self, key: K, value: V) -> V:
        if key in self._entries and self._entries[key] is not value:
            raise ValueError(f"{self.name}: {key!r} is registered twice")
        self._entries[key] = value
        return value

    def get(self, key: K) -> V:
        try:
            return self._entries[key]
        except KeyError:
            raise KeyError(f"{self.name}: no {key!r}; known: {sorted(map(str, self._entries))}") from None

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def items(self) -> list[tuple[K, V]]:
        return list(self._entries.items())

    def values(self) -> list[V]:
        return list(self._entries.values())

    @contextmanager
    def registered(self, key: K, value: V) -> Iterator[None]:
        """For a test: registered within the block only."""
        before = dict(self._entries)
        self._entries[key] = value
        try:
            yield
        finally:
            self._entries = before


class Slot(Generic[P, R]):
    """A question asked below and answered above: declared by the lower module, filled once in a `wiring.py`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._answer: Callable[P, R] | None = None

    def fill(self, answer: Callable[P, R]) -> Callable[P, R]:
        if self._answer is not None and self._answer is not answer:
            raise ValueError(f"slot {self.name} is filled twice")
        self._answer = answer
        return answer

    @property
    def is_filled(self) -> bool:
        return self._answer is not None

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        if self._answer is None:
            raise RuntimeError(f"slot {self.name} is not filled")
        return self._answer(*args, **kwargs)

    @contextmanager
    def filled_with(self, answer: Callable[P, R]) -> Iterator[None]:
        """For a test: another answer within the block."""
        before, self._answer = self._answer, answer
        try:
            yield
        finally:
            self._answer = before


@dataclass(frozen=True)
class Command:
    """One word after `zt`, with its one line of help."""

    name: str
    help: str
    run: Callable[[list[str]], int]


commands: Registry[str, Command] = Registry("commands")


def command(name: str, *, help: str) -> Callable[[Callable[[list[str]], int]], Callable[[list[str]], int]]:
    """Register a function(argv) -> exit code as `zt NAME`."""

    def register(run: Callable[[list[str]], int]) -> Callable[[list[str]], int]:
        commands.add(name, Command(name, help, run))
        return run

    return register


__all__ = ["Command", "Registry", "Slot", "command", "commands"]
