"""The job that makes an export, and the nightly one that takes old ones away."""

from uuid import UUID

from zhengtong.foundation.access import system_actor
from zhengtong.foundation.outbox.jobs import job

from . import actions

CLERK = system_actor("exports", "tables.sweep")


# One at a time: the worker has other things to do as well.
@job("tables.export", lock="tables.export")
def make_export(*, export: str) -> None:
    """Write the file from the start; a worker that died over it loses nothing."""
    actions.make_export(UUID(export), actor=CLERK)


@job("tables.sweep", every="37 19 * * *")
def forget_exports(**_: object) -> None:
    """Files past their time go."""
    actions.forget_exports(actor=CLERK)
