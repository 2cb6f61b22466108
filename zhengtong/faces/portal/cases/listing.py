"""My cases in three heaps: under way, waiting for me, ended; what I have begun to fill in lies on top."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from zhengtong.foundation.ui import Tab, page_or_fragment
from zhengtong.foundation.ui.paging import Paged, paged
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.ratings import queries as ratings

from ..people import citizen
from .words import now_of

MINE = "correction_requested"
HEAPS = ("running", "waiting", "ended")
MOST_DRAFTS = 20


def mine(request: HttpRequest) -> HttpResponse:
    """GET /cases/?heap="""
    actor = citizen(request)
    counts = cases.counts_by_status(actor)
    waiting = counts.get(MINE, 0)
    heap = request.GET.get("heap", "")
    heap = heap if heap in HEAPS else "waiting" if waiting else "running"
    page = paged(request, _heap(cases.cases_of(actor), heap))
    context: dict[str, Any] = {
        "page": Paged([now_of(case) for case in page.rows], page.previous, page.next),
        "heap": heap,
        "tabs": _tabs(heap, waiting),
        "drafts": list(cases.drafts_of(actor).select_related("applicant")[:MOST_DRAFTS]),
        "has_any": bool(counts),
        "to_rate": set(ratings.cases_to_rate(actor).values_list("case_number", flat=True)[:100]) if counts else set(),
    }
    return page_or_fragment(request, "portal/cases/mine.html", "_heap", context)


def _heap(rows: QuerySet[Any], heap: str) -> QuerySet[Any]:
    if heap == "waiting":
        return rows.filter(status=MINE)
    if heap == "ended":
        return rows.filter(ended_at__isnull=False)
    return rows.filter(ended_at=None).exclude(status=MINE)


def _tabs(heap: str, waiting: int) -> list[Tab]:
    labels = {"running": _("办理中"), "waiting": _("待我处理"), "ended": _("已办结")}
    return [
        Tab(
            label,
            f"{reverse('cases')}?heap={key}",
            current=key == heap,
            count=waiting if key == "waiting" and waiting else None,
        )
        for key, label in labels.items()
    ]
