"""The sweeper of exchanges whose process died."""

from datetime import timedelta

from zhengtong.foundation.access import system_actor
from zhengtong.foundation.outbox.jobs import job

from . import actions

SWEEPER = system_actor("links-sweeper", "links.call")


@job("links.sweep", every="*/5 * * * *")
def sweep(timestamp: int) -> None:
    """Every five minutes."""
    actions.sweep_hanging(older_than=timedelta(minutes=5), actor=SWEEPER)
