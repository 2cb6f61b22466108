"""Publish a draft from the page of its item: seen first, then in force, once and for good."""

import copy
from datetime import timedelta
from typing import Any

import pytest

from tests import story
from tests.faces.desk.desks import CLERK, KEEPER, MOST_QUERIES, RESTAURANT, Desk, words
from zhengtong.foundation import clock
from zhengtong.foundation.audit.queries import leaves_of
from zhengtong.foundation.codes import uuid7
from zhengtong.topics.cases import actions as cases
from zhengtong.topics.items import actions, queries
from zhengtong.topics.items.models import Item
from zhengtong.topics.items.queries.packs import entry_of

pytestmark = pytest.mark.usefixtures("district")
ITEM = f"/desk/items/{RESTAURANT}/"
PUBLISH = f"{ITEM}publish/"


@pytest.fixture
def keeper() -> Desk:
    return Desk(KEEPER)


def drafted(**changes: Any) -> Item:
    """The restaurant's licence with a draft of its next version."""
    item = queries.item(RESTAURANT)
    entry = copy.deepcopy(entry_of(item.published))
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    actions.save_draft_version({**entry, "valid_from": tomorrow, **changes}, actor=story.actor(KEEPER))
    return queries.item(RESTAURANT)


def changed_entry() -> dict[str, Any]:
    entry = copy.deepcopy(entry_of(queries.item(RESTAURANT).published))
    materials = [row for row in entry["materials"] if row["code"] != "process-chart"]
    materials[0]["necessity"] = "tolerable"
    materials.append({"code": "photo", "name": "门头照片", "standard": "看得清招牌"})
    form = entry["form"]
    form["sections"][0]["fields"].append({"key": "opens_at", "title": "几点开门", "widget": "text"})
    return {
        "materials": materials,
        "form": form,
        "promised_limit": {"amount": 3, "unit": "working_day"},
        "fees": {"charged": True, "basis": "某办法", "rows": [{"name": "检验费", "standard": "每次 80 元"}]},
        "also_accepted_by": ["hall-north", "hall-shitan"],
    }


def sent(item: Item, **more: str) -> dict[str, str]:
    return {"seen": queries.publication(story.actor(KEEPER), item.code).seen, "valid_from": day(1), **more}


def day(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def test_what_changes_is_told_in_words(keeper: Desk) -> None:
    item = drafted(**changed_entry())
    assert "核对变化并发布" in words(keeper.page(ITEM))
    page = words(keeper.page(PUBLISH))
    for text in (
        "发布第 2 版",
        "与第 1 版相比",
        "承诺期限 修改 5 个工作日",
        "3 个工作日",
        "门头照片 新增",
        "食品加工操作流程图 删去",
        "是否必要 修改 非必要 可容缺后补",
        "检验费 新增",
        "是否收费 修改 否 是",
        "几点开门 新增",
        "发布以后不能撤销",
    ):
        assert text in page, text
    assert item.draft is not None


def test_whom_it_touches(keeper: Desk) -> None:
    story.accepted()
    story.submitted()
    cases.start_draft(RESTAURANT, applicant=story.subject("weizhenyuan").pk, actor=story.actor("chenzhiyuan"))
    drafted(**changed_entry())
    page = words(keeper.page(PUBLISH))
    for text in ("2 件，仍按提交时的版本办完", "1 份，从施行之日起", "新增", "第 1 版（", "到新版施行的前一天为止"):
        assert text in page, text


def test_published_once_with_its_day(keeper: Desk) -> None:
    item, key = drafted(**changed_entry()), str(uuid7())
    body = sent(item, valid_from=day(7))
    answer = keeper.post(PUBLISH, body, key=key)
    assert answer.status_code == 303
    assert "已发布。新版从施行日期起适用" in words(keeper.page(answer["Location"]))
    assert keeper.post(PUBLISH, body, key=key)["Location"] == answer["Location"]
    item.refresh_from_db()
    assert item.published is not None
    assert (item.published.number, item.published.valid_from.isoformat(), item.draft) == (2, day(7), None)
    page = words(keeper.page(ITEM))
    assert "正在施行（第 1 版）" in page
    assert "第 2 版已经发布，从" in page
    assert queries.current_version(RESTAURANT).number == 1
    assert queries.current_version(RESTAURANT, clock.today() + timedelta(days=7)).number == 2
    assert [leaf.verb for leaf in leaves_of(item)][-1] == "items.item.published"
    assert keeper.get(PUBLISH).status_code == 409


def test_what_must_be_mended_comes_first_and_there_is_no_button(keeper: Desk) -> None:
    item = drafted(basis=[], consult_phone="not a phone")
    page = keeper.page(PUBLISH)
    assert "现在还不能发布" in words(page)
    assert "没有设定和实施依据" in words(page)
    assert "咨询电话“not a phone”的写法不对" in words(page)
    assert 'name="valid_from"' not in page
    answer = keeper.post(PUBLISH, sent(item))
    assert answer.status_code == 422
    assert "还有 2 处必须改正，不能发布" in words(answer)
    assert queries.item(RESTAURANT).draft is not None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "请选择施行日期"),
        ("tomorrow", "请选择施行日期"),
        ("2020-01-01", "不能从过去的 2020-01-01 起施行"),
        ("2226-12-01", "在三年以后。请核对年份"),
    ],
)
def test_a_day_that_cannot_be_is_told_beside_the_field(keeper: Desk, given: str, said: str) -> None:
    item = drafted(**changed_entry())
    answer = keeper.post(PUBLISH, sent(item, valid_from=given))
    assert answer.status_code == 422
    assert said in words(answer)
    assert b"valid_from-error" in answer.content, words(answer)
    assert queries.item(RESTAURANT).draft is not None


def test_a_draft_changed_since_it_was_seen_is_not_published(keeper: Desk) -> None:
    body = sent(drafted())
    drafted(**changed_entry())
    answer = keeper.post(PUBLISH, body)
    assert answer.status_code == 409
    assert "在您打开页面以后又有改动，这次没有写入" in words(answer)
    assert queries.item(RESTAURANT).published.number == 1


def test_without_a_draft_or_the_right_there_is_nothing_to_publish(keeper: Desk) -> None:
    assert keeper.get(PUBLISH).status_code == 409
    assert keeper.get("/desk/items/nothing/publish/").status_code == 404
    drafted()
    for answer in (Desk(CLERK).get(PUBLISH), Desk(CLERK).post(PUBLISH, {"valid_from": day(1), "seen": "x"})):
        assert answer.status_code == 403


def test_the_first_version_and_the_day_it_lacks(keeper: Desk) -> None:
    entry = copy.deepcopy(entry_of(queries.item(RESTAURANT).published))
    codes = {"basic_code": "", "implementation_code": "", "handling_code": "", "local_code": "FJ-1"}
    actions.save_draft_version(
        {**entry, **codes, "code": "first-one", "name": "第一次发布的事项", "valid_from": "2026-01-01"},
        actor=story.actor(KEEPER),
    )
    page = words(keeper.page("/desk/items/first-one/publish/"))
    assert "第一次发布，没有以前的版本可以比较" in page
    answer = keeper.post("/desk/items/first-one/publish/", sent(queries.item("first-one"), valid_from="2025-05-01"))
    assert answer.status_code == 303
    assert queries.current_version("first-one").number == 1


def test_the_page_takes_a_fixed_number_of_queries(keeper: Desk) -> None:
    drafted(**changed_entry())
    assert keeper.queries(PUBLISH) <= MOST_QUERIES
