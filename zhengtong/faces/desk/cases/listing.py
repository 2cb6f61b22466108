"""All cases within my scope, newest first; by number, applicant's name, status, item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from zhengtong.foundation.access import Actor
from zhengtong.foundation.codes import case_number
from zhengtong.foundation.refusals import N_, NotFound
from zhengtong.foundation.tables.declared import Column, Empty, Filter, Table
from zhengtong.foundation.tables.rules import Asked
from zhengtong.foundation.ui import cells, tones
from zhengtong.foundation.ui.listing import show_table
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.items import queries as items

from ..lights import Light, light_of_case
from ..people import worker

PREFIX = "cases."


@dataclass(frozen=True)
class Row:
    """One case as the list shows it."""

    case: Any
    status: str
    light: Light | None


def browse(request: HttpRequest) -> HttpResponse:
    """GET /desk/cases/?q=&status=&item=&sort=&columns=&preview=; a whole number opens its case."""
    actor = worker(request, "cases.view")
    text = request.GET.get("q", "").strip()
    is_number = case_number.is_valid_case_number(text) and not (request.GET.get("status") or request.GET.get("item"))
    if is_number and cases.cases_on_desk(actor, text=text).exists():
        return redirect("desk-case", text)
    return show_table(request, CASES, actor, "desk/cases/browse.html")


def statuses(actor: Actor) -> Sequence[tuple[str, str]]:
    """Every status a case may have, with its word, in the order of its life."""
    return [(code.removeprefix(PREFIX), _(look.label)) for code, look in tones.items() if code.startswith(PREFIX)]


def _rows(actor: Actor, asked: Asked) -> QuerySet[Any]:
    return cases.cases_on_desk(actor, text=asked.get("q"), status=asked.get("status"), item=asked.get("item"))


def _dressed(found: Sequence[Any], actor: Actor) -> list[Row]:
    return [Row(case, f"{PREFIX}{case.status}", light_of_case(case)) for case in found]


def _item_name(code: str) -> str:
    try:
        return str(items.item(code).name)
    except NotFound:
        return code


def _about(row: Row, actor: Actor) -> Mapping[str, Any]:
    return {"channel": _(row.case.get_channel_display())}


CASES = Table(
    name="cases",
    title=N_("办件清单"),
    route="desk-cases",
    permissions=("cases.view",),
    rows=_rows,
    dress=_dressed,
    ident=lambda row: row.case.number,
    label=lambda row: row.case.number,
    link=lambda row: reverse("desk-case", args=[row.case.number]),
    find=cases.case_for,
    preview="desk/cases/_preview.html",
    about=_about,
    filters=(
        Filter(key="q", title=N_("办件编号或申请人"), look="search"),
        Filter(key="status", title=N_("状态"), look="select", choices=statuses, every=N_("全部状态")),
        Filter(key="item", title=N_("事项"), look="chip", words=_item_name),
    ),
    # Whoever adds an order here adds its index: the table grows to millions of rows.
    columns=(
        Column(key="item", title=N_("事项"), value=lambda row: row.case.item_name, kind="main"),
        Column(key="applicant", title=N_("申请人"), value=lambda row: row.case.applicant_name),
        Column(
            key="status", title=N_("状态"), value=lambda row: _(tones.get(row.status).label),
            show=lambda row: cells.status(row.status), kind="tight",
        ),
        Column(
            key="due", title=N_("期限"), value=lambda row: row.light.due if row.light else None,
            show=lambda row: cells.light(row.light), kind="light",
        ),
        Column(
            key="department", title=N_("办理部门"), value=lambda row: row.case.department.short_name, kind="tight",
        ),
        Column(
            key="submitted", title=N_("提交时间"), value=lambda row: row.case.submitted_at,
            show=lambda row: cells.moment(row.case.submitted_at), sort=("submitted_at", "id"), kind="tight",
        ),
        Column(
            key="number", title=N_("办件编号"), value=lambda row: row.case.number,
            show=lambda row: cells.number(row.case.number), sort=("number",), kind="tight",
        ),
        Column(
            key="official", title=N_("官方编号"), value=lambda row: row.case.official_number,
            show=lambda row: cells.number(row.case.official_number), is_shown=False,
        ),
        Column(
            key="acceptor", title=N_("收件窗口"), value=lambda row: row.case.acceptor.short_name, kind="tight",
            is_shown=False,
        ),
        Column(
            key="channel", title=N_("来源"), value=lambda row: _(row.case.get_channel_display()), kind="tight",
            is_shown=False,
        ),
        Column(
            key="decided", title=N_("决定时间"), value=lambda row: row.case.decided_at,
            show=lambda row: cells.moment(row.case.decided_at), kind="tight", is_shown=False,
        ),
    ),
    empty=Empty(
        title=N_("还没有办件"), icon="files", filtered=N_("没有符合条件的办件"),
        filtered_text=N_("编号要填完整的 13 位；申请人从姓名或名称的第一个字填起。"),
    ),
    more=N_("后面还有。请按编号、申请人或状态缩小范围。"),
)  # fmt: skip
