"""Begin, save and discard a draft. Saving is the one write without a trail: only its author ever sees it."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.refusals import SignInRequired
from zhengtong.topics.items import queries as items
from zhengtong.topics.subjects import queries as subjects

from .. import rules
from ..models import Draft


@transaction.atomic
def start_draft(item_code: str, *, applicant: UUID | None = None, actor: Actor) -> Draft:
    """Begin an application, or take up the one already begun for this item and applicant.

    Refused: the item wants the person himself, and the actor only helps him.
    """
    if actor.account_id is None:
        raise SignInRequired
    version = items.current_version(item_code)
    if applicant is not None:
        subjects.subject_for(actor, applicant)
        if applicant in subjects.helped_by(actor) and not version.allows_helpers:
            raise rules.HelperBarred(item=version.name)
    draft = Draft(
        account_id=actor.account_id, item_version_id=version.id, item_name=version.name, applicant_id=applicant,
        updated_at=clock.now(),
    )  # fmt: skip
    access.require(actor, "cases.draft", draft)
    known = Draft.objects.filter(account_id=actor.account_id, item_version_id=version.id, applicant_id=applicant)
    if begun := known.order_by("-updated_at").first():
        return begun
    draft.save(force_insert=True)
    return draft


@transaction.atomic
def save_draft(draft: Draft, *, content: Mapping[str, Any], version: int, actor: Actor) -> Draft:
    """Keep what was typed. Refused when somebody saved a newer version meanwhile: nothing is overwritten."""
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    access.require(actor, "cases.draft", draft)
    if draft.version != version:
        raise rules.DraftStale(at=draft.updated_at.strftime("%H:%M"))
    draft.content = json.dumps(dict(content), ensure_ascii=False)
    draft.version, draft.updated_at = version + 1, clock.now()
    draft.save(update_fields=["content", "version", "updated_at"])
    return draft


@transaction.atomic
def discard_draft(draft: Draft, *, actor: Actor) -> None:
    """Throw a draft away; files uploaded for it stay the uploader's own."""
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    access.require(actor, "cases.draft", draft)
    draft.delete()
