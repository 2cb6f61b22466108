"""The materials of a draft: upload, replace, remove, use an earlier paper again."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from zhengtong.foundation.files import queries as files
from zhengtong.foundation.files.rules import FileRefused
from zhengtong.foundation.idempotency.actions import once
from zhengtong.foundation.refusals import NotFound
from zhengtong.foundation.ui import Upload
from zhengtong.foundation.ui.said import go
from zhengtong.foundation.ui.uploads import take
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.materials import queries as stored

from ..accounts import in_words
from ..people import key_of
from .opened import MATERIALS_SEEN, Opened, opened


@dataclass(frozen=True)
class Paper:
    """One material on the page: what is wanted, what lies there, what could be used again, what was wrong."""

    material: Any
    file: Any = None
    reference: str = ""
    earlier: Any = None
    error: str = ""
    remove_path: str = ""

    @property
    def id(self) -> str:
        return f"material-{self.material.code}"

    @property
    def is_given(self) -> bool:
        return bool(self.file or self.reference)

    @property
    def accept(self) -> str:
        return str(self.material.accept)

    @property
    def accepted(self) -> str:
        return _("、").join(ending.upper() for ending in sorted(self.material.accepts))

    @property
    def megabytes(self) -> int:
        return self.material.max_bytes >> 20

    @property
    def uploads(self) -> list[Upload]:
        if self.file is None:
            return []
        file = self.file
        return [Upload(file.name, file.size, file.state, path=f"/files/{file.pk}/", remove_path=self.remove_path)]


def papers_of(work: Opened, errors: dict[str, str] | None = None) -> list[Paper]:
    """The materials asked for, each with what lies there."""
    given = {part.code: part for part in cases.provided_in(work.content)}
    known = files.files_by_id(part.file for part in given.values() if part.file)
    elsewhere = stored.references(
        work.actor, [part.reference for part in given.values() if part.reference], holder=work.draft.applicant_id
    )
    wanted = {m.reuse_key for m in work.materials if m.reuse_key and m.code not in given}
    earlier = cases.reusable_materials(work.actor, work.draft.applicant_id) if wanted else {}
    return [
        Paper(
            material=m,
            file=known.get(given[m.code].file) if m.code in given else None,
            reference=elsewhere[given[m.code].reference].reference
            if m.code in given and given[m.code].reference in elsewhere
            else "",
            earlier=earlier.get(m.reuse_key),
            error=(errors or {}).get(m.code, ""),
            remove_path=f"{work.path('draft-material', m.code)}?remove",
        )
        for m in work.materials
    ]


@never_cache
def materials(request: HttpRequest, draft: UUID) -> HttpResponse:
    """GET shows all; POST goes on: /cases/drafts/<draft>/materials/"""
    work = opened(request, draft)
    if request.method == "POST":
        if not work.missing:
            work.keep(done=MATERIALS_SEEN)
            return go("draft-check", work.draft.pk)
        lacking = {m.code: _("请上传{name}。").format(name=m.name) for m in work.missing}
        return _shown(request, work, lacking)
    return _shown(request, work)


def _shown(request: HttpRequest, work: Opened, errors: dict[str, str] | None = None) -> HttpResponse:
    papers = papers_of(work, errors)
    context = {
        "work": work,
        "draft": work.draft,
        "required": [paper for paper in papers if paper.material.is_required],
        "others": [paper for paper in papers if not paper.material.is_required],
        "left": len(work.missing),
        "errors": {paper.id: paper.error for paper in papers if paper.error},
    }
    return render(request, "portal/drafts/materials.html", context, status=422 if errors else 200)


@require_POST
def material(request: HttpRequest, draft: UUID, code: str) -> HttpResponse:
    """POST /cases/drafts/<draft>/materials/<code>/ : `file` uploads, `again` reuses; with `?remove` it takes away."""
    work = opened(request, draft)
    wanted = next((m for m in work.materials if m.code == code), None)
    if wanted is None:
        raise NotFound
    given = dict(work.content.materials)
    sent = request.FILES.get("file")
    if "remove" in request.GET:
        given.pop(code, None)
    elif "again" in request.POST:
        earlier = cases.reusable_materials(work.actor, work.draft.applicant_id).get(wanted.reuse_key)
        if earlier is None:
            raise NotFound
        given[code] = str(earlier.file_id) if earlier.file_id else f"{cases.REFERENCE}{earlier.pk}"
    elif sent is None:
        return _shown(request, work, {code: _("请先选择文件，再上传。")})
    else:
        return _uploaded(request, work, wanted)
    work.keep(materials=given)
    return _back(work, code)


def _uploaded(request: HttpRequest, work: Opened, wanted: Any) -> HttpResponse:
    sent = cast(UploadedFile, request.FILES["file"])
    body = {"draft": str(work.draft.pk), "code": wanted.code, "name": sent.name, "size": sent.size}
    try:
        with once(work.actor, key_of(request), action="cases.upload_material", body=body) as turn:
            if turn.is_new:
                file = take(sent, wanted, actor=work.actor)
                work.keep(materials={**work.content.materials, wanted.code: str(file.pk)})
    except FileRefused as refusal:
        return _shown(request, work, {wanted.code: in_words(refusal)})
    return _back(work, wanted.code)


def _back(work: Opened, code: str) -> HttpResponse:
    response = go("draft-materials", work.draft.pk)
    response["Location"] += f"#material-{code}"
    return response
