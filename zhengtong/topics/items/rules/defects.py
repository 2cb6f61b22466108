"""What can be wrong with a definition: a kind, a place, a sentence and a remedy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Defect:
    """One fault; a blocking one keeps the item a draft, the others are told."""

    kind: str
    sentence: str
    remedy: str
    path: tuple[str | int, ...] = ()
    is_blocking: bool = True

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "sentence": self.sentence,
            "remedy": self.remedy,
            "path": list(self.path),
            "is_blocking": self.is_blocking,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Defect":
        return cls(**{**data, "path": tuple(data["path"])})

    def __str__(self) -> str:
        return f"{self.sentence}{self.remedy}"


class Around(Protocol):
    """What the rules may ask about the rest of the world; `foundation.wiring.sections.Known` answers it."""

    def has(self, section: str, key: str) -> bool: ...

    def entry(self, section: str, key: str) -> Mapping[str, Any] | None: ...


Found = Iterator[Defect]
Item = Mapping[str, Any]


def reject(kind: str, sentence: str, remedy: str, *path: str | int) -> Defect:
    """A fault that stops publication."""
    return Defect(kind, sentence, remedy, path)


def warn(kind: str, sentence: str, remedy: str, *path: str | int) -> Defect:
    """A fault worth mending that stops nothing."""
    return Defect(kind, sentence, remedy, path, is_blocking=False)
