"""Take in a library of items: rehearse, import, account for every row."""

import hashlib
from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhengtong.foundation.access import Actor
from zhengtong.foundation.files.actions import limits
from zhengtong.foundation.idempotency.actions import once
from zhengtong.foundation.refusals import Refused
from zhengtong.foundation.ui.once import FIELD
from zhengtong.topics.items import actions
from zhengtong.topics.items import queries as items

from ..people import worker
from ..turns import in_words

MAP_BYTES = 200_000


def import_file(request: HttpRequest) -> HttpResponse:
    """GET, POST /desk/items/import/: rehearse or import; the report accounts for every row."""
    actor = worker(request, "items.import")
    context: dict[str, Any] = {"errors": {}, "megabytes": limits().bytes >> 20}
    if request.method == "POST":
        try:
            context["report"] = _told(_import(request, actor, context["errors"]))
        except Refused as refusal:
            if not refusal.code.startswith("items_import"):
                raise
            at = "map" if refusal.code == "items_import_map_invalid" else "file"
            context["errors"][at] = in_words(refusal)
    status = 422 if context["errors"] else 200
    return render(request, "desk/items/import.html", context, status=status)


def _told(report: dict[str, Any] | None) -> dict[str, Any] | None:
    """The report with its defects as the page can translate them."""
    if report is None:
        return None
    return {**report, "defects": [{**one, "told": items.told_defect(one["told"])} for one in report["defects"]]}


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
