"""Drafts, and papers handed in before that may be used again."""

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, visible
from zhengtong.foundation.refusals import NotFound
from zhengtong.topics.subjects import queries as subjects

from ..models import Case, Draft, Material


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


def reusable_materials(actor: Actor, applicant: UUID) -> dict[str, Material]:
    """Papers of this applicant that are still valid, by reuse key, newest of each: once handed in, used again."""
    if applicant not in subjects.acting_for(actor) and not actor.may("cases.submit_for_visitor"):
        return {}
    mine = visible(actor, "cases.view", Case.objects.filter(applicant=applicant)).values("pk")
    rows = (
        Material.objects.filter(case__applicant=applicant, case__in=mine, file__state="clean")
        .exclude(reuse_key="")
        .filter(Q(valid_to=None) | Q(valid_to__gte=clock.today()))
        .select_related("file")
        .order_by("reuse_key", "-provided_at")
        .distinct("reuse_key")
    )
    return {material.reuse_key: material for material in rows}
