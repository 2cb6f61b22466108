"""What may be rated, what was said, how often."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, QuerySet

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, visible
from zhengtong.foundation.params.queries import integer, parameter

from . import rules
from .models import Rating, RatingInvitation
from .rules import InvitationState, RatingNotOpen, Scale, Tally

# Whose words these are is for nobody who reads them: kept out of the query, so that no page shows it by chance.
PROTECTED = ("rated_by", "first_level", "first_labels", "first_text")


@dataclass(frozen=True)
class Chance:
    """All that the rating page of a case needs."""

    number: str
    item_name: str
    organisation_name: str
    open_until: date
    rating: Rating | None
    scale: Scale
    may_rate: bool
    may_amend: bool

    @property
    def levels(self) -> list[tuple[int, str]]:
        """From best to worst."""
        return sorted(self.scale.words.items())

    def labels(self, level: int | None = None) -> dict[str, str]:
        """The ready answers for a level, or all."""
        return rules.offered(level, bad_from=self.scale.bad_from)


def scale(on: date | None = None) -> Scale:
    """The levels in force on a day."""
    words = {int(level): word for level, word in parameter("ratings.LEVELS", on).value.items()}
    return Scale(words, integer("ratings.BAD_FROM_LEVEL", on), integer("ratings.COMMENT_MAX", on))


def chance_for(actor: Actor, number: str) -> Chance:
    """Whether and how the actor may rate his case. Refused: the case has not ended, or is not his."""
    rows = visible(actor, "ratings.rate", RatingInvitation.objects.select_related("organisation"))
    invitation = rows.filter(pk=number).first()
    if invitation is None:
        raise RatingNotOpen(number=number)
    rating = rating_of(actor, number)
    in_time = clock.today() <= invitation.open_until
    given = invitation.ratings.filter(is_default=False).count()
    return Chance(
        number=number,
        item_name=invitation.item_name,
        organisation_name=invitation.organisation.name,
        open_until=invitation.open_until,
        rating=rating,
        scale=scale(),
        may_rate=in_time and given < integer("ratings.PER_CASE"),
        may_amend=in_time and rating is not None and rating.amended_at is None,
    )


def rating_of(actor: Actor, number: str) -> Rating | None:
    """What the actor himself said of his case; his last word, where a case may be rated more than once."""
    rows = visible(actor, "ratings.own", Rating.objects.filter(case_number=number, is_default=False))
    return rows.order_by("-serial").first()


def cases_to_rate(actor: Actor) -> QuerySet[RatingInvitation]:
    """The actor's ended cases that still wait for a word, newest first."""
    rows = visible(actor, "ratings.rate", RatingInvitation.objects.select_related("organisation"))
    return rows.filter(state=InvitationState.OPEN, open_until__gte=clock.today()).order_by("-ended_at")


def ratings_for(actor: Actor) -> QuerySet[Rating]:
    """What was said of the organisations the actor answers for, newest first; never by whom."""
    rows = visible(actor, "ratings.view", Rating.objects.filter(is_default=False))
    return rows.select_related("organisation").defer(*PROTECTED).order_by("-rated_at", "-id")


def bad_ratings_for(actor: Actor) -> QuerySet[Rating]:
    """Those of them that ask for an answer."""
    return ratings_for(actor).filter(is_bad=True)


def rating_tallies(actor: Actor, *, since: date, until: date) -> list[Tally]:
    """Per organisation within the actor's scope: ratings of a period (both days included), most rated first."""
    start, end = (datetime.combine(day, time.min, clock.CHINA) for day in (since, until + timedelta(days=1)))
    counted = (
        visible(actor, "ratings.view", Rating.objects.filter(rated_at__gte=start, rated_at__lt=end))
        .values_list("organisation_id", F("organisation__name"), "level")
        .annotate(count=Count("pk"))
    )
    levels = scale(until)
    return rules.tallies(
        counted, bad_from=levels.bad_from, small_below=integer("ratings.SMALL_SAMPLE", until), levels=levels.words
    )
