"""亲友代办 at the counter: check signed papers, register a helper with both identity cards at hand, end it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from zhengtong.foundation import clock
from zhengtong.foundation.codes import name as names
from zhengtong.foundation.codes import resident_id
from zhengtong.foundation.params import queries as params
from zhengtong.foundation.refusals import NotFound, Refused, filled
from zhengtong.foundation.ui.said import go
from zhengtong.topics.subjects import actions, queries

from .people import worker
from .turns import in_words, turn

MAY = "cases.submit_for_visitor"
MOST = 50
PEOPLE = ("subject", "person")


@never_cache
def helpers(request: HttpRequest) -> HttpResponse:
    """GET, POST /desk/subjects/ : `number` finds whom somebody helps; POST registers a helper."""
    actor = worker(request, MAY)
    longest = clock.today() + timedelta(days=params.integer("subjects.help_longest_days"))
    sent = {key: value.strip() for key, value in request.POST.items() if isinstance(value, str)}
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = _register(request, sent)
        if not errors:
            return go("desk-subjects", said="helper-registered")
    number = request.GET.get("number", "").strip()[:40]
    found = queries.subject_by_number(actor, id_type="resident_id", id_number=number) if number else None
    context = {
        "waiting": list(queries.help_to_check(actor)[:MOST]),
        "number": number,
        "found": found,
        "helpers": queries.helpers_of(found.pk) if found else [],
        "sent": sent,
        "errors": errors,
        "relations": queries.RELATIONS,
        "longest": longest,
        "today": clock.today(),
        "valid_to": sent.get("valid_to") or longest.isoformat(),
    }
    return render(request, "desk/subjects/helpers.html", context, status=422 if errors else 200)


def _register(request: HttpRequest, sent: dict[str, str]) -> dict[str, str]:
    actor = worker(request, MAY)
    values, errors = _people(sent)
    try:
        valid_to = date.fromisoformat(sent.get("valid_to", ""))
    except ValueError:
        errors["valid_to"] = _("请选择代办到哪一天。")
    if sent.get("relation") not in dict(queries.RELATIONS):
        errors["relation"] = _("请选择两人的关系。")
    if errors:
        return errors
    try:
        with turn(request, "subjects.register_helper") as once:
            if once.is_new:
                subject, person = (
                    actions.register_subject(kind="person", id_type="resident_id", **values[who], actor=actor)
                    for who in PEOPLE
                )
                actions.register_helper(
                    subject, person=person, relation=sent["relation"], valid_to=valid_to, actor=actor
                )
    except Refused as refusal:
        if not refusal.fields:
            raise
        return {
            "valid_to" if field == "valid_to" else "person_id_number": " ".join(
                filled(text, refusal.data, _) for text in texts
            )
            for field, texts in refusal.fields.items()
        }
    return {}


def _people(sent: dict[str, str]) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    values: dict[str, dict[str, str]] = {}
    errors = {}
    checks = {"name": names.check_name, "id_number": resident_id.check_resident_id}
    for who in PEOPLE:
        values[who] = {}
        for field, check in checks.items():
            try:
                values[who][field] = check(sent.get(f"{who}_{field}", ""))
            except Refused as refusal:
                errors[f"{who}_{field}"] = in_words(refusal)
    return values, errors


@require_POST
def check_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """POST /desk/subjects/help/<pk>/ : `_verb` is agree or decline."""
    actor = worker(request, MAY)
    asked: Any = queries.help_request(actor, pk)
    verbs = {"agree": actions.check_help_paper, "decline": actions.decline_help}
    verb = request.POST.get("_verb", "")
    if verb not in verbs:
        raise NotFound
    with turn(request, "subjects.check_help", help=str(pk)) as once:
        if once.is_new:
            verbs[verb](asked, actor=actor)
    return go("desk-subjects", said=f"helper-{verb}")


@require_POST
def end_help(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /desk/subjects/helpers/<pk>/end/"""
    actor = worker(request, MAY)
    helping = queries.helping(actor, pk)
    with turn(request, "subjects.end_help", helping=pk) as once:
        if once.is_new:
            actions.end_help(helping, actor=actor)
    return go("desk-subjects", said="helper-ended")
