"""Bills of my offices, newest first; by state, day, item, number or payer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zhengtong.foundation.ui import page_or_fragment
from zhengtong.foundation.ui.asked import day_asked
from zhengtong.foundation.ui.paging import paged
from zhengtong.topics.payments import queries as payments

from ..people import worker


def browse(request: HttpRequest) -> HttpResponse:
    """GET /desk/payments/?state=&day=&item=&q="""
    actor = worker(request, "payments.view")
    state = request.GET.get("state", "")
    asked: dict[str, Any] = {
        "state": state if state in payments.STATES else "",
        "item": request.GET.get("item", "")[:120],
        "text": request.GET.get("q", "").strip()[:120],
    }
    day = day_asked(request.GET.get("day", ""))
    page = paged(request, payments.bills_for(actor, **asked, day=day))
    context = {
        "page": page,
        "asked": {**asked, "day": day},
        "states": [(code, _(words)) for code, words in payments.STATES.items()],
        "totals": [(code, _(words), count, yuan) for code, words, count, yuan in payments.totals_for(actor)],
        "may_compare": actor.may("payments.manage"),
        "is_narrowed": any(asked.values()) or day is not None,
    }
    return page_or_fragment(request, "desk/payments/browse.html", "_rows", context)
