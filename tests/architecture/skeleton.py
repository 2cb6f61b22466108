"""A small clean house with the real names, into which the tests plant faults."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from zhengtong.main.places import ROOT

CLEAN = {
    "zhengtong/topics/cases/models.py": (
        "from django.db import models\n\n\n"
        "class Case(models.Model):\n"
        '    item = models.ForeignKey("items.Item", on_delete=models.PROTECT)\n'
        "    state = models.TextField()\n"
    ),
    "zhengtong/topics/cases/rules.py": "from zhengtong.engines.deadlines import rules as deadlines\n",
    "zhengtong/topics/cases/events.py": "",
    "zhengtong/topics/cases/access.py": "from .models import Case\n",
    "zhengtong/topics/cases/queries.py": "from .access import Case\n",
    "zhengtong/topics/cases/actions.py": (
        "from zhengtong.engines.tasks import queries as tasks\n"
        "from zhengtong.foundation import access, clock\n"
        "from zhengtong.foundation.audit.actions import record\n"
        "from zhengtong.topics.items import queries as items\n"
        "from .models import Case\n\n\n"
        'def accept_case(case: Case, *, note: str = "", actor) -> None:\n'
        '    access.require(actor, "cases.accept", case)\n'
        "    _move(case, actor)\n\n\n"
        "def _move(case, actor):\n"
        "    case.accepted_at = clock.now()\n"
        '    case.save(update_fields=["accepted_at"])\n'
        '    record("cases.case.accepted", case, actor=actor)\n'
    ),
    "zhengtong/topics/cases/wiring.py": "from . import actions\n",
    "zhengtong/topics/items/models.py": (
        "from django.db import models\n\n\nclass Item(models.Model):\n    name = models.TextField()\n"
    ),
    "zhengtong/topics/items/queries.py": "from .models import Item\n\nFOUND = Item.objects\n",
    "zhengtong/engines/tasks/queries.py": "",
    "zhengtong/engines/deadlines/rules.py": "from zhengtong.foundation.refusals import N_\n",
    "zhengtong/foundation/refusals/__init__.py": "N_ = str\n",
    "zhengtong/foundation/access/__init__.py": "def require(*_): ...\n",
    "zhengtong/foundation/audit/actions.py": "def record(*_, **__): ...\n",
    "zhengtong/faces/desk/cases.py": "from zhengtong.topics.cases import actions, queries\n",
    "zhengtong/faces/desk/templates/desk/case.html": (
        '<div class="case">{# style="x" #}<script src="/a.js"></script>'
        '<script type="application/json">{}</script></div>\n'
    ),
    "zhengtong/main/urls.py": "from zhengtong.faces.desk import cases\n",
    "packs/demo/items/food.yaml": "items:\n- {code: food-business-restaurant, name: 食品经营许可}\n",
    "packs/demo/organisations.yaml": "organisations:\n- {code: 11449906MB2X12345X, name: 市场监管局}\n",
}


def build(root: Path) -> Path:
    """The skeleton under a folder, with the real contracts."""
    shutil.copyfile(ROOT / "pyproject.toml", root / "pyproject.toml")
    contracts = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    write(root, "zhengtong/__init__.py", "")
    for contract in contracts:
        for container in contract.get("containers", ()):
            if "*" in container:
                continue
            for layer in contract["layers"]:
                for name in layer.replace(":", "|").split("|"):
                    if not name.strip().startswith("("):
                        write(root, f"{container.replace('.', '/')}/{name.strip()}/__init__.py", "")
    shutil.rmtree(root / "zhengtong/foundation/clock")
    write(
        root,
        "zhengtong/foundation/clock.py",
        "from datetime import datetime\n\n\ndef now():\n    return datetime.now()\n",
    )
    for path, text in CLEAN.items():
        write(root, path, text)
    for folder in [*root.glob("zhengtong/*/"), *root.glob("zhengtong/*/*/")]:
        if folder.name != "templates":
            (folder / "__init__.py").touch()
    return root


def write(root: Path, path: str, text: str) -> None:
    """A file with its folders."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, "utf-8")


def plant(root: Path, path: str, text: str) -> None:
    """Add to a file, or make it."""
    target = root / path
    write(root, path, (target.read_text("utf-8") if target.exists() else "") + text)


def contracts_broken(root: Path) -> tuple[set[str], str]:
    """The numbers of the contracts that do not hold, and all that was said."""
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [program, "--no-cache", "--no-logo", "--config", "pyproject.toml"],
        cwd=root,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    broken = {line.split()[0] for line in said.splitlines() if re.search(r" BROKEN( \(|$)", line.rstrip())}
    assert done.returncode == bool(broken), said
    return broken, said
