"""Tell the applicant once everything that is missing or wrong: materials and fields, each with what is wrong."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhengtong.foundation.access import Actor
from zhengtong.foundation.ui.said import go
from zhengtong.topics.cases import actions
from zhengtong.topics.cases import queries as cases

from ..people import worker
from ..turns import turn
from .acting import NotNow

LONGEST = 600


@dataclass
class Line:
    """One material or one question, with what is wrong with it if anything."""

    kind: str
    key: str
    name: str
    given: str
    standard: str = ""
    file_id: Any = None
    what: str = ""
    is_ticked: bool = False
    error: str = ""
    found_by: str = ""

    @property
    def name_of_what(self) -> str:
        return f"{self.kind}-{self.key}"

    @property
    def id(self) -> str:
        return f"what-{self.name_of_what}"


def correction(request: HttpRequest, number: str) -> HttpResponse:
    """GET, POST /desk/cases/<number>/correction/"""
    actor = worker(request, "cases.view")
    case = cases.case_for(actor, number)
    page = cases.case_page(actor, case)
    named = _named_before(page)
    materials = [line for line in _materials(page) if named is None or line.key in named]
    groups = _questions(page, named)
    lines = [*materials, *(line for _title, own in groups for line in own)]
    lines += _found(cases.merged(cases.gaps_of(case)), lines, groups)
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = _read(request, lines)
        if not errors:
            _request(request, actor, case, lines)
            return go("desk-case", number, said="request_correction")
    elif "request_correction" not in page.verbs:
        raise NotNow
    context = {
        "case": case,
        "page": page,
        "materials": materials,
        "questions": groups,
        "errors": errors,
        "opinion": request.POST.get("opinion", ""),
        "is_second": named is not None,
        "has_gaps": any(line.found_by for line in lines),
        "phrases": cases.phrases_at_hand(actor, "gap"),
    }
    return render(request, "desk/cases/correction.html", context, status=422 if errors else 200)


def _request(request: HttpRequest, actor: Actor, case: Any, lines: list[Line]) -> None:
    wrong = [line for line in lines if line.is_ticked]
    with turn(request, "cases.request_correction", number=case.number) as this:
        if this.is_new:
            actions.request_correction(
                case,
                materials={line.key: line.what for line in wrong if line.kind == "material"},
                fields={line.key: line.what for line in wrong if line.kind == "field"},
                opinion=request.POST.get("opinion", "").strip()[:1_000],
                actor=actor,
            )


def _read(request: HttpRequest, lines: list[Line]) -> dict[str, str]:
    """What was ticked and written; words without a tick count as ticked."""
    errors: dict[str, str] = {}
    for line in lines:
        line.what = request.POST.get(f"what-{line.name_of_what}", "").strip()[:LONGEST]
        line.is_ticked = line.key in request.POST.getlist(line.kind) or bool(line.what)
        if line.is_ticked and not line.what:
            line.error = errors[line.id] = _("请写明“{name}”哪里不对、要怎样补正。").format(name=line.name)
    if not any(line.is_ticked for line in lines):
        errors[lines[0].id if lines else ""] = _("请至少勾选一项，写明哪里不对、要怎样补正。")
    return errors


def _found(merged: list[Any], lines: list[Line], groups: list[tuple[str, list[Line]]]) -> list[Line]:
    """Put what everybody found on the lines it is about; what the page does not list is added at its end."""
    known = {line.key: line for line in lines}
    more = []
    for one in merged:
        line = known.get(one.key)
        if line is None:
            kind = "material" if one.is_material else "field"
            line = Line(kind, one.key, one.name, _("未填写"))
            more.append(line)
        line.what, line.is_ticked, line.found_by = one.what[:LONGEST], True, "、".join(one.found_by)
    if more:
        groups.append((_("其他"), more))
    return more


def _named_before(page: cases.CasePage) -> set[str] | None:
    """What an earlier notice named: a second one may ask again only for that (行政许可法 32)."""
    earlier = [notice for notice in page.notices if notice.kind == "correction"]
    return {entry["key"] for entry in earlier[-1].body["entries"]} if earlier else None


def _materials(page: cases.CasePage) -> list[Line]:
    """Every material of the item, those not handed in too: something optional may turn out to be needed."""
    given = {line.code: line for line in page.materials}
    lines = []
    for material in page.item.materials:
        line = given.get(material.code)
        words = _("未提交") if line is None else _("纸质") if line.on_paper else line.file_name
        file_id = line.file_id if line else None
        lines.append(Line("material", material.code, material.name, words, material.standard, file_id))
    return sorted(lines, key=lambda line: line.key not in given)


def _questions(page: cases.CasePage, named: set[str] | None) -> list[tuple[str, list[Line]]]:
    """The questions by section, each once; the rows of a repeat are corrected together."""
    groups = []
    for section in page.form:
        lines: dict[str, Line] = {}
        for row in section.rows:
            key = row.path.partition("-")[0]
            if key not in page.item.form.parts or (named is not None and key not in named):
                continue
            text = str(row.text)
            if key in lines:
                lines[key].given += f"；{text}"
            else:
                lines[key] = Line("field", key, page.item.form.parts[key].title, text)
        if lines:
            groups.append((section.title, list(lines.values())))
    return groups
