"""Twelve queries a page at most, whatever the data."""

import pytest

from tests import story
from tests.faces.portal.citizens import MOST_QUERIES, OWNER, RESTAURANT, Citizen, correction_asked, invited
from zhengtong.topics.credentials.models import Credential

pytestmark = pytest.mark.usefixtures("district")


@pytest.mark.parametrize(
    "path", ["/", "/items/", "/items/?q=食品", "/items/?event=开办餐饮店", f"/items/{RESTAURANT}/", "/t/", "/v/"]
)
def test_pages_for_everybody(path: str) -> None:
    assert Citizen().queries(path) <= MOST_QUERIES


def test_pages_of_mine() -> None:
    one = Citizen(OWNER)
    ended = invited(story.granted())
    waiting, running = correction_asked(), [story.submitted() for _ in range(3)]
    draft = one.complete()
    paths = [
        *(
            "/",
            "/cases/",
            "/cases/?heap=ended",
            "/credentials/",
            "/subjects/",
            "/subjects/help/",
            "/materials/",
            f"/cases/new/{RESTAURANT}/",
        ),
        *(f"/cases/{case.number}/" for case in (ended, waiting, running[0])),
        *(f"/cases/{running[0].number}/submitted/", f"/cases/{running[0].number}/withdraw/"),
        *(f"/cases/{waiting.number}/correction/", f"/ratings/{ended.number}/"),
        *(f"/cases/drafts/{draft.pk}/{part}" for part in ("", "form/premises/", "materials/", "check/")),
        f"/credentials/{Credential.objects.get().pk}/",
    ]
    costs = {path: one.queries(path) for path in paths}
    assert {path: cost for path, cost in costs.items() if cost > MOST_QUERIES} == {}
    for _ in range(15):
        story.submitted()
    assert one.queries("/cases/") == costs["/cases/"]
