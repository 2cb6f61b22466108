"""What waits for me."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet

from zhengtong.foundation.access import Actor, visible
from zhengtong.foundation.refusals import NotFound

from .models import Task
from .rules import State


def tasks_for(actor: Actor, *, kind: str = "", mine: bool | None = None) -> QuerySet[Task]:
    """Open work the actor may do, nearest due first; `mine` narrows to what he holds, or to what nobody holds."""
    rows = visible(actor, "tasks.view", Task.objects.exclude(state=State.CLOSED)).select_related("holder")
    if kind:
        rows = rows.filter(kind=kind)
    if mine is not None:
        rows = rows.filter(holder=actor.account_id) if mine else rows.filter(holder=None)
    return rows.order_by(F("due").asc(nulls_last=True), "id")


def task_for(actor: Actor, task_id: int) -> Task:
    """One task within the actor's scope."""
    found = visible(actor, "tasks.view", Task.objects.select_related("holder")).filter(pk=task_id).first()
    if found is None:
        raise NotFound
    return found


def open_tasks_about(about: UUID) -> list[Task]:
    """The work still waiting on a thing."""
    return list(Task.objects.filter(about=about).exclude(state=State.CLOSED).select_related("holder").order_by("id"))


def closed_tasks_of(actor: Actor) -> QuerySet[Task]:
    """What the actor has done, newest first."""
    return Task.objects.filter(holder=actor.account_id, state=State.CLOSED).order_by("-closed_at")


def overseen_tasks(actor: Actor) -> QuerySet[Task]:
    """Open work with a limit in the units that the actor oversees, nearest due first."""
    rows = visible(actor, "tasks.oversee", Task.objects.exclude(state=State.CLOSED)).filter(due__isnull=False)
    return rows.select_related("holder").order_by("due", "id")


def due_tasks(day: date) -> list[Any]:
    """Open work due by a day, counted by who holds it, or else by where it waits for whom."""
    rows = Task.objects.exclude(state=State.CLOSED).filter(due__lte=day)
    return list(rows.values("holder", "organisation", "permission").annotate(count=Count("id")).order_by("holder"))
