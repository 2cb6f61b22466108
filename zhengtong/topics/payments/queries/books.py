"""Our book of a day, what came in per state, and where the provider's differs."""

from datetime import date, datetime, time, timedelta

from django.db.models import Count, QuerySet, Sum

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, visible

from ..models import Bill, Payment, Refund, Statement
from ..rules import STATES, Entry, RefundState, Way, yuan


def _of(day: date) -> tuple[datetime, datetime]:
    start = datetime.combine(day, time.min, clock.CHINA)
    return start, start + timedelta(days=1)


def our_entries(day: date) -> list[Entry]:
    """What came in and went back online on a day, by the provider's transaction numbers."""
    start, end = _of(day)
    came = Payment.objects.filter(way=Way.ONLINE, paid_at__gte=start, paid_at__lt=end)
    gone = Refund.objects.filter(
        payment__way=Way.ONLINE, state=RefundState.DONE, done_at__gte=start, done_at__lt=end
    ).exclude(transaction="")
    found = [Entry("payment", t, a, b) for t, a, b in came.values_list("transaction", "amount", "bill__number")]
    return found + [Entry("refund", t, a, n) for t, a, n in gone.values_list("transaction", "amount", "number")]


def statements_for(actor: Actor) -> QuerySet[Statement]:
    """Days that were compared, newest first."""
    return visible(actor, "payments.compare", Statement.objects.defer("entries")).order_by("-day")


def differences_for(actor: Actor, day: date) -> Statement | None:
    """One day's comparison, if it was made."""
    return visible(actor, "payments.compare", Statement.objects.filter(pk=day)).first()


def totals_for(actor: Actor) -> list[tuple[str, str, int, str]]:
    """Per state of a bill within scope: code, word, how many, yuan in all."""
    rows = visible(actor, "payments.view", Bill.objects.all()).order_by().values_list("state")
    counted = {state: (count, total) for state, count, total in rows.annotate(Count("pk"), Sum("amount"))}
    known = [(state, words, *counted[state]) for state, words in STATES.items() if state in counted]
    return [(state, words, count, yuan(total)) for state, words, count, total in known]
