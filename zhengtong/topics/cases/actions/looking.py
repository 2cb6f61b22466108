"""What somebody at the desk sees of a case: when he last looked, a masked value opened, words he keeps."""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import connection, transaction

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.refusals import NotFound

from ..models import Case, Phrase
from ..queries.revealing import opened
from ..queries.reviewing import PHRASES
from .moving import locked

# Within this time it is one sitting, and what was new at its beginning stays marked.
SITTING = timedelta(minutes=30)
LONGEST = 300


def look_at_case(case: Case, *, actor: Actor) -> datetime | None:
    """Remember that the actor has the case before him; tells when he had it last, None the first time."""
    access.require(actor, "cases.look", case)
    now, key = clock.now(), f"cases.look.{actor.account_id}.{case.pk}"
    sitting: tuple[datetime, datetime | None] | None = cache.get(key)
    if sitting and timedelta() <= now - sitting[0] < SITTING:
        return sitting[1]
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO cases_look (account_id, case_id, at) VALUES (%s, %s, %s)
               ON CONFLICT (account_id, case_id) DO UPDATE SET at = EXCLUDED.at,
               before = CASE WHEN cases_look.at < %s THEN cases_look.at ELSE cases_look.before END
               RETURNING before""",
            [actor.account_id, case.pk, now, now - SITTING],
        )
        before: datetime | None = cursor.fetchone()[0]
    cache.set(key, (now, before), SITTING.total_seconds())
    return before


@transaction.atomic
def reveal_value(case: Case, *, path: str, actor: Actor) -> str:
    """A value that pages show masked, opened for whoever must carry it across; who, which and when is on record."""
    case, item = locked(case)
    access.require(actor, "cases.reveal", case)
    value = opened(case, item, path)
    record("cases.case.revealed", case, actor=actor, field=path)
    return value


@transaction.atomic
def keep_phrase(text: str, *, kind: str, actor: Actor) -> Phrase:
    """Keep words of one's own for the next time; the same words once."""
    access.require(actor, "cases.phrase")
    assert actor.account_id is not None
    kept, _ = Phrase.objects.get_or_create(
        account_id=actor.account_id, kind=kind, text=text.strip()[:LONGEST], defaults={"added_at": clock.now()}
    )
    cache.delete(f"{PHRASES}.{actor.account_id}")
    return kept


@transaction.atomic
def drop_phrase(phrase: int, *, actor: Actor) -> None:
    """Forget words of one's own."""
    found = Phrase.objects.filter(pk=phrase).first()
    if found is None:
        raise NotFound
    access.require(actor, "cases.phrase", found)
    found.delete()
    cache.delete(f"{PHRASES}.{actor.account_id}")
