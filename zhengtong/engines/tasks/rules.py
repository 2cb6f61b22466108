"""When a task may be claimed, returned, handed over."""

from enum import StrEnum
from uuid import UUID

from zhengtong.foundation.refusals import N_, Refused


class State(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    CLOSED = "closed"


class TaskClosed(Refused):
    """Refused: the work has been done meanwhile."""

    code = "task_closed"
    message = N_("这件工作已经办完，不在待办里了。")
    remedy = N_("请刷新待办列表。")


class TaskTaken(Refused):
    """Refused: a colleague has taken it."""

    code = "task_taken"
    message = N_("这件工作已由{holder}领办。")
    remedy = N_("如需接手，请与对方沟通后由其转交。")


class TaskNotYours(Refused):
    """Refused: only the holder may give it back or hand it over."""

    code = "task_not_yours"
    message = N_("只有领办人可以退回或转交这件工作。")


class ReceiverUnfit(Refused):
    """Refused: the colleague may not do this kind of work here."""

    code = "task_receiver_unfit"
    message = N_("{receiver}没有办理这类工作的岗位，不能转交。")


def check_claimable(state: str, holder: UUID | None, holder_name: str, me: UUID | None) -> None:
    """Refused when closed, or held by somebody else."""
    if state == State.CLOSED:
        raise TaskClosed
    if holder is not None and holder != me:
        raise TaskTaken(holder=holder_name)


def check_mine(state: str, holder: UUID | None, me: UUID | None) -> None:
    """Refused when closed, or not held by me."""
    if state == State.CLOSED:
        raise TaskClosed
    if holder is None or holder != me:
        raise TaskNotYours
