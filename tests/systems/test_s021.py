"""S021 市民移动端: one entrance on the phone, under one's real name, for questions, cases, licences and bookings."""

import re

import pytest

from tests import story
from tests.faces.portal.citizens import OWNER, RESTAURANT, Citizen
from tests.topics.visits.calling import GENERAL, at, book, on

pytestmark = [
    pytest.mark.system(
        "S021",
        partial="a sub-hall within the province's app; an onboarding register of items and monitoring of how they run; "
        "statistics of registered and daily active users",
    ),
    pytest.mark.usefixtures("district"),
]


def test_it_is_installed_from_the_browser_and_starts_at_the_front_page() -> None:
    anybody = Citizen()
    linked = re.search(r'rel="manifest" href="([^"]+)"', anybody.get("/").content.decode())
    assert linked
    told = anybody.get(linked[1]).json()
    assert (told["start_url"], told["display"]) == ("/", "standalone")
    assert {icon["purpose"] for icon in told["icons"]} >= {"any", "maskable"}


def test_everything_of_mine_lies_behind_one_door() -> None:
    owner = Citizen(OWNER)
    case, firm = story.granted(), story.subject("weizhenyuan")
    with on():
        made = book(owner.actor, at(24, 9), item=RESTAURANT, group=GENERAL, visitor=firm.pk)
        assert made.number in owner.page("/visits/")
    front = owner.get("/").content.decode()
    for path in ("/items/", "/cases/", "/credentials/", "/visits/", "/subjects/"):
        assert f'href="{path}"' in front
    assert f"/items/{RESTAURANT}/" in owner.get("/items/?q=开饭店").content.decode()
    assert case.number in owner.page("/cases/?heap=ended")
    assert "食品经营许可证" in owner.page("/credentials/")


def test_whoever_he_is_has_been_asked_of_the_province() -> None:
    owner = Citizen(OWNER)
    assert "还没有核验" in owner.page("/subjects/")
    assert owner.post("/subjects/identity/").status_code == 303
    assert "还没有核验" not in owner.page("/subjects/")
