"""What every list offers: an order, columns, views, a pane beside it, one action on many rows."""

import re
from typing import Any

import pytest

from tests import story
from tests.faces.desk.desks import ALLOWANCE, CLERK, COLLEAGUE, KEEPER, MOST_QUERIES, REVIEWER, STRANGER, Desk, words
from zhengtong.engines.tasks import actions as tasks
from zhengtong.engines.tasks.models import Task
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.codes import uuid7
from zhengtong.foundation.tables.models import View
from zhengtong.topics.cases.models import Case

pytestmark = pytest.mark.usefixtures("district")
CASES = "/desk/cases/"


def task_of(case: Case) -> Task:
    return Task.objects.exclude(state="closed").get(about=case.pk)


def fragment(who: Desk, path: str, target: str) -> str:
    return str(who.get(path, headers={"HX-Request": "true", "HX-Target": f"{target}-pane"}).content.decode())


# -- order and columns -----------------------------------------------------------------------------------------------


def test_heads_turn_the_order_and_say_so() -> None:
    first, second = story.submitted(), story.submitted()
    clerk = Desk(CLERK)
    up = clerk.page(f"{CASES}?sort=number")
    assert up.index(f"{CASES}{first.number}/") < up.index(f"{CASES}{second.number}/")
    assert 'aria-sort="ascending"' in up
    assert "sort=-number" in up
    down = clerk.page(f"{CASES}?sort=-number")
    assert down.index(f"{CASES}{second.number}/") < down.index(f"{CASES}{first.number}/")
    assert clerk.get(f"{CASES}?sort=applicant_name;--&columns=x&preview=%00&view=1&done=2&junk=3").status_code == 200


def test_columns_are_mine_until_an_address_names_its_own() -> None:
    case = story.submitted()
    clerk, colleague = Desk(CLERK), Desk(COLLEAGUE)
    assert case.official_number not in words(clerk.page(CASES))
    sent = {"column": ["number", "official"], "query": "status=submitted&columns=due"}
    answer = clerk.post("/desk/tables/cases/columns/", sent)
    assert answer["Location"] == f"{CASES}?status=submitted"
    page = clerk.page(answer["Location"])
    assert case.official_number in page
    assert "提交时间" not in re.findall(r"<th.*?</th>", page, re.S)[1]
    assert 'data-label="申请人"' not in page
    assert 'data-label="申请人"' in clerk.page(f"{CASES}?columns=item,applicant")
    assert 'data-label="申请人"' in colleague.page(CASES)
    clerk.post("/desk/tables/cases/columns/", {"reset": "1", "column": ["official"]})
    assert 'data-label="申请人"' in clerk.page(f"{CASES}?view=all")


# -- views -----------------------------------------------------------------------------------------------------------


def saved(who: Desk, name: str, query: str, **more: Any) -> Any:
    return who.post("/desk/tables/cases/views/", {"name": name, "query": query, **more})


def test_a_view_is_a_name_for_an_address_mine_or_my_offices() -> None:
    clerk, colleague, other = Desk(CLERK), Desk(COLLEAGUE), Desk(STRANGER)
    answer = saved(clerk, "受理了的", "status=accepted&junk=1&sort=-number")
    assert answer["Location"] == f"{CASES}?status=accepted&sort=-number"
    assert "受理了的" in words(clerk.page(CASES))
    assert "受理了的" not in words(colleague.page(CASES))
    taken = saved(clerk, "受理了的", "status=granted")
    assert taken.status_code == 422
    assert "您已经有一个叫「受理了的」的视图" in words(taken)
    assert saved(clerk, " ", "status=granted").status_code == 422
    view = View.objects.get(name="受理了的")
    at = f"/desk/tables/cases/views/{view.pk}/"
    assert colleague.post(at, {"do": "rename", "name": "我的了"}).status_code == 404
    clerk.post(at, {"do": "share"})
    clerk.post(at, {"do": "rename", "name": "已受理"})
    assert "已受理" in words(colleague.page("/desk/tables/cases/views/"))
    assert colleague.post(at, {"do": "drop"}).status_code == 404
    assert View.objects.filter(name="已受理").exists()
    assert other.post(at, {"do": "prefer"}).status_code in (403, 404)
    clerk.post(at, {"do": "drop"})
    assert not View.objects.filter(pk=view.pk).exists()


def test_the_default_view_opens_for_a_bare_address_only() -> None:
    clerk = Desk(CLERK)
    saved(clerk, "受理了的", "status=accepted", shared="1")
    view = View.objects.get()
    clerk.post(f"/desk/tables/cases/views/{view.pk}/", {"do": "prefer"})
    assert clerk.get(CASES)["Location"] == f"{CASES}?status=accepted"
    assert clerk.get(f"{CASES}?view=all").status_code == 200
    colleague = Desk(COLLEAGUE)
    colleague.post(f"/desk/tables/cases/views/{view.pk}/", {"do": "prefer"})
    assert colleague.get(CASES).status_code == 302
    clerk.post(f"/desk/tables/cases/views/{view.pk}/", {"do": "unshare"})
    assert colleague.get(CASES).status_code == 200
    clerk.post(f"/desk/tables/cases/views/{view.pk}/", {"do": "unprefer"})
    assert clerk.get(CASES).status_code == 200


