"""What went out to people and why it failed, the words for each happening; and what the desk itself tells me."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.engines.notices import actions, rules
from zhengtong.engines.notices import queries as notices
from zhengtong.engines.notices.rules import CHANNELS, Channel
from zhengtong.foundation.refusals import N_, Refused, filled
from zhengtong.foundation.ui import Tab
from zhengtong.foundation.ui.paging import Paged, paged
from zhengtong.foundation.ui.said import go

from .people import worker
from .turns import turn

MANAGE = "notices.manage"
SHELVES = {
    "": N_("全部"),
    "failed": N_("未送达"),
    "waiting": N_("等待发送"),
    "sent": N_("已发出"),
    "delivered": N_("已送达"),
}
# Name of a text → label, hint, lines.
BOXES = {
    "title": (N_("标题"), N_("站内消息的标题，也是邮件的主题"), 0),
    "site": (N_("站内消息"), "", 3),
    "sms": (N_("短信"), N_("签名由平台加在前面；70 个字以内算一条，更长的按 67 个字一条"), 3),
    "email": (N_("电子邮件"), "", 6),
    "wechat": (N_("微信"), N_("每行一项：字段名=内容，字段名照微信后台的模板"), 4),
    "wechat_template": (N_("微信模板编号"), N_("在微信后台申请；不填就不从微信发"), 0),
}


@dataclass(frozen=True)
class Row:
    """One delivery as the list shows it."""

    delivery: Any
    address: str
    is_failed: bool


def browse(request: HttpRequest) -> HttpResponse:
    """GET /desk/notices/?shelf=&channel=&number="""
    actor = worker(request, MANAGE)
    shelf, channel = request.GET.get("shelf", ""), request.GET.get("channel", "")
    shelf = shelf if shelf in SHELVES else ""
    channel = channel if channel in CHANNELS else ""
    number = request.GET.get("number", "").strip()[:20]
    page = paged(request, notices.deliveries_for(actor, shelf=shelf, channel=channel, number=number))
    rows = [Row(one, notices.masked_address(one), one.state in rules.ENDED_BADLY) for one in page.rows]
    asked = {"channel": channel, "number": number}
    context = {
        "page": Paged(rows, page.previous, page.next, page.is_cut),
        "shelf": shelf,
        "channel": channel,
        "number": number,
        "channels": [(str(code), _(words)) for code, words in CHANNELS.items()],
        "tabs": [
            Tab(_(words), f"{reverse('desk-notices')}?{urlencode(_some(shelf=key, **asked))}", current=key == shelf)
            for key, words in SHELVES.items()
        ],
        "here": request.get_full_path(),
    }
    return render(request, "desk/notices/browse.html", context)


def _some(**asked: str) -> dict[str, str]:
    return {name: value for name, value in asked.items() if value}


@require_POST
def send_again(request: HttpRequest, delivery: UUID) -> HttpResponse:
    """POST /desk/notices/<id>/send-again/"""
    actor = worker(request, MANAGE)
    found = notices.delivery_for(actor, delivery)
    with turn(request, "notices.send_again", delivery=str(delivery)) as this:
        if this.is_new:
            actions.send_again(found, actor=actor)
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return HttpResponseRedirect(back, status=303)
    return go("desk-notices", said="sent-again")


# -- the words ---------------------------------------------------------------------------------------------------------


def templates(request: HttpRequest) -> HttpResponse:
    """GET /desk/notices/templates/"""
    actor = worker(request, MANAGE)
    rows = [
        {
            "row": row,
            "happening": happening,
            "channels": [code.words for code in Channel if getattr(row, code)],
            "cost": rules.parts(_length(row.sms, happening)) if row.sms else 0,
        }
        for row, happening in notices.templates_for(actor)
    ]
    return render(request, "desk/notices/templates.html", {"rows": rows})


def template(request: HttpRequest, code: str) -> HttpResponse:
    """GET, POST /desk/notices/templates/<code>/: edit with a preview; `_then=preview` saves nothing."""
    actor = worker(request, MANAGE)
    row, happening = notices.template_for(actor, code)
    texts, faults, message = {name: getattr(row, name) for name in BOXES}, {}, ""
    seen = str(row.audit_count)
    if request.method == "POST":
        texts = {name: request.POST.get(name, "").replace("\r\n", "\n").strip() for name in BOXES}
        seen = request.POST.get("seen", "")
        if request.POST.get("_then") == "preview":
            faults = _in_words(rules.template_faults(texts, happening))
        else:
            try:
                return _save(request, code, texts, int(seen) if seen.isdecimal() and len(seen) < 9 else 0)
            except rules.TemplateChanged as refusal:
                message, seen = _(refusal.message), str(row.audit_count)
            except Refused as refusal:
                if not refusal.fields:
                    raise
                faults = _in_words(refusal.fields)
    errors = {name: " ".join(said) for name, said in faults.items()} | ({"": message} if message else {})
    context = {
        "row": row,
        "happening": happening,
        "boxes": [_box(name, texts[name], faults.get(name, [])) for name in BOXES],
        "errors": errors,
        "seen": seen,
        "previews": _previews(texts, happening),
        "facts": [(f"{{{name}}}", _(fact.words), fact.sample) for name, fact in happening.facts.items()],
    }
    return render(request, "desk/notices/template.html", context, status=422 if errors else 200)


def _save(request: HttpRequest, code: str, texts: Mapping[str, str], seen: int) -> HttpResponse:
    actor = worker(request, MANAGE)
    with turn(request, "notices.edit_template", code=code) as this:
        if this.is_new:
            actions.edit_template(code, texts=texts, seen=seen, actor=actor)
    return go("desk-notice-templates", said="template-saved")


def _in_words(faults: Mapping[str, Any]) -> dict[str, list[str]]:
    return {name: [filled(text, data, _) for text, data in told] for name, told in faults.items()}


def _box(name: str, value: str, error: list[str]) -> dict[str, Any]:
    label, hint, lines = BOXES[name]
    return {"name": name, "label": _(label), "hint": _(hint) if hint else "", "value": value, "error": error,
            "lines": lines}  # fmt: skip


def _length(text: str, happening: rules.Happening) -> int:
    return rules.length(notices.signed(_sample(text, happening)))


def _sample(text: str, happening: rules.Happening) -> str:
    return rules.fill(text, {name: fact.sample for name, fact in happening.facts.items()})


def _previews(texts: Mapping[str, str], happening: rules.Happening) -> list[dict[str, Any]]:
    """Each channel as somebody will read it."""
    found = []
    for code in Channel:
        text = _sample(texts[code], happening)
        if not text:
            continue
        note = ""
        if code == Channel.SMS:
            text = notices.signed(text)
            count = rules.length(text)
            note = _("{count} 个字，算 {parts} 条短信").format(count=count, parts=rules.parts(count))
        found.append({"words": _(code.words), "text": text, "note": note})
    return found


# -- mine --------------------------------------------------------------------------------------------------------------


def mine(request: HttpRequest) -> HttpResponse:
    """GET /desk/notices/mine/"""
    actor = worker(request)
    off = notices.wishes_of(actor).off
    context = {
        "page": paged(request, notices.messages_for(actor)),
        "choices": [(one.code, _(one.title), one.code not in off) for one in _optional()],
    }
    return render(request, "desk/notices/mine.html", context)


def _optional() -> list[rules.Happening]:
    return [one for one in rules.happenings.values() if one.is_for_staff]


@require_POST
def read(request: HttpRequest, message: UUID) -> HttpResponse:
    """POST /desk/notices/mine/<id>/read/: read, and on to what it is about."""
    actor = worker(request)
    found = notices.message_for(actor, message)
    with turn(request, "notices.read", message=str(message)) as this:
        if this.is_new:
            actions.mark_read(found, actor=actor)
    if request.POST.get("then") == "go" and found.path:
        return HttpResponseRedirect(found.path, status=303)
    return go("desk-notices-mine")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """POST /desk/notices/mine/read/"""
    actor = worker(request)
    with turn(request, "notices.read_all") as this:
        if this.is_new:
            actions.mark_all_read(actor=actor)
    return go("desk-notices-mine", said="all-read")


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """POST /desk/notices/mine/preferences/"""
    actor = worker(request)
    wanted = request.POST.getlist("on")
    off = [one.code for one in _optional() if one.code not in wanted]
    with turn(request, "notices.choose") as this:
        if this.is_new:
            actions.choose_channels(off, actor=actor)
    return go("desk-notices-mine", said="notice-preferences")
