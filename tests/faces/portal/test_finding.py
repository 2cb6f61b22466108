"""Finding out: the front page, search in one's own words, and a guide that answers in ten seconds."""

import pytest
from django.utils.html import escape

from tests import story
from tests.faces.portal.citizens import CARD, HOMESTEAD, OWNER, RESTAURANT, Citizen, correction_asked, words
from zhengtong.topics.items import queries as items

pytestmark = pytest.mark.usefixtures("district")


def test_the_front_page_asks_first_and_knows_nobody() -> None:
    said = Citizen().page("/")
    assert said.startswith("您想办什么事？")
    assert all(text in said for text in ("按遇到的事来找", "老有所养", "开办餐饮店", "四步"))
    assert "我正在办的" not in said


def test_the_front_page_begins_with_what_waits_for_me() -> None:
    owner = Citizen(OWNER)
    running, waiting = story.submitted(), correction_asked()
    owner.start()
    said = owner.page("/")
    assert "我正在办的" in said and "草稿" in said
    assert said.index(waiting.number) < said.index(running.number)


def test_what_people_file_most_comes_first() -> None:
    story.submitted("vehicle-repair-filing")
    story.submitted(), story.submitted()
    said = Citizen().page("/")
    popular = said[said.index("大家都在办") : said.index("按遇到的事来找")]
    assert popular.index("食品经营许可") < popular.index("机动车维修备案")


@pytest.mark.parametrize("asked", ["开饭店", "奶茶店", "食品经营许可", "餐馆"])
def test_own_words_find_the_licence(asked: str) -> None:
    html = Citizen().get("/items/", {"q": asked}).content.decode()
    first = words(html.replace("<mark>", "").replace("</mark>", "")).partition("网上可办")[0]
    assert "食品经营许可（新办，餐饮服务）" in first


def test_found_words_are_marked_and_never_run() -> None:
    html = Citizen().get("/items/", {"q": "食品 <b>"}).content.decode()
    assert "<mark>食品</mark>" in html
    assert "<b>" not in html


def test_nothing_found_says_what_to_do() -> None:
    said = words(Citizen().get("/items/", {"q": "量子纠缠"}))
    assert "没有找到这件事" in said and "12345" in said


def test_narrowed_by_audience_event_and_department() -> None:
    one = Citizen()
    assert "高龄津贴" in words(one.get("/items/", {"audience": "person"}))
    assert "高龄津贴" not in words(one.get("/items/", {"audience": "entity"}))
    said = words(one.get("/items/", {"event": "开办餐饮店"}))
    assert "食品经营许可" in said and "高龄津贴" not in said
    code = items.current_version(RESTAURANT).organisation
    said = words(one.get("/items/", {"department": code}))
    assert "区市场监管局" in said and "高龄津贴" not in said


def test_suggestions_lead_to_the_guide() -> None:
    one = Citizen()
    html = one.get("/items/suggest/", {"q": "食品"}).content.decode()
    name = items.current_version(RESTAURANT).name
    assert escape(name) in html
    answer = one.get("/items/", {"q": name, "go": "1"})
    assert (answer.status_code, answer["Location"]) == (302, f"/items/{RESTAURANT}/")
    assert one.get("/items/suggest/").content.strip() == b""


def test_the_guide_answers_in_ten_seconds() -> None:
    said = Citizen().page(f"/items/{RESTAURANT}/")
    facts = said[: said.index("我能办吗")]
    for text in ("企业和单位", "3 份材料", "5 个工作日", "法定 10 个工作日", "不收费", "不用跑"):
        assert text in facts
    for text in (
        *("经营场所布局图", "有这些情况才要交", "专间或专用操作区说明", "食品安全法", "第三十五条", "条文序号"),
        *("番江区政务服务中心", "综合窗口 3—8 号", "0660-5550188", "在线办理", "还没装修好", "申请行政复议"),
    ):
        assert text in said


def test_what_is_decided_elsewhere_says_by_whom() -> None:
    assert "这件事由省社会保障卡业务系统办理" in Citizen().page(f"/items/{CARD}/")


def test_what_is_not_online_leads_to_the_window() -> None:
    said = Citizen().page(f"/items/{HOMESTEAD}/")
    assert "预约到大厅办" in said and "在线办理" not in said
    assert Citizen(OWNER).get(f"/cases/new/{HOMESTEAD}/")["Location"] == f"/items/{HOMESTEAD}/"


def test_an_unknown_item_is_not_found() -> None:
    assert Citizen().get("/items/nothing-here/").status_code == 404
