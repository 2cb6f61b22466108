"""The inbox: what waits for me, nearest due first; claim, give back, hand over, one by one or many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.engines.tasks import actions
from zhengtong.engines.tasks import queries as tasks
from zhengtong.foundation.access import Actor
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.refusals import N_, NotFound
from zhengtong.foundation.tables.declared import Bulk, Column, Empty, Filter, Table
from zhengtong.foundation.tables.rules import Asked
from zhengtong.foundation.ui import cells
from zhengtong.foundation.ui.listing import show_table
from zhengtong.foundation.ui.said import go

from .lights import Light, light_of
from .people import WORK, first_page, worker
from .turns import turn

MOST_COUNTED = 1_001
ICONS = {"cases.accept": "inbox", "cases.review": "search", "cases.decide": "rubber-stamp", "cases.deliver": "send"}


@dataclass(frozen=True)
class Row:
    """One task as the inbox shows it."""

    task: Any
    work: str
    icon: str
    light: Light | None
    is_mine: bool


def inbox(request: HttpRequest) -> HttpResponse:
    """GET /desk/?heap=&work=&columns=&preview="""
    actor = worker(request)
    if not any(actor.may(permission) for permission in WORK):
        return render(request, "desk/tasks/nothing.html", {"path": first_page(actor)})
    context = {"may_take_in": actor.may("cases.submit_for_visitor")}
    return show_table(request, INBOX, actor, "desk/tasks/inbox.html", context)


def heap_of(actor: Actor, heap: str) -> QuerySet[Any]:
    """Work I may do: free or mine; only mine; what colleagues have taken."""
    if heap == "mine":
        return tasks.tasks_for(actor, mine=True)
    rows = tasks.tasks_for(actor)
    free_or_mine = Q(holder=None) | Q(holder=actor.account_id)
    return rows.exclude(free_or_mine) if heap == "others" else rows.filter(free_or_mine)


def waiting_count(actor: Actor) -> int:
    """How much waits for me, counted up to a thousand; for the navigation."""
    return int(heap_of(actor, "todo").order_by()[:MOST_COUNTED].count())


def _rows(actor: Actor, asked: Asked) -> QuerySet[Any]:
    rows = heap_of(actor, asked.get("heap"))
    return rows.filter(permission=asked.get("work")) if asked.get("work") else rows


def _dressed(found: Sequence[Any], actor: Actor) -> list[Row]:
    return [
        Row(
            task=task,
            work=_(WORK.get(task.permission, "办理")),
            icon=ICONS.get(task.permission, "circle"),
            light=light_of(task.due, task.opened_at),
            is_mine=task.holder_id == actor.account_id,
        )
        for task in found
    ]


def _find(actor: Actor, ident: str) -> Any:
    if not (ident.isascii() and ident.isdigit() and len(ident) < 19):
        raise NotFound
    return tasks.task_for(actor, int(ident))


def _heaps(actor: Actor) -> Sequence[tuple[str, str]]:
    return [("mine", _("我领办的")), ("others", _("同事在办"))]


def _counts(actor: Actor) -> Mapping[str, int]:
    return {"mine": int(heap_of(actor, "mine").order_by()[:MOST_COUNTED].count())}


def _kinds(actor: Actor) -> Sequence[tuple[str, str]]:
    return [(permission, _(words)) for permission, words in WORK.items() if actor.may(permission)]


def _empty(asked: Asked) -> Empty:
    empty = {
        "mine": Empty(
            title=N_("您没有领办中的工作"), text=N_("在“待办”里领办一件，它就会出现在这里。"), icon="user"
        ),
        "others": Empty(title=N_("没有同事在办的工作"), icon="users"),
    }  # fmt: skip
    nothing = Empty(title=N_("没有等您办的事"), text=N_("新来的工作会按期限排在这里。"), icon="circle-check")
    return empty.get(asked.get("heap"), nothing)


def _holder(row: Row) -> str:
    """Who has it; free work can be taken on the spot."""
    if row.is_mine:
        return cells.tag(_("我"), "success", "user")
    if row.task.holder:
        return str(row.task.holder.name)
    return get_template("desk/tasks/_claim.html").render({"task": row.task})


def _colleagues(actor: Actor, found: Sequence[Any]) -> Mapping[str, Any]:
    """Those who may do every one of the chosen tasks."""
    places = sorted({(task.permission, task.organisation) for task in found})
    able = [{one.pk: one for one in accounts.holders_with(*place)} for place in places]
    common = set.intersection(*(set(each) for each in able)) - {actor.account_id} if able else set()
    return {"colleagues": [one for pk, one in able[0].items() if pk in common] if able else []}


INBOX = Table(
    name="inbox",
    title=N_("待办清单"),
    route="desk",
    permissions=tuple(WORK),
    rows=_rows,
    dress=_dressed,
    ident=lambda row: str(row.task.pk),
    label=lambda row: f"{row.task.number} {row.task.title}",
    link=lambda row: reverse("desk-case", args=[row.task.number]),
    find=_find,
    preview="desk/tasks/_preview.html",
    filters=(
        Filter(key="heap", title=N_("谁在办"), look="tabs", choices=_heaps, counts=_counts, every=N_("待办")),
        Filter(key="work", title=N_("按工作筛选"), look="chips", choices=_kinds, every=N_("全部")),
    ),
    columns=(
        Column(
            key="due", title=N_("期限"), value=lambda row: row.task.due,
            show=lambda row: cells.light(row.light, _("不计时")), kind="light",
        ),
        Column(
            key="work", title=N_("要办的事"), value=lambda row: row.work,
            show=lambda row: cells.tag(row.work, "primary", row.icon), kind="tight",
        ),
        Column(key="item", title=N_("事项"), value=lambda row: row.task.title, kind="main"),
        Column(key="who", title=N_("申请人"), value=lambda row: row.task.who),
        Column(
            key="number", title=N_("办件编号"), value=lambda row: row.task.number,
            show=lambda row: cells.number(row.task.number), kind="tight",
        ),
        Column(
            key="holder", title=N_("领办"), value=lambda row: row.task.holder.name if row.task.holder else "",
            show=_holder, kind="tight",
        ),
        Column(
            key="opened", title=N_("转来时间"), value=lambda row: row.task.opened_at,
            show=lambda row: cells.moment(row.task.opened_at), kind="tight", is_shown=False,
        ),
    ),
    bulk=(
        Bulk(
            key="claim", label=N_("领办"), icon="user", does=N_("领办之后由您来办，同事会看到在您手上。"),
            do=lambda task, actor, sent: actions.claim_task(task, actor=actor),
            is_offered=lambda actor, asked: asked.get("heap") != "mine",
        ),
        Bulk(
            key="return", label=N_("退回待办"), icon="arrow-back-up", does=N_("退回之后同事可以领办；只退回您领办的。"),
            do=lambda task, actor, sent: actions.return_task(task, actor=actor),
            is_offered=lambda actor, asked: asked.get("heap") != "others",
        ),
        Bulk(
            key="hand-over", label=N_("转交同事"), icon="share", does=N_("转交之后由同事来办；只转交您领办的。"),
            do=lambda task, actor, sent: actions.hand_over_task(task, to=receiver_in(sent), actor=actor),
            is_offered=lambda actor, asked: asked.get("heap") != "others",
            asks="desk/tasks/_to.html", given=_colleagues, needs=("to",),
        ),
    ),
    empty=_empty,
    more=N_("后面还有，请按工作筛选，或先办理前面的。"),
)  # fmt: skip


@require_POST
def claim(request: HttpRequest, task: int) -> HttpResponse:
    """POST /desk/tasks/<id>/claim/"""
    actor = worker(request)
    found = tasks.task_for(actor, task)
    with turn(request, "tasks.claim", task=task) as this:
        if this.is_new:
            actions.claim_task(found, actor=actor)
    return go("desk-case", found.number, said="claimed")


@require_POST
def give_back(request: HttpRequest, task: int) -> HttpResponse:
    """POST /desk/tasks/<id>/return/"""
    actor = worker(request)
    found = tasks.task_for(actor, task)
    with turn(request, "tasks.return", task=task) as this:
        if this.is_new:
            actions.return_task(found, actor=actor)
    return go("desk", said="returned")


def hand_over(request: HttpRequest, task: int) -> HttpResponse:
    """GET, POST /desk/tasks/<id>/hand-over/"""
    actor = worker(request)
    found = tasks.task_for(actor, task)
    colleagues = [
        one for one in accounts.holders_with(found.permission, found.organisation) if one.pk != actor.account_id
    ]
    error = ""
    if request.method == "POST":
        if not request.POST.get("to"):
            error = _("请选择转交给谁。")
        else:
            receiver = receiver_in(request.POST)
            with turn(request, "tasks.hand_over", task=task) as this:
                if this.is_new:
                    actions.hand_over_task(found, to=receiver, actor=actor)
            return go("desk", said="handed-over")
    context = {"task": found, "work": _(WORK.get(found.permission, "办理")), "colleagues": colleagues, "error": error}
    return render(request, "desk/tasks/hand_over.html", context, status=422 if error else 200)


def receiver_in(sent: Mapping[str, str]) -> UUID:
    """Who was chosen to take over. Refused: no such person."""
    try:
        return UUID(sent.get("to", ""))
    except ValueError:
        raise NotFound from None
