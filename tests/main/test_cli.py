"""The command line: it lists what there is, and answers a wrong word with a sentence."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.settings import ENVIRONMENT
from zhengtong.foundation.wiring import commands
from zhengtong.main import cli
from zhengtong.main.commands.systems import systems
from zhengtong.main.places import ROOT


@pytest.fixture(autouse=True)
def _no_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The addresses of the tests' settings stand; no embedded server is asked for."""
    monkeypatch.setattr("zhengtong.main.database.VAR", tmp_path)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


def test_alone_it_lists_every_command_with_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 0
    listed = {line.split()[0]: line for line in capsys.readouterr().out.splitlines() if line.startswith("  ")}
    assert set(listed) == set(cli.MAIN) | {name for name, _ in commands.items()}
    assert all(len(line.split(maxsplit=1)) == 2 for line in listed.values())


def test_an_unknown_word_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["migrat"]) == 2
    said = capsys.readouterr().err
    assert "没有“migrat”这个命令" in said
    assert "你是不是想输入 migrate？" in said


def test_a_word_like_none_gets_no_guess(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["qqqqqqqqqq"]) == 2
    assert "Did you mean" not in capsys.readouterr().err


def test_a_modules_command_gets_its_arguments_and_gives_the_exit_code() -> None:
    heard: list[list[str]] = []

    def run(argv: list[str]) -> int:
        heard.append(argv)
        return 7

    command = type(commands.values()[0])("echo", "", run)
    with commands.registered("echo", command):
        assert cli.main(["echo", "a", "b"]) == 7
    assert heard == [["a", "b"]]


def test_a_database_that_is_not_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "zhengtong.main.cli", "migrate"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "DATABASE_URL": "postgresql://a:b@127.0.0.1:1/x", "ZHENGTONG_VAR": "/tmp"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "does not answer" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_model_is_without_its_migration(db: None) -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0, skip_checks=True)


def test_all_systems_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(systems()) == 261
    assert cli.main(["systems"]) == 0
    assert len([line for line in capsys.readouterr().out.splitlines() if line.startswith("S")]) == 261
    assert cli.main(["systems", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in rows] == [f"S{number:03}" for number in range(1, 262)]
    assert {row["state"] for row in rows} <= {"passing", "partial", "planned"}


def test_a_systems_state_is_what_its_acceptance_test_says(tmp_path: Path) -> None:
    (tmp_path / "systems.tsv").write_text((ROOT / "tests/systems/systems.tsv").read_text("utf-8"), "utf-8")
    (tmp_path / "test_it.py").write_text(
        'import pytest\n\n@pytest.mark.system("S008")\ndef test_a(): ...\n\n'
        '@pytest.mark.system("S001", partial="village level")\ndef test_b(): ...\n'
    )
    found = {row.id: row for row in systems(tmp_path)}
    assert (found["S008"].state, found["S008"].test) == ("passing", "test_it.py")
    assert (found["S001"].state, found["S001"].missing) == ("partial", "village level")
    assert found["S002"].state == "planned"
