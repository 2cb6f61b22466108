"""Check your answers, then submit."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from zhengtong.foundation.idempotency.actions import once
from zhengtong.foundation.refusals import Refused
from zhengtong.foundation.ui.formats import duration
from zhengtong.foundation.ui.said import go
from zhengtong.topics.cases import actions
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.cases.actions import Filing

from ..choices import PLACE, names_for
from ..limits import answered_in
from ..people import citizen, key_of
from .opened import Opened, opened
from .papers import papers_of


@never_cache
def check(request: HttpRequest, draft: UUID) -> HttpResponse:
    """GET shows everything in words, POST submits: /cases/drafts/<draft>/check/"""
    if request.method != "POST":
        return _shown(request, opened(request, draft))
    actor = citizen(request)
    # The draft is gone after the first press; a second one hears the number the first one got.
    try:
        with once(actor, key_of(request), action="cases.submit_draft", body={"draft": str(draft)}) as turn:
            if turn.is_new:
                turn.answer(number=_submit(opened(request, draft)))
    except Refused as refusal:
        if not refusal.fields:
            raise
        return _shown(request, opened(request, draft), status=422)
    return go("case-submitted", turn.answered["number"])


def _submit(work: Opened) -> str:
    applicant = work.draft.applicant
    asked = {material.code for material in work.materials}
    told = actions.submit_case(
        Filing(
            actor=work.actor,
            item=work.item.id,
            applicant=applicant.pk,
            answers=work.result.answers,
            materials=tuple(part for part in cases.provided_in(work.content) if part.code in asked),
            channel=work.facts["channel"],
            operator=work.actor.subject_id if work.actor.subject_id != applicant.pk else None,
            division=_division(work),
        )
    )
    actions.discard_draft(work.draft, actor=work.actor)
    return told.number


def _division(work: Opened) -> str:
    """Where it is about: the first place named in the form, else where the applicant is at home."""
    for key, part in work.form.parts.items():
        if getattr(part, "widget", "") == PLACE and work.result.answers.get(key):
            return str(work.result.answers[key])
    return str(work.draft.applicant.division)


def _shown(request: HttpRequest, work: Opened, *, status: int = 200) -> HttpResponse:
    promised = work.item.promised_limit or work.item.statutory_limit
    papers = papers_of(work)
    context = {
        "work": work,
        "draft": work.draft,
        "item": work.item,
        "display": work.form.display(
            work.answers, mask=False, names=names_for(work.form.parts.values()), context=work.facts
        ),
        "urls": {section.key: work.section_path(section) for section in work.sections},
        "papers": [paper for paper in papers if paper.is_given or paper.material.is_required],
        "faulty": [(section, work.section_path(section)) for section in work.sections if work.errors_in(section)],
        "missing": work.missing,
        "limit": duration(promised),
        "answered_in": answered_in(),
    }
    return render(request, "portal/drafts/check.html", context, status=status)
