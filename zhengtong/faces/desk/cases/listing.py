"""All cases within my scope, newest first; by number, applicant's name, status, item."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from zhengtong.foundation.codes import case_number
from zhengtong.foundation.ui import page_or_fragment, tones
from zhengtong.foundation.ui.paging import Paged, paged
from zhengtong.topics.cases import queries as cases

from ..lights import Light, light_of_case
from ..people import worker

PREFIX = "cases."


@dataclass(frozen=True)
class Row:
    """One case as the list shows it."""

    case: Any
    status: str
    light: Light | None


def browse(request: HttpRequest) -> HttpResponse:
    """GET /desk/cases/?q=&status=&item="""
    actor = worker(request, "cases.view")
    asked = filters_of(request.GET)
    text, status, item = asked["text"], asked["status"], asked["item"]
    page = paged(request, cases.cases_on_desk(actor, **asked))
    rows = [Row(case, f"{PREFIX}{case.status}", light_of_case(case)) for case in page.rows]
    if len(rows) == 1 and case_number.is_valid_case_number(text) and not (status or item):
        return redirect("desk-case", text)
    asked = {"q": text, "status": status, "item": item}
    context: dict[str, Any] = {
        "page": Paged(rows, page.previous, page.next, page.is_cut),
        "asked": asked,
        "statuses": [(code, _(words)) for code, words in statuses().items()],
        "item_name": (rows[0].case.item_name if rows else item) if item else "",
        "without_item": _without(asked, "item"),
        "without_any": reverse("desk-cases") if any(asked.values()) else "",
    }
    return page_or_fragment(request, "desk/cases/browse.html", "_rows", context)


def filters_of(sent: Mapping[str, str]) -> dict[str, str]:
    """What the address or the form narrows the list by; what is no status is left out."""
    status = sent.get("status", "")
    return {
        "text": sent.get("q", "").strip()[:120],
        "status": status if status in statuses() else "",
        "item": sent.get("item", "")[:120],
    }


def statuses() -> Mapping[str, str]:
    """Every status a case may have, with its word, in the order of its life."""
    return {code.removeprefix(PREFIX): look.label for code, look in tones.items() if code.startswith(PREFIX)}


def _without(asked: Mapping[str, str], name: str) -> str:
    kept = {key: value for key, value in asked.items() if value and key != name}
    return f"{reverse('desk-cases')}?{urlencode(kept)}" if kept else reverse("desk-cases")
