"""What import contracts cannot see, checked on the syntax tree. Run: `python -m tests.architecture.ast_check`."""

from pathlib import Path

from . import layout, litany, tables, words
from .source import Fault, House, sources

DEBT = "tests/architecture/debt.tsv"


def faults(root: Path) -> list[Fault]:
    """Every fault of the tree, debt or not."""
    house, ids = House(root), words.pack_ids(root)
    found = [*layout.too_long(root), *words.templates(root, ids)]
    files = []
    for source in sources(root):
        try:
            assert source.tree
            files.append(source)
        except SyntaxError as error:
            found.append(Fault(source.name, error.lineno or 1, "syntax", str(error.msg)))
    found += litany.check(files)
    for source in files:
        found += layout.check(source)
        found += tables.check(source, house)
        found += words.clock(source)
        found += words.packs(source, ids)
    return sorted(set(found))


def debt(root: Path) -> list[str]:
    """Faults we owe: one line each, `rule TAB path TAB text`. The file may only shrink."""
    path = root / DEBT
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [line for line in lines if line and not line.startswith("#")]


def judge(root: Path) -> tuple[list[Fault], list[str]]:
    """Faults that are no debt, and debts that are paid and must leave the file."""
    found, owed = faults(root), debt(root)
    keys = {fault.key for fault in found}
    return [fault for fault in found if fault.key not in owed], [line for line in owed if line not in keys]
