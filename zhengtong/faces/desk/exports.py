"""My exports: asked for on a list, made by a job, fetched here."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.foundation import clock
from zhengtong.foundation.files.responses import stored
from zhengtong.foundation.params import queries as params
from zhengtong.foundation.refusals import NotFound
from zhengtong.foundation.tables import actions, queries
from zhengtong.foundation.tables.declared import table_named
from zhengtong.foundation.tables.models import Export
from zhengtong.foundation.ui import page_or_fragment
from zhengtong.foundation.ui.said import go

from .people import worker
from .turns import turn

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def exports(request: HttpRequest) -> HttpResponse:
    """GET, POST /desk/exports/: how far each is; a new one with the table's name and its query string"""
    if request.method == "POST":
        return _request(request)
    actor = worker(request)
    found = queries.exports_of(actor)
    rows = [{"export": one, "title": _title(one), "status": f"exports.{one.state}"} for one in found]
    context = {
        "rows": rows,
        "is_under_way": any(one.is_under_way for one in found),
        "keep": params.parameter(actions.KEEP, on=clock.today()),
    }
    return page_or_fragment(request, "desk/exports/browse.html", "_rows", context)


def _request(request: HttpRequest) -> HttpResponse:
    table = table_named(request.POST.get("table", ""))
    actor = worker(request, *(table.permissions if table else ()))
    if table is None:
        raise NotFound
    with turn(request, "tables.export", table=table.name) as this:
        if this.is_new:
            actions.request_export(
                table, query=request.POST.get("query", ""), columns=request.POST.getlist("column"),
                format=request.POST.get("format", "csv"), language=get_language() or "zh-hans", actor=actor,
            )  # fmt: skip
    return go("desk-exports")


@require_POST
def cancel(request: HttpRequest, export: UUID) -> HttpResponse:
    """POST /desk/exports/<uuid>/cancel/"""
    actor = worker(request)
    found = queries.export_for(actor, export)
    with turn(request, "tables.cancel_export", export=str(export)) as this:
        if this.is_new:
            actions.cancel_export(found, actor=actor)
    return go("desk-exports")


def download(request: HttpRequest, export: UUID) -> HttpResponseBase:
    """GET /desk/exports/<uuid>/file/"""
    found = queries.export_for(worker(request), export)
    day = f"{found.created_at.astimezone(clock.CHINA):%Y%m%d}"
    name = f"{_title(found)}{day}.{found.format}"
    return stored(queries.open_export(found), name=name, kind=KINDS[found.format])


def _title(export: Export) -> str:
    table = table_named(export.table)
    return _(table.title) if table else export.table
