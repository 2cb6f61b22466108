"""Lists begin with who asks: the scope is in the query."""

from collections import Counter

from django.db.models import Count, Q, QuerySet

from zhengtong.foundation.access import Actor, visible
from zhengtong.foundation.codes import case_number
from zhengtong.foundation.refusals import NotFound

from ..models import Case
from ..rules import ENDED, Status
from .numbers import by_number

COUNTED_UP_TO = 1_000
LATELY = 2_000


def _scoped(actor: Actor) -> QuerySet[Case]:
    return visible(actor, "cases.view", Case.objects.all())


def cases_of(actor: Actor) -> QuerySet[Case]:
    """A citizen's cases, his own and those he handles for others, newest first; without the answers."""
    return _scoped(actor).defer("form").select_related("department").order_by("-submitted_at", "-id")


def cases_on_desk(actor: Actor, *, status: str = "", item: str = "", text: str = "") -> QuerySet[Case]:
    """Cases within a member of staff's scope, newest first; text is any number of a case or an applicant's name."""
    rows = _scoped(actor).defer("form").select_related("department", "acceptor")
    if status:
        rows = rows.filter(status=status)
    if item:
        rows = rows.filter(item_code=item)
    text = text.strip()
    if any(letter.isdigit() for letter in text):
        wanted = by_number(text)
        rows = rows.filter(wanted if case_number.is_valid_case_number(text) else wanted | _by_name(text))
    elif text:
        rows = rows.filter(_by_name(text))
    return rows.order_by("-submitted_at", "-id")


def _by_name(text: str) -> Q:
    return Q(applicant_name__startswith=text)


def case_for(actor: Actor, number: str) -> Case:
    """One case within the actor's scope. Refused (not found) otherwise."""
    rows = _scoped(actor).select_related("department", "acceptor", "applicant", "operator")
    found = rows.filter(number=number).first()
    if found is None:
        raise NotFound
    return found


def counts_by_status(actor: Actor) -> dict[str, int]:
    """How many of a citizen's cases stand where."""
    counted = _scoped(actor).order_by().values_list("status").annotate(Count("id"))
    return dict(counted)


def unended_count(actor: Actor) -> int:
    """Cases still under way, counted up to a thousand."""
    rows = _scoped(actor).filter(status__in=[s for s in Status if s not in ENDED])
    return rows.order_by()[: COUNTED_UP_TO + 1].count()


def items_filed_lately(*, limit: int = 8) -> list[str]:
    """The codes of the items that the latest cases were filed for, most filed first; tells nothing about anybody."""
    latest = Case.objects.order_by("-id").values_list("item_code", flat=True)[:LATELY]
    return [code for code, _ in Counter(latest).most_common(limit)]
