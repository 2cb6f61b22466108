"""Each rule of the syntax-tree check catches the fault it is there for, and nothing in a clean house."""

from pathlib import Path

import pytest

from tests.architecture import ast_check, skeleton
from zhengtong.main.places import ROOT

ACTIONS = "zhengtong/topics/cases/actions.py"
MODELS = "zhengtong/topics/cases/models.py"
PAGE = "zhengtong/faces/desk/templates/desk/case.html"
LITANY = '    access.require(actor, "x", case)\n    record("x", case, actor=actor)\n'
FAULTS = [
    ("foreign-key", "zhengtong/topics/items/models.py", '\nITEM = models.ForeignKey("cases.Case", on_delete=None)\n'),
    ("foreign-key", "zhengtong/topics/items/models.py", '\nITEM = models.OneToOneField(to="subjects.Person")\n'),
    ("foreign-key", MODELS, "\nfrom zhengtong.topics.items.models import Item\nX = models.ForeignKey(Item)\n"),
    ("foreign-key", "zhengtong/foundation/audit/models.py", "\nX = ForeignKey(settings.AUTH_USER_MODEL)\n"),
    (
        "objects",
        "zhengtong/topics/cases/queries.py",
        "\nfrom zhengtong.topics.items.models import Item\nItem.objects\n",
    ),
    (
        "objects",
        "zhengtong/topics/cases/queries.py",
        "\nfrom zhengtong.topics.items import models\nmodels.Item.objects\n",
    ),
    ("objects", "zhengtong/topics/cases/queries.py", '\nfrom django.apps import apps\napps.get_model("items.Item")\n'),
    ("objects", "zhengtong/faces/desk/cases.py", "\nqueries.Case.objects.all()\n"),
    ("write", "zhengtong/faces/desk/cases.py", "\ndef x(case):\n    case.save()\n"),
    ("write", "zhengtong/faces/desk/cases.py", "\ndef x(rows):\n    rows.update(state=1)\n"),
    ("write", "zhengtong/topics/cases/queries.py", "\ndef x(rows):\n    rows.delete()\n"),
    ("write", "zhengtong/topics/cases/queries.py", "\ndef x(rows):\n    rows.bulk_create([1])\n"),
    ("write", "zhengtong/topics/cases/wiring.py", "\ndef x(rows):\n    rows.create(a=1)\n"),
    ("write", ACTIONS, '\ndef _x(code):\n    item = items.item(code)\n    item.name = ""\n    item.save()\n'),
    ("actor", ACTIONS, f"\ndef x_case(case):\n{LITANY}"),
    ("actor", ACTIONS, f"\ndef x_case(actor):\n{LITANY}"),
    ("keyword-only", ACTIONS, f"\ndef x_case(case, note, *, actor):\n{LITANY}"),
    ("switch", ACTIONS, f"\ndef x_case(case, *, actor, force=False):\n{LITANY}"),
    ("switch", ACTIONS, f"\ndef x_case(case, *, actor, force: bool):\n{LITANY}"),
    ("access", ACTIONS, '\ndef x_case(case, *, actor):\n    record("x", case, actor=actor)\n'),
    ("audit", ACTIONS, '\ndef x_case(case, *, actor):\n    access.require(actor, "x", case)\n'),
    ("clock", "zhengtong/topics/cases/queries.py", "\nfrom datetime import datetime\nT = datetime.now()\n"),
    ("clock", "zhengtong/topics/cases/queries.py", "\nimport datetime\nT = datetime.date.today()\n"),
    ("clock", "zhengtong/topics/cases/queries.py", "\nfrom django.utils import timezone\nT = timezone.now()\n"),
    ("file-name", "zhengtong/topics/cases/handlers.py", ""),
    ("file-name", "zhengtong/faces/desk/models.py", ""),
    ("drawer", "zhengtong/foundation/audit/utils.py", ""),
    ("drawer", "zhengtong/topics/cases/actions_/helpers/x.py", ""),
    ("apps", "zhengtong/topics/cases/apps.py", ""),
    ("too-long", "zhengtong/topics/cases/queries.py", "\nX = 1\n" * 400),
    ("pack-id", "zhengtong/topics/cases/queries.py", '\nX = "food-business-restaurant"\n'),
    ("pack-id", "zhengtong/foundation/codes/x.py", '\nX = f"/items/{1}/11449906MB2X12345X"\n'),
    ("pack-id", PAGE, '<a href="/items/food-business-restaurant/">x</a>\n'),
    ("style", PAGE, '<p style="color: red">x</p>\n'),
    ("style", PAGE, "<style>p { color: red }</style>\n"),
    ("script", PAGE, "<script>alert(1)</script>\n"),
    ("handler", PAGE, '<p onclick="go()">x</p>\n'),
    ("handler", PAGE, '<p hx-on:click="go()">x</p>\n'),
    ("handler", PAGE, '<a href="javascript:go()">x</a>\n'),
    ("syntax", "zhengtong/topics/cases/queries.py", "\ndef\n"),
]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The clean skeleton."""
    return skeleton.build(tmp_path)


def test_the_skeleton_is_clean(house: Path) -> None:
    assert ast_check.faults(house) == []


@pytest.mark.parametrize(("rule", "path", "text"), FAULTS, ids=[f"{n}-{rule}" for n, (rule, _, _) in enumerate(FAULTS)])
def test_a_planted_fault_is_caught(house: Path, rule: str, path: str, text: str) -> None:
    skeleton.plant(house, path, text)
    found = [fault for fault in ast_check.faults(house) if fault.rule == rule]
    assert [fault.path for fault in found] == [path]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("zhengtong/faces/desk/cases.py", '\nknown = {}\nknown.update({"a": 1})\n'),
        ("zhengtong/faces/desk/cases.py", "\ndef x(request):\n    request.session.save()\n"),
        ("zhengtong/topics/cases/queries.py", '\ndef x(picture, buffer):\n    picture.save(buffer, "PNG")\n'),
        (MODELS, '\nX = models.ForeignKey("self", on_delete=None)\nY = models.ForeignKey(Case, on_delete=None)\n'),
        (ACTIONS, "\ndef _helper(a, b, c=True):\n    pass\n"),
        (PAGE, '<p data-style="x" class="on">{% comment %}<p style="x">{% endcomment %}</p>\n'),
    ],
)
def test_what_only_looks_like_a_fault_is_let_be(house: Path, path: str, text: str) -> None:
    skeleton.plant(house, path, text)
    assert ast_check.faults(house) == []


def test_debt_hides_its_fault_and_must_leave_when_paid(house: Path) -> None:
    skeleton.plant(house, PAGE, '<p style="color: red">x</p>\n')
    (fault,) = ast_check.faults(house)
    skeleton.write(house, ast_check.DEBT, f"{fault.key}\n")
    assert ast_check.judge(house) == ([], [])
    skeleton.write(house, PAGE, "")
    assert ast_check.judge(house) == ([], [fault.key])


def test_the_tree_is_clean_and_owes_nothing() -> None:
    assert ast_check.judge(ROOT) == ([], [])
    assert ast_check.debt(ROOT) == []
