"""One section of the form a page: fill in, save while typing, go on."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from zhengtong.engines.forms.rules import Section
from zhengtong.foundation.idempotency.actions import once
from zhengtong.foundation.ui import page_or_fragment
from zhengtong.foundation.ui.formats import hour

from ..choices import choices_for
from ..people import citizen, key_of
from .opened import Opened, opened
from .sources import marks, sources_for

# The buttons and redraws that change the page without finishing it.
REARRANGING = ("_add", "_remove", "_refresh")


@never_cache
def form(request: HttpRequest, draft: UUID, section: str) -> HttpResponse:
    """GET, POST /cases/drafts/<draft>/form/<section>/"""
    work = opened(request, draft)
    asked = work.form.section(section)
    if request.method == "POST":
        return _posted(request, work, asked)
    if asked not in work.sections:
        return HttpResponseRedirect(work.path("draft"))
    errors = work.errors_in(asked) if section in work.content.done else {}
    return _shown(request, work, asked, answers=work.answers, errors=errors)


def _posted(request: HttpRequest, work: Opened, asked: Section) -> HttpResponse:
    turn = work.form.turn(asked.key, work.answers, request.POST, work.facts)
    if any(name in request.POST for name in REARRANGING):
        return _shown(request, work, asked, answers=turn.answers, visible=turn.visible, version=_version(request))
    version = None if _is_same(work, asked, turn.answers) else _version(request)
    work.keep(answers=turn.answers, done=asked.key if turn.is_done else "", version=version)
    if not turn.is_done:
        return _shown(
            request, work, asked, answers=turn.answers, visible=turn.visible, errors=turn.errors,
            revealed=turn.revealed, status=422 if turn.errors else 200,
        )  # fmt: skip
    leaves = request.POST.get("_to") == "overview"
    response = HttpResponseRedirect(work.path("draft") if leaves else work.following(asked))
    response.status_code = 303
    return response


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() else 0


def _is_same(work: Opened, asked: Section, answers: Mapping[str, Any]) -> bool:
    """Whether an autosave has just stored what this page sends: then its newer version stands in nobody's way."""
    return all(work.answers.get(part.key) == answers.get(part.key) for part in asked.fields)


def _shown(
    request: HttpRequest, work: Opened, asked: Section, *, answers: Mapping[str, Any],
    visible: frozenset[str] | None = None, errors: Mapping[str, Any] | None = None, revealed: Sequence[str] = (),
    version: int | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    keys = [each.key for each in work.sections]
    known = sources_for(work.actor, work.draft.applicant) if asked.key not in work.content.done else {}
    context = {
        "work": work,
        "draft": work.draft,
        "section": asked,
        "reads": True,
        "answers": answers,
        "visible": work.form.visible(answers, work.facts) if visible is None else visible,
        "errors": errors or {},
        "revealed": revealed,
        "marks": marks(work.form, asked, answers, known),
        "choices": choices_for(asked.fields),
        "version": work.draft.version if version is None else version,
        "url": work.section_path(asked),
        "kicker": _("第 {number} 部分，共 {count} 部分").format(number=keys.index(asked.key) + 1, count=len(keys))
        if asked.key in keys
        else "",
    }
    if not errors and not revealed and status == 200:
        return page_or_fragment(request, "portal/drafts/form.html", "_section", context)
    return render(request, "portal/drafts/form.html", context, status=status)


@require_POST
def save(request: HttpRequest, draft: UUID, section: str) -> JsonResponse:
    """POST /cases/drafts/<draft>/save/<section>/ : what was typed so far, unchecked.

    What a device had kept for the time without a network comes with a key, and counts once.
    """
    if not key_of(request):
        return JsonResponse(_saved(request, draft, section))
    body = {"draft": str(draft), "section": section, "version": _version(request)}
    with once(citizen(request), key_of(request), action="cases.save_draft", body=body) as turn:
        if turn.is_new:
            turn.answer(**_saved(request, draft, section))
    return JsonResponse(turn.answered)


def _saved(request: HttpRequest, draft: UUID, section: str) -> dict[str, Any]:
    work = opened(request, draft)
    answers = work.form.fill(section, work.answers, request.POST)
    # An answer that got lost on its way back is no reason to refuse the same content.
    version = None if _is_same(work, work.form.section(section), answers) else _version(request)
    kept = work.keep(answers=answers, version=version)
    return {"version": kept.version, "saved_at": hour(kept.updated_at)}
