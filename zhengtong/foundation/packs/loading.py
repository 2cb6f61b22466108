"""A pack folder and the packs it extends, as one set of entries with all that is wrong in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from . import sentences
from .reading import Document, Place, Problem, Written
from .rules import Difference, PackUnknown, differences
from .sections import Section, sections

HEAD = "pack.yaml"
NOT_SECTIONS = {"scene"}
HEAD_SCHEMA = {
    "type": "object",
    "required": ["name", "title"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string", "pattern": "^[a-z][a-z0-9-]*$"},
        "title": {"type": "string", "minLength": 1},
        "extends": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
        "version": {"type": ["string", "integer", "number"]},
        "description": {"type": "string"},
    },
}


@dataclass(frozen=True)
class PackEntry:
    """One entry as the chain of packs declares it; `pack` is the lowest that has a say in it."""

    section: str
    key: str
    pack: str
    raw: dict[str, Any]
    data: dict[str, Any]
    written: Written
    deviations: tuple[Difference, ...] = ()


@dataclass
class Pack:
    """A loaded pack: its chain, highest first, its entries by section and key, and what is wrong."""

    name: str
    title: str
    version: str
    root: Path
    chain: tuple[str, ...]
    entries: dict[str, dict[str, PackEntry]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.root / self.name


def pack_names(root: Path) -> list[str]:
    """The packs of a folder."""
    return sorted(head.parent.name for head in root.glob(f"*/{HEAD}"))


def load_pack(name: str, root: Path) -> Pack:
    """Read a pack and all it extends; mistakes are collected, not raised."""
    if name not in pack_names(root):
        raise PackUnknown(name=name, known="、".join(pack_names(root)) or "（无）", root=str(root))
    problems: list[Problem] = []
    heads: dict[str, dict[str, Any]] = {}
    chain = tuple(_chain(name, root, heads, problems, ()))
    head = heads.get(name, {})
    pack = Pack(name, str(head.get("title", name)), str(head.get("version", "")), root, chain, problems=problems)
    for part in chain:
        _add_entries(pack, part)
    return pack


def _chain(
    name: str, root: Path, heads: dict[str, dict[str, Any]], problems: list[Problem], below: tuple[str, ...]
) -> Iterator[str]:
    """The packs to read, those extended first."""
    file = root / name / HEAD
    document = Document(file, _shown(file, root))
    written = document.written(document.root) if document.root else None
    head = written.value if written else {}
    problems += document.problems
    if written is None:
        if not document.problems:
            problems.append(Problem(Place(document.shown, 1), "文件是空的。请写明 name 和 title。"))
        yield name
        return
    faults = list(sentences.faults(_head_validator(), head))
    problems += [Problem(written.place(path), said) for path, said in faults]
    if not faults and head["name"] != name:
        said = f"name 写的是“{head['name']}”，与文件夹名“{name}”不同。请改成一致。"
        problems.append(Problem(written.place(("name",)), said))
    heads[name] = head
    extended = head.get("extends")
    for number, parent in enumerate(extended if isinstance(extended, list) else ()):
        place = written.place(("extends", number))
        if parent == name or parent in below:
            problems.append(Problem(place, f"资料包“{parent}”与本包互相继承，成了一个圈。请去掉其中一处 extends。"))
        elif parent not in pack_names(root):
            problems.append(Problem(place, f"没有名为“{parent}”的资料包可以继承。"))
        elif parent not in heads:
            yield from _chain(parent, root, heads, problems, (*below, name))
    yield name


@cache
def _head_validator() -> Any:
    return sentences.validator(HEAD_SCHEMA)


def _add_entries(pack: Pack, part: str) -> None:
    folder = pack.root / part
    for file in sorted([*folder.rglob("*.yaml"), *folder.rglob("*.yml")]):
        inside = file.relative_to(folder).parts
        if inside == (HEAD,) or NOT_SECTIONS & set(inside[:-1]):
            continue
        document = Document(file, _shown(file, pack.root))
        for name, node, line in document.pairs():
            if name not in sections:
                known = "、".join(sorted(key for key, _ in sections.items()))
                said = f"没有“{name}”这一类内容。可以写的有：{known}。"
                pack.problems.append(Problem(Place(document.shown, line), said))
            elif not isinstance(node, yaml.SequenceNode):
                if not (isinstance(node, yaml.ScalarNode) and node.tag.endswith(":null")):
                    said = f"“{name}”下面应当是一个列表（每条以“- ”开头）。"
                    pack.problems.append(Problem(Place(document.shown, line), said))
            else:
                for entry in node.value:
                    written = document.written(entry, is_block_member=not node.flow_style)
                    _add_entry(pack, part, sections.get(name), written)
        pack.problems += document.problems


def _add_entry(pack: Pack, part: str, section: Section, written: Written) -> None:
    raw, key = written.value, None
    if isinstance(raw, dict):
        try:
            key = section.key(raw)
        except (KeyError, TypeError, ValueError, AttributeError):
            key = None
    if key is None:
        found = list(sentences.faults(_validator(section.name), raw)) or [((), f"看不出这是哪一条{section.title}。")]
        pack.problems += [Problem(written.place(path), said) for path, said in found]
        return
    here = pack.entries.setdefault(section.name, {})
    above = here.get(key)
    if above and above.pack == part:
        said = f"{section.title}“{key}”在 {above.written.place()} 已经写过。请只留一处，或换一个代码。"
        pack.problems.append(Problem(written.place(), said))
        return
    if above:
        written.places_above = _places_of(above.written, raw)
        raw = {**above.raw, **raw}
    faults = list(sentences.faults(_validator(section.name), raw))
    pack.problems += [Problem(written.place(path), said) for path, said in faults]
    data = dict(raw) if faults else dict(section.canonical(raw))
    deviations = tuple(differences(above.data, data)) if above and not faults else ()
    here[key] = PackEntry(section.name, key, part, raw, {} if faults else data, written, deviations)


def _places_of(above: Written, own: dict[str, Any]) -> dict[tuple[str | int, ...], Place]:
    places = {path: place for path, place in above.places_above.items() if path and path[0] not in own}
    return places | {
        path: Place(above.shown, line) for path, line in above.lines.items() if path and path[0] not in own
    }


_validators: dict[int, Any] = {}


def _validator(name: str) -> Any:
    schema = sections.get(name).schema
    if id(schema) not in _validators:
        _validators[id(schema)] = (schema, sentences.validator(schema))
    return _validators[id(schema)][1]


def _shown(file: Path, root: Path) -> str:
    return f"{root.name}/{file.relative_to(root).as_posix()}"
