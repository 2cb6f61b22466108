"""What a pack may declare: one `Section` per kind of entry, registered by the module that owns the rows.

It stands here, at the bottom, so that directory and accounts (below `packs`) plug in like everybody else:

    # topics/credentials/wiring.py
    from zhengtong.foundation.wiring.sections import Fault, Section, Stored, sections

    def _check(entry, known):                       # what JSON Schema cannot say; the path leads to file and line
        if not known.has("organisations", entry["issuer"]):
            yield Fault(("issuer",), f"没有代码为“{entry['issuer']}”的单位。请先在 organisations 中登记。")

    sections.add("credential_types", Section(
        name="credential_types", title="证照类型",
        after=("organisations",),                   # applied after these sections, ended before them
        schema={"type": "object", "required": ["code", "name"], "additionalProperties": False, "properties": {…}},
        current=queries.types_in_pack_words,        # (keys, owners) -> {key: Stored(entry, owner, ended)}
        create=actions.create_type,                 # (entry, *, pack, actor) -> None; also for a key never seen
        update=actions.update_type,                 # also takes over an equal desk row and revives an ended one
        end=actions.end_type,                       # never deletes
        canonical=rules.with_defaults, check=_check,
    ))

Entries are JSON-safe: dates are "YYYY-MM-DD" strings. `canonical` fills in defaults, so that an entry read from YAML
and the entry told by `current` compare equal when nothing has changed. `check_set` sees all entries of the section by
key, for what no single entry can know (overlaps, repeated names). `create`, `update` and `end` run inside the one
transaction of `packs.actions.apply`, which has already asked for the permission `packs.apply`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from zhengtong.foundation.wiring import Registry

if TYPE_CHECKING:
    from zhengtong.foundation.access import Actor

Entry = Mapping[str, Any]
DESK = "desk"


def pack_owner(pack: str) -> str:
    """What a row's `owner` column says when this pack governs it."""
    return f"pack:{pack}"


def import_owner(source: str) -> str:
    """What a row's `owner` column says when an import brought it."""
    return f"import:{source}"


@dataclass(frozen=True)
class Stored:
    """One row as the database holds it now, in the words of the pack."""

    entry: Entry
    owner: str
    ended: bool = False


@dataclass(frozen=True)
class Fault:
    """A sentence about one place inside an entry; a warning is shown but stops nothing."""

    path: tuple[str | int, ...]
    sentence: str
    is_warning: bool = False


class Known(Protocol):
    """What will exist once the pack is applied: its own entries and the living rows of the database."""

    def has(self, section: str, key: str) -> bool: ...

    def entry(self, section: str, key: str) -> Entry | None: ...


class Change(Protocol):
    """An action of the owning module on one entry."""

    def __call__(self, entry: Any, *, pack: str, actor: "Actor") -> object: ...


def _code(entry: Entry) -> str:
    return str(entry["code"])


def _as_written(entry: Entry) -> Entry:
    return entry


def _nothing_to_say(entry: Entry, known: Known) -> Iterable[Fault]:
    return ()


def _set_is_fine(entries: Mapping[str, Entry], known: Known) -> Iterable[tuple[str, Fault]]:
    return ()


def _label(entry: Entry) -> str:
    return str(entry.get("name") or entry.get("title") or "")


@dataclass(frozen=True, kw_only=True)
class Section:
    """One kind of entry: its shape, its key, how to read what is stored and how to change it."""

    name: str
    title: str
    schema: Mapping[str, Any]
    current: Callable[[Collection[str], Collection[str]], Mapping[str, Stored]]
    create: Change
    update: Change
    end: Change
    after: tuple[str, ...] = ()
    key: Callable[[Entry], str] = _code
    canonical: Callable[[Entry], Entry] = _as_written
    check: Callable[[Entry, Known], Iterable[Fault]] = _nothing_to_say
    check_set: Callable[[Mapping[str, Entry], Known], Iterable[tuple[str, Fault]]] = _set_is_fine
    label: Callable[[Entry], str] = _label


sections: Registry[str, Section] = Registry("pack sections")

__all__ = ["DESK", "Change", "Entry", "Fault", "Known", "Section", "Stored", "import_owner", "pack_owner", "sections"]
