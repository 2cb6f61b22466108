"""`zt bench NAME`: the figures we publish, one module of `bench/` each."""

import importlib
import sys

from zhengtong.main.places import ROOT


def run(argv: list[str]) -> int:
    """Measure one thing; alone, list what can be measured."""
    known = {path.stem: path for path in sorted((ROOT / "bench").glob("[a-z]*.py"))}
    if not argv:
        for name, path in known.items():
            first = path.read_text("utf-8").lstrip("\"' ").split("\n", 1)[0].rstrip("\"'")
            print(f"  {name:<12}{first}")
        return 0
    name, *rest = argv
    if name not in known:
        print(f"没有“{name}”这项测量，可选：{'、'.join(known)}。 No such measurement.", file=sys.stderr)
        return 2
    sys.path.insert(0, str(ROOT))
    return int(importlib.import_module(f"bench.{name}").run(rest) or 0)
