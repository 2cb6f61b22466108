"""What people were told during the past month: each happening within hours, over the simulated carriers.

The relay hears the same events once more afterwards; nobody is told twice.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from zhengtong.engines.notices import actions as notices
from zhengtong.engines.notices.rules import SENT_OUT
from zhengtong.foundation import clock
from zhengtong.foundation.access import system_actor
from zhengtong.foundation.outbox.relay import events_so_far, subscribers

STAGE = system_actor("demo", "notices.send", "links.call")
BLOCK = 4 * 3600


def tell_the_past() -> None:
    """Block by block: make the messages and send them; each morning send what the night held back, take the reports."""
    morning = None
    for _, block in groupby(events_so_far(), key=_block_of):
        events = list(block)
        at = events[-1].at.astimezone(clock.CHINA) + timedelta(seconds=5)
        if morning and morning < at:
            _send(morning)
            _take_reports(morning)
        with clock.at(at):
            _tell(events)
        _send(at)
        morning = _morning_after(at)
    _send(clock.now())
    _take_reports(clock.now())


def _morning_after(moment: datetime) -> datetime:
    return (moment + timedelta(days=1)).replace(hour=8, minute=1, second=0, microsecond=0)


def _send(at: datetime) -> None:
    with clock.at(at):
        for channel in SENT_OUT:
            notices.send_due(channel, actor=STAGE)


def _take_reports(at: datetime) -> None:
    """The carrier says itself when it was that a message arrived."""
    with clock.at(at):
        notices.take_reports(actor=STAGE)


def _block_of(event: Any) -> int:
    return int(event.at.timestamp() // BLOCK)


def _tell(events: list[Any]) -> None:
    by_name: defaultdict[str, list[Any]] = defaultdict(list)
    for event in events:
        by_name[event.name].append(event)
    for name, subscriber in subscribers.items():
        if ".tell_" in name and (rows := by_name.get(subscriber.event.name())):
            subscriber.hear([subscriber.event.of(row.payload) for row in rows])
