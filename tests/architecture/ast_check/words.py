"""What text must not hold: the clock outside its module, ids of a pack in the core, styles and scripts in templates."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from .source import Fault, Source

TIMES = {"now", "utcnow", "today", "localdate", "localtime"}
CLOCKS = {"datetime", "date", "timezone"}
# Sections whose entries carry ids of their own, and the keys that hold them.
SECTIONS = {
    "divisions": ("code",),
    "organisations": ("code",),
    "posts": ("code",),
    "credential_types": ("code", "type_code"),
    "items": ("code", "basic_code", "implementation_code", "handling_code", "local_code"),
}
TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
MARKUP = (
    ("style", re.compile(r"""(?<![\w-])style\s*=\s*["'{]"""), "a style attribute: the policy forbids it, use a class"),
    (
        "script",
        re.compile(r"<script(?![^>]*\bsrc\s*=)(?![^>]*application/(?:ld\+)?json)[^>]*>", re.I),
        "an inline script: the policy forbids it, use a file",
    ),
    ("style", re.compile(r"<style\b", re.I), "an inline style sheet: use a file"),
    ("handler", re.compile(r"""(?<![\w-])on[a-z]+\s*=\s*["']""", re.I), "an on… handler: listen in a file"),
    ("handler", re.compile(r"(?<![\w-])hx-on\b", re.I), "hx-on needs eval, which is off: listen in a file"),
    ("handler", re.compile(r"""=\s*["']\s*javascript:""", re.I), "a javascript: address"),
)
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", re.S)


def clock(source: Source) -> Iterator[Fault]:
    """Only foundation.clock asks what time it is."""
    if source.parts == ("foundation", "clock"):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in TIMES:
            base = source.meaning(node.func.value).rpartition(".")[2]
            if base in CLOCKS:
                yield source.fault(node, "clock", f"{base}.{node.func.attr}(): ask foundation.clock")


def pack_ids(root: Path) -> dict[str, str]:
    """Every id that a pack declares → where."""
    known: dict[str, str] = {}
    for path in sorted((root / "packs").glob("*/**/*.yaml")):
        if "scene" in path.parts or path.name == "pack.yaml":
            continue
        content: Any = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        for section, keys in SECTIONS.items():
            entries = content.get(section) if isinstance(content, dict) else None
            for entry in entries or ():
                for key in keys:
                    if entry.get(key):
                        known[str(entry[key])] = path.relative_to(root).as_posix()
    return known


def packs(source: Source, ids: dict[str, str]) -> Iterator[Fault]:
    """No string of the core is an id of a pack."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for token in sorted(set(TOKEN.findall(node.value)) & ids.keys()):
                yield source.fault(node, "pack-id", f"“{token}” is declared in {ids[token]}: the core knows no pack")


def templates(root: Path, ids: dict[str, str]) -> Iterator[Fault]:
    """No template holds what the content policy forbids, or an id of a pack."""
    for path in sorted((root / "zhengtong").rglob("*.html")):
        name = path.relative_to(root).as_posix()
        text = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), path.read_text("utf-8"))
        for rule, pattern, why in MARKUP:
            for found in pattern.finditer(text):
                yield Fault(name, text.count("\n", 0, found.start()) + 1, rule, why)
        for number, line in enumerate(text.splitlines(), 1):
            for token in sorted(set(TOKEN.findall(line)) & ids.keys()):
                yield Fault(name, number, "pack-id", f"“{token}” is declared in {ids[token]}: the core knows no pack")
