"""Where code may lie: file names, drawers, sizes."""

from collections.abc import Iterator
from pathlib import Path

from .source import FILES, Fault, Source

LONGEST = 400
DRAWERS = {"utils", "util", "helpers", "helper", "service", "services", "signals", "managers", "common", "misc", "lib"}


def check(source: Source) -> Iterator[Fault]:
    """Faults in one file's name, place or size."""
    for part in source.parts:
        if part in DRAWERS:
            yield source.fault(source.tree, "drawer", f"“{part}” says nothing: name the file for what it holds")
    if source.path.name == "apps.py" and source.owner != "foundation.wiring":
        yield source.fault(source.tree, "apps", "foundation.wiring has the only apps.py")
    if source.floor in ("topics", "engines") and len(source.parts) > 2 and source.role not in (*FILES, "__init__"):
        allowed = ", ".join(FILES)
        yield source.fault(
            source.tree, "file-name", f"a topic or engine has only {allowed}, or packages of these names"
        )
    if source.floor == "faces" and len(source.parts) > 1 and source.path.stem in ("models", "actions"):
        yield source.fault(source.tree, "file-name", "a face stores nothing and acts through topics")


def too_long(root: Path) -> Iterator[Fault]:
    """Files past the length at which a package is due."""
    for folder in ("zhengtong", "tests", "bench"):
        for kind in ("*.py", "*.html"):
            for path in sorted((root / folder).rglob(kind)):
                if "migrations" in path.parts or "vendor" in path.parts:
                    continue
                length = len(path.read_text("utf-8").splitlines())
                if length > LONGEST:
                    name = path.relative_to(root).as_posix()
                    yield Fault(name, LONGEST, "too-long", f"past {LONGEST} lines a file becomes a package")
