"""Two sections kept in memory, and packs written on the spot: the engine's own tests need no other module."""

from pathlib import Path
from typing import Any

from zhengtong.foundation.packs.sections import Fault, Section, Stored, pack_owner, sections

SHELF_SCHEMA = {
    "type": "object",
    "required": ["code", "name"],
    "additionalProperties": False,
    "properties": {
        "code": {"type": "string", "pattern": "^[a-z-]+$"},
        "name": {"type": "string", "minLength": 1},
        "width": {"type": "integer", "minimum": 1},
        "tags": {"type": "array", "items": {"type": "string"}},
        "parts": {"type": "array"},
        "since": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
    },
}
BOOK_SCHEMA = {
    "type": "object",
    "required": ["code", "shelf"],
    "properties": {"code": {"type": "string"}, "shelf": {"type": "string"}, "title": {"type": "string"}},
}


class Store:
    """Rows of one section, and what was done to them in order."""

    def __init__(self, name: str, done: list[str]) -> None:
        self.name, self.done, self.rows = name, done, {}

    def current(self, keys: Any, owners: Any) -> dict[str, Stored]:
        return {key: row for key, row in self.rows.items() if key in keys or row.owner in owners}

    def create(self, entry: Any, *, pack: str, actor: Any) -> None:
        self._put("create", entry, pack)

    def update(self, entry: Any, *, pack: str, actor: Any) -> None:
        self._put("update", entry, pack)

    def _put(self, verb: str, entry: Any, pack: str) -> None:
        self.done.append(f"{verb} {self.name} {entry['code']}")
        self.rows[entry["code"]] = Stored(dict(entry), pack_owner(pack))

    def end(self, entry: Any, *, pack: str, actor: Any) -> None:
        self.done.append(f"end {self.name} {entry['code']}")
        row = self.rows[entry["code"]]
        self.rows[entry["code"]] = Stored(row.entry, row.owner, ended=True)

    def edit(self, code: str, owner: str = "desk", **changes: Any) -> None:
        before = self.rows.get(code)
        entry = {**(before.entry if before else {"code": code}), **changes}
        self.rows[code] = Stored(entry, owner)


class Shop:
    """The two stores, registered as sections."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.done: list[str] = []
        self.shelves, self.books = Store("shelves", self.done), Store("books", self.done)

    def write(self, name: str, head: str = "", **files: str) -> None:
        folder = self.root / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "pack.yaml").write_text(f"name: {name}\ntitle: 试验\n{head}", encoding="utf-8")
        for file, text in files.items():
            (folder / f"{file}.yaml").write_text(text, encoding="utf-8")

    def sections(self) -> list[Section]:
        def check(entry: Any, known: Any) -> Any:
            if not known.has("shelves", entry["shelf"]):
                yield Fault(("shelf",), f"没有书架“{entry['shelf']}”。")
            if not entry["title"]:
                yield Fault(("title",), "没有书名。", is_warning=True)

        def check_set(entries: Any, known: Any) -> Any:
            names = [entry["name"] for entry in entries.values()]
            for key, entry in entries.items():
                if names.count(entry["name"]) > 1:
                    yield key, Fault(("name",), f"名称“{entry['name']}”重复。")

        def with_defaults(entry: Any) -> Any:
            return {"width": 1, "tags": [], "parts": [], "since": None, **entry}

        ends = {"create": self.books.create, "update": self.books.update, "end": self.books.end}
        return [
            Section(
                name="books", title="书", after=("shelves",), schema=BOOK_SCHEMA, check=check,
                canonical=lambda entry: {"title": "", **entry}, current=self.books.current, **ends,
            ),
            Section(
                name="shelves", title="书架", schema=SHELF_SCHEMA, canonical=with_defaults, check_set=check_set,
                current=self.shelves.current, create=self.shelves.create, update=self.shelves.update,
                end=self.shelves.end,
            ),
        ]  # fmt: skip


def emptied(monkeypatch: Any) -> None:
    """No section but those of the test."""
    monkeypatch.setattr(sections, "_entries", {})
