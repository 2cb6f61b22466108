"""The code as the checks see it: parsed files, whose they are, and the order of the house."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

FLOORS = ("foundation", "engines", "topics", "faces", "main")
FILES = ("models", "rules", "access", "queries", "actions", "events", "wiring")


@dataclass(frozen=True, order=True)
class Fault:
    """One breach of one rule."""

    path: str
    line: int
    rule: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: [{self.rule}] {self.text}"

    @property
    def key(self) -> str:
        """The line of the debt file that would stand for it; no line number, for those move."""
        return f"{self.rule}\t{self.path}\t{self.text}"


@dataclass(frozen=True)
class Source:
    """One Python file of the program."""

    root: Path
    path: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    @property
    def name(self) -> str:
        """Where it lies, from the root."""
        return self.path.relative_to(self.root).as_posix()

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """Such as ("topics", "cases", "actions", "accepting")."""
        return self.path.relative_to(self.root / "zhengtong").with_suffix("").parts

    @property
    def floor(self) -> str:
        return self.parts[0]

    @property
    def owner(self) -> str:
        """The module it belongs to, such as `topics.cases`; for main and the faces, the floor and the face."""
        return ".".join(self.parts[:2]) if len(self.parts) > 1 else self.parts[0]

    @property
    def role(self) -> str:
        """Which of a module's files it is part of: `actions` for actions.py and for every file of such a package."""
        return self.parts[2] if len(self.parts) > 2 else ""

    def fault(self, node: ast.AST, rule: str, text: str) -> Fault:
        return Fault(self.name, getattr(node, "lineno", 1), rule, text)

    @cached_property
    def imports(self) -> dict[str, str]:
        """Local name → dotted name it stands for, relative imports resolved; imports inside functions too."""
        known: dict[str, str] = {}
        package = ["zhengtong", *self.parts[:-1]]
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    known[alias.asname or alias.name.split(".")[0]] = (
                        alias.name if alias.asname else alias.name.split(".")[0]
                    )
            elif isinstance(node, ast.ImportFrom):
                base = package[: len(package) - node.level + 1] if node.level else []
                module = ".".join([*base, *([node.module] if node.module else [])])
                for alias in node.names:
                    known[alias.asname or alias.name] = f"{module}.{alias.name}"
        return known

    def meaning(self, node: ast.expr) -> str:
        """The dotted name of `a.b.c` with its first part resolved; empty if it is no such name."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        return ".".join([self.imports.get(node.id, node.id), *reversed(parts)])


def owner_of(dotted: str) -> str:
    """The module that `zhengtong.topics.cases.models.Case` belongs to; empty for what is not ours."""
    parts = dotted.split(".")
    return ".".join(parts[1:3]) if parts[0] == "zhengtong" and len(parts) > 2 else ""


def sources(root: Path) -> Iterator[Source]:
    """Every Python file of the program but migrations."""
    for path in sorted((root / "zhengtong").rglob("*.py")):
        if "migrations" not in path.parts:
            yield Source(root, path)


class House:
    """The order of modules, read from the import contracts: one truth for both kinds of check."""

    def __init__(self, root: Path) -> None:
        contracts = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
        layers = {contract["id"]: contract.get("layers", []) for contract in contracts}
        self.height: dict[str, int] = {}
        for floor, contract, ground in (
            ("foundation", "foundation", 0),
            ("engines", "engines", 100),
            ("topics", "stairs", 200),
        ):
            for step, layer in enumerate(reversed(layers[contract])):
                for name in layer.replace(":", "|").split("|"):
                    self.height[f"{floor}.{name.strip(' ()')}"] = ground + step
        self.labels = {
            path.name: f"{floor}.{path.name}"
            for floor in FLOORS
            for path in (root / "zhengtong" / floor).iterdir()
            if path.is_dir()
        }

    def may_point(self, owner: str, label: str) -> bool:
        """Whether a table of one module may refer to a table of another: only downwards."""
        target = self.labels.get(label)
        if target is None:
            return label not in ("admin", "auth", "sessions")
        return target == owner or self.height.get(target, 999) < self.height.get(owner, -1)
