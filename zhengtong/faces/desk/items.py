"""The catalogue for those who keep it: what is published, drafts with their defects, the import of a library."""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhengtong.foundation.access import Actor
from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.files.actions import limits
from zhengtong.foundation.idempotency.actions import once
from zhengtong.foundation.refusals import NotFound, Refused
from zhengtong.foundation.ui import Tab, page_or_fragment
from zhengtong.foundation.ui.once import FIELD
from zhengtong.foundation.ui.paging import Paged, paged
from zhengtong.topics.items import actions
from zhengtong.topics.items import queries as items

from .people import worker
from .turns import in_words

KEEPERS = ("items.manage", "items.import")
SHELVES = ("", "draft", "published", "ended")
BIG = ("definition", "editorial", "form", "search_document", "search_pieces")
UNSEEN = [f"{version}__{column}" for version in ("published", "draft") for column in BIG]
MAP_BYTES = 200_000


@dataclass(frozen=True)
class Row:
    """One item as the list shows it."""

    item: Any
    department: str
    source: str
    blocking: int
    hints: int


def browse(request: HttpRequest) -> HttpResponse:
    """GET /desk/items/?q=&shelf="""
    actor = worker(request, *KEEPERS)
    text = request.GET.get("q", "").strip()[:100]
    shelf = request.GET.get("shelf", "")
    shelf = shelf if shelf in SHELVES else ""
    rows = items.kept_items(actor, text=text, state=shelf if shelf in ("published", "ended") else "")
    if shelf == "draft":
        rows = rows.filter(draft__isnull=False)
    page = paged(request, rows.defer(*UNSEEN, "published__defects"))
    bodies = directory.organisations({item.organisation for item in page.rows})
    context = {
        "page": Paged([_row(item, bodies) for item in page.rows], page.previous, page.next, page.is_cut),
        "text": text,
        "tabs": _tabs(text, shelf),
        "may_import": actor.may("items.import"),
    }
    return page_or_fragment(request, "desk/items/browse.html", "_rows", context)


def _row(item: Any, bodies: Any) -> Row:
    found = item.draft.defects if item.draft else []
    blocking = sum(1 for one in found if one["is_blocking"])
    body = bodies.get(item.organisation)
    name = body.short_name if body else item.organisation
    return Row(item, name, source_of(item.owner), blocking, len(found) - blocking)


def source_of(owner: str) -> str:
    """Where an item came from, in words."""
    kind, _colon, name = owner.partition(":")
    words = {"pack": _("资料包 {name}"), "import": _("导入 {name}")}
    return words[kind].format(name=name) if kind in words else _("工作台")


def _tabs(text: str, shelf: str) -> list[Tab]:
    labels = {"": _("全部"), "draft": _("有草稿"), "published": _("已发布"), "ended": _("已停办")}
    found = []
    for key, label in labels.items():
        asked = {name: value for name, value in (("q", text), ("shelf", key)) if value}
        found.append(Tab(label, f"{reverse('desk-items')}?{urlencode(asked)}".rstrip("?"), current=key == shelf))
    return found


def detail(request: HttpRequest, code: str) -> HttpResponse:
    """GET /desk/items/<code>/"""
    actor = worker(request, *KEEPERS)
    item = items.kept_items(actor).defer(*(f"published__{column}" for column in BIG)).filter(code=code).first()
    if item is None:
        raise NotFound
    bodies = directory.organisations({item.organisation})
    context = {
        "item": item,
        "department": bodies[item.organisation].name if item.organisation in bodies else item.organisation,
        "version": items.version(item.published_id) if item.published_id else None,
        "draft": item.draft,
        "defects": _sorted(item.draft.defects) if item.draft else [],
        "said": item.draft.definition if item.draft else {},
        "source": source_of(item.owner),
    }
    return render(request, "desk/items/detail.html", context)


def _sorted(defects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What stops publication comes first."""
    return sorted(defects, key=lambda one: not one["is_blocking"])


def import_file(request: HttpRequest) -> HttpResponse:
    """GET, POST /desk/items/import/: rehearse or import; the report accounts for every row."""
    actor = worker(request, "items.import")
    context: dict[str, Any] = {"errors": {}, "megabytes": limits().bytes >> 20}
    if request.method == "POST":
        try:
            context["report"] = _import(request, actor, context["errors"])
        except Refused as refusal:
            if not refusal.code.startswith("items_import"):
                raise
            at = "map" if refusal.code == "items_import_map_invalid" else "file"
            context["errors"][at] = in_words(refusal)
    status = 422 if context["errors"] else 200
    return render(request, "desk/items/import.html", context, status=status)


def _import(request: HttpRequest, actor: Actor, errors: dict[str, str]) -> dict[str, Any] | None:
    upload, said = request.FILES.get("file"), request.FILES.get("map")
    if upload is None:
        errors["file"] = _("请选择要导入的文件。")
    elif (upload.size or 0) > limits().bytes:
        errors["file"] = _("文件超过 {megabytes} MB。").format(megabytes=limits().bytes >> 20)
    if said is None or (said.size or 0) > MAP_BYTES:
        errors["map"] = _("请选择字段映射文件（YAML 或 JSON，不超过 200 KB）。")
    if errors or upload is None or said is None:
        return None
    content, raw = upload.read(), said.read()
    how = items.column_map(raw, name=said.name or "")
    name = upload.name or ""
    if "rehearse" in request.POST:
        return actions.rehearse_import(BytesIO(content), name=name, how=how, actor=actor).as_json()
    body = {"file": hashlib.sha256(content).hexdigest(), "map": hashlib.sha256(raw).hexdigest()}
    with once(actor, request.POST.get(FIELD, ""), action="items.import", body=body) as this:
        if this.is_new:
            this.answer(**actions.import_items(BytesIO(content), name=name, how=how, actor=actor).as_json())
        return this.answered
