"""The inbox: what waits for me, nearest due first; claim, give back, hand over."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.engines.tasks import actions
from zhengtong.engines.tasks import queries as tasks
from zhengtong.foundation.access import Actor
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.refusals import NotFound
from zhengtong.foundation.ui import Tab, page_or_fragment
from zhengtong.foundation.ui.paging import Paged, paged
from zhengtong.foundation.ui.said import go

from .lights import Light, light_of
from .people import WORK, first_page, worker
from .turns import turn

HEAPS = ("todo", "mine", "others")
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
    """GET /desk/?heap=&work="""
    actor = worker(request)
    kinds = [permission for permission in WORK if actor.may(permission)]
    if not kinds:
        return render(request, "desk/tasks/nothing.html", {"path": first_page(actor)})
    heap = request.GET.get("heap", "")
    heap = heap if heap in HEAPS else "todo"
    work = request.GET.get("work", "")
    work = work if work in kinds else ""
    rows = heap_of(actor, heap)
    page = paged(request, rows.filter(permission=work) if work else rows)
    context = {
        "page": Paged([_row(task, actor) for task in page.rows], page.previous, page.next, page.is_cut),
        "heap": heap,
        "work": work,
        "tabs": _tabs(actor, heap, work),
        "kinds": _kinds(kinds, heap, work) if len(kinds) > 1 else [],
        "may_take_in": actor.may("cases.submit_for_visitor"),
    }
    return page_or_fragment(request, "desk/tasks/inbox.html", "_heap", context)


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


def _row(task: Any, actor: Actor) -> Row:
    return Row(
        task=task,
        work=_(WORK.get(task.permission, "办理")),
        icon=ICONS.get(task.permission, "circle"),
        light=light_of(task.due, task.opened_at),
        is_mine=task.holder_id == actor.account_id,
    )


def _address(heap: str, work: str) -> str:
    asked = {name: value for name, value in (("heap", heap if heap != "todo" else ""), ("work", work)) if value}
    return f"{reverse('desk')}?{urlencode(asked)}" if asked else reverse("desk")


def _tabs(actor: Actor, heap: str, work: str) -> list[Tab]:
    mine = int(heap_of(actor, "mine").order_by()[:MOST_COUNTED].count())
    labels = (("todo", _("待办"), None), ("mine", _("我领办的"), mine), ("others", _("同事在办"), None))
    return [Tab(label, _address(key, work), current=key == heap, count=count) for key, label, count in labels]


def _kinds(permissions: list[str], heap: str, work: str) -> list[Tab]:
    every = Tab(_("全部"), _address(heap, ""), current=not work)
    return [every, *(Tab(_(WORK[each]), _address(heap, each), current=each == work) for each in permissions)]


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
        receiver = _uuid(request.POST.get("to", ""))
        if receiver is None:
            error = _("请选择转交给谁。")
        else:
            with turn(request, "tasks.hand_over", task=task) as this:
                if this.is_new:
                    actions.hand_over_task(found, to=receiver, actor=actor)
            return go("desk", said="handed-over")
    context = {"task": found, "work": _(WORK.get(found.permission, "办理")), "colleagues": colleagues, "error": error}
    return render(request, "desk/tasks/hand_over.html", context, status=422 if error else 200)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound from None
