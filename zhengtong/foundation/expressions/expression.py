"""A compiled condition: call it, ask for its names, ask why it did not hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .parser import Node, Parser
from .values import look_up, truth


@dataclass(frozen=True)
class Reason:
    """A part of the condition that did not hold, as written, and what its names were."""

    text: str
    seen: dict[str, Any]


class Expression:
    """Compiled once, called often."""

    __slots__ = ("_compute", "_node", "names", "text")

    def __init__(self, text: str) -> None:
        self._node = Parser(text).parse()
        self._compute = self._node.compute
        self.text = text
        self.names: frozenset[str] = frozenset(self._node.names())

    def __call__(self, values: Mapping[str, Any]) -> Any:
        return self._compute(values)

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Whether the condition is met."""
        return truth(self._compute(values))

    def explain(self, values: Mapping[str, Any]) -> tuple[Reason, ...]:
        """The smallest parts because of which the condition is not met; nothing when it is.

        Of `and` only what failed is named, of `or` every branch, for any of them would have done.
        """
        return tuple(self._reasons(self._node, values))

    def _reasons(self, node: Node, values: Mapping[str, Any]) -> Iterator[Reason]:
        if truth(node.compute(values)):
            return
        if node.kind in ("and", "or"):
            for part in node.parts:
                yield from self._reasons(part, values)
            return
        seen = {name: look_up(values, tuple(name.split(".")), name) for name in node.names()}
        yield Reason(self.text[node.start : node.end], seen)

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"


def compile_expression(text: str) -> Expression:
    """The compiled condition; raises `ExpressionInvalid` with the place of the fault."""
    return _compiled(text) if isinstance(text, str) else Expression(text)


@lru_cache(maxsize=4_096)
def _compiled(text: str) -> Expression:
    return Expression(text)
