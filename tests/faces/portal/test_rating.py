"""Rating a finished case: five levels, freely, once, changed once."""

import pytest

from tests import story
from tests.faces.portal.citizens import MECHANIC, OWNER, Citizen, invited, words
from zhengtong.foundation.codes import uuid7
from zhengtong.topics.ratings.models import Rating

pytestmark = pytest.mark.usefixtures("district")


def test_an_ended_case_invites_and_takes_a_word() -> None:
    case, one = invited(story.granted()), Citizen(OWNER)
    assert "去评价" in one.page(f"/cases/{case.number}/")
    assert "评价这次服务" in one.page("/cases/?heap=ended")
    said = one.page(f"/ratings/{case.number}/")
    assert all(text in said for text in ("非常满意", "非常不满意", "少跑路", "匿名评价", "都自愿"))
    key = str(uuid7())
    for _ in range(2):
        answer = one.post(
            f"/ratings/{case.number}/", {"level": "5", "labels": ["late", "unkind"], "text": "等了很久"}, key=key
        )
        assert answer["Location"] == f"/cases/{case.number}/?said=rated"
    rating = Rating.objects.get(case_number=case.number)
    assert (rating.level, rating.labels, rating.channel, rating.naming) == (5, ["late", "unkind"], "web", "named")
    assert "去评价" not in one.page(f"/cases/{case.number}/")


def test_changed_once_and_then_only_shown() -> None:
    case, one = invited(story.granted()), Citizen(OWNER)
    one.post(f"/ratings/{case.number}/", {"level": "4", "naming": "anonymous"})
    assert "可以修改一次" in one.page(f"/ratings/{case.number}/")
    one.post(f"/ratings/{case.number}/", {"level": "2"})
    assert Rating.objects.get(case_number=case.number).level == 2
    said = one.page(f"/ratings/{case.number}/")
    assert "您已经评价过了" in said and "提交评价" not in said
    assert one.post(f"/ratings/{case.number}/", {"level": "1"}).status_code == 409


@pytest.mark.parametrize(
    ("sent", "field"), [({}, "level"), ({"level": "9"}, "level"), ({"level": "1", "text": "好" * 501}, "text")]
)
def test_what_is_wrong_is_said_on_the_form(sent: dict[str, str], field: str) -> None:
    case = invited(story.granted())
    answer = Citizen(OWNER).post(f"/ratings/{case.number}/", sent)
    assert answer.status_code == 422 and f'id="{field}-error"' in answer.content.decode()
    assert not Rating.objects.exists()


def test_not_mine_and_not_ended() -> None:
    case = invited(story.granted())
    assert Citizen(MECHANIC).get(f"/ratings/{case.number}/").status_code == 404
    running = story.submitted()
    answer = Citizen(OWNER).get(f"/ratings/{running.number}/")
    assert answer.status_code == 404 and "办结以后才可以评价" in words(answer)
