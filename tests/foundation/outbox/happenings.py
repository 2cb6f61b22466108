"""Events and handlers of the tests; a module of its own, because a process that is to die imports it too."""

import os
from dataclasses import dataclass

from zhengtong.foundation.accounts.models import Role
from zhengtong.foundation.outbox.events import Event


@dataclass(frozen=True)
class BellRang(Event):
    """The bell rang for the so-manieth time."""

    number: int


@dataclass(frozen=True)
class LampLit(Event):
    """Another kind of event."""

    number: int


def write_down(event: BellRang) -> None:
    """An effect in the database that would show if it happened twice."""
    Role.objects.create(code=f"rang-{event.number}", name="铃", owner="tests")


def written() -> list[str]:
    """What the handler has written, in the order it did."""
    return list(Role.objects.filter(code__startswith="rang-").order_by("code").values_list("code", flat=True))


def write_down_and_die(event: BellRang) -> None:
    """The effect is done, the cursor not yet moved, and the process is gone."""
    write_down(event)
    os.kill(os.getpid(), 9)
