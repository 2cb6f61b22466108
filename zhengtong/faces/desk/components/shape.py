"""What an example is: a piece of template, the values it names, and the words around it. Data only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class Example:
    """One state of a component. `source` is both shown and drawn, so the two cannot drift apart.

    `told` are the values as shown beside it, where the real ones would say little; `note` says what cannot be seen.
    """

    state: str
    source: str
    values: Mapping[str, Any] = field(default_factory=dict)
    told: Mapping[str, Any] | None = None
    note: str = ""


@dataclass(frozen=True)
class Component:
    """A tag, a filter, or a style that has no tag, and when to use it."""

    name: str
    purpose: str
    examples: tuple[Example, ...]
    kind: Literal["tag", "filter", "style"] = "tag"


@dataclass(frozen=True)
class Group:
    """Components that one would look for in the same place; small ones have their states side by side."""

    slug: str
    title: str
    lead: str
    icon: str
    components: tuple[Component, ...]
    is_small: bool = False
