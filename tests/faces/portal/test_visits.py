"""Booking a time at a hall, page by page; changing and cancelling it."""

import re

import pytest

from tests.faces.portal.citizens import ALLOWANCE, FAMILY, MECHANIC, MOST_QUERIES, OWNER, RESTAURANT, Citizen, words
from tests.topics.visits.calling import GENERAL, LEGAL, at, book, on
from zhengtong.foundation.codes import uuid7
from zhengtong.topics.visits.models import Appointment

pytestmark = pytest.mark.usefixtures("district")


def links(answer: object) -> list[str]:
    """Where the days or half hours of a page lead."""
    found = re.findall(r'class="zt-slot" href="([^"]+)"', answer.content.decode())  # type: ignore[attr-defined]
    return [link.replace("&amp;", "&") for link in found]


def test_from_the_guide_to_the_slip() -> None:
    with on():
        one = Citizen(OWNER)
        guide = one.get(f"/items/{RESTAURANT}/").content.decode()
        assert f"/visits/new/?item={RESTAURANT}&amp;hall=hall-central" in guide
        halls = one.page(f"/visits/new/?item={RESTAURANT}")
        assert "番江区政务服务中心" in halls and "北部分厅" in halls
        days = links(one.get(f"/visits/new/?item={RESTAURANT}&hall=hall-central"))
        # Two weeks of working days and two Saturdays, no Sunday.
        assert len(days) == 13
        times = links(one.get(days[1]))
        assert times[0].endswith("day=2026-11-24&time=08%3A30") and len(times) == 14
        said = one.page(times[1])
        assert all(text in said for text in ("11月24日 周二 09:00", "要带什么", "经营场所布局图", "替谁预约"))
        sent = {"item": RESTAURANT, "hall": "hall-central", "day": "2026-11-24", "time": "09:00"}
        firm = re.search(r'name="visitor"[^>]*value="([^"]+)"', one.get(times[1]).content.decode())
        assert firm
        key = str(uuid7())
        answers = [one.post("/visits/new/", {**sent, "visitor": firm[1]}, key=key) for _ in range(2)]
        made = Appointment.objects.get()
        assert {answer["Location"] for answer in answers} == {f"/visits/{made.number}/?said=visit-booked"}
        slip = one.page(f"/visits/{made.number}/")
        assert all(text in slip for text in (made.number, "综合窗口 3—8 号", "锦湖路口站", "08:00 以前，可以改时间"))
        assert made.number in one.page("/visits/")


def test_changed_and_cancelled_by_whoever_booked_only() -> None:
    with on():
        one = Citizen(MECHANIC)
        made = book(one.actor, at(24, 9))
        again = links(one.get(f"/visits/{made.number}/change/?day=2026-11-25"))
        assert "改成" in one.page(again[0])
        answer = one.post(f"/visits/{made.number}/change/", {"day": "2026-11-25", "time": "09:30"})
        assert answer["Location"] == f"/visits/{made.number}/?said=visit-changed"
        for path in ("", "change/"):
            assert Citizen(OWNER).get(f"/visits/{made.number}/{path}").status_code == 404
        assert Citizen(OWNER).post(f"/visits/{made.number}/cancel/").status_code == 404
        assert one.post(f"/visits/{made.number}/cancel/")["Location"] == "/visits/?said=visit-cancelled"
        made.refresh_from_db()
        assert made.state == "cancelled" and made.number in one.page("/visits/?heap=past")


def test_too_late_says_whom_to_call() -> None:
    with on(24):
        one = Citizen(MECHANIC)
        made = book(one.actor, at(24, 9))
    with on(24, 8, 30):
        said = one.page(f"/visits/{made.number}/")
        assert "0660-5550188" in said and "取消预约" not in said
        refused = one.post(f"/visits/{made.number}/cancel/")
        assert refused.status_code == 409 and "打大厅电话 0660-5550188" in words(refused)


def test_full_closed_and_unknown() -> None:
    with on():
        book(Citizen(MECHANIC).actor, at(24, 9))
        one = Citizen(OWNER)
        path = f"/visits/new/?item={LEGAL}&hall=hall-central&day=2026-11-24"
        assert "09:00 约满了" in one.page(path)
        sent = {"item": LEGAL, "hall": "hall-central", "day": "2026-11-24", "time": "09:00"}
        full = one.post("/visits/new/", {**sent, "visitor": str(one.actor.subject_id)})
        assert full.status_code == 409 and "约满了" in words(full) and "现场取号" in words(full)
        assert one.get(f"{path[:-10]}2026-11-29&time=09:00").status_code == 422
        assert one.get("/visits/new/?item=nothing").status_code == 404
        assert one.get("/visits/123456789/").status_code == 404
        assert "哪一天去" in one.page(f"{path[:-10]}someday")


def test_anonymous_sees_what_is_free_and_signs_in_to_take_it() -> None:
    with on():
        somebody = Citizen()
        path = f"/visits/new/?item={LEGAL}&hall=hall-central&day=2026-11-24"
        assert "几点去" in somebody.page(path)
        door = somebody.get(f"{path}&time=09:00")
        assert door.status_code == 302 and "/accounts/sign-in/?next=%2Fvisits%2Fnew" in door["Location"]


def test_pages_cost_the_same_whatever_is_booked() -> None:
    with on():
        one = Citizen(FAMILY)
        first = book(one.actor, at(24, 9))
        paths = (
            f"/items/{ALLOWANCE}/", f"/visits/new/?item={ALLOWANCE}",
            f"/visits/new/?item={RESTAURANT}&hall=hall-central",
            f"/visits/new/?item={RESTAURANT}&hall=hall-central&day=2026-11-24",
            f"/visits/new/?item={RESTAURANT}&hall=hall-central&day=2026-11-24&time=09:00",
            f"/visits/{first.number}/", f"/visits/{first.number}/change/", "/visits/",
        )  # fmt: skip
        costs = {path: one.queries(path) for path in paths}
        assert {path: cost for path, cost in costs.items() if cost > MOST_QUERIES} == {}
        for other in (MECHANIC, OWNER):
            book(Citizen(other).actor, at(25, 9), item=RESTAURANT, group=GENERAL)
        book(one.actor, at(26, 9), item=RESTAURANT, group=GENERAL)
        assert one.queries("/visits/") == costs["/visits/"]
