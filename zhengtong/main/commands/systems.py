"""`zt systems`: the 261 systems a district runs, and how far each is, as its acceptance test says."""

import argparse
import ast
import csv
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from zhengtong.main.places import ROOT

TESTS = ROOT / "tests" / "systems"


@dataclass(frozen=True)
class System:
    """One row of the table with its state: `passing`, `partial` (and what lacks) or `planned`."""

    id: str
    area: str
    name_zh: str
    name_en: str
    what_it_must_do: str
    state: str
    missing: str
    test: str


def run(argv: list[str]) -> int:
    """Print all rows."""
    parser = argparse.ArgumentParser(prog="zt systems")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    options = parser.parse_args(argv)
    rows = systems()
    if options.format == "json":
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
        return 0
    for row in rows:
        lacks = f"：{row.missing}" if row.missing else ""
        print(f"{row.id}  {row.state:<8} {row.name_zh}{lacks}")
    counted = Counter(row.state for row in rows)
    print(f"\n共 {len(rows)}：" + "，".join(f"{state} {counted[state]}" for state in ("passing", "partial", "planned")))
    return 0


def systems(tests: Path = TESTS) -> list[System]:
    """The table with what the acceptance tests declare."""
    declared = {name: (missing, test) for name, missing, test in marks(tests)}
    with open(tests / "systems.tsv", encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = []
    for row in rows:
        missing, test = declared.get(row["id"], ("", ""))
        state = "planned" if not test else "partial" if missing else "passing"
        plain = {column: row[column] for column in ("id", "area", "name_zh", "name_en", "what_it_must_do")}
        found.append(System(**plain, state=state, missing=missing, test=test))
    return found


def marks(tests: Path = TESTS) -> Iterator[tuple[str, str, str]]:
    """Every `pytest.mark.system(id, partial=…)`: id, what lacks, where."""
    for path in sorted(tests.glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "system":
                words = {keyword.arg: ast.literal_eval(keyword.value) for keyword in node.keywords}
                yield ast.literal_eval(node.args[0]), words.get("partial", ""), path.name
