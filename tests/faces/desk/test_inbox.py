"""The inbox: mine to do, nearest due first; claim, give back, hand over."""

from datetime import timedelta

import pytest

from tests import story
from tests.faces.desk.desks import (
    ALLOWANCE,
    CLERK,
    COLLEAGUE,
    HEAD,
    LEADER,
    MOST_QUERIES,
    REVIEWER,
    STRANGER,
    TOWN,
    Desk,
    fresh,
    words,
)  # fmt: skip
from zhengtong.engines.tasks import queries as tasks
from zhengtong.engines.tasks.models import Task
from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.topics.cases.models import Case

pytestmark = pytest.mark.usefixtures("district")


def task_of(case: Case) -> Task:
    return tasks.open_tasks_about(case.pk)[0]


def test_work_waits_for_those_who_may_do_it() -> None:
    case, other = story.submitted(), story.submitted(ALLOWANCE)
    page = words(Desk(CLERK).page("/desk/"))
    assert case.number in page
    assert other.number not in page
    assert "受理" in page
    assert other.number in words(Desk(TOWN).page("/desk/"))
    assert case.number not in words(Desk(REVIEWER).page("/desk/"))


def test_nearest_due_first_and_the_light_says_how_long() -> None:
    with clock.at(clock.now() - timedelta(days=14)):
        late = story.submitted()
    early = story.submitted()
    page = words(Desk(CLERK).page("/desk/"))
    assert page.index(late.number) < page.index(early.number)
    assert "已超期" in page
    assert "还剩 5 个工作日" in page


def test_an_empty_inbox_says_so() -> None:
    assert "没有等您办的事" in words(Desk(HEAD).page("/desk/"))
    assert "您没有领办中的工作" in words(Desk(HEAD).page("/desk/?heap=mine"))
    assert "没有同事在办" in words(Desk(HEAD).page("/desk/?heap=others"))
    assert "没有等您办的事" in words(Desk(LEADER).page("/desk/"))


def test_claimed_work_is_mine_and_the_colleague_sees_whose() -> None:
    case, me, colleague = story.submitted(), Desk(CLERK), Desk(COLLEAGUE)
    answer = me.post(f"/desk/tasks/{task_of(case).pk}/claim/")
    assert answer.status_code == 303
    assert "已领办" in words(me.page(answer["Location"]))
    assert case.number in words(me.page("/desk/?heap=mine"))
    assert case.number not in words(colleague.page("/desk/"))
    assert "周敏" in words(colleague.page("/desk/?heap=others"))
    again = colleague.post(f"/desk/tasks/{task_of(case).pk}/claim/")
    assert again.status_code == 409
    assert "已由周敏领办" in words(again)


def test_given_back_it_waits_for_everybody() -> None:
    case, me = story.submitted(), Desk(CLERK)
    me.post(f"/desk/tasks/{task_of(case).pk}/claim/")
    answer = me.post(f"/desk/tasks/{task_of(case).pk}/return/")
    assert "已退回待办" in words(me.page(answer["Location"]))
    assert case.number in words(Desk(COLLEAGUE).page("/desk/"))


def test_handed_over_to_a_colleague_on_such_a_post() -> None:
    case, me, colleague = story.submitted(), Desk(CLERK), Desk(COLLEAGUE)
    task = task_of(case)
    me.post(f"/desk/tasks/{task.pk}/claim/")
    path = f"/desk/tasks/{task.pk}/hand-over/"
    page = words(me.page(path))
    assert "吴佳怡" in page
    assert "何嘉" in page
    assert "周敏 " not in page.split("转交给")[1]
    assert "郑卫东" not in page
    nobody = me.post(path)
    assert nobody.status_code == 422
    assert "请选择转交给谁" in words(nobody)
    assert me.post(path, to="not-a-number").status_code == 404
    unfit = me.post(path, to=str(accounts.account(REVIEWER).pk))
    assert unfit.status_code == 409
    assert "不能转交" in words(unfit)
    answer = me.post(path, to=str(accounts.account(COLLEAGUE).pk))
    assert answer["Location"] == "/desk/?said=handed-over"
    assert case.number in words(colleague.page("/desk/?heap=mine"))


def test_work_of_others_is_not_there() -> None:
    task = task_of(story.submitted())
    for verb in ("claim", "return", "hand-over"):
        assert Desk(STRANGER).post(f"/desk/tasks/{task.pk}/{verb}/").status_code == 404
    assert Desk(CLERK).get(f"/desk/tasks/{task.pk}/claim/").status_code == 405


def test_only_one_kind_of_work() -> None:
    waiting, decided = story.submitted(), story.granted()
    clerk = Desk(CLERK)
    page = words(clerk.page("/desk/?work=cases.deliver"))
    assert decided.number in page
    assert waiting.number not in page
    assert waiting.number in words(clerk.page("/desk/?work=cases.view"))


def test_htmx_takes_the_heap_alone() -> None:
    story.submitted()
    part = Desk(CLERK).get("/desk/?heap=mine", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "您没有领办中的工作" in part


def test_twenty_to_a_page_in_a_fixed_number_of_queries() -> None:
    clerk = Desk(CLERK)
    few = clerk.queries("/desk/")
    for _ in range(23):
        story.submitted()
    page = clerk.page("/desk/")
    assert page.count("data-key-row") == 20
    assert "cursor=20" in page
    assert clerk.page("/desk/?cursor=20").count("data-key-row") == 3
    assert clerk.page("/desk/?cursor=nonsense").count("data-key-row") == 20
    many = clerk.queries("/desk/")
    assert many <= few + 1
    assert many <= MOST_QUERIES


def test_the_task_goes_with_the_case() -> None:
    case, clerk = story.submitted(), Desk(CLERK)
    task = task_of(case)
    clerk.act(case, "accept")
    gone = clerk.post(f"/desk/tasks/{task.pk}/claim/")
    assert gone.status_code == 409
    assert "已经办完" in words(gone)
    assert fresh(case).status == "accepted"
