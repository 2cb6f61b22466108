"""The papers of a holder: all of them, and those that may be used again."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, visible
from zhengtong.foundation.refusals import NotFound
from zhengtong.foundation.wiring import Slot

from .access import acting_for, standing_for  # noqa: F401 - filled by whoever knows
from .models import StoredMaterial
from .rules import Source

# In a kind of the form item/material: what only this item asks for, and is made anew for each application.
OWN = "/"


@dataclass(frozen=True)
class Identity:
    """How another government knows a holder."""

    name: str
    id_type: str
    id_number: str


# The holder's identity lies with `subjects`, on our own stair.
identity_of: Slot[[UUID], Identity | None] = Slot("materials.identity_of")


def materials_of(actor: Actor, holder: UUID) -> QuerySet[StoredMaterial]:
    """What the actor sees of a holder's store, newest first."""
    rows = visible(actor, "materials.view", StoredMaterial.objects.filter(holder=holder, removed_at=None))
    return rows.select_related("file").order_by("-provided_at", "-id")


def material_for(actor: Actor, material_id: UUID) -> StoredMaterial:
    """One paper within the actor's scope."""
    rows = visible(actor, "materials.view", StoredMaterial.objects.filter(removed_at=None))
    found = rows.select_related("file").filter(pk=material_id).first()
    if found is None:
        raise NotFound
    return found


def offered_to(actor: Actor, holder: UUID) -> dict[str, StoredMaterial]:
    """What the actor may use again for this holder today, newest of each kind."""
    return _newest(_good(visible(actor, "materials.view", StoredMaterial.objects.filter(holder=holder))))


def offered_among(holder: UUID, digests: Collection[str]) -> dict[str, StoredMaterial]:
    """The same among these contents, for a caller that has checked its own scope."""
    return _newest(_good(StoredMaterial.objects.filter(holder=holder, digest__in=digests)))


def _good(rows: QuerySet[StoredMaterial], on: date | None = None) -> QuerySet[StoredMaterial]:
    """Of a kind that items share, and neither removed, nor faulty, nor expired, nor without content."""
    today = on or clock.today()
    return rows.exclude(kind__contains=OWN).filter(
        Q(file__state="clean") | Q(file=None), Q(valid_to=None) | Q(valid_to__gte=today), removed_at=None, fault="",
    )  # fmt: skip


def _newest(rows: QuerySet[StoredMaterial]) -> dict[str, StoredMaterial]:
    newest = rows.select_related("file").order_by("kind", "-provided_at", "-id").distinct("kind")
    return {paper.kind: paper for paper in newest}


def references(actor: Actor, ids: Iterable[UUID], *, holder: UUID) -> dict[UUID, StoredMaterial]:
    """Papers kept elsewhere that are good today, of those the actor names for this holder."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = visible(actor, "materials.view", StoredMaterial.objects.filter(pk__in=wanted, holder=holder, file=None))
    return {paper.pk: paper for paper in _good(rows)}


def issued_paper(
    holder: UUID, *, kind: str, name: str, number: str, file: Any, issued_at: datetime, valid_to: date | None
) -> StoredMaterial:  # fmt: skip
    """A credential of ours as the store shows it: it lives with the credentials, and nothing of it is kept twice."""
    return StoredMaterial(
        holder=holder, kind=kind, name=name, file=file, digest=file.digest, source=Source.ISSUED, origin=number,
        valid_to=valid_to, provided_at=issued_at,
    )  # fmt: skip


def stored_of(holder: UUID, digests: Collection[str]) -> dict[str, StoredMaterial]:
    """The papers with these contents, for a caller that has checked its own scope (the case they came with)."""
    rows = StoredMaterial.objects.filter(holder=holder, digest__in=digests).select_related("file")
    return {paper.digest: paper for paper in rows.order_by("provided_at")}


def may_read_file(actor: Actor, file_id: UUID) -> bool:
    """Whether the actor sees this file among his papers."""
    return visible(actor, "materials.view", StoredMaterial.objects.filter(file=file_id)).exists()


def counts(papers: Iterable[StoredMaterial]) -> Mapping[str, int]:
    """How many of them are good, and how many not any more."""
    listed = list(papers)
    ended = sum(paper.is_expired or bool(paper.fault) for paper in listed)
    return {"good": len(listed) - ended, "ended": ended}
