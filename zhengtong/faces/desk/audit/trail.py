"""Leaves of a period, and the whole trail of one thing with its chain counted again."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.audit import queries as audit
from zhengtong.foundation.audit.sentences import sentences
from zhengtong.foundation.codes import case_number
from zhengtong.foundation.refusals import N_, NotFound
from zhengtong.foundation.ui.asked import day_asked
from zhengtong.topics.cases import queries as cases

from ..people import worker
from .words import noun_of, thing_of, told

WEEK, LONGEST = timedelta(days=6), timedelta(days=366)
FAULTS = {
    "missing": N_("这一条不见了"),
    "altered": N_("这一条被改过"),
    "no such thing": N_("记录还在，它说的对象不见了"),
    "head cut back": N_("对象上记的条数比记录少，末尾被截短过"),
    "head removed": N_("对象上记的条数被抹掉了"),
    "head altered": N_("对象上的封存值被改过"),
}


def browse(request: HttpRequest) -> HttpResponse:
    """GET /desk/audit/?since=&until=&verb=&who=&thing=&cursor="""
    worker(request, "audit.view")
    until = day_asked(request.GET.get("until", "")) or clock.today()
    since = day_asked(request.GET.get("since", "")) or until - WEEK
    since, until = min(since, until), max(since, until)
    since = max(since, until - LONGEST)
    asked = {name: request.GET.get(name, "").strip()[:80] for name in ("verb", "who", "thing")}
    errors: dict[str, str] = {}
    who, stream = _actor_key(asked["who"]), _stream(asked["thing"])
    if asked["who"] and not who:
        errors["who"] = _("没有这个登录名。")
    if asked["thing"] and not stream:
        errors["thing"] = _("没有这个编号的办件，也没有这个登录名。")
    page = audit.Leaves([])
    if not errors:
        page = audit.leaves_between(
            since, until, verb=asked["verb"], who=who, stream=stream, cursor=request.GET.get("cursor", "")
        )  # fmt: skip
    context = {
        "since": since,
        "until": until,
        "asked": asked,
        "errors": errors,
        "rows": told(page.rows),
        "page": page,
        "verbs": sorted((_(words), verb) for verb, words in sentences.items()),
        "stream": stream,
        "stream_name": f"{noun_of(stream)} {thing_of(stream)}" if stream else "",
    }
    return render(request, "desk/audit/browse.html", context, status=422 if errors else 200)


def stream(request: HttpRequest, stream: str) -> HttpResponse:
    """GET /desk/audit/<stream>/?cursor= ; counted again each time the page is opened."""
    worker(request, "audit.view")
    cursor = request.GET.get("cursor", "")
    after = int(cursor) if cursor.isascii() and cursor.isdigit() and len(cursor) < 10 else 0
    rows, more = audit.leaves_of_stream(stream, after=after)
    report = audit.verify(stream)
    if not report.streams:
        raise NotFound
    fault = report.faults[0] if report.faults else None
    context = {
        "stream": stream,
        "noun": noun_of(stream),
        "thing": thing_of(stream),
        "rows": told(rows),
        "next": str(more) if more else "",
        "first": reverse("desk-audit-stream", args=[stream]) if after else "",
        "count": report.leaves,
        "fault": fault,
        "fault_words": _(FAULTS[fault.what]) if fault else "",
        "verified_at": clock.now(),
    }
    return render(request, "desk/audit/stream.html", context)


def _actor_key(text: str) -> str:
    """The key of whoever is meant: a login, or a key as the trail writes it; empty where there is nobody."""
    if not text or ":" in text:
        return text
    try:
        return f"account:{accounts.account(text).pk}"
    except NotFound:
        return ""


def _stream(text: str) -> str:
    """The trail of what is meant: a case's number, a login, or the name of a stream."""
    if not text or ":" in text:
        return text
    if case_number.is_valid_case_number(text):
        return cases.stream_of_number(text)
    return _actor_key(text)
