"""Read YAML so that every value remembers its file and line.

The core schema of YAML 1.2 is used: only true and false are booleans, `01` stays the text "01", dates stay text.
A pack is therefore JSON with comments, and nothing in it changes type behind the author's back.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from zhengtong.foundation.refusals import N_, Refused

Path_ = tuple[str | int, ...]
MOST_VALUES = 2_000_000


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Composes nodes with YAML 1.2 types."""

    yaml_implicit_resolvers: dict[str, Any] = {}


for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?", "-+0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first))


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file, named the way editors open it."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Problem:
    """One sentence about one place."""

    place: Place
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


@dataclass
class Span:
    """Where the text of a value lies: lines and columns counted from 0, the end not included.

    `fields` tells the same of each field of a block mapping, from its name to the end of its last line.
    """

    start: tuple[int, int]
    end: tuple[int, int]
    is_block_member: bool
    fields: dict[str, tuple[tuple[int, int], tuple[int, int]]]


@dataclass
class Written:
    """A value as somebody wrote it, with the place of every part of it."""

    value: Any
    file: Path
    shown: str
    lines: dict[Path_, int]
    span: Span
    places_above: dict[Path_, Place] = field(default_factory=dict)

    def place(self, path: Path_ = ()) -> Place:
        """The nearest place for a path: the part itself, or what it would have stood in."""
        for length in range(len(path), -1, -1):
            part = path[:length]
            if part in self.lines and (part or not path):
                return Place(self.shown, self.lines[part])
            if part in self.places_above:
                return self.places_above[part]
        return Place(self.shown, self.lines.get((), 1))


class Document:
    """One YAML file: its top-level mapping, and the problems met while reading it."""

    def __init__(self, file: Path, shown: str, text: str | None = None) -> None:
        self.file = file
        self.shown = shown
        self.problems: list[Problem] = []
        self._count = 0
        self.root: yaml.MappingNode | None = None
        try:
            self.text = file.read_text(encoding="utf-8") if text is None else text
            root = yaml.compose(self.text, Loader=_Loader)
        except UnicodeDecodeError as error:
            self.text = ""
            line = file.read_bytes()[: error.start].count(b"\n") + 1
            self._say(line, "文件不是 UTF-8 编码。请另存为 UTF-8。")
            return
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            what = " ".join(str(getattr(error, "problem", "") or error).split())
            self._say(mark.line + 1 if mark else 1, f"这里的 YAML 写法不通（{what}）。请检查缩进、冒号和引号。")
            return
        if root is None:
            return
        if not isinstance(root, yaml.MappingNode):
            self._say(root.start_mark.line + 1, "文件的最外层应当是“名称: 内容”，不是列表或单个值。")
            return
        self.root = root

    def pairs(self) -> Iterator[tuple[str, yaml.Node, int]]:
        """Top-level names with their nodes and lines; a repeated name is a problem."""
        seen: dict[str, int] = {}
        for key, value in self.root.value if self.root else ():
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                self._say(line, "最外层的名称应当是一个词。")
            elif key.value in seen:
                self._say(line, f"“{key.value}”在第 {seen[key.value]} 行已经写过。请合并为一处。")
            else:
                seen[key.value] = line
                yield key.value, value, line

    def written(self, node: yaml.Node, *, is_block_member: bool = False) -> Written:
        """The value of a node with the line of every part."""
        lines: dict[Path_, int] = {}
        value = self._value(node, (), lines)
        start, end, fields = node.start_mark, node.end_mark, {}
        block = is_block_member and isinstance(node, yaml.MappingNode) and not node.flow_style
        if isinstance(node, yaml.MappingNode) and block:
            fields = {
                key.value: ((key.start_mark.line, key.start_mark.column), (self._line_after(part), 0))
                for key, part in node.value
            }
        finish = (self._line_after(node), 0) if block else (end.line, end.column)
        span = Span((start.line, start.column), finish, block, fields)
        return Written(value, self.file, self.shown, lines, span)

    def _line_after(self, node: yaml.Node) -> int:
        """The line after a node's last one; the mark of a block runs on over blank lines and comments."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._line_after(last[1] if isinstance(last, tuple) else last)
        if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
            after, lines = node.end_mark.line + (node.end_mark.column > 0), self.text.splitlines()
            while after > node.start_mark.line + 1 and not lines[min(after, len(lines)) - 1].strip():
                after -= 1
            return after
        return node.end_mark.line + 1

    def _value(self, node: yaml.Node, path: Path_, lines: dict[Path_, int]) -> Any:
        lines.setdefault(path, node.start_mark.line + 1)
        self._count += 1
        if self._count > MOST_VALUES:
            if self._count == MOST_VALUES + 1:
                self._say(node.start_mark.line + 1, f"内容太多，超过 {MOST_VALUES} 个值。请检查引用（*）是否层层套用。")
            return None
        if isinstance(node, yaml.MappingNode):
            found: dict[str, Any] = {}
            for key, part in node.value:
                line = key.start_mark.line + 1
                if not isinstance(key, yaml.ScalarNode) or key.value == "<<":
                    self._say(line, "这里的名称应当是一个词（不支持合并键 <<）。")
                    continue
                if key.value in found:
                    self._say(line, f"“{key.value}”写了两遍，请只留一处。")
                    continue
                lines[(*path, key.value)] = line
                found[key.value] = self._value(part, (*path, key.value), lines)
            return found
        if isinstance(node, yaml.SequenceNode):
            return [self._value(part, (*path, number), lines) for number, part in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        return self._scalar(node)

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        kind = node.tag.rsplit(":", 1)[-1]
        match kind:
            case "null":
                return None
            case "bool":
                return node.value.lower() == "true"
            case "int":
                return int(node.value)
            case "float":
                return float(node.value)
            case "str":
                return node.value
        self._say(node.start_mark.line + 1, f"不认识的标记 {node.tag}。请直接写值，文字加引号。")
        return node.value

    def _say(self, line: int, sentence: str) -> None:
        self.problems.append(Problem(Place(self.shown, line), sentence))


def plain(text: str, *, name: str) -> Any:
    """YAML or JSON outside any pack as plain values; refused with every mistake and its line."""
    document = Document(Path(name), name, text)
    value = document.written(document.root).value if document.root else {}
    if document.problems:
        raise FileUnreadable(listing="\n".join(f"  {problem}" for problem in document.problems))
    return value


class FileUnreadable(Refused):
    """Refused: the file is not YAML."""

    code = "file_unreadable"
    status = 422
    message = N_("文件写法有误：\n{listing}")
    remedy = N_("请按行号改正。")