# -- the pane --------------------------------------------------------------------------------------------------------


def test_a_row_beside_the_list_by_its_address() -> None:
    case, hidden = story.submitted(), story.submitted(ALLOWANCE)
    clerk = Desk(CLERK)
    assert case.official_number in words(clerk.page(f"{CASES}?preview={case.number}"))
    assert hidden.official_number not in words(clerk.page(f"{CASES}?preview={hidden.number}"))
    pane = fragment(clerk, f"{CASES}?preview={case.number}", "cases")
    assert case.official_number in pane
    assert "<table" not in pane
    assert fragment(clerk, CASES, "cases").strip() == ""
    task = task_of(case)
    assert case.number in fragment(clerk, f"/desk/?preview={task.pk}", "inbox")
    item = fragment(Desk(KEEPER), "/desk/items/?preview=food-business-restaurant", "items")
    assert "资料包 demo" in item


# -- chosen rows -----------------------------------------------------------------------------------------------------


def chosen(who: Desk, do: str, rows: list[Any], *, key: str = "", **more: Any) -> Any:
    return who.post("/desk/tables/inbox/chosen/", {"do": do, "row": rows, "sure": "list", **more}, key=key)


def test_one_refusal_hinders_no_other_row_and_each_is_told() -> None:
    free, taken, hidden = story.submitted(), story.submitted(), story.submitted(ALLOWANCE)
    tasks.claim_task(task_of(taken), actor=story.actor(COLLEAGUE))
    me = Desk(CLERK)
    rows = [task_of(taken).pk, task_of(free).pk, task_of(hidden).pk, "nonsense"]
    answer = chosen(me, "claim", rows, query="work=cases.accept")
    assert answer.status_code == 303
    assert answer["Location"].startswith("/desk/?work=cases.accept&done=")
    page = words(me.page(answer["Location"]))
    assert "1 件已办，3 件没有办成" in page
    assert "已由吴佳怡领办" in page
    assert "没有找到您要的内容" in page
    assert task_of(free).holder_id == me.actor.account_id
    assert task_of(hidden).holder_id is None
    assert "已由吴佳怡领办" not in words(Desk(COLLEAGUE).page(answer["Location"]))


def test_sent_twice_it_counts_once() -> None:
    case, me, key = story.submitted(), Desk(CLERK), str(uuid7())
    row = task_of(case).pk
    for _ in range(2):
        assert chosen(me, "claim", [row], key=key)["Location"].endswith(key)
    chosen(me, "return", [row])
    chosen(me, "claim", [row], key=key)
    assert task_of(case).holder_id is None
    assert chosen(me, "return", [row], key=key).status_code == 422


def test_a_page_says_what_will_happen_where_nothing_was_said_before() -> None:
    case, other, me = story.submitted(), story.submitted(), Desk(CLERK)
    rows = [task_of(case).pk, task_of(other).pk]
    page = words(me.post("/desk/tables/inbox/chosen/", {"do": "claim", "row": rows}))
    assert "对所选的 2 件：领办之后由您来办" in page
    assert case.number in page
    assert task_of(case).holder_id is None
    assert "还没有勾选任何一行" in words(chosen(me, "claim", []))
    assert chosen(me, "burn", rows).status_code == 404
    assert me.get("/desk/tables/inbox/chosen/").status_code == 405
    assert me.post("/desk/tables/cases/chosen/", {"do": "claim", "row": rows}).status_code == 404


def test_handing_over_asks_to_whom() -> None:
    cases, me = [story.submitted(), story.submitted()], Desk(CLERK)
    rows = [task_of(case).pk for case in cases]
    chosen(me, "claim", rows)
    page = words(chosen(me, "hand-over", rows))
    assert "吴佳怡" in page
    assert "郑卫东" not in page
    assert "请选择" not in page
    nobody = chosen(me, "hand-over", rows, sure="page")
    assert nobody.status_code == 422
    assert "请选择" in words(nobody)
    colleague = accounts.account(COLLEAGUE).pk
    done = chosen(me, "hand-over", rows, sure="page", to=str(colleague))
    assert "2 件都已办" in words(me.page(done["Location"]))
    assert {task_of(case).holder_id for case in cases} == {colleague}


def test_a_fixed_number_of_queries_with_everything_on_the_page() -> None:
    clerk = Desk(CLERK)
    for number in range(12):
        saved(clerk, f"视图{number}", f"status=accepted&q={number}", shared="1")
        story.submitted()
    case = story.submitted()
    key = str(uuid7())
    chosen(clerk, "claim", [task_of(case).pk], key=key)
    assert clerk.queries(f"{CASES}?item={case.item_code}&preview={case.number}") <= MOST_QUERIES
    for more in (f"preview={task_of(case).pk}", f"done={key}"):
        assert clerk.queries(f"/desk/?{more}") <= MOST_QUERIES
    assert Desk(REVIEWER).queries(f"{CASES}?sort=-number&q=番江区") <= MOST_QUERIES
    assert Desk(KEEPER).queries("/desk/items/?shelf=published&sort=-changed&preview=food-business-restaurant") <= 12
