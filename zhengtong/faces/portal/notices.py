"""My messages: read them, go to the case, choose what I hear and where."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from zhengtong.engines.notices import actions
from zhengtong.engines.notices import queries as notices
from zhengtong.engines.notices.rules import SENT_OUT, Channel
from zhengtong.foundation.access import Actor
from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.idempotency.actions import once
from zhengtong.foundation.refusals import Refused
from zhengtong.foundation.ui.paging import paged
from zhengtong.foundation.ui.said import go

from .accounts import in_words
from .people import citizen, key_of

MOST_TRIES, TRIES_LAST = 5, timedelta(minutes=10)
SAID = {"add": "code-sent", "confirm": "email-confirmed", "forget": "email-forgotten"}


def mine(request: HttpRequest) -> HttpResponse:
    """GET /notices/?number="""
    actor = citizen(request)
    number = request.GET.get("number", "").strip()[:20]
    context = {
        "page": paged(request, notices.messages_for(actor, number=number)),
        "number": number,
        "unread": notices.unread_count(actor),
    }
    return render(request, "portal/notices/mine.html", context)


@require_POST
def read(request: HttpRequest, message: UUID) -> HttpResponse:
    """POST /notices/<id>/read/: read, and on to what it is about if that is wanted."""
    actor = citizen(request)
    found = notices.message_for(actor, message)
    with once(actor, key_of(request), action="notices.read", body={"message": str(message)}) as turn:
        if turn.is_new:
            actions.mark_read(found, actor=actor)
    if request.POST.get("then") == "go" and (found.path or found.number):
        return HttpResponseRedirect(found.path or reverse("case", args=[found.number]), status=303)
    return go("notices")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """POST /notices/read/"""
    actor = citizen(request)
    with once(actor, key_of(request), action="notices.read_all", body={}) as turn:
        if turn.is_new:
            actions.mark_all_read(actor=actor)
    return go("notices", said="all-read")


@never_cache
def preferences(request: HttpRequest) -> HttpResponse:
    """GET, POST /notices/preferences/"""
    actor = citizen(request)
    if request.method == "POST":
        wanted = set(request.POST.getlist("on"))
        off = sorted(set(_choices()) - wanted)
        with once(actor, key_of(request), action="notices.choose", body={"off": off}) as turn:
            if turn.is_new:
                actions.choose_channels(off, actor=actor)
        return go("notice-preferences", said="preferences")
    return render(request, "portal/notices/preferences.html", _shown(actor))


@never_cache
@require_POST
def email(request: HttpRequest) -> HttpResponse:
    """POST /notices/preferences/email/: add an address, confirm it by its code, or forget it."""
    actor = citizen(request)
    sent = {name: request.POST.get(name, "").strip()[:200] for name in ("do", "email", "code")}
    if sent["do"] == "confirm":
        accounts.knock(f"email-code:{actor.key}", limit=MOST_TRIES, per=TRIES_LAST, actor=actor)
    try:
        with once(actor, key_of(request), action="notices.email", body=sent) as turn:
            if turn.is_new:
                _do(actor, sent)
    except Refused as refusal:
        if not refusal.fields and refusal.code != "email_code_too_soon":
            raise
        field = next(iter(refusal.fields), "email")
        context = {**_shown(actor), "sent": sent, "errors": {field: in_words(refusal)}}
        return render(request, "portal/notices/preferences.html", context, status=refusal.status)
    return go("notice-preferences", said=SAID.get(sent["do"], SAID["add"]))


def _do(actor: Actor, sent: dict[str, str]) -> None:
    if sent["do"] == "confirm":
        actions.confirm_email(sent["code"], actor=actor)
    elif sent["do"] == "forget":
        actions.forget_email(actor=actor)
    else:
        actions.add_email(sent["email"], actor=actor)


def _choices() -> list[str]:
    return [*SENT_OUT, *(one.code for one in notices.optional_happenings())]


def _shown(actor: Actor) -> dict[str, Any]:
    wishes = notices.wishes_of(actor)
    states = {
        Channel.SMS: _("发到您登记的手机号码。依法必须告知的（受理、补正、决定等），关掉以后仍会发。"),
        Channel.EMAIL: _("发到 {email}。").format(email=wishes.email) if wishes.email else "",
        Channel.WECHAT: _("发到您关联的微信。") if wishes.has_wechat else "",
    }
    return {
        "wishes": wishes,
        "channels": [
            {"code": str(code), "words": _(code.words), "hint": hint, "on": code not in wishes.off}
            for code, hint in states.items()
            if hint
        ],
        "hidden": [str(code) for code, hint in states.items() if not hint and code not in wishes.off],
        "happenings": [
            {"code": one.code, "words": _(one.title), "on": one.code not in wishes.off}
            for one in notices.optional_happenings()
        ],
        "sent": {},
        "back": reverse("notices"),
    }
