"""One page with everything: the form, the papers, and the buttons that file the case; nothing is filed by Enter."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.engines.forms import queries as forms
from zhengtong.engines.forms.rules import Field, Form, FormResult, Section, parse
from zhengtong.foundation.access import Actor
from zhengtong.foundation.refusals import NotFound, Refused
from zhengtong.foundation.ui.formats import hour
from zhengtong.foundation.ui.said import go
from zhengtong.topics.cases import actions
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.items import queries as items
from zhengtong.topics.subjects import queries as subjects

from ..devices import with_devices
from ..people import accepts, worker
from ..turns import turn
from .papers import ON_PAPER, Paper, read_papers
from .visitors import PERMISSION

# How a visitor comes to a clerk: to the window, by the video booth, by post.
WAYS = (actions.Channel.WINDOW, actions.Channel.VIDEO, actions.Channel.POST)
# Buttons that only redraw the page.
REDRAWS = ("_refresh", "_add", "_remove", "_drop", "_reuse", "_all_paper", "_upload")


@dataclass(frozen=True)
class Part:
    """A section as the one-page form draws it: a choice anywhere may open a question or a paper elsewhere."""

    key: str
    title: str
    hint: str
    fields: Any
    controls: frozenset[str]
    is_asked: bool
    swaps: str


@dataclass
class Intake:
    """A draft at the counter."""

    actor: Actor
    draft: Any
    item: Any
    content: Any
    answers: dict[str, Any]
    papers: list[Paper]
    facts: Mapping[str, Any]
    channel: Any

    @property
    def form(self) -> Form:
        return self.item.form

    @property
    def ways(self) -> list[tuple[str, str, bool]]:
        """The ways a visitor may have come, and which it was."""
        return [(way.value, _(way.words), way == self.channel) for way in WAYS]

    @cached_property
    def result(self) -> FormResult:
        return self.form.validate(self.answers, self.facts)

    @cached_property
    def visible(self) -> frozenset[str]:
        return self.form.visible(self.answers, self.facts)

    @property
    def parts(self) -> list[Part]:
        controls = controls_of(self.item)
        hanging = [section.key for section in self.form.sections if _hangs(section)]
        return [
            Part(
                section.key, section.title, section.hint, section.fields, controls & _keys(section),
                any(part.key in self.visible for part in section.fields),
                # What htmx draws anew beside the section itself.
                ",".join(["#papers", *(f"#part-{key}" for key in hanging if key != section.key)]),
            )
            for section in self.form.sections
        ]  # fmt: skip

    @property
    def missing(self) -> list[Paper]:
        return [paper for paper in self.papers if paper.material.is_required and not paper.is_given]

    @property
    def may_handle(self) -> bool:
        """Whether accepting and deciding may follow at once."""
        if not (self.item.is_on_the_spot and self.item.is_decided_here):
            return False
        return accepts(self.actor, "cases.accept", self.item)

    @property
    def division(self) -> str:
        """Where the matter lies: the first place named in the form, else where the applicant is."""
        for part in self.form.parts.values():
            if isinstance(part, Field) and part.widget == "division_picker" and self.answers.get(part.key):
                return str(self.answers[part.key])
        return str(self.draft.applicant.division)

    def errors(self) -> dict[str, Any]:
        """Everything to be put right, by the id of its field on the page."""
        found: dict[str, Any] = {f"f-{path}": texts for path, texts in self.result.errors.items()}
        for paper in self.papers:
            if paper.error:
                found[paper.id] = [paper.error]
        for paper in self.missing:
            paper.error = paper.error or _("请勾选已收纸质，或上传“{name}”。").format(name=paper.name)
            found[paper.id] = [paper.error]
        return found


def controls_of(item: Any) -> frozenset[str]:
    """The questions on whose answers other questions, sections or papers depend."""
    asked: set[str] = set()
    for section in item.form.sections:
        asked |= section.controls
        for condition in (section.when, *(part.when for part in section.fields)):
            asked |= condition.names if condition else set()
    for material in item.materials:
        asked |= set(material.when.names) if material.when else set()
    return frozenset(name.partition(".")[0] for name in asked)


def _keys(section: Section) -> set[str]:
    inner = {deep.key for part in section.fields if part.is_repeat for deep in part.fields}  # type: ignore[union-attr]
    return {part.key for part in section.fields} | inner


def _hangs(section: Section) -> bool:
    """Whether anything in this section is asked only after an answer elsewhere."""
    conditions = [section.when, *(part.when for part in section.fields)]
    names = {name.partition(".")[0] for condition in conditions if condition for name in condition.names}
    return bool(names - {part.key for part in section.fields})


@with_devices
def intake(request: HttpRequest, draft: UUID) -> HttpResponse:
    """GET, POST /desk/cases/drafts/<uuid>/"""
    actor = worker(request, PERMISSION)
    if request.method != "POST":
        return _shown(request, _opened(request, actor, draft))
    if any(name in request.POST for name in REDRAWS):
        return _shown(request, _opened(request, actor, draft))
    if "_check" in request.POST:
        opened = _opened(request, actor, draft)
        return _shown(request, opened, errors=opened.errors(), is_checked=True)
    return _file(request, actor, draft)


def _opened(request: HttpRequest, actor: Actor, draft_id: UUID) -> Intake:
    draft = cases.draft_for(actor, draft_id)
    if draft.applicant is None:
        raise NotFound
    item, content = items.version(draft.item_version_id), cases.content_of(draft)
    channel = _way(request.POST.get("channel", "") or content.channel)
    facts = {"applicant_kind": draft.applicant.kind, "channel": channel}
    answers = _answers(request, item.form) if request.method == "POST" else content.answers
    counted = item.form.keep(answers, facts)
    wanted = item.materials_asked({**facts, **counted})
    has_reusable = any(material.reuse_key for material in wanted)
    earlier = cases.reusable_materials(actor, draft.applicant.pk) if has_reusable else {}
    papers = read_papers(request, wanted, content.materials, actor=actor, earlier=earlier)
    return Intake(actor, draft, item, content, answers, papers, facts, channel)


def _way(said: str) -> Any:
    return next((way for way in WAYS if way.value == said), WAYS[0])


def _answers(request: HttpRequest, form: Form) -> dict[str, Any]:
    """All sections as the page sent them, rows added or taken away."""
    answers: dict[str, Any] = {}
    for section in form.sections:
        answers |= parse(section, request.POST)
    pressed = request.POST.get("_add") or request.POST.get("_remove", "").partition("-")[0]
    if pressed:
        for section in form.sections:
            if any(part.key == pressed for part in section.fields):
                return form.turn(section.key, answers, request.POST).answers
    return answers


def _file(request: HttpRequest, actor: Actor, draft_id: UUID) -> HttpResponse:
    """Submit, and where wanted accept and decide in the same breath; a second press hears the same number."""
    handles = request.POST.get("_then") == "handle"
    opened = _opened(request, actor, draft_id) if cases.drafts_of(actor).filter(pk=draft_id).exists() else None
    if opened and (errors := opened.errors()):
        return _shown(request, opened, errors=errors)
    try:
        with turn(request, "cases.submit_for_visitor", draft=str(draft_id)) as this:
            if this.is_new:
                if opened is None:
                    raise NotFound
                this.answer(number=_submit(opened, handles=handles))
            number = this.answered["number"]
    except Refused as refusal:
        if not refusal.fields or opened is None:
            raise
        return _shown(request, opened, errors={f"f-{path}": texts for path, texts in refusal.fields.items()})
    return go("desk-case", number, said="submitted-handled" if handles else "submitted")


def _submit(opened: Intake, *, handles: bool) -> str:
    filing = actions.Filing(
        actor=opened.actor, item=opened.item.id, applicant=opened.draft.applicant_id, answers=opened.result.answers,
        materials=tuple(paper.provided for paper in opened.papers if paper.is_given),
        channel=opened.channel, operator=UUID(opened.content.operator) if opened.content.operator else None,
        division=opened.division,
    )  # fmt: skip
    number = actions.submit_case(filing).number
    if handles:
        actions.handle_on_the_spot(cases.case_for(opened.actor, number), actor=opened.actor)
    actions.discard_draft(opened.draft, actor=opened.actor)
    return number


def _shown(
    request: HttpRequest, opened: Intake, *, errors: Mapping[str, Any] | None = None, is_checked: bool = False
) -> HttpResponse:
    errors = errors or {}
    operator = None
    if opened.content.operator:
        operator = subjects.subject_for(opened.actor, UUID(opened.content.operator))
    asks_place = any(getattr(part, "widget", "") == "division_picker" for part in opened.form.parts.values())
    context = {
        "opened": opened,
        "draft": opened.draft,
        "item": opened.item,
        "applicant": opened.draft.applicant,
        "operator": operator,
        "parts": opened.parts,
        "errors": errors,
        "form_errors": {key.removeprefix("f-"): texts for key, texts in errors.items() if key.startswith("f-")},
        "choices": {"division_picker": forms.division_choices()} if asks_place else {},
        "is_ready": is_checked and not errors,
    }
    return render(request, "desk/drafts/intake.html", context, status=422 if errors else 200)


@require_POST
def save(request: HttpRequest, draft: UUID) -> HttpResponse:
    """POST /desk/cases/drafts/<uuid>/save/: what was typed so far, every few seconds."""
    actor = worker(request, PERMISSION)
    found = cases.draft_for(actor, draft)
    item, before = items.version(found.item_version_id), cases.content_of(found)
    paper = dict.fromkeys(request.POST.getlist("paper"), ON_PAPER)
    kept = {
        name.removeprefix("kept-"): value
        for name, value in request.POST.items()
        if name.startswith("kept-") and value
    }  # fmt: skip
    content = {
        "answers": _answers(request, item.form),
        "materials": {code: value for code, value in (paper | kept).items() if code in item.material_by_code},
        "done": before.done,
        "operator": before.operator,
        "channel": _way(request.POST.get("channel", "") or before.channel).value,
    }
    version = request.POST.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
    saved = actions.save_draft(found, content=content, version=number, actor=actor)
    return JsonResponse({"version": saved.version, "saved_at": hour(saved.updated_at)})


@require_POST
def discard(request: HttpRequest, draft: UUID) -> HttpResponse:
    """POST /desk/cases/drafts/<uuid>/discard/"""
    actor = worker(request, PERMISSION)
    with turn(request, "cases.discard_draft", draft=str(draft)) as this:
        if this.is_new:
            actions.discard_draft(cases.draft_for(actor, draft), actor=actor)
    return go("desk-case-new", said="discarded")
