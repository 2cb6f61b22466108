"""The hours of window groups: change them, look whom it would affect, then save."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhengtong.foundation.refusals import Refused
from zhengtong.foundation.ui.said import go
from zhengtong.topics.visits import actions
from zhengtong.topics.visits import queries as visits

from ..people import worker
from ..turns import in_words, turn

ROWS = 8
COLUMNS = ("days", "from", "to", "places")
SEPARATORS = re.compile(r"[\s、，,；;]+")


def hours(request: HttpRequest) -> HttpResponse:
    """GET /desk/visits/hours/"""
    actor = worker(request, "visits.manage")
    rows = [{"group": group, "hours": _told(group.hours)} for group in visits.kept_groups(actor)]
    return render(request, "desk/visits/hours.html", {"rows": rows, "days": _days()})


def edit(request: HttpRequest, code: str) -> HttpResponse:
    """GET, POST /desk/visits/hours/<code>/: `look` shows the effect, `save` writes it."""
    actor = worker(request, "visits.manage")
    group = visits.kept_group(actor, code)
    context: dict[str, Any] = {
        "group": group,
        "rows": _rows([{**row, "places": str(row["places"])} for row in group.hours]),
        "closed": "\n".join(day.isoformat() for day in group.closed_days),
        "days": _days(),
        "errors": {},
        "reason": "",
        "affected": None,
        "may_receive": actor.may("visits.receive"),
    }
    if request.method != "POST":
        return render(request, "desk/visits/edit.html", context)
    sent = _sent(request.POST)
    context |= {"rows": _rows(sent), "closed": request.POST.get("closed", ""), "reason": request.POST.get("reason", "")}
    wanted, closed, errors = _wanted(sent, context["closed"])
    if not errors:
        affected = visits.affected_by(group, wanted, closed)
        context |= {"affected": affected, "seen": visits.seen_of(group, affected)}
        if "save" in request.POST:
            errors = _save(request, code, wanted, closed)
            if not errors:
                return go("desk-visit-hours", said="visit-hours")
    return render(
        request,
        "desk/visits/edit.html",
        context | {"errors": errors, "wrong": errors.get("days-0", "")},
        status=422 if errors else 200,
    )


def _save(request: HttpRequest, code: str, wanted: Sequence[dict[str, Any]], closed: list[date]) -> dict[str, str]:
    actor = worker(request, "visits.manage")
    try:
        with turn(request, "visits.hours", code=code) as this:
            if this.is_new:
                actions.change_hours(
                    code, hours=wanted, closed_days=closed, seen=request.POST.get("seen", ""),
                    reason=request.POST.get("reason", ""), actor=actor,
                )  # fmt: skip
    except Refused as refusal:
        if refusal.code == "hours_effect_changed":
            return {"": in_words(refusal)}
        if not refusal.fields:
            raise
        return {name: in_words(refusal) for name in refusal.fields}
    return {}


def _sent(given: QueryDict) -> list[dict[str, str]]:
    rows = [{name: given.get(f"{name}-{number}", "").strip()[:10] for name in COLUMNS} for number in range(ROWS)]
    return [row for row in rows if row["from"] or row["to"] or row["places"]]


def _wanted(sent: Sequence[dict[str, str]], closed: str) -> tuple[list[dict[str, Any]], list[date], dict[str, str]]:
    """Hours and closed days as the rules want them, or what is wrong with them."""
    errors: dict[str, str] = {}
    wanted: list[dict[str, Any]] = []
    days: list[date] = []
    try:
        wanted = visits.hours_in_order(
            [{**row, "places": int(row["places"]) if row["places"].isdecimal() else 0} for row in sent]
        )
    except Refused as refusal:
        errors["days-0"] = in_words(refusal)
    except (ValueError, KeyError):
        errors["days-0"] = _("时间请写成 08:30 的样子。")
    try:
        days = [date.fromisoformat(word) for word in SEPARATORS.split(closed) if word]
    except ValueError:
        errors["closed"] = _("日期请写成 2026-12-01 的样子，一行一个。")
    return wanted, days, errors


def _rows(filled: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    blank = dict.fromkeys(COLUMNS, "")
    return [*filled, *[blank] * max(ROWS - len(filled), 0)]


def _days() -> list[tuple[str, str]]:
    return [(str(key), _(words)) for key, words in visits.DAYS.items()]


def _told(rows: Sequence[dict[str, Any]]) -> list[tuple[str, str, int]]:
    """Days, from and to, places."""
    words = {key: _(said) for key, said in visits.DAYS.items()}
    return [(words[row["days"]], f"{row['from']}—{row['to']}", row["places"]) for row in rows]
