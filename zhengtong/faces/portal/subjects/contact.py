"""Change the telephone by which I am reached and sign in; the password shows that it is me."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.accounts import queries as known_accounts
from zhengtong.foundation.codes import phone as phones
from zhengtong.foundation.idempotency.actions import once
from zhengtong.foundation.params import queries as params
from zhengtong.foundation.refusals import Refused
from zhengtong.foundation.ui.said import go
from zhengtong.topics.subjects import actions, queries

from ..accounts import in_words
from ..people import citizen, key_of


@never_cache
def contact(request: HttpRequest) -> HttpResponse:
    """GET, POST /subjects/contact/"""
    actor = citizen(request)
    sent = {field: request.POST.get(field, "").strip() for field in ("phone", "again")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            sent["phone"] = phones.check_mobile(sent["phone"])
        except Refused as refusal:
            errors["phone"] = in_words(refusal)
        if not errors and sent["again"] != sent["phone"]:
            errors["again"] = _("两次填写的手机号不一样，请核对。")
        if not errors:
            errors = _change(request, actor, sent["phone"])
        if not errors:
            return go("subjects", said="contact")
    context = {"sent": sent, "errors": errors}
    return render(request, "portal/subjects/contact.html", context, status=422 if errors else 200)


def _change(request: HttpRequest, actor: Actor, phone: str) -> dict[str, str]:
    """Whoever found an open page does not know the password; tries are counted as at the door."""
    assert actor.subject_id is not None and actor.account_id is not None
    today = clock.today()
    limit, minutes = (params.integer(f"accounts.{key}", on=today) for key in ("failures_before_lock", "lock_minutes"))
    accounts.knock(f"password:{actor.key}", limit=limit, per=timedelta(minutes=minutes), actor=actor)
    account, password = known_accounts.account_by_id(actor.account_id), request.POST.get("password", "")
    try:
        with once(actor, key_of(request), action="subjects.contact", body={"phone": phone}) as turn:
            if turn.is_new:
                accounts.change_phone(account, phone=phone, password=password, actor=actor)
                actions.change_contact(queries.subject_for(actor, actor.subject_id), phone=phone, actor=actor)
    except Refused as refusal:
        said = {
            "sign_in_failed": {"password": _("密码不正确。")},
            "login_taken": {"phone": _("这个手机号已经有账号在用，请换一个。")},
        }
        if refusal.code not in said:
            raise
        return said[refusal.code]
    return {}
