"""Open, claim, return, hand over, close.

The trail of a task is part of the trail of the thing it is about: a slot names that thing's audited row.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.audit.models import Audited
from zhengtong.foundation.bulk import insert_rows
from zhengtong.foundation.wiring import Registry

from . import rules
from .events import TaskHandedOver
from .models import Task
from .rules import State

about: Registry[str, Any] = Registry("what tasks are about")


def open_tasks(rows: Sequence[Mapping[str, Any]], *, actor: Actor) -> None:
    """Put work before its posts, a set at a time; runs inside the action that makes the work necessary.

    Each row: kind, permission, organisation, area, item, about, number, title, who, due.
    """
    now = clock.now()
    insert_rows(Task, [{**row, "state": State.OPEN, "opened_at": now} for row in rows])


def close_tasks(thing: UUID, *, actor: Actor, kind: str = "") -> None:
    """The work on a thing is done; whoever did it becomes its holder. Part of the thing's own action."""
    waiting = Task.objects.filter(about=thing).exclude(state=State.CLOSED)
    if kind:
        waiting = waiting.filter(kind=kind)
    # An applicant who withdraws ends the work, but did none of it.
    done_by = {"holder": actor.account_id} if actor.is_staff else {}
    waiting.update(state=State.CLOSED, closed_at=clock.now(), **done_by)


def _locked(task: Task) -> tuple[Task, Audited]:
    thing = about.get(task.kind.split(".")[0])(task.about)
    return Task.objects.select_for_update(of=("self",)).select_related("holder").get(pk=task.pk), thing


@transaction.atomic
def claim_task(task: Task, *, actor: Actor) -> Task:
    """Take a task for myself, also from somebody whose post has ended. Refused: closed, or held by a colleague."""
    task, thing = _locked(task)
    access.require(actor, "tasks.claim", task)
    rules.check_claimable(task.state, *_held(task), actor.account_id)
    if task.holder_id == actor.account_id:
        return task
    task.holder_id, task.state, task.claimed_at = actor.account_id, State.CLAIMED, clock.now()
    task.save(update_fields=["holder", "state", "claimed_at"])
    record("tasks.task.claimed", thing, actor=actor, task=task.pk, kind=task.kind)
    return task


def _held(task: Task) -> tuple[UUID | None, str]:
    """Who holds the task and could still do it."""
    if task.holder is None or not (task.holder.is_active and _is_for(task.holder, task)):
        return None, ""
    return task.holder.pk, task.holder.name


def _is_for(account: Any, task: Task) -> bool:
    return access.may(accounts.actor_for(account), "tasks.claim", task)


@transaction.atomic
def return_task(task: Task, *, actor: Actor) -> Task:
    """Put a task back before its post. Refused unless I hold it."""
    task, thing = _locked(task)
    access.require(actor, "tasks.return", task)
    rules.check_mine(task.state, task.holder_id, actor.account_id)
    task.holder, task.state, task.claimed_at = None, State.OPEN, None
    task.save(update_fields=["holder", "state", "claimed_at"])
    record("tasks.task.returned", thing, actor=actor, task=task.pk, kind=task.kind)
    return task


@transaction.atomic
def hand_over_task(task: Task, *, to: UUID, actor: Actor) -> Task:
    """Give a task to a colleague on such a post. Refused unless I hold it and he may do it."""
    task, thing = _locked(task)
    access.require(actor, "tasks.hand_over", task)
    rules.check_mine(task.state, task.holder_id, actor.account_id)
    receiver = accounts.account_by_id(to)
    if not (receiver.is_active and _is_for(receiver, task)):
        raise rules.ReceiverUnfit(receiver=receiver.name)
    task.holder, task.claimed_at = receiver, clock.now()
    task.save(update_fields=["holder", "claimed_at"])
    record("tasks.task.handed_over", thing, actor=actor, task=task.pk, kind=task.kind, to=str(to))
    TaskHandedOver(
        task_id=task.pk, to=str(to), by=actor.name, number=task.number, title=task.title, due=str(task.due or ""),
        at=task.claimed_at.isoformat(),
    ).publish()  # fmt: skip
    return task
