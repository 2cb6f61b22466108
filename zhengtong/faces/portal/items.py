"""Find an item, and its guide: can I, what do I need, how long, what does it cost, where."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import F
from django.db.models.fields.json import KT
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhengtong.engines.deadlines.rules import Limit
from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.ui import Suggestion, Tab, page_or_fragment
from zhengtong.foundation.ui.formats import duration
from zhengtong.foundation.ui.paging import Paged, paged
from zhengtong.topics.items import queries as items
from zhengtong.topics.visits import queries as visits

from .limits import answered_in

AUDIENCES = ("person", "entity")


@dataclass(frozen=True)
class Row:
    """One item in a list of results."""

    code: str
    name: str
    summary: str
    department: str
    limit: str
    is_on_the_spot: bool
    is_online: bool
    is_free: bool


def search(request: HttpRequest) -> HttpResponse:
    """GET /items/?q=&audience=&event=&department="""
    asked = request.GET
    text = asked.get("q", "").strip()[:100]
    audience = asked.get("audience", "") if asked.get("audience") in AUDIENCES else ""
    wanted = items.Published(
        audience=audience, event=asked.get("event", "")[:120], organisation=asked.get("department", "")[:200]
    )
    words: tuple[str, ...] = ()
    how = ""
    if text:
        found = items.search_items(text, wanted)
        rows, words, how = found.rows, found.words, found.how
        first: Any = rows.first() if asked.get("go") else None
        if first is not None and first.name == text:
            return HttpResponseRedirect(reverse("item", args=[first.code]))
    else:
        rows = items.published_items(wanted)
    page = paged(request, rows.annotate(summary=KT("editorial__summary"), promised=F("definition__promised_limit")))
    context = {
        "text": text,
        "event": wanted.event,
        "department": _department_name(wanted.organisation),
        "page": Paged([*_rows(page.rows)], page.previous, page.next),
        "words": words,
        "is_near": bool(text) and how in ("pieces", "any"),
        "tabs": _tabs(asked.dict(), audience),
        "departments": _departments() if not (text or wanted.event or wanted.organisation) else (),
    }
    return page_or_fragment(request, "portal/items/search.html", "_results", context)


def _rows(rows: Iterable[Any]) -> Iterable[Row]:
    rows = list(rows)
    names = directory.organisations({row.organisation for row in rows})
    for row in rows:
        body = names.get(row.organisation)
        promised = row.promised
        limit = duration(Limit.of(promised)) if promised and promised.get("amount") else ""
        yield Row(
            code=row.code,
            name=row.name,
            summary=row.summary or "",
            department=body.short_name if body else "",
            limit=limit,
            is_on_the_spot=row.case_type == "on_the_spot",
            is_online=bool({"online", "mobile"} & set(row.channels)),
            is_free=not row.charged,
        )


def _tabs(asked: dict[str, str], audience: str) -> list[Tab]:
    kept = {name: value for name, value in asked.items() if name in ("q", "event", "department") and value}
    labels = (("", _("全部")), ("person", _("个人办事")), ("entity", _("企业和单位办事")))
    base = reverse("items")
    return [
        Tab(
            label,
            f"{base}?{urlencode({**kept, **({'audience': key} if key else {})})}".rstrip("?"),
            current=key == audience,
        )
        for key, label in labels
    ]


def _departments() -> list[tuple[str, str]]:
    codes = items.departments_of_published()
    bodies = directory.organisations(codes)
    return [(code, bodies[code].short_name) for code in codes if code in bodies]


def _department_name(code: str) -> str:
    body = directory.organisations([code]).get(code) if code else None
    return body.short_name if body else code


def suggest(request: HttpRequest) -> HttpResponse:
    """GET /items/suggest/?q= : what the person may be about to ask."""
    text = request.GET.get("q", "").strip()[:60]
    found = items.suggest(text) if text else []
    path = reverse("items")
    suggestions = [Suggestion(each, f"{path}?{urlencode({'q': each, 'go': 1})}") for each in found]
    return render(request, "ui/_suggestions.html", {"suggestions": suggestions})


def guide(request: HttpRequest, code: str) -> HttpResponse:
    """GET /items/<code>/"""
    told = items.guide(code)
    materials = told.materials
    context = {
        "guide": told,
        "needed": [row for row in materials if row.material.is_required and row.material.when is None],
        "maybe": [row for row in materials if row.material.is_required and row.material.when is not None],
        "optional": [row for row in materials if not row.material.is_required],
        "promised": duration(told.promised_limit),
        "statutory": duration(told.statutory_limit),
        "is_person": "person" in told.version.audience,
        "is_entity": "entity" in told.version.audience,
        "is_here": told.version.is_decided_here,
        "answered_in": answered_in(),
        "reads": True,
        "bookable": {counter.group.pk for counter in visits.counters_among(told.places)},
    }
    return render(request, "portal/items/guide.html", context)
