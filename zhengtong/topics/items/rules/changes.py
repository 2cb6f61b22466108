"""What a new version changes against the one before it, element by element, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from zhengtong.foundation.refusals import N_

from .labels import CHINESE, FIELDS, PAIR, PARTS, ROWS, Reader, Rows


class Kind(StrEnum):
    """What became of an element."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """One element that reads otherwise than before."""

    part: str
    title: str
    kind: Kind
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class _Section:
    """Where a question stands; a new title moves nothing."""

    key: str
    title: str = field(compare=False)

    def __str__(self) -> str:
        return self.title


def changes(before: Mapping[str, Any], after: Mapping[str, Any], *, reader: Reader = CHINESE) -> list[Change]:
    """Every difference of two canonical entries, in the order of an item's parts; nothing that differs is left out."""
    found = [*_fields(before, after, reader), *_lists(before, after, reader)]
    return sorted(found, key=lambda change: PARTS.index(change.part))


def _fields(before: Mapping[str, Any], after: Mapping[str, Any], reader: Reader) -> Iterator[Change]:
    for path, label in FIELDS.items():
        old, new = _at(before, path), _at(after, path)
        if old != new:
            yield _change(label.part, reader.say(label.title), label.told(old, reader), label.told(new, reader))


def _lists(before: Mapping[str, Any], after: Mapping[str, Any], reader: Reader) -> Iterator[Change]:
    for path, rows in ROWS.items():
        old, new = (_rows_at(entry, path) for entry in (before, after))
        if old != new:
            yield from _row_changes(rows, old, new, reader)


def _change(part: str, title: str, before: str, after: str) -> Change:
    # Two values may read the same, such as nothing and an empty list: the change is told all the same.
    kind = Kind.ADDED if after and not before else Kind.REMOVED if before and not after else Kind.CHANGED
    return Change(part, title, kind, before, after)


def _at(entry: Mapping[str, Any], path: str) -> Any:
    name, _dot, inner = path.partition(".")
    value = entry[name]
    return (value or {}).get(inner) if inner else value


def _rows_at(entry: Mapping[str, Any], path: str) -> list[Mapping[str, Any]]:
    if path == "form.sections":
        return [{k: v for k, v in row.items() if k != "fields"} for row in entry["form"]["sections"]]
    if path == "form.questions":
        return list(_questions(entry["form"]))
    return _at(entry, path) or []


def _questions(form: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The questions of a form in one list, those of repeated groups after their group."""
    for section in form["sections"]:
        for part in section.get("fields", ()):
            yield from _question(part, _Section(section.get("key", ""), section.get("title", "")), "", "")


def _question(part: Mapping[str, Any], section: _Section, path: str, called: str) -> Iterator[dict[str, Any]]:
    key = str(part.get("key") or part.get("element") or "")
    own = {name: value for name, value in part.items() if name != "fields"}
    title = str(part.get("title") or key)
    whole = {**own, "path": f"{path}{key}", "called": f"{called}{title}", "section": section}
    yield whole
    for inner in part.get("fields", ()):
        yield from _question(inner, section, f"{path}{key}.", f"{called}{title} › ")


def _row_changes(
    rows: Rows, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]], reader: Reader
) -> Iterator[Change]:
    old, new = _keyed(rows, before), _keyed(rows, after)
    for key, row in new.items():
        if key not in old:
            yield Change(rows.part, rows.title(row, reader), Kind.ADDED, after=_summary(rows, row, reader))
        elif old[key] != row:
            yield from _columns(rows, old[key], row, reader)
    for key, row in old.items():
        if key not in new:
            yield Change(rows.part, rows.title(row, reader), Kind.REMOVED, before=_summary(rows, row, reader))
    stayed = [key for key in old if key in new]
    order = [key for key in new if key in old]
    if stayed != order:
        told = [reader.joined(rows.title(new[key], reader) for key in keys) for keys in (stayed, order)]
        yield Change(rows.part, reader.say(N_("排列顺序")), Kind.CHANGED, *told)


def _columns(rows: Rows, old: Mapping[str, Any], new: Mapping[str, Any], reader: Reader) -> Iterator[Change]:
    called, told = rows.title(new, reader), False
    for name, (title, worded) in rows.columns.items():
        if old.get(name) != new.get(name):
            told = True
            full = reader.filled(PAIR, name=called, value=reader.say(title))
            yield _change(rows.part, full, worded(old.get(name), reader), worded(new.get(name), reader))
    if not told:
        yield Change(rows.part, called, Kind.CHANGED)


def _keyed(rows: Rows, given: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """By key; the second of two alike is told apart by its number."""
    found: dict[str, Mapping[str, Any]] = {}
    for row in given:
        key, number = str(rows.key(row)), 1
        while (numbered := f"{key}#{number}") in found:
            number += 1
        found[numbered] = row
    return found


def _summary(rows: Rows, row: Mapping[str, Any], reader: Reader) -> str:
    told = [(rows.columns[name][0], rows.columns[name][1](row.get(name), reader)) for name in rows.summary]
    pairs = (reader.filled(PAIR, name=reader.say(title), value=said) for title, said in told if said)
    return reader.joined(pairs, by=N_("；"))
