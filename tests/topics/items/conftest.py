"""The invented world in the database, and who works in it."""

from datetime import datetime

import pytest

from tests.topics.items.entries import furnish
from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, Grant, system_actor


@pytest.fixture
def world(db):
    """Organisations and data elements, on a Monday of June."""
    with clock.at(datetime(2026, 6, 1, 9, tzinfo=clock.CHINA)):
        furnish(system_actor("world", "packs.apply"))
        yield


@pytest.fixture
def keeper():
    """The item administrator."""
    return Actor(
        key="staff:keeper", kind="staff", name="事项管理员", grants=(Grant("items.manage"), Grant("items.import"))
    )
