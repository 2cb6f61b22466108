"""Put desk edits into a pack's own files, touching only the lines of the entries concerned."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from . import sentences
from .loading import Pack, PackEntry
from .reading import Document
from .rules import PackInvalid, differences
from .sections import DESK, Section, sections

NEW_FILE = "desk-edits.yaml"


@dataclass(frozen=True)
class _Edit:
    """Lines [start, end) of a file give way to new ones."""

    start: tuple[int, int]
    end: tuple[int, int]
    text: str


class _Dumper(yaml.SafeDumper):
    """Readable YAML: members of a list are indented, nothing is aliased."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def files_with_desk_edits(pack: Pack) -> dict[Path, str]:
    """New contents by file, for every file that changes."""
    if pack.problems:
        listing = "\n".join(f"  {problem}" for problem in pack.problems)
        raise PackInvalid(
            name=pack.name, count=len(pack.problems), listing=listing, problems=list(map(str, pack.problems))
        )
    edits: dict[Path, list[_Edit]] = defaultdict(list)
    added: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name, section in sections.items():
        declared = pack.entries.get(name, {})
        for key, row in section.current(tuple(declared), (DESK,)).items():
            if row.owner != DESK:
                continue
            entry = declared.get(key)
            if entry is None or entry.pack != pack.name:
                if not row.ended:
                    added[name].append(_shortest(section, row.entry))
            elif row.ended:
                edits[entry.written.file].append(_removal(entry, entry.written.file.read_text(encoding="utf-8")))
            elif any(differences(row.entry, entry.data)):
                edits[entry.written.file] += _replacements(entry, row.entry)
    files = {file: _edited(file.read_text(encoding="utf-8"), parts) for file, parts in edits.items()}
    if added:
        file = pack.folder / NEW_FILE
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        files[file] = _with_added(file, files.get(file, before), added)
    return files


def _shortest(section: Section, entry: Mapping[str, Any]) -> dict[str, Any]:
    """The entry without what its section fills in by itself."""
    short = dict(entry)
    check = sentences.validator(section.schema)
    for name in list(short):
        without = {key: value for key, value in short.items() if key != name}
        if check.is_valid(without) and _same(section.canonical, without, entry):
            short = without
    return short


def _same(canonical: Callable[[Mapping[str, Any]], Mapping[str, Any]], short: Mapping[str, Any], entry: Any) -> bool:
    try:
        return dict(canonical(short)) == dict(entry)
    except (KeyError, TypeError):
        return False


def _replacements(entry: PackEntry, now: Mapping[str, Any]) -> list[_Edit]:
    """Only the changed fields are set anew; comments and the wording of all others stay."""
    span, own = entry.written.span, entry.written.value
    changed = {name: value for name, value in now.items() if entry.data.get(name) != value}
    if not span.is_block_member:
        return [_Edit(span.start, span.end, _flow({**own, **changed}))]
    edits, margin = [], " " * span.start[1]
    for name, value in changed.items():
        body = _dumped({name: value}).splitlines()
        if name in span.fields:
            text = "\n".join([body[0], *(margin + line for line in body[1:])]) + "\n"
            edits.append(_Edit(*span.fields[name], text))
        else:
            edits.append(_Edit(span.end, span.end, "".join(f"{margin}{line}\n" for line in body)))
    return edits


def _removal(entry: PackEntry, text: str) -> _Edit:
    """The entry's lines from its dash on; in a list on one line, its text and the comma after it."""
    span, lines = entry.written.span, text.splitlines()
    if not span.is_block_member:
        rest = lines[span.end[0]][span.end[1] :]
        comma = len(rest) - len(rest.lstrip().removeprefix(",").lstrip()) if rest.lstrip().startswith(",") else 0
        return _Edit(span.start, (span.end[0], span.end[1] + comma), "")
    first = span.start[0]
    while "-" not in lines[first][: span.start[1]] and lines[first].strip() != "-":
        first -= 1
    return _Edit((first, 0), span.end, "")


def _edited(text: str, edits: list[_Edit]) -> str:
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    whole = "".join(lines)

    def offset(at: tuple[int, int]) -> int:
        return min(starts[min(at[0], len(starts) - 1)] + at[1], len(whole))

    for edit in sorted(edits, key=lambda one: one.start, reverse=True):
        whole = whole[: offset(edit.start)] + edit.text + whole[offset(edit.end) :]
    return whole


def _with_added(file: Path, text: str, added: Mapping[str, list[dict[str, Any]]]) -> str:
    """The file of earlier exports with more entries; it is ours, so it is written whole."""
    document = Document(file, file.name, text)
    held = {name: document.written(node).value or [] for name, node, _ in document.pairs()}
    for name, entries in added.items():
        held[name] = [*held.get(name, []), *entries]
    return "# 在工作台上作出的改动，由 zt packs export 写回。\n" + _dumped(held)


def _flow(value: Mapping[str, Any]) -> str:
    return _dumped(value, width=10**9, default_flow_style=True).strip()


def _dumped(value: Mapping[str, Any], **how: Any) -> str:
    settings = {"allow_unicode": True, "sort_keys": False, "width": 110, "default_flow_style": False, **how}
    return yaml.dump(dict(value), Dumper=_Dumper, **settings)
