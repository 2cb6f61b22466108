"""Sign in and out, change the password."""

from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.accounts import queries as known_accounts
from zhengtong.foundation.refusals import Refused, filled
from zhengtong.foundation.ui.said import go

from ..people import colleague, first_page, safe_next, visitor
from ..turns import in_words

# Beside which field a refusal of the new password is said.
FIELD_OF = {"sign_in_failed": "old", "password_weak": "new", "password_too_long": "new", "password_reused": "new"}


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """GET, POST /desk/accounts/sign-in/"""
    actor = visitor(request)
    if actor.is_signed_in and actor.is_staff:
        return HttpResponseRedirect(safe_next(request) or first_page(actor))
    context: dict[str, Any] = {"login": request.POST.get("login", ""), "next": safe_next(request)}
    if request.method != "POST":
        return render(request, "desk/accounts/sign_in.html", context)
    login = request.POST.get("login", "").strip()
    try:
        account = accounts.sign_in(request, login=login, password=request.POST.get("password", ""), actor=actor)
    except Refused as refusal:
        context["message"] = filled(refusal.message, refusal.data, _)
        context["remedy"] = filled(refusal.remedy, refusal.data, _) if refusal.remedy else ""
        return render(request, "desk/accounts/sign_in.html", context, status=refusal.status)
    if account.kind != "staff":
        return HttpResponseRedirect("/")
    if account.password_at is None:
        return go("desk-password")
    return HttpResponseRedirect(context["next"] or first_page(known_accounts.actor_for(account)))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """POST /desk/accounts/sign-out/"""
    accounts.sign_out(request, actor=visitor(request))
    return go("desk-sign-in")


@never_cache
def password(request: HttpRequest) -> HttpResponse:
    """GET, POST /desk/accounts/password/"""
    colleague(request)
    errors: dict[str, str] = {}
    if request.method == "POST":
        sent = {field: request.POST.get(field, "") for field in ("old", "new", "again")}
        if sent["new"] != sent["again"]:
            errors["again"] = _("两次填写的新密码不一样，请重新填写。")
        else:
            errors = _change(request, sent)
        if not errors:
            return go("desk-password", said="password")
    is_first = request.user.password_at is None  # type: ignore[union-attr]
    context = {"errors": errors, "length": known_accounts.password_rules().length, "is_first": is_first}
    return render(request, "desk/accounts/password.html", context, status=422 if errors else 200)


def _change(request: HttpRequest, sent: dict[str, str]) -> dict[str, str]:
    """Change it; the errors by field, none when it is done."""
    actor = visitor(request)
    assert actor.account_id is not None
    account = known_accounts.account_by_id(actor.account_id)
    try:
        with transaction.atomic():
            changed = accounts.change_password(account, old=sent["old"], new=sent["new"], actor=actor)
    except Refused as refusal:
        if refusal.code not in FIELD_OF:
            raise
        wrong_old = refusal.code == "sign_in_failed"
        return {FIELD_OF[refusal.code]: _("现在的密码不正确。") if wrong_old else in_words(refusal)}
    update_session_auth_hash(request, changed)
    return {}
