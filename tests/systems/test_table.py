"""The table of the 261 systems and its acceptance tests say the same; `zt systems` prints both."""

import ast
import json
import re
from pathlib import Path

import pytest

from zhengtong.main.commands import systems as command
from zhengtong.main.commands.systems import TESTS, marks, run, systems

FILES = sorted(TESTS.glob("test_s[0-9]*.py"))
# What one does to a test that does not hold.
EXCUSES = {"skip", "skipif", "xfail", "importorskip"}


def test_all_rows_are_there_with_names_and_what_they_must_do() -> None:
    rows = systems()
    assert [row.id for row in rows] == [f"S{number:03}" for number in range(1, 262)]
    for row in rows:
        assert row.name_zh, row.id
        assert row.name_en, row.id
        assert row.what_it_must_do, row.id


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_the_acceptance_test_of_the_row_it_is_named_for(path: Path) -> None:
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    declared = {name for name, _, test in marks() if test == path.name}
    assert declared == {re.sub(r"test_s(\d+)", r"S\1", path.stem)}
    assert any(isinstance(node, ast.FunctionDef) and node.name.startswith("test_") for node in nodes)
    excuses = {node.attr for node in nodes if isinstance(node, ast.Attribute)} & EXCUSES
    assert not excuses, "an acceptance test makes no excuses"


def test_states_follow_from_the_tests() -> None:
    tested = {re.sub(r"test_s(\d+)", r"S\1", path.stem) for path in FILES}
    for row in systems():
        assert (row.state == "planned") == (row.id not in tested), row.id
        assert (row.state == "partial") == bool(row.missing), row.id
        assert bool(row.test) == (row.id in tested), row.id


def test_what_is_promised_so_far() -> None:
    states = {row.id: row.state for row in systems()}
    assert states["S008"] == "passing"
    for row in ("S001", "S003", "S009", "S010", "S037", "S064", "S130"):
        assert states[row] in ("partial", "passing"), row


def test_a_mark_decides(tmp_path: Path) -> None:
    table = "id\tarea\tname_zh\tname_en\twhat_it_must_do\n"
    (tmp_path / "systems.tsv").write_text(table + "".join(f"S00{n}\ta\t名\tname\tdo\n" for n in (1, 2, 3)), "utf-8")
    (tmp_path / "test_s001.py").write_text('import pytest\npytestmark = pytest.mark.system("S001")\n')
    (tmp_path / "test_s002.py").write_text(
        'import pytest\n@pytest.mark.system("S002", partial="delivery")\ndef test_x(): ...\n'
    )
    found = [(row.id, row.state, row.missing) for row in systems(tmp_path)]
    assert found == [("S001", "passing", ""), ("S002", "partial", "delivery"), ("S003", "planned", "")]


def test_printed_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len([line for line in lines if re.match(r"S\d{3}  (passing|partial|planned) ", line)]) == 261
    assert lines[-1].startswith("共 261：passing ")
    by_id = {line[:4]: line for line in lines if line.startswith("S")}
    for row in systems():
        assert row.name_zh in by_id[row.id]
        assert row.missing in by_id[row.id]


def test_printed_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == 261
    assert {row["state"] for row in rows} <= {"passing", "partial", "planned"}
    assert [row["id"] for row in rows] == [row.id for row in systems()]


def test_the_table_is_part_of_the_repository() -> None:
    assert command.TESTS.joinpath("systems.tsv").is_file()
