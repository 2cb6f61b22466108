"""The hall's desk: the day, check-in, booking by telephone, hours with their effect."""

import pytest

from tests import story
from tests.faces.desk.desks import CLERK, KEEPER, LEADER, MOST_QUERIES, REVIEWER, TOWN, Desk, words
from tests.topics.visits.calling import GENERAL, LAW, LEGAL, RESTAURANT, at, book, on, person
from zhengtong.topics.visits.models import Appointment, WindowGroup

pytestmark = pytest.mark.usefixtures("district")


def test_the_day_by_time_with_those_who_go_first() -> None:
    with on(24):
        father = book(story.actor("linguodong"), at(24, 9))
        book(person(1), at(24, 10))
        said = words(Desk(CLERK).get("/desk/visits/"))
        assert "还没到 2 人，已到 0 人" in said and "林国栋 优先" in said and "1 / 1" in said
        assert said.index("林国栋") < said.index("来访1")
        elsewhere = words(Desk(TOWN).get("/desk/visits/"))
        assert "望江街道便民服务中心" in elsewhere and "林国栋" not in elsewhere
        assert Desk(TOWN).get(f"/desk/visits/{father.number}/").status_code == 404
        assert Desk(REVIEWER).get("/desk/visits/").status_code == 403


def test_scanned_checked_in_and_missed() -> None:
    desk = Desk(CLERK)
    with on(24):
        came, absent = book(person(1), at(24, 9)), book(person(2), at(24, 9, 30))
        found = words(desk.get(f"/desk/visits/?q=http://hall/desk/visits/?q={came.number}"))
        assert "来访1" in found and "来访2" not in found
        answer = desk.post(f"/desk/visits/{came.number}/check-in/")
        assert answer["Location"] == f"/desk/visits/{came.number}/?said=visit-check-in"
        early = desk.post(f"/desk/visits/{absent.number}/miss/")
        assert early.status_code == 409 and "过了 30 分钟" in words(early)
    desk = Desk(CLERK)  # whoever has been away two hours signs in again
    with on(24, 10):
        assert "登记未到场" in desk.page(f"/desk/visits/{absent.number}/")
        desk.post(f"/desk/visits/{absent.number}/miss/")
        assert Appointment.objects.get(pk=absent.pk).state == "missed"
        assert "登记到场" in desk.page(f"/desk/visits/{absent.number}/")
        assert desk.post(f"/desk/visits/{absent.number}/fly/").status_code == 404


def test_by_telephone_then_another_time_then_called_off() -> None:
    desk = Desk(CLERK)
    with on():
        assert "法律援助" in desk.page("/desk/visits/new/?q=法律援助")
        page = desk.page(f"/desk/visits/new/?item={LEGAL}")
        assert "2026-11-24T09:00" in page
        sent = {"item": LEGAL, "group": LAW, "at": "2026-11-24T09:00", "visitor-id_number": "11010519491231002X"}
        assert desk.post("/desk/visits/new/", sent).status_code == 422
        answer = desk.post("/desk/visits/new/", {**sent, "visitor-name": "方晓", "visitor-phone": "13800138000"})
        made = Appointment.objects.get()
        assert answer["Location"] == f"/desk/visits/{made.number}/?said=visit-booked"
        assert made.channel == "phone"
        desk.post(f"/desk/visits/{made.number}/change/", {"at": "2026-11-24T10:30"})
        made.refresh_from_db()
        assert made.starts_at == at(24, 10, 30)
        assert desk.post(f"/desk/visits/{made.number}/call-off/").status_code == 422
        desk.post(f"/desk/visits/{made.number}/call-off/", {"reason": "停电"})
        made.refresh_from_db()
        assert (made.state, made.reason) == ("called_off", "停电")


def test_hours_show_their_effect_first() -> None:
    keeper = Desk(KEEPER)
    with on():
        made = [book(person(n), at(24, 9), item=RESTAURANT, group=GENERAL) for n in (1, 2)]
        path = f"/desk/visits/hours/{GENERAL}/"
        assert "综合窗口" in keeper.page("/desk/visits/hours/")
        assert Desk(CLERK).get(path).status_code == 403
        sent = {"days-0": "workday", "from-0": "08:30", "to-0": "12:00", "places-0": "1", "closed": ""}
        looked = keeper.post(path, {**sent, "look": "1"})
        said = words(looked)
        assert "有 1 个预约没有位置" in said and made[1].number in said and made[0].number not in said
        seen = looked.context["seen"]
        assert keeper.post(path, {**sent, "save": "1", "seen": seen}).status_code == 422
        saved = keeper.post(path, {**sent, "save": "1", "seen": seen, "reason": "窗口检修"})
        assert saved["Location"] == "/desk/visits/hours/?said=visit-hours"
        assert [row["places"] for row in WindowGroup.objects.get(pk=GENERAL).hours] == [1]
        made[1].refresh_from_db()
        assert (made[1].state, made[1].reason) == ("called_off", "窗口检修")
        wrong = keeper.post(path, {**sent, "from-0": "08:40", "look": "1"})
        assert wrong.status_code == 422 and "不在整点或半点" in words(wrong)
        assert keeper.post(path, {**sent, "closed": "明天", "look": "1"}).status_code == 422


def test_pages_cost_the_same_however_many_come() -> None:
    desk = Desk(CLERK)
    with on(24):
        first = book(person(1), at(24, 9), item=RESTAURANT, group=GENERAL)
        paths = ["/desk/visits/", f"/desk/visits/?q={first.number}", f"/desk/visits/{first.number}/",
                 f"/desk/visits/{first.number}/change/", f"/desk/visits/new/?item={LEGAL}"]  # fmt: skip
        costs = {path: desk.queries(path) for path in paths}
        keeper = Desk(KEEPER)
        costs |= {path: keeper.queries(path) for path in ("/desk/visits/hours/", f"/desk/visits/hours/{GENERAL}/")}
        assert {path: cost for path, cost in costs.items() if cost > MOST_QUERIES} == {}
        for number in range(2, 5):
            book(person(number), at(24, 9), item=RESTAURANT, group=GENERAL)
        assert desk.queries("/desk/visits/") == costs["/desk/visits/"]
        assert Desk(LEADER).get("/desk/visits/").status_code == 403
