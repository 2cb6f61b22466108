"""Rate a finished case: five levels, a few words if one likes; change it once."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhengtong.foundation.idempotency.actions import once
from zhengtong.foundation.refusals import Refused
from zhengtong.foundation.ui.said import go
from zhengtong.topics.cases.actions import Channel
from zhengtong.topics.ratings import actions
from zhengtong.topics.ratings import queries as ratings

from .people import channel_of, citizen, key_of


def rate(request: HttpRequest, number: str) -> HttpResponse:
    """GET, POST /ratings/<number>/"""
    actor = citizen(request)
    chance = ratings.chance_for(actor, number)
    before = chance.rating
    given: dict[str, Any] = {
        "level": before.level if before else None,
        "labels": before.labels if before else [],
        "text": before.text if before else "",
        "naming": before.naming if before else "named",
    }
    errors: dict[str, str] = {}
    if request.method == "POST":
        given, errors = _sent(request)
        if not errors:
            errors = _rate(request, number, given)
        if not errors:
            return go("case", number, said="rated")
    context = {
        "chance": chance,
        "given": given,
        "errors": errors,
        "labels": chance.labels(),
        "is_open": chance.may_rate or chance.may_amend,
    }
    return render(request, "portal/ratings/rate.html", context, status=422 if errors else 200)


def _sent(request: HttpRequest) -> tuple[dict[str, Any], dict[str, str]]:
    level = request.POST.get("level", "")
    given = {
        "level": int(level) if level.isascii() and level.isdigit() else None,
        "labels": request.POST.getlist("labels"),
        "text": request.POST.get("text", ""),
        "naming": "anonymous" if request.POST.get("naming") == "anonymous" else "named",
    }
    errors = {} if given["level"] else {"level": _("请在五个等级中选择一个。")}
    return given, errors


def _rate(request: HttpRequest, number: str, given: dict[str, Any]) -> dict[str, str]:
    actor = citizen(request)
    words = {name: given[name] for name in ("level", "labels", "text")}
    try:
        with once(actor, key_of(request), action="ratings.rate", body={"number": number, **given}) as turn:
            if turn.is_new and ratings.rating_of(actor, number) is not None:
                actions.amend_rating(number, **words, actor=actor)
            elif turn.is_new:
                channel = "mobile" if channel_of(request) == Channel.MOBILE else "web"
                actions.rate_case(number, **words, naming=given["naming"], channel=channel, actor=actor)
    except Refused as refusal:
        if not refusal.fields:
            raise
        return {field: " ".join(_(message) for message in messages) for field, messages in refusal.fields.items()}
    return {}
