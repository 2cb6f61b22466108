"""Sample pages with every component in every state, long and empty data; their own routes, no database."""

from contextlib import AbstractContextManager, ExitStack
from datetime import date, datetime
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.defaults import page_not_found

from zhengtong.foundation.access import Actor, Grant
from zhengtong.foundation.clock import CHINA
from zhengtong.foundation.refusals import NotFound, Refused
from zhengtong.foundation.ui import Entry, Status, Suggestion, Tab, Task, TimelineStep, Tone, Upload, menu, tones
from zhengtong.foundation.ui.pages import accessibility, offline, server_error
from zhengtong.foundation.ui.preferences import save_preferences

NOON = datetime(2026, 11, 22, 14, 3, tzinfo=CHINA)
CITIZEN = Actor(key="account:1", kind="citizen", name="李晓岚", account_id=UUID(int=1))
CLERK = Actor(
    key="account:2",
    kind="staff",
    name="周敏",
    account_id=UUID(int=2),
    grants=(Grant("cases.view"), Grant("cases.accept")),
)
LONG_NAME = "番江区市场监督管理局（知识产权局）行政许可与登记注册科"
LONG_ITEM = "食品经营许可（新办，餐饮服务，含网络经营、学校食堂承包经营企业及中央厨房）"

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
REASON = "经营场所与污染源距离不足 25 米。您可以在收到决定书之日起 60 日内申请行政复议。"
TASKS = [
    Task("经营者信息", "#a", "done", hint="已从营业执照带入"),
    Task("经营场所与面积", "#b", "fault"),
    Task("从业人员", "#c", "current", hint="至少一名食品安全管理人员"),
    Task("上传材料", "#d", "todo"),
    Task("核对并提交", "", "blocked", hint="前面几项完成后可以提交"),
]
TIMELINE = [
    TimelineStep("网上提交", at=NOON, who="李晓岚"),
    TimelineStep("窗口收件", at=NOON, where="番江区政务服务中心 综合窗口 3 号", who="周敏"),
    TimelineStep(
        "审查", "current", due=date(2026, 11, 26), where=LONG_NAME, who="许可科审查岗",
        next="审查人员会核对经营场所布局图。如需现场查看，会提前一天打电话给您。",
    ),
    TimelineStep("决定", "future", due=date(2026, 12, 1), is_provisional=True),
    TimelineStep("领取证照", "future", note="电子证照自动存入“我的证照”，纸质证照可邮寄。"),
]  # fmt: skip
REFUSED_TIMELINE = [
    TimelineStep("窗口收件", at=NOON),
    TimelineStep("不予许可", "refused", at=NOON, note=REASON),
]  # fmt: skip
UPLOADS = [
    Upload("经营场所布局图.pdf", 2_411_724, "clean", path="#f", remove_path="/remove/"),
    Upload("食品安全管理人员健康证明（正反面）2026年度体检番江区第一人民医院出具_扫描件最终版.jpg", 812_000, "parked"),
    Upload("租赁合同.docx", 96_000, "refused", note="这份文件里有宏，不能收下。请另存为 PDF 再传。"),
    Upload("设备清单.xlsx", 4_200_000, "uploading", percent=62),
]
LONG_FIRM = "云州市顺达汽车服务有限公司番江第一分公司"
ROWS = [
    {"number": "2611220000138", "item": LONG_ITEM, "who": "番江区小满餐饮店", "status": "sample.accepted", "left": 3},
    {"number": "2611220000146", "item": "高龄津贴", "who": "李*国", "status": "sample.correction", "left": 0},
    {"number": "2611210000995", "item": "机动车维修备案", "who": LONG_FIRM, "status": "sample.elsewhere", "left": -2},
]  # fmt: skip
ERRORS = {"area": "请填写经营面积，例如 85.5", "phone": ["手机号码应为 11 位，以 1 开头。"]}


def common(actor: Actor | None = None) -> dict[str, Any]:
    return {
        "district_name": "番江区", "actor": actor, "actor_post": "番江区政务服务中心 综合窗口岗", "tasks": TASKS,
        "timeline": TIMELINE, "refused_timeline": REFUSED_TIMELINE, "uploads": UPLOADS, "rows": ROWS, "errors": ERRORS,
        "statuses": list(STATUSES), "steps": ["选择情形", "填写信息", "上传材料", "核对", "提交"],
        "today": NOON.date(), "noon": NOON,
        "tabs": [Tab("待我办", "?v=mine", True, 23), Tab("已办", "?v=done", count=1001), Tab("全部", "?v=all")],
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
