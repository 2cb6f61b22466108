"""Register, sign in and out, change the password."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.accounts import queries as known_accounts
from zhengtong.foundation.accounts.addresses import address_of
from zhengtong.foundation.codes import name as names
from zhengtong.foundation.codes import phone as phones
from zhengtong.foundation.codes import resident_id
from zhengtong.foundation.idempotency.actions import once
from zhengtong.foundation.params import queries as params
from zhengtong.foundation.refusals import Refused, SignInRequired, filled
from zhengtong.foundation.ui.said import go
from zhengtong.topics.subjects import actions as subjects

from .people import key_of, safe_next, visitor

# What is said on the form itself: the person mends it there. All other refusals have a page of their own.
SAID_HERE = {
    "password_weak": "password",
    "password_too_long": "password",
    "password_reused": "new",
    "login_taken": "phone",
    "identity_taken": "id_number",
}


def in_words(refusal: Refused) -> str:
    """Message and remedy of a refusal in the reader's language."""
    return "".join(filled(text, refusal.data, _) for text in (refusal.message, refusal.remedy) if text)


def checked(sent: dict[str, str], checks: dict[str, Callable[[str], str]]) -> tuple[dict[str, str], dict[str, str]]:
    """What was sent in the form in which it is stored, and what is wrong with it, by field."""
    values, errors = dict(sent), {}
    for field, check in checks.items():
        try:
            values[field] = check(sent[field])
        except Refused as refusal:
            errors[field] = in_words(refusal)
    return values, errors


@never_cache
def register(request: HttpRequest) -> HttpResponse:
    """GET, POST /accounts/register/"""
    if visitor(request).is_signed_in:
        return HttpResponseRedirect(safe_next(request))
    sent = {field: request.POST.get(field, "") for field in ("name", "id_number", "phone", "password", "again")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        checks: dict[str, Callable[[str], str]] = {
            "name": names.check_name,
            "id_number": resident_id.check_resident_id,
            "phone": phones.check_mobile,
        }
        values, errors = checked(sent, checks)
        if sent["password"] != sent["again"]:
            errors["again"] = _("两次填写的密码不一样，请重新填写。")
        if not errors:
            try:
                _register(request, values)
            except Refused as refusal:
                errors = errors_of(refusal)
            else:
                accounts.sign_in(request, login=values["phone"], password=values["password"], actor=visitor(request))
                return _go_on(request, "registered")
    wanted = known_accounts.password_rules()
    context = {"sent": sent, "errors": errors, "next": safe_next(request, ""), "length": wanted.length}
    return render(request, "portal/accounts/register.html", context, status=422 if errors else 200)


def _register(request: HttpRequest, values: dict[str, str]) -> None:
    """Account, person and the link between them: all or nothing, and once."""
    actor = visitor(request)
    limit = params.integer("accounts.address_failures_per_minute", on=clock.today())
    accounts.knock(f"register:{address_of(request)}", limit=limit, per=timedelta(minutes=1), actor=actor)
    body = {field: values[field] for field in ("name", "id_number", "phone")}
    with once(actor, key_of(request), action="accounts.register", body=body) as turn:
        if not turn.is_new:
            return
        account = accounts.register_account(
            kind="citizen", login=f"u{secrets.randbelow(10**12):012d}", name=values["name"], phone=values["phone"],
            password=values["password"], actor=actor,
        )  # fmt: skip
        person = subjects.register_subject(
            kind="person", name=values["name"], id_type="resident_id", id_number=values["id_number"],
            phone=values["phone"], actor=actor,
        )  # fmt: skip
        subjects.link_account(person, account_id=account.pk, actor=actor)
        turn.answer(account=str(account.pk))


def errors_of(refusal: Refused) -> dict[str, str]:
    """A refusal beside the field it is about. One that is about no field goes on to its own page."""
    if refusal.fields:
        return {
            field: " ".join(filled(message, refusal.data, _) for message in messages)
            for field, messages in refusal.fields.items()
        }
    if refusal.code in SAID_HERE:
        return {SAID_HERE[refusal.code]: in_words(refusal)}
    raise refusal


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """GET, POST /accounts/sign-in/"""
    actor = visitor(request)
    if actor.is_signed_in:
        return HttpResponseRedirect(safe_next(request))
    context: dict[str, Any] = {"login": request.POST.get("login", ""), "next": safe_next(request, "")}
    if request.method == "POST":
        login = request.POST.get("login", "").strip()
        try:
            account = accounts.sign_in(request, login=login, password=request.POST.get("password", ""), actor=actor)
        except Refused as refusal:
            context |= {"message": filled(refusal.message, refusal.data, _)}
            context |= {"remedy": filled(refusal.remedy, refusal.data, _) if refusal.remedy else ""}
            return render(request, "portal/accounts/sign_in.html", context, status=refusal.status)
        if account.kind == "staff" and not context["next"]:
            return HttpResponseRedirect("/desk/")
        return _go_on(request, "")
    return render(request, "portal/accounts/sign_in.html", context)


def _go_on(request: HttpRequest, said: str) -> HttpResponseRedirect:
    wanted = safe_next(request, "")
    return HttpResponseRedirect(wanted) if wanted else go("home", said=said)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """POST /accounts/sign-out/"""
    accounts.sign_out(request, actor=visitor(request))
    response = go("home", said="signed-out")
    # Answers that waited on the device for a network go too.
    response["Clear-Site-Data"] = '"storage"'
    return response


@never_cache
def password(request: HttpRequest) -> HttpResponse:
    """GET, POST /accounts/password/"""
    actor = visitor(request)
    if actor.account_id is None:
        raise SignInRequired
    errors: dict[str, str] = {}
    if request.method == "POST":
        sent = {field: request.POST.get(field, "") for field in ("old", "new", "again")}
        if sent["new"] != sent["again"]:
            errors["again"] = _("两次填写的新密码不一样，请重新填写。")
        else:
            errors = _change_password(request, sent)
        if not errors:
            return go("subjects", said="password") if actor.kind == "citizen" else HttpResponseRedirect("/desk/")
    context = {"errors": errors, "length": known_accounts.password_rules().length}
    return render(request, "portal/accounts/password.html", context, status=422 if errors else 200)


def _change_password(request: HttpRequest, sent: dict[str, str]) -> dict[str, str]:
    actor = visitor(request)
    assert actor.account_id is not None
    account = known_accounts.account_by_id(actor.account_id)
    today = clock.today()
    limit, minutes = (params.integer(f"accounts.{key}", on=today) for key in ("failures_before_lock", "lock_minutes"))
    accounts.knock(f"password:{actor.key}", limit=limit, per=timedelta(minutes=minutes), actor=actor)
    try:
        with transaction.atomic():
            changed = accounts.change_password(account, old=sent["old"], new=sent["new"], actor=actor)
    except Refused as refusal:
        if refusal.code == "sign_in_failed":
            return {"old": _("现在的密码不正确。")}
        return {"new": " ".join(errors_of(refusal).values())}
    update_session_auth_hash(request, changed)
    return {}
