"""The entries of each face's navigation; faces add theirs in `wiring.py`:

menu.add("desk.inbox", Entry(face="desk", label=N_("待办"), path="/desk/", icon="inbox", permission="cases.view"))
"""

from collections.abc import Callable
from dataclasses import dataclass

from zhengtong.foundation.access import Actor
from zhengtong.foundation.wiring import Registry

# Every page of a face lies under its first page; that does not make it part of it.
ROOTS = ("/", "/desk/")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One way into a face. Without `permission` everybody sees it; `on_bar` puts it on the phone's bottom bar too.

    `also` names further folders of pages that belong to it.
    """

    face: str
    label: str
    path: str
    icon: str
    also: tuple[str, ...] = ()
    order: int = 100
    permission: str = ""
    group: str = ""
    signed_in: bool = False
    on_bar: bool = False
    count: Callable[[Actor], int] | None = None


@dataclass(frozen=True)
class Link:
    """An entry as this actor sees it on this page."""

    entry: Entry
    current: bool
    count: int | None


menu: Registry[str, Entry] = Registry("ui.menu")


def links_for(actor: Actor, *, face: str, path: str) -> list[Link]:
    """The entries of a face that the actor may use, in order; the one with the longest matching path is current."""
    entries = [entry for entry in menu.values() if entry.face == face and _is_for(entry, actor)]
    entries.sort(key=lambda entry: (entry.order, entry.path))
    here = max(entries, key=lambda entry: _closeness(entry, path), default=None)
    return [
        Link(
            entry,
            current=entry is here and _closeness(entry, path) > 0,
            count=entry.count(actor) if entry.count else None,
        )
        for entry in entries
    ]


def _is_for(entry: Entry, actor: Actor) -> bool:
    if entry.signed_in and not actor.is_signed_in:
        return False
    return not entry.permission or actor.may(entry.permission)


def _closeness(entry: Entry, path: str) -> int:
    """How much of the page's path the entry names; 0 where it is elsewhere."""
    own = (entry.path, *entry.also)
    return max((len(each) for each in own if path == each or (each not in ROOTS and path.startswith(each))), default=0)
