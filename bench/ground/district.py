"""The district that is measured: 番江区 with as many item types and cases as asked for; kept between runs."""

import hashlib
import json
import os
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from zhengtong.main.places import ROOT
from zhengtong.main.secrets_file import locked

from .facts import say
from .server import HOME, Ground

TYPES = 200
SUBJECTS = 20_000
FILES = 3_000
CLIENT = "weixiu-system"
FILED = "vehicle-repair-filing"
# Generated item types are these with another name: two for firms, one for persons.
PATTERNS = ("vehicle-repair-filing", "food-business-restaurant", "senior-allowance")
BASE = "bench_base"


def prepare(ground: Ground, cases: int) -> None:
    """Make the database of the measurement, from a kept one where that has the same number of cases.

    One measurement at a time: another that starts now waits for the kept database instead of building it too.
    """
    base = f"{BASE}_{cases}_{_state()}"
    with locked(HOME / "district.lock"):
        if not ground.exists(base):
            for old in ground.like(f"{BASE}_{cases}_%"):
                ground.drop(old)
            _build(ground, base, cases)
        say("copying the kept database")
        ground.copy(base, ground.name)


def _state() -> str:
    """A digest of what the kept database is made by."""
    digest = hashlib.sha256()
    made_by = [*Path(__file__).parent.glob("*ed.py"), Path(__file__), *(ROOT / "packs").rglob("*.yaml")]
    for path in sorted([*made_by, *(ROOT / "zhengtong").rglob("migrations/*.py")]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:8]


def _build(ground: Ground, base: str, cases: int) -> None:
    from zhengtong.main import database

    draft = f"{base}_draft"
    ground.drop(draft)
    with ground.superuser("postgres") as connection:
        database.ensure_database(connection, draft, owner=database.OWNER)
    site = Ground(draft)
    say("migrating")
    site.command("migrate", "--quiet")
    say(f"packs, cast, {TYPES} item types, {SUBJECTS} subjects")
    _in_process(site, "bench.ground.district")
    say(f"{cases} cases by COPY")
    halves = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.ground.stored", str(half), str(cases)],
            cwd=ROOT, env=os.environ | site.environment() | {"DATABASE_APP_URL": site.server.url(database=draft)},
        )
        for half in (0, 1)
    ]  # fmt: skip
    ended = [half.wait() for half in halves]
    if any(ended):
        raise RuntimeError("the cases could not be stored")
    with site.superuser() as connection:
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")
    say("zt audit verify")
    print(site.command("audit", "verify").strip(), file=sys.stderr)
    with ground.superuser("postgres") as connection:
        connection.execute(f"ALTER DATABASE {draft} RENAME TO {base}")


