"""S184 企业移动端与区专区: what a firm meets from its opening on, by happening, at the same door as its cases."""

import pytest
from django.utils.http import urlencode

from tests import story
from tests.faces.portal.citizens import OWNER, Citizen
from zhengtong.topics.items import queries as items

pytestmark = [
    pytest.mark.system(
        "S184",
        partial="modules by the stages of a firm's life, entry among them; registered and daily active firms",
    ),
    pytest.mark.usefixtures("district"),
]


def test_every_item_for_firms_is_found_by_what_happens_to_them() -> None:
    front = Citizen().page("/")
    for row in items.published_items(items.Published(audience="entity")).exclude(events=[]):
        for event in row.events:
            assert event in front, row.code
            assert row.name in Citizen().page(f"/items/?{urlencode({'event': event})}")


def test_a_firm_opens_builds_and_runs_at_one_door() -> None:
    """Opening a restaurant, works at its door, a sign above it: three offices, one list of the owner's cases."""
    owner = Citizen(OWNER)
    for item in ("food-business-restaurant", "road-occupation-excavation", "outdoor-advertising"):
        guide = owner.get(f"/items/{item}/").content.decode()
        assert f"/cases/new/{item}/" in guide, item
    case = story.submitted()
    assert case.applicant == story.subject("weizhenyuan")
    assert case.number in owner.page("/cases/")
