"""Behind the figures: the work that is urgent, and the cases of a period, as lists that can be taken out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from zhengtong.engines.tasks import queries as tasks
from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.refusals import N_, NotFound
from zhengtong.foundation.tables.declared import Column, Empty, Filter, Table
from zhengtong.foundation.tables.rules import Asked
from zhengtong.foundation.ui import cells, formats, tones
from zhengtong.foundation.ui.asked import day_asked
from zhengtong.foundation.ui.listing import show_table
from zhengtong.topics.cases import queries as cases

from ..lights import Light, light_of
from ..people import WORK, worker
from .urgency import FREE, idents


@dataclass(frozen=True)
class Row:
    """One piece of work as its overseer sees it."""

    task: Any
    unit: str
    light: Light | None


def work(request: HttpRequest) -> HttpResponse:
    """GET /desk/overview/work/?light=&unit=&holder="""
    return show_table(request, URGENT, worker(request, "tasks.oversee"), "desk/overview/work.html")


def behind_pace(request: HttpRequest) -> HttpResponse:
    """GET /desk/overview/cases/?heap=&since=&until="""
    return show_table(request, PACE, worker(request, "tasks.oversee"), "desk/overview/cases.html")


def _urgent(actor: Actor, asked: Asked) -> QuerySet[Any]:
    found = idents(actor, light=asked.get("light"), unit=asked.get("unit"), holder=asked.get("holder"))
    return tasks.overseen_tasks(actor).filter(pk__in=found)


def _dressed(found: Sequence[Any], actor: Actor) -> list[Row]:
    units = directory.organisations({task.organisation for task in found})
    return [
        Row(
            task,
            units[task.organisation].short_name if task.organisation in units else task.organisation,
            light_of(task.due, task.opened_at),
        )
        for task in found
    ]


def _lights(actor: Actor) -> Sequence[tuple[str, str]]:
    return [("red", _("已超期")), ("yellow", _("快到期"))]


def _unit_words(code: str) -> str:
    return next((one.short_name for one in directory.organisations([code]).values()), code)


def _holder_words(ident: str) -> str:
    if ident == FREE:
        return _("还没有人领办")
    try:
        return str(accounts.account_by_id(UUID(ident)).name)
    except (ValueError, NotFound):
        return ident


def _day_words(text: str) -> str:
    day = day_asked(text)
    return formats.full_day(day) if day else "—"


def _paced(actor: Actor, asked: Asked) -> QuerySet[Any]:
    until = day_asked(asked.get("until")) or clock.today()
    since = day_asked(asked.get("since")) or until
    return cases.cases_behind_pace(actor, asked.get("heap") or "received", since=since, until=until)


def _heaps(actor: Actor) -> Sequence[tuple[str, str]]:
    return [(heap, _(words)) for heap, words in cases.BEHIND.items()]


URGENT = Table(
    name="overview-work",
    title=N_("红黄灯清单"),
    route="desk-overview-work",
    permissions=("tasks.oversee",),
    rows=_urgent,
    dress=_dressed,
    ident=lambda row: str(row.task.pk),
    label=lambda row: row.task.number,
    link=lambda row: reverse("desk-case", args=[row.task.number]),
    filters=(
        Filter(key="light", title=N_("期限"), look="tabs", choices=_lights, every=N_("全部")),
        Filter(key="unit", title=N_("单位"), look="chip", words=_unit_words),
        Filter(key="holder", title=N_("办理人"), look="chip", words=_holder_words),
    ),
    columns=(
        Column(key="title", title=N_("事项"), value=lambda row: row.task.title, kind="main"),
        Column(
            key="due", title=N_("期限"), value=lambda row: row.task.due, show=lambda row: cells.light(row.light),
            kind="light",
        ),
        Column(
            key="work", title=N_("要做的"), value=lambda row: _(WORK.get(row.task.permission, "办理")), kind="tight",
        ),
        Column(key="unit", title=N_("在哪个单位"), value=lambda row: row.unit, kind="tight"),
        Column(
            key="holder", title=N_("办理人"), kind="tight",
            value=lambda row: row.task.holder.name if row.task.holder else _("还没有人领办"),
        ),
        Column(key="who", title=N_("申请人"), value=lambda row: row.task.who),
        Column(
            key="number", title=N_("办件编号"), value=lambda row: row.task.number,
            show=lambda row: cells.number(row.task.number), kind="tight",
        ),
    ),
    empty=Empty(
        title=N_("没有超期和快到期的工作"), icon="circle-check", filtered=N_("没有这样的工作"),
        filtered_text=N_("可能刚刚办完了。"),
    ),
    more=N_("后面还有。请从看板按单位或者办理人打开。"),
)  # fmt: skip

PACE = Table(
    name="overview-cases",
    title=N_("看板办件清单"),
    route="desk-overview-cases",
    permissions=("tasks.oversee",),
    rows=_paced,
    ident=lambda case: case.number,
    label=lambda case: case.number,
    link=lambda case: reverse("desk-case", args=[case.number]),
    filters=(
        Filter(key="heap", title=N_("哪些办件"), look="tabs", choices=_heaps),
        Filter(key="since", title=N_("从"), look="chip", words=_day_words),
        Filter(key="until", title=N_("到"), look="chip", words=_day_words),
    ),
    columns=(
        Column(key="item", title=N_("事项"), value=lambda case: case.item_name, kind="main"),
        Column(key="applicant", title=N_("申请人"), value=lambda case: case.applicant_name),
        Column(
            key="status", title=N_("状态"), value=lambda case: _(tones.get(f"cases.{case.status}").label),
            show=lambda case: cells.status(f"cases.{case.status}"), kind="tight",
        ),
        Column(key="department", title=N_("办理部门"), value=lambda case: case.department.short_name, kind="tight"),
        Column(
            key="submitted", title=N_("提交时间"), value=lambda case: case.submitted_at,
            show=lambda case: cells.moment(case.submitted_at), kind="tight",
        ),
        Column(
            key="ended", title=N_("决定时间"), value=lambda case: case.ended_at,
            show=lambda case: cells.moment(case.ended_at), kind="tight",
        ),
        Column(
            key="due", title=N_("应当在"), value=lambda case: case.promised_due or case.statutory_due,
            show=lambda case: cells.moment(case.promised_due or case.statutory_due, "day"), kind="tight",
        ),
        Column(
            key="number", title=N_("办件编号"), value=lambda case: case.number,
            show=lambda case: cells.number(case.number), kind="tight",
        ),
    ),
    empty=Empty(title=N_("没有这样的办件"), icon="files", filtered=N_("没有这样的办件")),
    more=N_("后面还有。请导出查看。"),
)  # fmt: skip
