"""Each import contract catches the fault it is there for."""

from pathlib import Path

import pytest

from tests.architecture import skeleton
from zhengtong.main.places import ROOT

FAULTS = [
    ("1", "zhengtong/engines/tasks/actions.py", "from zhengtong.topics.items import queries\n"),
    ("1", "zhengtong/foundation/codes/check.py", "import zhengtong.main\n"),
    ("1", "zhengtong/plugins/__init__.py", ""),
    ("2", "zhengtong/faces/portal/home.py", "from zhengtong.faces.desk import cases\n"),
    ("2", "zhengtong/faces/console/__init__.py", ""),
    ("3", "zhengtong/topics/items/wiring.py", "from zhengtong.topics.cases import events\n"),
    ("3", "zhengtong/topics/items/actions.py", "from zhengtong.topics.subjects import queries\n"),
    ("3", "zhengtong/topics/gossip/__init__.py", ""),
    ("4", "zhengtong/engines/forms/queries.py", "from zhengtong.engines.deadlines import rules\n"),
    ("5", "zhengtong/foundation/audit/queries.py", "from zhengtong.foundation.directory import x\n"),
    ("5", "zhengtong/foundation/toolbox.py", ""),
    ("6", "zhengtong/topics/items/models.py", "from . import queries\n"),
    ("6", "zhengtong/topics/cases/events.py", "from . import rules\n"),
    ("6", "zhengtong/topics/cases/utils.py", ""),
    ("7", "zhengtong/foundation/audit/models.py", "from . import actions\n"),
    ("8", "zhengtong/topics/cases/queries.py", "from zhengtong.topics.items.models import Item\n"),
    ("8", "zhengtong/faces/desk/cases.py", "from zhengtong.topics.cases import rules\n"),
    ("9", "zhengtong/topics/cases/rules.py", "from django.utils import timezone\n"),
    ("10", "zhengtong/topics/items/queries.py", "import tests.conftest\n"),
]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The clean skeleton."""
    return skeleton.build(tmp_path)


def test_the_skeleton_is_clean(house: Path) -> None:
    broken, said = skeleton.contracts_broken(house)
    assert broken == set(), said
    assert "11 kept" in said


@pytest.mark.parametrize(("number", "path", "text"), FAULTS, ids=[f"{n}-{p}" for n, p, _ in FAULTS])
def test_a_planted_fault_breaks_its_contract(house: Path, number: str, path: str, text: str) -> None:
    skeleton.plant(house, path, text)
    broken, said = skeleton.contracts_broken(house)
    assert number in broken, said


def test_a_cycle_is_caught(house: Path) -> None:
    skeleton.plant(house, "zhengtong/faces/desk/files.py", "from . import cases\n")
    skeleton.plant(house, "zhengtong/faces/desk/cases.py", "from . import files\n")
    broken, said = skeleton.contracts_broken(house)
    assert broken == {"11"}, said


def test_the_tree_keeps_all_contracts() -> None:
    broken, said = skeleton.contracts_broken(ROOT)
    assert broken == set(), said
