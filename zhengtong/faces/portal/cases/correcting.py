"""Answer a correction notice: only what it asked for, each thing beside what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhengtong.engines.forms.rules import Section, parse
from zhengtong.foundation.access import Actor
from zhengtong.foundation.files import queries as files
from zhengtong.foundation.files.rules import FileRefused
from zhengtong.foundation.idempotency.actions import once
from zhengtong.foundation.refusals import Refused
from zhengtong.foundation.ui import Upload
from zhengtong.foundation.ui.said import go
from zhengtong.foundation.ui.uploads import take
from zhengtong.topics.cases import actions
from zhengtong.topics.cases import queries as cases

from ..accounts import in_words
from ..choices import choices_for
from ..people import citizen, key_of


@dataclass
class Asked:
    """One material that the notice asks for again."""

    code: str
    name: str
    what: str
    material: Any
    file: Any = None
    error: str = ""

    @property
    def id(self) -> str:
        return f"material-{self.code}"

    @property
    def accept(self) -> str:
        return str(self.material.accept)

    @property
    def uploads(self) -> list[Upload]:
        return [Upload(self.file.name, self.file.size, self.file.state)] if self.file else []


@dataclass
class Answer:
    """The page of one correction: what is asked, what has been given so far, what is wrong with it."""

    case: Any
    page: Any
    materials: list[Asked]
    section: Section | None
    answers: Mapping[str, Any] = field(default_factory=dict)
    errors: dict[str, Any] = field(default_factory=dict)


def correction(request: HttpRequest, number: str) -> HttpResponse:
    """GET, POST /cases/<number>/correction/"""
    actor = citizen(request)
    case = cases.case_for(actor, number)
    page = cases.case_page(actor, case)
    if page.correction is None:
        # Answered already, perhaps by the first of two presses: the case itself tells.
        return HttpResponseRedirect(reverse("case", args=[number]))
    answer = _answer(case, page)
    if request.method == "POST":
        _take_in(request, answer, actor)
        if not answer.errors and _send(request, answer, actor):
            return go("case", number, said="corrected")
    return _shown(request, answer)


def _answer(case: Any, page: Any) -> Answer:
    entries = page.correction.body["entries"]
    known = page.item.material_by_code
    materials = [
        Asked(entry["key"], entry["name"], entry["what"], known.get(entry["key"]))
        for entry in entries
        if entry["is_material"]
    ]
    parts = tuple(page.item.form.parts[entry["key"]] for entry in entries if not entry["is_material"])
    section = Section("correction", _("需要改正的内容"), parts) if parts else None
    stored = cases.unseal_answers(page.item.form, case.form) if parts else {}
    return Answer(case, page, materials, section, {part.key: stored.get(part.key) for part in parts})


def _take_in(request: HttpRequest, answer: Answer, actor: Actor) -> None:
    """Store what was uploaded, even if something else is wrong: nobody uploads a thing twice."""
    kept = {asked.code: _uuid(request.POST.get(f"kept-{asked.code}", "")) for asked in answer.materials}
    known = files.files_by_id(pk for pk in kept.values() if pk)
    for asked in answer.materials:
        before_id = kept[asked.code]
        before = known.get(before_id) if before_id else None
        asked.file = before if before and files.is_usable(actor, before) else None
        sent = request.FILES.get(asked.id)
        if sent is not None:
            try:
                asked.file = take(sent, asked.material, actor=actor)
            except FileRefused as refusal:
                asked.error = in_words(refusal)
        elif asked.file is None:
            asked.error = _("请上传{name}。").format(name=asked.name)
        if asked.error:
            answer.errors[asked.id] = asked.error
    if answer.section:
        answer.answers = parse(answer.section, request.POST)
        for part in answer.section.fields:
            if answer.answers.get(part.key) in (None, "", []):
                answer.errors[f"f-{part.key}"] = _("请重新填写{title}。").format(title=part.title)


def _send(request: HttpRequest, answer: Answer, actor: Actor) -> bool:
    provided = [actions.Provided(asked.code, file=asked.file.pk) for asked in answer.materials]
    number = answer.case.number
    try:
        with once(actor, key_of(request), action="cases.answer_correction", body={"number": number}) as turn:
            if turn.is_new:
                actions.answer_correction(answer.case, materials=provided, answers=answer.answers, actor=actor)
    except Refused as refusal:
        if not refusal.fields:
            raise
        answer.errors = {f"f-{path}": messages for path, messages in refusal.fields.items()}
        return False
    return True


def _shown(request: HttpRequest, answer: Answer) -> HttpResponse:
    section = answer.section
    whats = {entry["key"]: entry["what"] for entry in answer.page.correction.body["entries"]}
    context = {
        "case": answer.case,
        "notice": answer.page.correction,
        "materials": answer.materials,
        "section": section,
        "answers": answer.answers,
        "errors": answer.errors,
        "field_errors": {
            key.removeprefix("f-"): [text] if isinstance(text, str) else text
            for key, text in answer.errors.items()
            if key.startswith("f-")
        },
        "whats": [(part.title, whats[part.key]) for part in section.fields] if section else [],
        "choices": choices_for(section.fields) if section else {},
    }
    return render(request, "portal/cases/correction.html", context, status=422 if answer.errors else 200)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
