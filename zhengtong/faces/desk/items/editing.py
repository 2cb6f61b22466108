"""Edit how a published item is found and reached; rows are added and removed without scripts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhengtong.foundation.access import Actor
from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.refusals import N_, Refused
from zhengtong.foundation.ui.said import go
from zhengtong.topics.items import actions
from zhengtong.topics.items import queries as items
from zhengtong.topics.visits import queries as visits

from ..people import worker
from ..turns import turn
from .keeping import body_names

TEXTS = ("summary", "consult_phone", "complaint_phone")
COLUMNS = {"places": ("organisation", "window", "address", "hours", "phone", "note", "group"), "questions": ("q", "a")}
# Name → label, hint.
LABELS = {
    "summary": (N_("一句话说明"), N_("这件事是什么，谁可以办，最多 500 个字。")),
    "keywords": (N_("关键词"), N_("群众会怎样叫这件事，一行一个，也可以用顿号隔开。")),
    "consult_phone": (N_("咨询电话"), N_("例如 0660-5550188")),
    "complaint_phone": (N_("监督投诉电话"), N_("例如 12345")),
    "organisation": (N_("地点"), ""),
    "window": (N_("窗口"), N_("例如 综合窗口 3—8 号")),
    "address": (N_("地址"), N_("不填就用机构目录里的")),
    "hours": (N_("办公时间"), N_("不填就用机构目录里的")),
    "phone": (N_("电话"), N_("不填就用机构目录里的")),
    "note": (N_("提示"), N_("例如 周三下午不对外办公")),
    "group": (N_("预约窗口组"), N_("群众预约时约的是哪一组窗口")),
    "q": (N_("问题"), ""),
    "a": (N_("回答"), ""),
}
MOST_ROWS = 60
SEPARATORS = re.compile(r"[\n\r、，,；;]+")


@dataclass(frozen=True)
class Box:
    """One field of the form: `name` is the path by which the rules speak of it."""

    name: str
    label: str
    hint: str
    value: str
    error: list[str]


def edit(request: HttpRequest, code: str) -> HttpResponse:
    """GET, POST /desk/items/<code>/edit/"""
    actor = worker(request, "items.manage")
    page = items.editorial(actor, code)
    shown, errors = _told(page.entry), {}
    if request.method == "POST":
        shown = _sent(request.POST)
        if not _rearranged(request.POST, shown):
            shown |= {name: [row for row in shown[name] if any(row.values())] for name in COLUMNS}
            try:
                return _save(request, actor, code, shown)
            except Refused as refusal:
                errors = _errors(refusal)
    context = {
        "item": page.item,
        "version": page.version,
        "seen": page.seen,
        "boxes": _boxes(shown, errors),
        "errors": errors,
        "bodies": _bodies(shown["places"]),
        "groups": visits.groups(),
        "may_add": {name: len(shown[name]) < MOST_ROWS for name in COLUMNS},
        "opened": request.POST.get("_add", ""),
    }
    return render(request, "desk/items/edit.html", context, status=422 if errors else 200)


def _save(request: HttpRequest, actor: Actor, code: str, shown: Mapping[str, Any]) -> HttpResponse:
    seen = request.POST.get("seen", "") or "-"
    with turn(request, "items.edit", code=code) as this:
        if this.is_new:
            actions.edit_editorial(code, changes=_changes(shown), seen=seen, actor=actor)
            this.answer(said="item-unchanged" if items.editorial(actor, code).seen == seen else "item-edited")
    return go("desk-item", code, said=this.answered["said"])


def _errors(refusal: Refused) -> dict[str, Any]:
    if refusal.code == "item_changed":
        return {"": _("您打开页面以后，有人改动了这个事项。您填写的内容还在，请核对后再保存一次。")}
    if not refusal.fields:
        raise refusal
    return refusal.fields


def _told(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The form as the item says it now."""
    return {
        **{name: entry[name] for name in TEXTS},
        "keywords": "\n".join(entry["keywords"]),
        **{name: [{key: row.get(key, "") for key in keys} for row in entry[name]] for name, keys in COLUMNS.items()},
    }


def _sent(given: QueryDict) -> dict[str, Any]:
    """The form as it was sent; rows end where the first number is missing."""
    shown: dict[str, Any] = {name: _line(given, name) for name in TEXTS}
    shown["keywords"] = given.get("keywords", "").strip()
    for name, keys in COLUMNS.items():
        shown[name] = []
        for number in range(MOST_ROWS):
            if f"{name}-{number}-{keys[0]}" not in given:
                break
            shown[name].append({key: _line(given, f"{name}-{number}-{key}") for key in keys})
    return shown


def _line(given: QueryDict, name: str) -> str:
    return given.get(name, "").replace("\r\n", "\n").strip()


def _rearranged(given: QueryDict, shown: dict[str, Any]) -> bool:
    """Whether a row was added or taken out: the page is shown again, nothing is saved."""
    added = given.get("_add", "")
    if added in COLUMNS:
        shown[added].append(dict.fromkeys(COLUMNS[added], ""))
        return True
    name, _dash, number = given.get("_remove", "").partition("-")
    if name in COLUMNS and number.isdecimal() and int(number) < len(shown[name]):
        del shown[name][int(number)]
        return True
    return False


def _changes(shown: Mapping[str, Any]) -> dict[str, Any]:
    """What the editorial part shall say."""
    words = (word.strip() for word in SEPARATORS.split(shown["keywords"]))
    return {
        **{name: shown[name] for name in TEXTS},
        "keywords": list(dict.fromkeys(word for word in words if word)),
        **{name: shown[name] for name in COLUMNS},
    }


def _boxes(shown: Mapping[str, Any], errors: Mapping[str, Any]) -> dict[str, Any]:
    def box(key: str, value: str, path: str) -> Box:
        label, hint = LABELS[key]
        return Box(path, _(label), _(hint) if hint else "", value, list(errors.get(path, ())))

    single = {name: box(name, shown[name], name) for name in (*TEXTS, "keywords")}
    rows = {
        name: [
            {key: box(key, row[key], f"{name}-{number}-{key}") for key in keys}
            for number, row in enumerate(shown[name])
        ]
        for name, keys in COLUMNS.items()
    }
    return {**single, **rows}


def _bodies(places: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    """Code, name and group of whatever may be a place: halls, departments and towns, and those already named."""
    halls = {hall.code: hall.name for hall in directory.halls()}
    others = {body.code: body.name for body in directory.departments()}
    named = body_names(row["organisation"] for row in places if row["organisation"] not in halls | others)
    groups = ((_("政务服务大厅"), halls), (_("部门和镇街"), others), (_("已经填写的"), named))
    return [(code, name, group) for group, bodies in groups for code, name in bodies.items()]
