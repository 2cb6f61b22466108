"""Whoever acts: a citizen, a member of staff, another system, the platform itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

T = TypeVar("T")


@dataclass(frozen=True)
class Grant:
    """A permission, and where it holds; None means everywhere."""

    permission: str
    organisation: str | None = None
    area: str | None = None
    item: str | None = None

    def covers(self, *, organisation: str | None = None, area: str | None = None, item: str | None = None) -> bool:
        return (
            (self.organisation is None or self.organisation == organisation)
            and (self.area is None or (area is not None and area.startswith(self.area)))
            and (self.item is None or self.item == item)
        )


@dataclass(frozen=True)
class Actor:
    """Who acts, by what grants; `acting_for` names the subject somebody acts for when it is not himself."""

    key: str
    kind: str
    name: str = ""
    account_id: UUID | None = None
    subject_id: UUID | None = None
    grants: tuple[Grant, ...] = ()
    acting_for: str = ""
    _known: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def granted(self, permission: str) -> tuple[Grant, ...]:
        """The grants of one permission."""
        return self.known(permission, lambda: tuple(g for g in self.grants if g.permission == permission))

    def known(self, name: str, find: Callable[[], T]) -> T:
        """What was once found about the actor, for as long as he is held: one request, one call, one job."""
        if name not in self._known:
            self._known[name] = find()
        return self._known[name]

    def may(self, permission: str) -> bool:
        """Whether the actor holds the permission anywhere; for menus, never for rows."""
        return bool(self.granted(permission))

    @property
    def is_staff(self) -> bool:
        return self.kind == "staff"

    @property
    def is_signed_in(self) -> bool:
        return self.account_id is not None


ANONYMOUS = Actor(key="anonymous", kind="anonymous")


def system_actor(name: str, *permissions: str) -> Actor:
    """The platform itself under a name, with just the permissions it needs."""
    return Actor(key=f"system:{name}", kind="system", name=name, grants=tuple(Grant(p) for p in permissions))
