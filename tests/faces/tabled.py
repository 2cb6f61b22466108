"""A saved view and a finished export of the clerk's, for the matrix."""

from typing import Any

from tests import story
from zhengtong.foundation.access import system_actor
from zhengtong.foundation.tables import actions
from zhengtong.foundation.tables.declared import tables

CLERK = "zhoumin"
EXPORTER = system_actor("exports", "tables.sweep")


def view() -> dict[str, Any]:
    """One that nobody else sees."""
    made = actions.save_view(tables.get("cases"), name="办结的", query="status=granted", actor=story.actor(CLERK))
    return {"table": "cases", "view": made.pk}


def export() -> dict[str, Any]:
    """One that can be fetched."""
    made = actions.request_export(
        tables.get("cases"), query="", columns=[], format="csv", language="zh-hans", actor=story.actor(CLERK)
    )  # fmt: skip
    actions.make_export(made.pk, actor=EXPORTER)
    return {"export": made.pk}
