"""Whole pages made of components, with their own routes and no database.

What stands on them are the examples of the catalogue (`faces/desk/components`), where every state of every component
is shown; here they meet on one page, as they do in life.
"""

from contextlib import AbstractContextManager, ExitStack
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.defaults import page_not_found

from zhengtong.faces.desk.components.samples import (
    ERRORS,
    NOON,
    REFUSED_TIMELINE,
    ROWS,
    STEPS,
    TABS,
    TASKS,
    TIMELINE,
    TODAY,
    UPLOADS,
)
from zhengtong.foundation.access import Actor, Grant
from zhengtong.foundation.refusals import NotFound, Refused
from zhengtong.foundation.ui import Entry, Status, Suggestion, Tone, menu, tones
from zhengtong.foundation.ui.pages import accessibility, offline, server_error
from zhengtong.foundation.ui.preferences import save_preferences

CITIZEN = Actor(key="account:1", kind="citizen", name="李晓岚", account_id=UUID(int=1))
CLERK = Actor(
    key="account:2",
    kind="staff",
    name="周敏",
    account_id=UUID(int=2),
    grants=(Grant("cases.view"), Grant("cases.accept")),
)

ENTRIES = {
    "sample.home": Entry(face="portal", label="首页", path="/", icon="home", order=1, on_bar=True),
    "sample.items": Entry(face="portal", label="办事", path="/items/", icon="list-check", order=2, on_bar=True),
    "sample.cases": Entry(
        face="portal", label="我的办件", path="/cases/", icon="clipboard-list", order=3, on_bar=True, signed_in=True
    ),
    "sample.credentials": Entry(
        face="portal", label="我的证照", path="/credentials/", icon="certificate", order=4, on_bar=True, signed_in=True
    ),
    "sample.inbox": Entry(
        face="desk", label="待办", path="/desk/", icon="inbox", order=1, permission="cases.view", count=lambda actor: 23
    ),
    "sample.counter": Entry(face="desk", label="窗口收件", path="/desk/cases/new/", icon="file-plus", order=2),
    "sample.all": Entry(face="desk", label="全部办件", path="/desk/cases/", icon="files", order=3),
    "sample.catalogue": Entry(
        face="desk", label="事项管理", path="/desk/items/", icon="list-details", order=4, group="管理"
    ),
    "sample.audit": Entry(
        face="desk",
        label="审计",
        path="/desk/audit/",
        icon="shield-check",
        order=5,
        group="管理",
        permission="audit.view",
    ),
}
STATUSES = {
    "sample.draft": Status("草稿", Tone.NEUTRAL, "edit"),
    "sample.accepted": Status("已受理", Tone.PRIMARY, "circle-check"),
    "sample.correction": Status("待补正", Tone.WARNING, "arrow-back-up"),
    "sample.granted": Status("准予许可", Tone.SUCCESS, "rubber-stamp"),
    "sample.refused": Status("不予许可", Tone.DANGER, "ban"),
    "sample.elsewhere": Status("上级系统办理中", Tone.INFO, "external-link"),
}


def common(actor: Actor | None = None) -> dict[str, Any]:
    return {
        "district_name": "番江区", "actor": actor, "actor_post": "番江区政务服务中心 综合窗口岗", "tasks": TASKS,
        "timeline": TIMELINE, "refused_timeline": REFUSED_TIMELINE, "uploads": UPLOADS, "rows": ROWS, "errors": ERRORS,
        "statuses": list(STATUSES), "steps": STEPS, "today": TODAY, "noon": NOON, "tabs": TABS,
    }  # fmt: skip


def portal(request: HttpRequest) -> HttpResponse:
    return render(request, "sample/portal.html", common(CITIZEN))


def desk(request: HttpRequest) -> HttpResponse:
    return render(request, "sample/desk.html", common(CLERK))


def suggestions(request: HttpRequest) -> HttpResponse:
    found = [
        Suggestion("食品经营许可", "/items/food/", "番江区市场监督管理局"),
        Suggestion("开办餐饮店一件事", "/items/x/"),
    ]
    return render(request, "ui/_suggestions.html", {"suggestions": found if request.GET.get("q") else []})


def autosave(request: HttpRequest) -> HttpResponse:
    """Answers as a draft would: the version must be the one last given out."""
    version = int(request.POST["version"])
    if request.POST.get("note") == "stale":
        return JsonResponse({}, status=409)
    return JsonResponse({"version": version + 1, "saved_at": "10:32"})


def sign_in(request: HttpRequest) -> HttpResponse:
    wrong = {"message": "用户名或密码不正确。", "login": "13800000000"} if request.GET.get("wrong") else {}
    return render(
        request, "ui/sign_in.html", {"register_path": "/accounts/register/", **common(), **wrong, "errors": {}}
    )


def refused(request: HttpRequest) -> HttpResponse:
    class TooLate(Refused):
        """Refused: for the sample."""

        code = "too_late"
        message = "这件事已经作出决定，不能再撤回。"
        remedy = "如果不服决定，可以在收到决定书之日起 60 日内申请行政复议。"

    raise TooLate(fields={"reason": ["理由不能为空。"]})


def lost(request: HttpRequest) -> HttpResponse:
    raise NotFound


def missing(request: HttpRequest) -> HttpResponse:
    return page_not_found(request, Exception())


urlpatterns = [
    path("", portal),
    path("desk/", desk),
    path("items/suggestions/", suggestions),
    path("autosave/", autosave),
    path("sign-in/", sign_in),
    path("refused/", refused),
    path("lost/", lost),
    path("missing/", missing),
    path("broken/", server_error),
    path("offline/", offline),
    path("accessibility/", accessibility),
    path("preferences/", save_preferences),
]


def registered() -> AbstractContextManager[Any]:
    """The sample's menu and statuses, and only these, within the block."""
    stack = ExitStack()
    stack.enter_context(patch.object(menu, "_entries", dict(ENTRIES)))  # the faces' own entries stand aside
    for code, status in STATUSES.items():
        stack.enter_context(tones.registered(code, status))
    return stack
