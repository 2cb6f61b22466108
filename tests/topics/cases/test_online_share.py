"""网办率: what could be handled online beside what really was; every figure has its cases."""

from datetime import timedelta
from typing import Any

import pytest

from tests import story
from tests.faces.desk.desks import CLERK, HEAD, LEADER, MOST_QUERIES, Desk, words
from tests.topics.cases.verbs import brought, do
from tests.topics.payments.tills import billed
from zhengtong.foundation import clock
from zhengtong.topics.cases import actions
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.cases.rules.measuring import Share
from zhengtong.topics.payments import actions as payments

pytestmark = pytest.mark.usefixtures("district")
RESTAURANT = "food-business-restaurant"


def delivered(case: Any, way: str) -> Any:
    return actions.deliver_case(case, way=way, actor=story.actor("zhoumin"))


def granted() -> Any:
    return brought(RESTAURANT, "accept", "review", "grant")


def period() -> dict[str, Any]:
    return {"since": clock.today() - timedelta(days=1), "until": clock.today()}


def test_only_what_is_proved_counts_as_online() -> None:
    wholly = [delivered(granted(), "电子送达"), delivered(granted(), "邮寄送达（EMS 1）")]
    fetched = delivered(granted(), "窗口领取（林）")
    waiting = granted()
    at_counter = story.submitted(RESTAURANT, by=story.actor("zhoumin"))
    for verb in ("accept", "review", "grant"):
        at_counter = do(verb, at_counter, _another_clerk(verb))
    delivered(at_counter, "电子送达")
    paid_at_counter = billed()
    payments.take_at_counter(
        paid_at_counter, way="cash", receipt_number="C-1", amount=paid_at_counter.amount, actor=story.actor("zhoumin")
    )
    delivered(paid_at_counter.case, "电子送达")
    leader = story.actor(LEADER)
    share = cases.online_share(leader, **period())
    assert (share.whole.real, share.whole.undelivered) == (Share(2, 5), 1)
    assert share.whole.is_small
    assert share.whole.could_to_the_end.whole == len(share.rows)
    by_item = {row.item: row for row, _ in share.rows}
    assert (by_item[RESTAURANT].real, by_item[RESTAURANT].undelivered) == (Share(2, 4), 1)
    assert by_item["road-occupation-excavation"].real == Share(0, 1), "who came with cash has come"
    assert by_item[RESTAURANT].is_offered_to_the_end

    def behind(heap: str) -> set[str]:
        return set(cases.cases_behind(leader, heap=heap, item=RESTAURANT, **period()).values_list("number", flat=True))

    assert behind("online") == {case.number for case in wholly}
    assert behind("other") == {fetched.number, at_counter.number}
    assert behind("undelivered") == {waiting.number}
    assert behind("counted") == behind("online") | behind("other")


def _another_clerk(verb: str) -> Any:
    return story.actor({"accept": "wujiayi", "review": "zhengweidong", "grant": "xujing"}[verb])


def test_within_the_actors_scope_and_period() -> None:
    delivered(granted(), "电子送达")
    mine, others = story.actor(HEAD), story.actor("shenli")
    assert cases.online_share(mine, **period()).whole.real == Share(1, 1)
    assert cases.online_share(others, **period()).whole.real == Share(0, 0)
    assert {row.department for row, _ in cases.online_share(mine, **period()).rows} == {"11449906MF99060141"}
    before = {"since": clock.today() - timedelta(days=9), "until": clock.today() - timedelta(days=8)}
    assert cases.online_share(mine, **before).whole.note


def test_the_page_and_the_cases_behind_it() -> None:
    case = delivered(granted(), "电子送达")
    leader = Desk(LEADER)
    page = words(leader.page("/desk/cases/online/"))
    assert "100.0%" in page
    assert "办件较少" in page
    assert case.number in leader.page("/desk/cases/online/?heap=online")
    assert case.number not in leader.page("/desk/cases/online/?heap=other")
    assert case.number in leader.page(f"/desk/cases/online/?heap=counted&item={RESTAURANT}")
    assert leader.get("/desk/cases/online/?since=x&until=2026-13-01&department=nothing").status_code == 200
    assert Desk(CLERK).get("/desk/cases/online/").status_code == 403
    costs = {path: leader.queries(path) for path in ("/desk/cases/online/", "/desk/cases/online/?heap=online")}
    assert {path: cost for path, cost in costs.items() if cost > MOST_QUERIES} == {}


def test_shares_are_told_with_one_decimal() -> None:
    assert Share(0, 0).percent is None
    assert str(Share(1, 3).percent) == "33.3"
    assert str(Share(1, 16).percent) == "6.3"
