"""A window's day in figures: what was there in the morning, came, went, and must be there in the evening."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet, Sum

from zhengtong.foundation.access import Actor, visible
from zhengtong.foundation.clock import CHINA
from zhengtong.foundation.refusals import NotFound
from zhengtong.topics.cases import queries as cases

from .. import access  # noqa: F401 - declares who may
from ..models import Day, Delivery, Line, Piece
from ..rules import DayFigures, Kind, LineState, PieceState, SlipKind


def figures_of(actor: Actor, day: date) -> DayFigures:
    """The actor's own day."""
    return figures_since(Day.objects.filter(keeper=actor.key, day__lt=day).order_by("-day").first(), day, actor=actor)


def figures_since(last: Day | None, day: date, *, actor: Actor) -> DayFigures:
    """The day opens with what was counted on the last one; the very first with what the actor held."""
    start = datetime.combine(day, time.min, CHINA)
    end = start + timedelta(days=1)
    made, handed = Q(slip__made_by=actor.key), Q(slip__kind=SlipKind.HAND_OVER)
    moved = Line.objects.filter(
        piece__kind=Kind.ORIGINAL, state=LineState.TAKEN, slip__signed_at__gte=start, slip__signed_at__lt=end
    ).aggregate(
        taken=Sum("copies", filter=Q(slip__kind=SlipKind.CUSTODY) & made | handed & Q(slip__signed_by=actor.key)),
        given=Sum("copies", filter=Q(slip__kind=SlipKind.RETURN) & made | handed & made),
    )
    taken, given = moved["taken"] or 0, moved["given"] or 0
    held = Piece.objects.filter(_held_by(actor)).aggregate(all=Sum("copies"))["all"] or 0
    issued = Delivery.objects.filter(issued_by=actor.key, issued_at__gte=start, issued_at__lt=end).count()
    return DayFigures(
        opening=last.counted if last else held - taken + given, taken=taken, given=given,
        receipts=cases.taken_in_count(actor, day), issued=issued,
    )  # fmt: skip


def _held_by(actor: Actor) -> Q:
    return Q(kind=Kind.ORIGINAL, holder_key=actor.key) & ~Q(state=PieceState.ENDED)


def originals_with(actor: Actor) -> QuerySet[Piece]:
    """The originals the actor answers for, by case; to be counted one by one."""
    return Piece.objects.filter(_held_by(actor)).select_related("case").defer("case__form").order_by("case", "pk")


def last_days(actor: Actor) -> list[Day]:
    """The days the actor has signed off, newest first; today's too."""
    return list(Day.objects.filter(keeper=actor.key).order_by("-day")[:10])


def day_for(actor: Actor, day: date) -> Day:
    """A day the actor may print."""
    found = visible(actor, "deliveries.view_day", Day.objects.select_related("organisation")).filter(
        day=day, keeper=actor.key
    )
    if (kept := found.first()) is None:
        raise NotFound
    return kept
