"""How much really was handled online: the share of items beside the share of cases, and the cases behind a figure."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhengtong.foundation import clock
from zhengtong.foundation.ui.asked import day_asked
from zhengtong.foundation.ui.paging import paged
from zhengtong.topics.cases import queries as cases

from ..people import worker

MONTH, LONGEST = timedelta(days=30), timedelta(days=366)


def online(request: HttpRequest) -> HttpResponse:
    """GET /desk/cases/online/?since=&until=&department=&item=&heap=; with a heap, the cases it counts."""
    actor = worker(request, "cases.measure")
    since, until = _period(request)
    department = request.GET.get("department", "")[:40]
    period = {"since": since.isoformat(), "until": until.isoformat()}
    context: dict[str, Any] = {
        "since": since,
        "until": until,
        "department": department,
        "period": urlencode(period),
        "all_of_period": urlencode(period | ({"department": department} if department else {})),
    }
    heap = request.GET.get("heap", "")
    if heap in cases.HEAPS:
        item = request.GET.get("item", "")[:120]
        rows = cases.cases_behind(actor, since=since, until=until, heap=heap, department=department, item=item)
        context |= {"page": paged(request, rows), "heap": _(cases.HEAPS[heap])}
        return render(request, "desk/cases/online_cases.html", context)
    context["share"] = cases.online_share(actor, since=since, until=until, department=department)
    return render(request, "desk/cases/online.html", context)


def _period(request: HttpRequest) -> tuple[date, date]:
    """Both days included; a month up to today unless asked for otherwise, a year at most."""
    until = day_asked(request.GET.get("until", "")) or clock.today()
    since = day_asked(request.GET.get("since", "")) or until - MONTH
    since, until = min(since, until), max(since, until)
    return max(since, until - LONGEST), until
