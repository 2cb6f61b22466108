"""S001 政务服务事项管理系统: one versioned catalogue, adjusted while running cases keep their version."""

from datetime import timedelta

import pytest

from tests import story
from zhengtong.foundation import clock
from zhengtong.topics.items import actions
from zhengtong.topics.items import queries as items
from zhengtong.topics.items.models import ItemVersion
from zhengtong.topics.items.queries import Published

pytestmark = [
    pytest.mark.system(
        "S001",
        partial="the same item kept identical over city, district, town and village; non-application items; "
        "counts of bookable and stationed items",
    ),
    pytest.mark.usefixtures("district"),
]


def test_a_new_version_leaves_running_cases_alone() -> None:
    keeper, code = story.actor("gaojie"), "food-business-restaurant"
    case = story.submitted(code)
    row = ItemVersion.objects.get(pk=case.item_version_id)
    tomorrow = clock.today() + timedelta(days=1)
    entry = {
        **row.definition, **row.editorial, "version": row.number + 1, "valid_from": tomorrow.isoformat(),
        "promised_limit": {**row.definition["promised_limit"], "amount": 3},
    }  # fmt: skip
    actions.save_draft_version(entry, actor=keeper)
    actions.publish_version(code, actor=keeper)
    case.refresh_from_db()
    assert items.version(case.item_version_id).promised_limit.amount == 5
    assert items.current_version(code).promised_limit.amount == 5
    assert items.current_version(code, tomorrow).promised_limit.amount == 3


def test_every_published_item_carries_the_unified_elements() -> None:
    for row in items.published_items():
        guide = items.guide(row.code)
        assert guide.name
        assert guide.type
        assert guide.organisation_name
        assert guide.basis
        assert len(guide.version.basic_code) == 12
        assert guide.version.implementation_code[18] == guide.exercise_level[:1] or guide.version.exercise_level


def test_counted_by_attribute() -> None:
    every = items.published_items().count()
    on_the_spot = items.published_items(Published(on_the_spot=True)).count()
    online = items.published_items(Published(channel="online")).count()
    assert every == 12
    assert 0 < on_the_spot < every
    assert 0 < online <= every
    assert items.published_items().filter(visits=0).count() > 0
