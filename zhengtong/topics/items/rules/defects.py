"""What can be wrong with a definition: a kind, a place, a sentence and a remedy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, Self

from zhengtong.foundation.refusals import Message


@dataclass(frozen=True)
class Defect:
    """One fault; a blocking one keeps the item a draft, the others are told."""

    kind: str
    sentence: Message
    remedy: Message
    path: tuple[str | int, ...] = ()
    is_blocking: bool = True

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "sentence": self.sentence.as_json(),
            "remedy": self.remedy.as_json(),
            "path": list(self.path),
            "is_blocking": self.is_blocking,
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Self:
        """What was stored."""
        sentence, remedy = Message.from_json(said["sentence"]), Message.from_json(said["remedy"])
        return cls(said["kind"], sentence, remedy, tuple(said["path"]), said["is_blocking"])

    def __str__(self) -> str:
        return f"{self.sentence}{self.remedy}"


class Around(Protocol):
    """What the rules may ask about the rest of the world; `foundation.wiring.sections.Known` answers it."""

    def has(self, section: str, key: str) -> bool: ...

    def entry(self, section: str, key: str) -> Mapping[str, Any] | None: ...


Found = Iterator[Defect]
Item = Mapping[str, Any]


def reject(kind: str, sentence: str, remedy: str, *path: str | int, **data: Any) -> Defect:
    """A fault that stops publication; the data fill the placeholders of both sentences."""
    return Defect(kind, Message(sentence, **data), Message(remedy, **data), path)


def warn(kind: str, sentence: str, remedy: str, *path: str | int, **data: Any) -> Defect:
    """A fault worth mending that stops nothing."""
    return Defect(kind, Message(sentence, **data), Message(remedy, **data), path, is_blocking=False)
