"""亲友代办: ask to act for a relative or friend, agree, decline, end it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.codes import name as names
from zhengtong.foundation.codes import phone as phones
from zhengtong.foundation.codes import resident_id
from zhengtong.foundation.files.rules import FileRefused
from zhengtong.foundation.idempotency.actions import once
from zhengtong.foundation.params import queries as params
from zhengtong.foundation.refusals import NotFound, Refused
from zhengtong.foundation.ui.said import go
from zhengtong.foundation.ui.uploads import take_paper
from zhengtong.topics.subjects import actions, queries

from ..accounts import checked, errors_of, in_words
from ..people import citizen, key_of

FIELDS = ("name", "id_number", "phone", "relation", "valid_to", "agreement")
HOUR = timedelta(hours=1)


@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """GET, POST /subjects/help/"""
    actor = citizen(request)
    longest = clock.today() + timedelta(days=params.integer("subjects.help_longest_days"))
    sent = {field: request.POST.get(field, "").strip() for field in FIELDS}
    sent["valid_to"] = sent["valid_to"] or longest.isoformat()
    sent["agreement"] = sent["agreement"] or "account"
    errors: dict[str, str] = {}
    if request.method == "POST":
        values, errors = _values(sent)
        if not errors:
            errors = _ask(request, actor, values)
        if not errors:
            return go("subjects", said="help-asked")
    context = {
        "sent": sent,
        "errors": errors,
        "relations": queries.RELATIONS,
        "ways": queries.agreements(),
        "longest": longest,
        "today": clock.today(),
    }
    return render(request, "portal/subjects/help.html", context, status=422 if errors else 200)


def _values(sent: dict[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    checks: dict[str, Callable[[str], str]] = {
        "name": names.check_name, "id_number": resident_id.check_resident_id,
    }  # fmt: skip
    if sent["agreement"] == "code":
        checks["phone"] = phones.check_mobile
    good, errors = checked(sent, checks)
    values: dict[str, Any] = dict(good)
    try:
        values["valid_to"] = date.fromisoformat(sent["valid_to"])
    except ValueError:
        errors["valid_to"] = _("请选择代办到哪一天。")
    if sent["relation"] not in dict(queries.RELATIONS):
        errors["relation"] = _("请选择他是您的什么人。")
    if sent["agreement"] not in dict(queries.agreements()):
        errors["agreement"] = _("请选择本人怎样同意。")
    return values, errors


def _ask(request: HttpRequest, actor: Actor, values: dict[str, Any]) -> dict[str, str]:
    # Whose name goes with which number is nobody's to find out by trying.
    accounts.knock(f"help:{actor.key}", limit=params.integer("cases.lookup_per_minute"), per=HOUR, actor=actor)
    body = {key: str(values[key]) for key in FIELDS}
    try:
        with once(actor, key_of(request), action="subjects.ask_to_help", body=body) as turn:
            if turn.is_new:
                paper = _paper(request, actor) if values["agreement"] == "paper" else None
                asked = actions.ask_to_help(**{key: values[key] for key in FIELDS}, paper=paper, actor=actor)
                turn.answer(request=str(asked.pk))
    except FileRefused as refusal:
        return {"paper": in_words(refusal)}
    except Refused as refusal:
        return errors_of(refusal)
    return {}


def _paper(request: HttpRequest, actor: Actor) -> Any:
    sent = request.FILES.get("paper")
    if sent is None:
        return None
    return take_paper(sent, endings=("jpg", "jpeg", "png", "pdf"), most=10 << 20, actor=actor)


@require_POST
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """POST /subjects/help/<pk>/ : `_verb` is agree, decline, withdraw or code."""
    actor, verb = citizen(request), request.POST.get("_verb", "")
    asked = queries.help_request(actor, pk)
    if verb == "code":
        return _by_code(request, actor, asked)
    verbs = {"agree": actions.agree_to_help, "decline": actions.decline_help, "withdraw": actions.withdraw_help}
    if verb not in verbs:
        raise NotFound
    with once(actor, key_of(request), action="subjects.answer_help", body={"help": str(pk), "verb": verb}) as turn:
        if turn.is_new:
            verbs[verb](asked, actor=actor)
    return go("subjects", said=f"help-{verb}")


def _by_code(request: HttpRequest, actor: Actor, asked: Any) -> HttpResponse:
    """Not within a turn: a wrong try must count although it is refused."""
    try:
        actions.agree_by_code(asked, code=request.POST.get("code", ""), actor=actor)
    except Refused as refusal:
        if refusal.code != "help_code_wrong":
            raise
        return HttpResponseRedirect(f"{reverse('subjects')}?said=help-code-wrong#asked-{asked.pk}")
    return go("subjects", said="help-agree")


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /subjects/helpers/<pk>/end/ : by whoever helps or is helped, at once."""
    actor = citizen(request)
    helping = queries.helping(actor, pk)
    with once(actor, key_of(request), action="subjects.end_help", body={"helping": pk}) as turn:
        if turn.is_new:
            actions.end_help(helping, actor=actor)
    return go("subjects", said="help-ended")
