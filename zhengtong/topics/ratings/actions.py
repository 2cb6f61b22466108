"""Invite, rate, amend once, and record silence as silence."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.params.queries import integer

from . import queries, rules
from .events import BadRatingGiven, RatingAmended, RatingGiven
from .models import Rating, RatingInvitation
from .rules import Channel, InvitationState, Naming

BATCH = 200


@transaction.atomic
def invite_rating(
    *,
    number: str,
    item_code: str,
    item_name: str,
    organisation: str,
    applicant: UUID,
    outcome: str,
    ended_at: datetime,
    actor: Actor,
) -> RatingInvitation:
    """Open the rating of a case that has ended; told twice, the first time counts."""
    access.require(actor, "ratings.invite")
    ended_on = ended_at.astimezone(clock.CHINA).date()
    invitation, is_new = RatingInvitation.objects.get_or_create(
        case_number=number,
        defaults={
            "item_code": item_code,
            "item_name": item_name,
            "organisation_id": organisation,
            "applicant_id": applicant,
            "outcome": outcome,
            "ended_at": ended_at,
            "open_until": rules.last_day(ended_on, integer("ratings.WINDOW_DAYS", ended_on)),
        },
    )
    if is_new:
        record("ratings.invitation.opened", invitation, actor=actor, outcome=outcome)
    return invitation


@transaction.atomic
def rate_case(
    number: str,
    *,
    level: int,
    labels: Sequence[str] = (),
    text: str = "",
    channel: str,
    naming: str = Naming.NAMED,
    actor: Actor,
) -> Rating:
    """Say how a case was handled. Refused: not ended, not one's own, too late, rated before; staff always."""
    invitation = _invitation_for(number, actor=actor)
    rules.check_channel(channel)
    rules.check_in_window(number, until=invitation.open_until, today=clock.today())
    given = invitation.ratings.filter(is_default=False).count()
    rules.check_not_rated(given, per_case=integer("ratings.PER_CASE"))
    scale = queries.scale()
    rating = Rating(
        **_facts_of(invitation),
        serial=given + 1,
        level=level,
        labels=_in_order(labels),
        text=rules.check_content(scale, level=level, labels=labels, text=text),
        channel=Channel(channel),
        naming=Naming(naming),
        is_bad=scale.is_bad(level),
        rated_by=actor.key,
        rated_at=clock.now(),
    )
    rating.save(force_insert=True)
    record("ratings.rating.given", rating, actor=actor, level=level, labels=rating.labels, channel=channel)
    _close(invitation, InvitationState.ANSWERED, actor)
    RatingGiven(**_told(rating)).publish()
    if rating.is_bad:
        BadRatingGiven(**_told(rating)).publish()
    return rating


@transaction.atomic
def amend_rating(
    number: str, *, level: int, labels: Sequence[str] = (), text: str = "", actor: Actor
) -> Rating:  # fmt: skip
    """Change one's word, once, within the window; the first word is kept. Refused: too late, amended before."""
    invitation = _invitation_for(number, actor=actor)
    rules.check_in_window(number, until=invitation.open_until, today=clock.today())
    rating = invitation.ratings.select_for_update().filter(is_default=False).order_by("-serial").first()
    if rating is None:
        raise rules.NotRatedYet
    if rating.amended_at is not None:
        raise rules.AlreadyAmended
    scale = queries.scale()
    text = rules.check_content(scale, level=level, labels=labels, text=text)
    was_bad, before = rating.is_bad, rating.level
    rating.first_level, rating.first_labels, rating.first_text = rating.level, rating.labels, rating.text
    rating.level, rating.labels, rating.text = level, _in_order(labels), text
    rating.is_bad, rating.amended_at = scale.is_bad(level), clock.now()
    rating.save()
    record("ratings.rating.amended", rating, actor=actor, level=level, level_before=before, labels=rating.labels)
    RatingAmended(**_told(rating), level_before=before or 0).publish()
    if rating.is_bad and not was_bad:
        BadRatingGiven(**_told(rating)).publish()
    return rating


def record_unanswered(*, actor: Actor) -> int:
    """Close the invitations whose window has passed in silence; each leaves a rating without a level."""
    access.require(actor, "ratings.close")
    closed = 0
    while count := _record_some_unanswered(actor):
        closed += count
    return closed


@transaction.atomic
def _record_some_unanswered(actor: Actor) -> int:
    late = RatingInvitation.objects.select_for_update(skip_locked=True).filter(
        state=InvitationState.OPEN, open_until__lt=clock.today()
    )
    batch = list(late.order_by("open_until", "pk")[:BATCH])
    for invitation in batch:
        rating = Rating(
            **_facts_of(invitation),
            serial=1,
            level=None,
            channel=Channel.NONE,
            naming=Naming.ANONYMOUS,
            is_default=True,
            rated_by=actor.key,
            rated_at=clock.now(),
        )
        rating.save(force_insert=True)
        record("ratings.rating.unanswered", rating, actor=actor)
        _close(invitation, InvitationState.UNANSWERED, actor)
    return len(batch)


def _invitation_for(number: str, *, actor: Actor) -> RatingInvitation:
    """The case's invitation, locked."""
    if actor.is_staff:
        raise rules.StaffMayNotRate
    invitation = RatingInvitation.objects.select_for_update().filter(pk=number).first()
    if invitation is None:
        raise rules.RatingNotOpen(number=number)
    access.require(actor, "ratings.rate", invitation)
    return invitation


def _close(invitation: RatingInvitation, state: InvitationState, actor: Actor) -> None:
    if invitation.state == state:
        return
    invitation.state = state
    invitation.save(update_fields=["state"])
    record(f"ratings.invitation.{state}", invitation, actor=actor)


def _facts_of(invitation: RatingInvitation) -> dict[str, Any]:
    return {
        "invitation": invitation,
        "case_number": invitation.case_number,
        "item_code": invitation.item_code,
        "item_name": invitation.item_name,
        "organisation_id": invitation.organisation_id,
    }


def _in_order(labels: Sequence[str]) -> list[str]:
    return [label for label in rules.LABELS if label in labels]


def _told(rating: Rating) -> dict[str, Any]:
    return {
        "rating_id": str(rating.pk),
        "case_number": rating.case_number,
        "item_code": rating.item_code,
        "organisation": rating.organisation_id,
        "level": rating.level,
        "naming": rating.naming,
    }
