"""The sweeper of exchanges whose process died, the forgetting of what was said, `zt links`."""

import sys
from datetime import timedelta
from typing import Any

from django.core import checks

from zhengtong.foundation.access import system_actor
from zhengtong.foundation.outbox.jobs import job
from zhengtong.foundation.params import queries as params
from zhengtong.foundation.wiring import command

from . import actions, queries
from .ports import ports

SWEEPER = system_actor("links-sweeper", "links.call")
# Longer than any port's budget: an exchange still under way then has lost its process.
HANGING_AFTER = timedelta(minutes=5)


@job("links.sweep", every="*/5 * * * *")
def sweep(timestamp: int) -> None:
    """Every five minutes."""
    actions.sweep_hanging(older_than=HANGING_AFTER, actor=SWEEPER)


@job("links.forget", every="29 19 * * *")
def forget(timestamp: int) -> None:
    """Every night."""
    actions.forget_exchanges(older_than=timedelta(days=params.integer("links.keep_days")), actor=SWEEPER)


@checks.register("links")
def check_ports(**_: Any) -> list[checks.CheckMessage]:
    """Every port can be called, and gives up before the sweeper takes its exchange for lost."""
    found: list[checks.CheckMessage] = []
    for name, port in ports.items():
        found.extend(checks.Error(f"{name}: {fault}", id="links.E001") for fault in port.faults())
        if port.patience.budget >= HANGING_AFTER.total_seconds():
            found.append(checks.Error(f"{name}: its budget is longer than the sweeper waits", id="links.E002"))
    return found


@command("links", help="列出与外部系统的连接：zt links")
def links(argv: list[str]) -> int:
    """One line a port; exit 1 when one is wrongly configured."""
    if argv:
        print("用法：zt links", file=sys.stderr)
        return 2
    standings = queries.standings()
    for port in standings:
        last = f"{port.last.started_at:%Y-%m-%d %H:%M} {port.last.get_state_display()}" if port.last else "尚未调用"
        resting = f"，暂停至 {port.left_alone_until:%H:%M:%S}" if port.left_alone_until else ""
        print(f"{port.name}  {port.title}  {port.address}  {last}{resting}")
        for fault in port.faults:
            print(f"  错误：{fault}")
    return int(any(port.faults for port in standings))
