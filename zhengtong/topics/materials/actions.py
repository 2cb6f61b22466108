"""Keep papers, check them, rename and remove them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhengtong.foundation import access, clock, crypto
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import first_leaf, record
from zhengtong.foundation.audit.models import Leaf
from zhengtong.foundation.bulk import insert_rows
from zhengtong.foundation.codes import uuid7
from zhengtong.foundation.outbox.jobs import defer

from . import rules
from .models import StoredMaterial
from .rules import Source, Validity

LOOK_UP = "materials.look_up"


@dataclass(frozen=True)
class Paper:
    """A paper as it came with a case (`origin` is its number): whose, of what kind, what a counter found."""

    holder: UUID
    kind: str
    name: str
    file: Any
    brought_by: str
    provided_at: datetime
    origin: str
    origin_name: str
    valid_to: date | None = None
    fault: str = ""
    checked_by: str = ""
    checked_in: str = ""
    checked_at: datetime | None = None


@transaction.atomic
def take_in(papers: Sequence[Paper], *, actor: Actor) -> int:
    """Keep the papers that came with cases; again is harmless. Returns how many are new.

    One row a content: what came first stays its source, so a paper used again does not become younger.
    """
    access.require(actor, "materials.take_in")
    made = {row["id"]: (row, leaf) for row, leaf in (_row(paper, actor) for paper in papers)}
    fresh = insert_rows(
        StoredMaterial, [row for row, _ in made.values()], conflict="holder, kind, digest", returning="id"
    )  # fmt: skip
    insert_rows(Leaf, [made[pk][1] for (pk,) in fresh])
    _bring_back(papers, actor)
    for paper in papers:
        if paper.fault or paper.checked_at:
            _judge(paper, actor)
    return len(fresh)


def _row(paper: Paper, actor: Actor) -> tuple[dict[str, Any], dict[str, Any]]:
    pk, now = uuid7(), clock.now()
    leaf, head = first_leaf(
        "materials.storedmaterial.taken_in", StoredMaterial, pk, actor=actor, at=now,
        data={"source": Source.CASE.value, "origin": paper.origin},
    )  # fmt: skip
    row = {
        "id": pk, "holder": paper.holder, "kind": paper.kind, "digest": paper.file.digest, "name": paper.name[:200],
        "file_id": paper.file.pk, "source": Source.CASE.value, "origin": paper.origin,
        "origin_name": paper.origin_name, "valid_to": paper.valid_to,
        "valid_by": Validity.ITEM.value if paper.valid_to else "", "brought_by": paper.brought_by,
        "provided_at": paper.provided_at, "checked_by": "", "checked_in": "", "fault": "", "audit_count": 1,
        "audit_head": head,
    }  # fmt: skip
    return row, leaf


def _bring_back(papers: Sequence[Paper], actor: Actor) -> None:
    """What its holder had taken out and hands in again is in the store again."""
    came = {(paper.holder, paper.kind, paper.file.digest) for paper in papers}
    rows = StoredMaterial.objects.select_for_update().filter(removed_at__isnull=False)
    for kept in rows.filter(holder__in={h for h, _, _ in came}, digest__in={d for _, _, d in came}):
        if (kept.holder, kept.kind, kept.digest) in came:
            kept.removed_at = None
            kept.save(update_fields=["removed_at"])
            record("materials.storedmaterial.kept", kept, actor=actor, source=kept.source)


def _judge(paper: Paper, actor: Actor) -> None:
    """What the counter found: a fault, or nothing wrong."""
    rows = StoredMaterial.objects.select_for_update()
    kept = rows.get(holder=paper.holder, kind=paper.kind, digest=paper.file.digest)
    if paper.fault != kept.fault:
        kept.fault = paper.fault
        kept.save(update_fields=["fault"])
        record("materials.storedmaterial.judged", kept, actor=actor, is_faulty=bool(paper.fault))
    if paper.checked_at and not paper.fault and kept.checked_at is None:
        kept.checked_by, kept.checked_in, kept.checked_at = paper.checked_by, paper.checked_in, paper.checked_at
        kept.save(update_fields=["checked_by", "checked_in", "checked_at"])
        record("materials.storedmaterial.checked", kept, actor=actor, by=paper.checked_by, origin=paper.origin)


@transaction.atomic
def upload_material(
    holder: UUID, *, kind: str, name: str, file: Any, valid_to: date | None, kinds: Iterable[str], actor: Actor
) -> StoredMaterial:
    """Keep a paper in advance. `kinds` are those that items ask for.

    Refused: no such kind, no name, its last day has passed.
    """
    row = StoredMaterial(holder=holder, kind=kind, source=Source.UPLOADED, brought_by=actor.key)
    access.require(actor, "materials.keep", row)
    if kind not in kinds:
        raise rules.MaterialKindUnknown(fields={"kind": [rules.MaterialKindUnknown.message]})
    name = rules.check_name(name)
    rules.check_last_day(valid_to, clock.today())
    row.name, row.file, row.digest, row.valid_to = name, file, file.digest, valid_to
    row.valid_by, row.provided_at = Validity.SAID if valid_to else "", clock.now()
    return _kept(row, actor)


@transaction.atomic
def refer_to(
    holder: UUID, *, kind: str, name: str, number: str, system: str, valid_to: date | None, actor: Actor
) -> StoredMaterial:
    """Note that another government keeps such a paper; nothing of it is copied."""
    access.require(actor, "materials.take_in")
    digest = crypto.sm3(f"{system}\0{number}".encode()).hex()
    row = StoredMaterial(
        holder=holder, kind=kind, name=name, digest=digest, source=Source.REFERENCE, origin=number, origin_name=system,
        valid_to=valid_to, valid_by=Validity.CHECKED if valid_to else "", brought_by=actor.key,
        provided_at=clock.now(), checked_by=actor.key, checked_in=system, checked_at=clock.now(),
    )  # fmt: skip
    return _kept(row, actor)


def _kept(row: StoredMaterial, actor: Actor) -> StoredMaterial:
    """The row, or the one that is there already, back in its place if it had been removed."""
    known = StoredMaterial.objects.select_for_update().filter(holder=row.holder, kind=row.kind, digest=row.digest)
    kept = known.first()
    if kept is None:
        row.save(force_insert=True)
        record("materials.storedmaterial.kept", row, actor=actor, source=row.source)
        return row
    if kept.removed_at is not None or kept.valid_by in ("", Validity.SAID) or kept.source == Source.REFERENCE:
        kept.name, kept.removed_at = row.name, None
        kept.valid_to, kept.valid_by = row.valid_to, row.valid_by
        kept.save(update_fields=["name", "removed_at", "valid_to", "valid_by"])
        record("materials.storedmaterial.kept", kept, actor=actor, source=kept.source)
    return kept


@transaction.atomic
def ask_elsewhere(holder: UUID, *, actor: Actor) -> None:
    """Have the province's library asked for the holder's papers; what it has appears by itself."""
    row = StoredMaterial(holder=holder, source=Source.REFERENCE, brought_by=actor.key)
    access.require(actor, "materials.keep", row)
    defer(LOOK_UP, holder=str(holder))


@transaction.atomic
def check_material(paper: StoredMaterial, *, valid_to: date | None, where: str, actor: Actor) -> StoredMaterial:
    """Somebody at a desk has read the paper itself: this is its last day."""
    kept = StoredMaterial.objects.select_for_update().get(pk=paper.pk)
    access.require(actor, "materials.check", kept)
    kept.valid_to, kept.valid_by = valid_to, Validity.CHECKED if valid_to else ""
    kept.checked_by, kept.checked_in, kept.checked_at = actor.key, where, clock.now()
    kept.save(update_fields=["valid_to", "valid_by", "checked_by", "checked_in", "checked_at"])
    record("materials.storedmaterial.checked", kept, actor=actor, by=actor.key, valid_to=str(valid_to or ""))
    return kept


@transaction.atomic
def rename_material(paper: StoredMaterial, *, name: str, actor: Actor) -> StoredMaterial:
    """Call it otherwise. Refused without a name."""
    kept = StoredMaterial.objects.select_for_update().get(pk=paper.pk)
    access.require(actor, "materials.keep", kept)
    kept.name = rules.check_name(name)
    kept.save(update_fields=["name"])
    record("materials.storedmaterial.renamed", kept, actor=actor)
    return kept


@transaction.atomic
def remove_material(paper: StoredMaterial, *, actor: Actor) -> None:
    """Take it out of the store; cases it was used in keep theirs. Refused when it came with a case."""
    kept = StoredMaterial.objects.select_for_update().get(pk=paper.pk)
    access.require(actor, "materials.keep", kept)
    if not kept.is_removable:
        raise rules.MaterialKept
    kept.removed_at = clock.now()
    kept.save(update_fields=["removed_at"])
    record("materials.storedmaterial.removed", kept, actor=actor)
