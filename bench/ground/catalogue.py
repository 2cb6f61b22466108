"""The catalogue that is searched: 番江区's own items among thousands of generated guides; kept between runs."""

import hashlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from zhengtong.main.places import ROOT
from zhengtong.main.secrets_file import locked

from .district import insert_audited
from .facts import say
from .server import HOME, Ground

if TYPE_CHECKING:
    from .guides import Guide

BASE = "bench_guides"
PATTERN = "senior-allowance"
STEP = 1_000
MADE_BY = ("zhengtong/engines/search/*", "zhengtong/topics/items/**/*.py", "packs/**/*.yaml", "bench/ground/*")


def prepare(ground: Ground, count: int) -> None:
    """Make the database of the measurement, from a kept one where that was made from the same."""
    base = f"{BASE}_{count}_{_state()}"
    with locked(HOME / "catalogue.lock"):
        if not ground.exists(base):
            for old in ground.like(f"{BASE}_{count}_%"):
                ground.drop(old)
            _build(ground, base, count)
        ground.copy(base, ground.name)


def _state() -> str:
    digest = hashlib.sha256()
    for path in sorted(path for pattern in MADE_BY for path in ROOT.glob(pattern) if path.is_file()):
        if "__pycache__" not in path.parts:
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:8]


def _build(ground: Ground, base: str, count: int) -> None:
    from zhengtong.main import database

    draft = f"{base}_draft"
    ground.drop(draft)
    with ground.superuser("postgres") as connection:
        database.ensure_database(connection, draft, owner=database.OWNER)
    site = Ground(draft)
    say("migrating")
    site.command("migrate", "--quiet")
    say(f"packs and {count} guides")
    subprocess.run(
        [sys.executable, "-m", "bench.ground.catalogue", str(count)],
        cwd=ROOT, env=os.environ | site.environment(), check=True,
    )  # fmt: skip
    with site.superuser() as connection:
        connection.execute("VACUUM (ANALYZE)")
    with ground.superuser("postgres") as connection:
        connection.execute(f"ALTER DATABASE {draft} RENAME TO {base}")


# -- in a process of its own, with Django on the draft --------------------------------------------------------------


def fill(count: int) -> None:
    """Packs by their own action; the guides as published items, in bulk."""
    from zhengtong.main.scene import preparing

    from .guides import guides

    preparing.apply_packs()
    made = guides(count)
    for start in range(0, count, STEP):
        publish(made[start : start + STEP], start)


def publish(guides: "list[Guide]", first: int) -> None:
    """Items with one version each: law, limits and form are the pattern's, the words are the guide's."""
    from zhengtong.foundation import clock
    from zhengtong.foundation.codes import uuid7
    from zhengtong.main.scene.preparing import STAGE
    from zhengtong.topics.items.actions import rows
    from zhengtong.topics.items.models import Item, ItemVersion
    from zhengtong.topics.items.queries.packs import entry_of

    pattern = ItemVersion.objects.get(item__code=PATTERN)
    entry, now = entry_of(pattern), clock.now()
    items, versions = [], []
    for serial, guide in enumerate(guides, start=first):
        said = guide.as_entry(entry, f"guide-{serial:05d}")
        item = Item(
            id=uuid7(), code=said["code"], name=said["name"], organisation=said["organisation"],
            state=Item.State.PUBLISHED, owner="import:bench", created_at=now, changed_at=now,
        )  # fmt: skip
        version = ItemVersion(
            item=item, number=1, state=ItemVersion.State.PUBLISHED, published_at=now, form=pattern.form,
            **rows.columns(said),
        )  # fmt: skip
        rows.set_search(version, said)
        items.append(item)
        versions.append(version)
    insert_audited(items, "items.item.published", STAGE, lambda item: {"number": 1})
    ItemVersion.objects.bulk_create(versions, batch_size=STEP)
    for item, version in zip(items, versions, strict=True):
        item.published = version
    Item.objects.bulk_update(items, ["published"], batch_size=STEP)


if __name__ == "__main__":
    import django

    django.setup()
    fill(int(sys.argv[1]))
