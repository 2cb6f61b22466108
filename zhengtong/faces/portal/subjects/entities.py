"""The firms that I stand for."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhengtong.foundation.codes import credit_code
from zhengtong.foundation.idempotency.actions import once
from zhengtong.foundation.refusals import Refused
from zhengtong.foundation.ui.said import go
from zhengtong.topics.subjects import actions as subjects

from ..accounts import in_words
from ..people import citizen, key_of, safe_next

RIGHTS = ("legal_representative", "handler")


def add_entity(request: HttpRequest) -> HttpResponse:
    """GET, POST /subjects/entities/new/"""
    actor = citizen(request)
    sent = {field: request.POST.get(field, "").strip() for field in ("name", "credit_code", "right")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = _faults(sent)
        if not errors:
            body = {**sent, "credit_code": credit_code.check_credit_code(sent["credit_code"])}
            try:
                with once(actor, key_of(request), action="subjects.claim_entity", body=body) as turn:
                    if turn.is_new:
                        entity = subjects.claim_entity(**body, actor=actor)
                        turn.answer(entity=str(entity.pk))
            except Refused as refusal:
                if not refusal.fields:
                    raise
                errors = {"name" if field == "name" else "credit_code": in_words(refusal) for field in refusal.fields}
            else:
                wanted = safe_next(request, "")
                return HttpResponseRedirect(wanted) if wanted else go("subjects", said="entity")
    context = {"sent": sent, "errors": errors, "next": safe_next(request, "")}
    return render(request, "portal/subjects/entity.html", context, status=422 if errors else 200)


def _faults(sent: dict[str, str]) -> dict[str, str]:
    errors = {}
    if not 2 <= len(sent["name"]) <= 100:
        errors["name"] = _("请填写单位的全称，与营业执照或者登记证书一致。")
    try:
        credit_code.check_credit_code(sent["credit_code"])
    except Refused as refusal:
        errors["credit_code"] = in_words(refusal)
    if sent["right"] not in RIGHTS:
        errors["right"] = _("请选择您是这个单位的什么人。")
    return errors
