"""Drafts, and papers handed in before that may be used again."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, visible
from zhengtong.foundation.refusals import NotFound
from zhengtong.topics.credentials import queries as credentials
from zhengtong.topics.materials import queries as stored

from ..models import Case, Draft, Material
from ..rules import Provided

MOST_PAPERS = 500
# Before the id of a stored paper that has no file here, among the materials of a draft.
REFERENCE = "stored:"


@dataclass(frozen=True)
class Content:
    """What a draft holds: answers, files by material code, sections done; at the counter who came, and by what way."""

    answers: dict[str, Any] = field(default_factory=dict)
    materials: dict[str, str] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    operator: str = ""
    channel: str = ""


def drafts_of(actor: Actor) -> QuerySet[Draft]:
    """The actor's own drafts, last touched first."""
    return visible(actor, "cases.draft", Draft.objects.all()).defer("content").order_by("-updated_at")


def draft_for(actor: Actor, draft_id: UUID) -> Draft:
    """One of the actor's own drafts."""
    found = visible(actor, "cases.draft", Draft.objects.select_related("applicant")).filter(pk=draft_id).first()
    if found is None:
        raise NotFound
    return found


def content_of(draft: Draft) -> Content:
    """The draft opened."""
    return Content(**json.loads(draft.content or "{}"))


def reusable_materials(actor: Actor, applicant: UUID) -> dict[str, Any]:
    """Papers from the applicant's store that are still good, by kind, newest of each: once handed in, used again.

    A counter is offered what lies in the cases it sees.
    """
    if not actor.is_staff:
        return _licences(actor, applicant) | stored.offered_to(actor, applicant)
    if not actor.may("cases.submit_for_visitor"):
        return {}
    mine = visible(actor, "cases.view", Case.objects.filter(applicant=applicant)).values("pk")
    rows = Material.objects.filter(case__in=mine, file__state="clean").exclude(reuse_key="").select_related("file")
    files = {row.file.digest: row.file for row in rows.order_by("provided_at")[:MOST_PAPERS] if row.file}
    offered = stored.offered_among(applicant, list(files))
    for paper in offered.values():
        paper.file = files[paper.digest]  # the one that this counter may read
    return offered


def _licences(actor: Actor, holder: UUID) -> dict[str, Any]:
    """What the district itself has issued to a holder and is valid today, by the type of the licence."""
    today = clock.today()
    held = credentials.credentials_held_by(actor, [holder]).exclude(file=None).select_related("file")
    return {
        licence.type_id: stored.issued_paper(
            holder, kind=licence.type_id, name=licence.type_name, number=licence.number, file=licence.file,
            issued_at=licence.issued_at, valid_to=licence.valid_to,
        )
        for licence in held[:MOST_PAPERS]
        if licence.state_on(today) == "valid"
    }  # fmt: skip


def provided_in(content: Content) -> list[Provided]:
    """The papers of a draft as they are handed in: files, and papers that another government keeps."""
    return [
        Provided(code, reference=UUID(pk.removeprefix(REFERENCE)))
        if pk.startswith(REFERENCE)
        else Provided(code, file=UUID(pk))
        for code, pk in content.materials.items()
    ]


@dataclass(frozen=True)
class Use:
    """One case in which a paper was used."""

    number: str
    item_name: str
    provided_at: datetime


def uses_of_materials(actor: Actor, holder: UUID) -> dict[str, list[Use]]:
    """Where a holder's papers were used, newest first, by the digest of the content or the words of the reference."""
    mine = visible(actor, "cases.view", Case.objects.filter(applicant=holder)).values("pk")
    rows = Material.objects.filter(case__in=mine).exclude(file=None, reference="").order_by("-provided_at")
    found: dict[str, list[Use]] = {}
    told = rows.values_list("file__digest", "reference", "case__number", "case__item_name", "provided_at")
    for digest, reference, number, item_name, at in told[:MOST_PAPERS]:
        found.setdefault(digest or reference, []).append(Use(number, item_name, at))
    return found
