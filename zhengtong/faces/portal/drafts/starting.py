"""Begin an application, see what is left to do, begin again under newer requirements, throw it away."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.engines.forms import rules as forms
from zhengtong.foundation.access import Actor
from zhengtong.foundation.idempotency.actions import once
from zhengtong.foundation.ui.said import go
from zhengtong.topics.cases import actions
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.items import queries as items
from zhengtong.topics.subjects import queries as subjects

from ..people import citizen, key_of
from .opened import Opened, opened
from .sources import sources_for

NEW = 1


def new(request: HttpRequest, item: str) -> HttpResponse:
    """GET, POST /cases/new/<item>/ : for whom?"""
    actor = citizen(request)
    told = items.guide(item)
    if not told.is_online:
        return HttpResponseRedirect(reverse("item", args=[item]))
    able = subjects.subjects_i_act_for(actor)
    fit = [subject for subject in able if subject.kind in told.version.audience]
    helped = subjects.helped_by(actor)
    barred = [subject for subject in fit if subject.pk in helped] if not told.version.allows_helpers else []
    fit = [subject for subject in fit if subject not in barred]
    error = ""
    if request.method == "POST":
        chosen = next((subject for subject in fit if str(subject.pk) == request.POST.get("applicant")), None)
        if chosen is not None:
            draft = _start(request, actor, told.version, chosen)
            return go("draft", draft)
        error = _("请选择替谁申请。")
    begun = cases.drafts_of(actor).filter(item_version_id=told.version_id).select_related("applicant")
    context = {
        "guide": told,
        "subjects": fit,
        "me": actor.subject_id,
        "helped": {one.subject_id: one for one in subjects.helps_by(actor)},
        "barred": barred,
        "chosen": request.POST.get("applicant") or (str(fit[0].pk) if len(fit) == 1 else ""),
        "begun": list(begun[:5]),
        "error": error,
        "asks_entity": "entity" in told.version.audience,
        "asks_person": "person" in told.version.audience,
        "needed": [row for row in told.materials if row.material.is_required],
        "next": request.path,
    }
    return render(request, "portal/drafts/new.html", context, status=422 if error else 200)


def _start(request: HttpRequest, actor: Actor, version: Any, applicant: Any) -> str:
    """Begin, with everything filled in that is known already; take up what was begun before."""
    body = {"item": version.code, "applicant": str(applicant.pk)}
    with once(actor, key_of(request), action="cases.start_draft", body=body) as turn:
        if turn.is_new:
            draft = actions.start_draft(version.code, applicant=applicant.pk, actor=actor)
            if draft.version == NEW:
                filled = forms.prefill(version.form, sources_for(actor, applicant))
                content = {"answers": filled.answers, "materials": {}, "done": []}
                actions.save_draft(draft, content=content, version=draft.version, actor=actor)
            turn.answer(draft=str(draft.pk))
    return str(turn.answered["draft"])


def overview(request: HttpRequest, draft: UUID) -> HttpResponse:
    """GET /cases/drafts/<draft>/ ; POST moves it to the item's newest version."""
    work = opened(request, draft)
    if request.method == "POST":
        return go("draft", _renew(request, work), said="renewed")
    tasks = work.tasks()
    going_on = next((task for task in tasks if task.state in ("current", "todo", "fault")), tasks[-1])
    context = {"work": work, "draft": work.draft, "item": work.item, "tasks": tasks, "going_on": going_on}
    return render(request, "portal/drafts/overview.html", context)


def _renew(request: HttpRequest, work: Opened) -> str:
    """A draft under the newest version with the same answers; nothing counts as checked."""
    actor = work.actor
    with once(actor, key_of(request), action="cases.renew_draft", body={"draft": str(work.draft.pk)}) as turn:
        if turn.is_new:
            fresh = actions.start_draft(work.item.code, applicant=work.draft.applicant_id, actor=actor)
            if fresh.pk != work.draft.pk:
                content = {"answers": work.answers, "materials": work.content.materials, "done": []}
                actions.save_draft(fresh, content=content, version=fresh.version, actor=actor)
                actions.discard_draft(work.draft, actor=actor)
            turn.answer(draft=str(fresh.pk))
    return str(turn.answered["draft"])


@require_POST
def discard(request: HttpRequest, draft: UUID) -> HttpResponse:
    """POST /cases/drafts/<draft>/discard/"""
    actor = citizen(request)
    with once(actor, key_of(request), action="cases.discard_draft", body={"draft": str(draft)}) as turn:
        if turn.is_new:
            actions.discard_draft(cases.draft_for(actor, draft), actor=actor)
    return go("cases", said="discarded")
