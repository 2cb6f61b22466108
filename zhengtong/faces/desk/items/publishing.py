"""Publish a draft: what it changes, what stands in its way, whom it touches, from which day."""

from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhengtong.foundation.refusals import Refused
from zhengtong.foundation.ui import formats
from zhengtong.foundation.ui.said import go
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.items import actions
from zhengtong.topics.items import queries as items

from ..people import worker
from ..turns import in_words, turn


def publish(request: HttpRequest, code: str) -> HttpResponse:
    """GET, POST /desk/items/<code>/publish/"""
    actor = worker(request, "items.manage")
    errors: dict[str, Any] = {}
    if request.method == "POST":
        day = _day(request.POST.get("valid_from", ""), errors)
        seen = request.POST.get("seen", "") or "-"
        if day is not None:
            try:
                with turn(request, "items.publish", code=code) as this:
                    if this.is_new:
                        actions.publish_version(code, valid_from=day, seen=seen, actor=actor)
                return go("desk-item", code, said="item-published")
            except Refused as refusal:
                if not refusal.fields:
                    raise
                errors["valid_from"] = in_words(refusal)
    found = items.publication(actor, code, say=_, lasting=formats.duration)
    context = {
        "page": found,
        "item": found.item,
        "parts": [(part, list(rows)) for part, rows in groupby(found.changes, key=lambda change: change.part)],
        "standing": cases.standing_under(actor, found.item),
        "errors": errors,
        "valid_from": request.POST.get("valid_from") or found.suggested.isoformat(),
    }
    return render(request, "desk/items/publish.html", context, status=422 if errors else 200)


def _day(text: str, errors: dict[str, Any]) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        errors["valid_from"] = _("请选择施行日期，例如 2026-12-01。")
        return None
