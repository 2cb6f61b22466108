"""Open an account; the page of one, and what can be done about it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.accounts import actions
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.refusals import NotFound, Refused
from zhengtong.foundation.ui.asked import day_asked
from zhengtong.foundation.ui.said import go

from ..people import worker
from ..turns import fields_in_words, turn
from .listing import state_of
from .words import what_he_may

MOST_POSTS = 1_000


@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """GET, POST /desk/accounts/new/"""
    actor = worker(request, "accounts.manage")
    sent = {name: request.POST.get(name, "").strip() for name in ("login", "name")}
    errors: dict[str, Any] = {}
    if request.method == "POST":
        try:
            password = ""
            with turn(request, "accounts.open") as this:
                if this.is_new:
                    account, password = actions.open_account(**sent, actor=actor)
                    this.answer(account=str(account.pk))
            return _told(request, actor, UUID(this.answered["account"]), password)
        except Refused as refusal:
            if refusal.code == "login_taken":
                errors = {"login": [_("这个登录名已经有人用了，请换一个。")]}
            elif refusal.fields:
                errors = fields_in_words(refusal)
            else:
                raise
    context = {"sent": sent, "errors": errors}
    return render(request, "desk/accounts/new.html", context, status=422 if errors else 200)


def _told(request: HttpRequest, actor: Actor, pk: UUID, password: str) -> HttpResponse:
    """The first password, this once; whoever sends the form again learns only that it was told."""
    context = {"account": accounts.managed_account(actor, pk), "password": password}
    return render(request, "desk/accounts/first_password.html", context)


def detail(request: HttpRequest, account: UUID) -> HttpResponse:
    """GET /desk/accounts/<account>/"""
    return _page(request, worker(request, "accounts.manage"), account)


def _page(
    request: HttpRequest, actor: Actor, pk: UUID, *, sent: Any = None, errors: dict[str, Any] | None = None
) -> HttpResponse:
    account = accounts.managed_account(actor, pk)
    holdings = accounts.holdings_of([account.pk]).get(account.pk, [])
    context = {
        "account": account,
        "state": state_of(account),
        "is_locked": state_of(account)[2] == "lock",
        "is_own": account.pk == actor.account_id,
        "holdings": [one for one in holdings if one.state != "over"],
        "past": [one for one in holdings if one.state == "over"],
        "may": what_he_may(accounts.actor_for(account)) if account.is_active else [],
        "posts": directory.listed_posts()[:MOST_POSTS],
        "today": clock.today(),
        "sent": sent or {},
        "errors": errors or {},
        "ending": (sent or {}).get("holding", ""),
        "ending_error": (errors or {}).get(f"last-{(sent or {}).get('holding', '')}"),
    }
    return render(request, "desk/accounts/detail.html", context, status=422 if errors else 200)


@never_cache
@require_POST
def act(request: HttpRequest, account: UUID, verb: str) -> HttpResponse:
    """POST /desk/accounts/<account>/{close,reopen,unlock,password,post,end-post}/"""
    actor = worker(request, "accounts.manage")
    found = accounts.managed_account(actor, account)
    if verb not in DEEDS:
        raise NotFound
    try:
        told = None
        with turn(request, f"accounts.{verb}", account=str(account)) as this:
            if this.is_new:
                told = DEEDS[verb](request, found, actor)
    except Refused as refusal:
        if not refusal.fields:
            raise
        # Each holding has a field of its own for its last day.
        place = f"last-{request.POST.get('holding', '')}"
        errors = {place if field == "last" else field: texts for field, texts in fields_in_words(refusal).items()}
        return _page(request, actor, account, sent=request.POST, errors=errors)
    if verb == "password":
        return _told(request, actor, account, told or "")
    return go("desk-account", account, said=f"account-{verb}")


def _put_on_post(request: HttpRequest, account: Any, actor: Actor) -> None:
    first = day_asked(request.POST.get("valid_from", "")) or clock.today()
    post = request.POST.get("post", "")
    actions.put_on_post(
        account, post=post, valid_from=first, valid_to=day_asked(request.POST.get("valid_to", "")), actor=actor
    )


def _end_holding(request: HttpRequest, account: Any, actor: Actor) -> None:
    number = request.POST.get("holding", "")
    holding = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
    actions.end_holding(
        account, holding=holding, last=day_asked(request.POST.get("last", "")) or clock.today(), actor=actor
    )


DEEDS: dict[str, Callable[[HttpRequest, Any, Actor], Any]] = {
    "close": lambda request, account, actor: actions.close_account(account, actor=actor),
    "reopen": lambda request, account, actor: actions.reopen_account(account, actor=actor),
    "unlock": lambda request, account, actor: actions.unlock_account(account, actor=actor),
    "password": lambda request, account, actor: actions.give_first_password(account, actor=actor),
    "post": _put_on_post,
    "end-post": _end_holding,
}