def _in_process(site: Ground, module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", module], cwd=ROOT, env=os.environ | site.environment(), check=False
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{module} failed")


# -- in a process of its own, with Django on the draft --------------------------------------------------------------


def fill() -> None:
    """Packs and cast by their own actions; item types by a generated pack; subjects and files in bulk."""
    from zhengtong.foundation.packs import actions as packs
    from zhengtong.main.scene import preparing

    preparing.apply_packs()
    preparing.bring_in(preparing.read())
    packs.apply("bench", actor=preparing.STAGE, root=_write_pack())
    _register_subjects()
    _store_files()


def _write_pack() -> Path:
    """A pack with the missing item types, beside the ones it extends."""
    root = HOME / "packs"
    (root / "bench").mkdir(parents=True, exist_ok=True)
    for name in ("national", "demo"):
        if not (root / name).exists():
            (root / name).symlink_to(ROOT / "packs" / name)
    (root / "bench" / "pack.yaml").write_text("name: bench\ntitle: 测量\nextends: [demo]\nversion: 1\n", "utf-8")
    own = [entry for path in (ROOT / "packs/demo/items").glob("*.yaml") for entry in _items(path)]
    patterns = [entry for entry in own if entry["code"] in PATTERNS]
    more = [_another(patterns[serial % len(patterns)], serial) for serial in range(TYPES - len(own))]
    text = json.dumps({"items": more}, ensure_ascii=False, default=str)
    (root / "bench" / "items.yaml").write_text(text, "utf-8")
    return root


def _items(path: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load(path.read_text("utf-8"))["items"])


def _another(pattern: dict[str, Any], serial: int) -> dict[str, Any]:
    return pattern | {
        "code": f"bench-{serial:03d}-{pattern['code']}",
        # Another handling code of the same power.
        "handling_code": f"{pattern['handling_code'][:-2]}{2 + serial // len(PATTERNS):02d}",
        "name": f"{pattern['name']}（{serial:03d} 号事项）",
        "short_name": f"{pattern['short_name']}{serial:03d}",
    }


def _register_subjects() -> None:
    from zhengtong.foundation import clock
    from zhengtong.foundation.codes import credit_code, resident_id
    from zhengtong.main.scene.preparing import STAGE
    from zhengtong.topics.subjects.models import Subject

    now, made = clock.now(), []
    for serial in range(SUBJECTS):
        person = serial % 2 == 0
        number = (
            resident_id.make_resident_id(
                "449906", date(1950 + serial % 50, 1 + serial % 12, 1 + serial % 28), serial % 999
            )
            if person
            else credit_code.make_credit_code("91", "449906", f"MA{serial:06d}")
        )
        made.append(
            Subject(
                kind="person" if person else "entity",
                name=f"测量人{serial:05d}" if person else f"番江区第{serial:05d}号测量有限公司",
                id_type="resident_id" if person else "credit_code",
                id_number=number,
                phone=f"199{serial:08d}",
                created_at=now,
            )
        )
    unlike = {(one.id_type, one.id_number): one for one in made}
    insert_audited(list(unlike.values()), "subjects.subject.registered", STAGE, lambda one: {"kind": one.kind})


def _store_files() -> None:
    from zhengtong.engines.papers import queries as papers
    from zhengtong.foundation import clock
    from zhengtong.foundation.accounts import queries as accounts
    from zhengtong.foundation.files import actions as files
    from zhengtong.foundation.files.models import File

    actor = accounts.actor_for(accounts.account(CLIENT))
    content = papers.render("sample", {"title": "测量用材料"})
    first = files.store_upload(BytesIO(content), name="材料.pdf", actor=actor, purpose=files.Purpose.MATERIAL)
    rows = [
        File(
            name=f"材料{serial:04d}.pdf", digest=first.digest, size=first.size, kind=first.kind, state=first.state,
            purpose=first.purpose, owner_key=actor.key, created_at=clock.now(),
        )
        for serial in range(FILES)
    ]  # fmt: skip
    insert_audited(rows, "files.file.stored", actor, lambda one: {"digest": one.digest, "size": one.size})


def insert_audited(rows: list[Any], verb: str, actor: Any, data: Any) -> None:
    """Rows with their first leaves, in bulk."""
    from zhengtong.foundation import clock
    from zhengtong.foundation.audit.actions import first_leaf
    from zhengtong.foundation.audit.models import Leaf
    from zhengtong.foundation.bulk import copy_rows

    leaves = []
    for row in rows:
        leaf, row.audit_head = first_leaf(verb, type(row), row.pk, actor=actor, at=clock.now(), data=data(row))
        row.audit_count = 1
        leaves.append(leaf)
    type(rows[0]).objects.bulk_create(rows, batch_size=1_000)
    copy_rows(Leaf, leaves)


def firms(limit: int) -> list[tuple[UUID, str]]:
    """Some of the firms that apply."""
    from zhengtong.topics.subjects.models import Subject

    rows = Subject.objects.filter(kind="entity", name__endswith="测量有限公司").order_by("pk")
    return list(rows.values_list("pk", "name")[:limit])


def files_of_client(limit: int) -> list[UUID]:
    """Checked uploads of the system that files."""
    from zhengtong.foundation.accounts import queries as accounts
    from zhengtong.foundation.files.models import File

    key = f"account:{accounts.account(CLIENT).pk}"
    return list(File.objects.filter(owner_key=key).order_by("pk").values_list("pk", flat=True)[:limit])


if __name__ == "__main__":
    import django

    django.setup()
    fill()
