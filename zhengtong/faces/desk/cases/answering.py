"""At the counter: take in what a correction notice asked for, on paper or as files, and the fields put right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhengtong.engines.forms import queries as forms
from zhengtong.engines.forms.rules import Section, parse
from zhengtong.foundation.access import Actor
from zhengtong.foundation.refusals import Refused
from zhengtong.foundation.ui.said import go
from zhengtong.topics.cases import actions
from zhengtong.topics.cases import queries as cases

from ..drafts.papers import Paper, read_papers
from ..turns import turn


@dataclass
class Answer:
    """What is asked, what has been given so far, what is wrong with it."""

    case: Any
    page: Any
    papers: list[Paper]
    section: Section | None
    whats: Mapping[str, str]
    answers: Mapping[str, Any] = field(default_factory=dict)
    errors: dict[str, Any] = field(default_factory=dict)


def answer(request: HttpRequest, actor: Actor, case: Any) -> HttpResponse:
    """GET, POST /desk/cases/<number>/answer_correction/"""
    page = cases.case_page(actor, case)
    if page.correction is None:
        return go("desk-case", case.number)
    asked = _asked(request, actor, case, page)
    if request.method == "POST" and "_refresh" not in request.POST:
        _check(asked)
        if not asked.errors and _send(request, actor, asked):
            return go("desk-case", case.number, said="answer_correction")
    return _shown(request, asked)


def _asked(request: HttpRequest, actor: Actor, case: Any, page: Any) -> Answer:
    entries = page.correction.body["entries"]
    wanted = [page.item.material_by_code[e["key"]] for e in entries if e["is_material"]]
    papers = read_papers(request, wanted, {}, actor=actor)
    parts = tuple(page.item.form.parts[e["key"]] for e in entries if not e["is_material"])
    section = Section("correction", _("需要改正的内容"), parts) if parts else None
    answers: Mapping[str, Any] = {}
    if section:
        stored = cases.unseal_answers(page.item.form, case.form)
        before = {part.key: stored.get(part.key) for part in parts}
        answers = parse(section, request.POST) if request.method == "POST" else before
    return Answer(case, page, papers, section, {e["key"]: e["what"] for e in entries}, answers)


def _check(asked: Answer) -> None:
    for paper in asked.papers:
        if paper.error:
            asked.errors[paper.id] = paper.error
        elif not paper.is_given:
            asked.errors[paper.id] = paper.error = _("请勾选已收纸质，或上传“{name}”。").format(name=paper.name)
    for part in asked.section.fields if asked.section else ():
        if asked.answers.get(part.key) in (None, "", []):
            asked.errors[f"f-{part.key}"] = _("请重新填写“{title}”。").format(title=part.title)


def _send(request: HttpRequest, actor: Actor, asked: Answer) -> bool:
    provided = [paper.provided for paper in asked.papers]
    try:
        with turn(request, "cases.answer_correction", number=asked.case.number) as this:
            if this.is_new:
                actions.answer_correction(asked.case, materials=provided, answers=asked.answers, actor=actor)
    except Refused as refusal:
        if not refusal.fields:
            raise
        asked.errors = {f"f-{path}": messages for path, messages in refusal.fields.items()}
        return False
    return True


def _shown(request: HttpRequest, asked: Answer) -> HttpResponse:
    section = asked.section
    asks_place = section is not None and any(
        getattr(part, "widget", "") == "division_picker" for part in section.fields
    )
    said = {key: [text] if isinstance(text, str) else text for key, text in asked.errors.items()}
    context = {
        "case": asked.case,
        "page": asked.page,
        "notice": asked.page.correction,
        "papers": asked.papers,
        "whats": asked.whats,
        "section": section,
        "answers": asked.answers,
        "errors": asked.errors,
        "field_errors": {key.removeprefix("f-"): text for key, text in said.items() if key.startswith("f-")},
        "field_whats": [(part.title, asked.whats[part.key]) for part in section.fields] if section else [],
        "choices": {"division_picker": forms.division_choices()} if asks_place else {},
    }
    return render(request, "desk/cases/answer.html", context, status=422 if asked.errors else 200)
