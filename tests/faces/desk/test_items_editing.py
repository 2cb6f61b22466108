"""How an item is found and reached, edited on one page; and one contact on many items."""

from datetime import timedelta
from typing import Any

import pytest

from tests import story
from tests.faces.desk.desks import CLERK, KEEPER, MOST_QUERIES, REPAIR, RESTAURANT, Desk, words
from zhengtong.foundation import clock
from zhengtong.foundation.audit.queries import leaves_of
from zhengtong.foundation.codes import uuid7
from zhengtong.topics.items import actions, queries
from zhengtong.topics.items.models import Item
from zhengtong.topics.items.queries.packs import entry_of

pytestmark = pytest.mark.usefixtures("district")
EDIT, CONTACTS = f"/desk/items/{RESTAURANT}/edit/", "/desk/items/contacts/"


@pytest.fixture
def keeper() -> Desk:
    return Desk(KEEPER)


def form(code: str = RESTAURANT) -> dict[str, Any]:
    """The form as a browser would send it unchanged."""
    page = queries.editorial(story.actor(KEEPER), code)
    entry = page.entry
    sent: dict[str, Any] = {"seen": page.seen, "keywords": "\r\n".join(entry["keywords"])}
    sent |= {name: entry[name] for name in ("summary", "consult_phone", "complaint_phone")}
    for name, keys in (
        ("places", ("organisation", "window", "address", "hours", "phone", "note", "group")),
        ("questions", ("q", "a")),
    ):
        sent |= {f"{name}-{number}-{key}": row[key] for number, row in enumerate(entry[name]) for key in keys}
    return sent


def without(sent: dict[str, Any], start: str) -> dict[str, Any]:
    return {name: value for name, value in sent.items() if not name.startswith(start)}


def test_saved_at_once_and_on_record(keeper: Desk) -> None:
    assert "修改办事指引" in words(keeper.page(f"/desk/items/{RESTAURANT}/"))
    assert "综合窗口 3—8 号" in keeper.page(EDIT)
    more = {
        "consult_phone": "0660-5550199", "keywords": "饭店、面馆\r\n面馆,小吃", "places-0-window": "9 号窗口",
        "places-0-hours": "周一到周六 9:00—17:00", "questions-0-a": "可以，先存草稿。",
    }  # fmt: skip
    key, body = str(uuid7()), {**form(), **more}
    answer = keeper.post(EDIT, body, key=key)
    assert answer.status_code == 303
    assert "已保存，办事指南现在就按新的内容显示" in words(keeper.page(answer["Location"]))
    assert keeper.post(EDIT, body, key=key)["Location"] == answer["Location"]
    guide = queries.guide(RESTAURANT)
    assert (guide.number, guide.consult_phone) == (1, "0660-5550199")
    assert (guide.places[0].window, guide.places[0].hours) == ("9 号窗口", "周一到周六 9:00—17:00")
    assert guide.questions[0][1] == "可以，先存草稿。"
    item = queries.item(RESTAURANT)
    assert item.published.editorial["keywords"] == ["饭店", "面馆", "小吃"]
    assert item.owner == "desk"
    leaf = list(leaves_of(item))[-1]
    assert leaf.verb == "items.item.edited"
    assert set(leaf.data["fields"]) == {"keywords", "places", "questions", "consult_phone"}


def test_nothing_changed_is_no_edit(keeper: Desk) -> None:
    before = list(leaves_of(queries.item(RESTAURANT)))
    answer = keeper.post(EDIT, form())
    assert "内容与原来相同，没有改动" in words(keeper.page(answer["Location"]))
    assert list(leaves_of(queries.item(RESTAURANT))) == before


@pytest.mark.parametrize("code", story.ITEMS)
def test_every_item_of_the_district_can_be_edited(keeper: Desk, code: str) -> None:
    answer = keeper.post(f"/desk/items/{code}/edit/", {**form(code), "complaint_phone": "0660-5550123"})
    assert answer.status_code == 303, words(answer)
    assert queries.guide(code).complaint_phone == "0660-5550123"
    draft = actions.save_draft_version(entry_of(queries.item(code).published), actor=keeper.actor)
    assert queries.publication(keeper.actor, code).changes == []
    assert draft.number == 2


def test_rows_are_added_and_taken_out_without_saving(keeper: Desk) -> None:
    places = len(queries.editorial(story.actor(KEEPER), RESTAURANT).entry["places"])
    page = keeper.post(EDIT, {**form(), "_add": "places", "summary": "写到一半"}).content.decode()
    assert f'name="places-{places}-window"' in page
    assert "写到一半" in page
    page = keeper.post(EDIT, {**form(), "_remove": "places-0"}).content.decode()
    assert f'name="places-{places - 1}-window"' not in page
    assert queries.item(RESTAURANT).published.editorial["summary"] != "写到一半"
    sent = {**without(form(), "questions-"), "questions-0-q": "", "questions-0-a": "", "questions-1-q": "要排队吗？",
            "questions-1-a": "不用。"}  # fmt: skip
    assert keeper.post(EDIT, sent).status_code == 303
    assert queries.guide(RESTAURANT).questions == (("要排队吗？", "不用。"),)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("consult_phone", "打不通", "咨询电话“打不通”的写法不对"),
        ("places-1-phone", "123", "电话“123”的写法不对"),
        ("places-1-organisation", "", "请选择办理地点"),
        ("questions-1-a", "", "这个问题还没有回答"),
        ("summary", "长" * 501, "太长了，最多 500 个字"),
        ("keywords", "词" * 61, "太长了，最多 60 个字"),
        ("places-1-window", "窗" * 201, "最多 200 个字"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_kept(keeper: Desk, field: str, value: str, said: str) -> None:
    answer = keeper.post(EDIT, {**form(), field: value})
    assert answer.status_code == 422
    assert said in words(answer)
    page = answer.content.decode()
    assert f'id="{field}-error"' in page
    assert f'href="#{field}"' in page
    assert list(leaves_of(queries.item(RESTAURANT)))[-1].verb != "items.item.edited"


def test_the_window_needs_a_place(keeper: Desk) -> None:
    answer = keeper.post(EDIT, without(form(), "places-"))
    assert answer.status_code == 422
    assert "写了窗口办理，但没有办理地点" in words(answer)


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(keeper: Desk) -> None:
    sent = {**form(), "summary": "我写的说明"}
    actions.edit_editorial(RESTAURANT, changes={"summary": "同事写的说明"}, actor=story.actor(KEEPER))
    answer = keeper.post(EDIT, sent)
    assert answer.status_code == 422
    assert "有人改动了这个事项。您填写的内容还在" in words(answer)
    assert "我写的说明" in answer.content.decode()
    assert queries.guide(RESTAURANT).summary == "同事写的说明"
    assert keeper.post(EDIT, {**sent, "seen": form()["seen"]}).status_code == 303
    assert queries.guide(RESTAURANT).summary == "我写的说明"


def test_the_draft_does_not_bring_the_old_phone_back(keeper: Desk) -> None:
    entry = entry_of(queries.item(RESTAURANT).published)
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    actions.save_draft_version({**entry, "valid_from": tomorrow, "summary": "新版的说明"}, actor=story.actor(KEEPER))
    keeper.post(EDIT, {**form(), "consult_phone": "0660-5550199", "summary": "现在的说明"})
    draft = queries.item(RESTAURANT).draft
    assert (draft.editorial["consult_phone"], draft.editorial["summary"]) == ("0660-5550199", "新版的说明")
    version = actions.publish_version(RESTAURANT, actor=story.actor(KEEPER))
    keeper.post(EDIT, {**form(), "consult_phone": "0660-5550198"})
    version.refresh_from_db()
    assert version.editorial["consult_phone"] == "0660-5550198"
    assert queries.guide(RESTAURANT).consult_phone == "0660-5550198"


def test_only_keepers_edit_and_only_what_is_published(keeper: Desk) -> None:
    clerk = Desk(CLERK)
    for path in (EDIT, CONTACTS):
        assert clerk.get(path).status_code == 403
        assert clerk.post(path, {"seen": "x"}).status_code == 403
    assert keeper.get("/desk/items/nothing/edit/").status_code == 404


# -- one contact on many items ---------------------------------------------------------------------------------------


def chosen(**asked: str) -> list[str]:
    return [item.code for item in queries.reachable_items(story.actor(KEEPER), **asked)]


def preview(keeper: Desk, codes: list[str], **contact: str) -> dict[str, Any]:
    answer = keeper.post(CONTACTS, {"item": codes, **contact})
    assert answer.status_code == 200, words(answer)
    lines = queries.contact_lines(
        story.actor(KEEPER), codes, queries.Contact(contact["part"], contact["value"], contact.get("at", ""))
    )
    seen = {f"seen-{line.item.code}": line.seen for line in lines if line.state == "change"}
    assert all(f'name="{name}"' in answer.content.decode() for name in seen)
    return {**contact, **seen, "apply": "1", "page": words(answer)}


def test_chosen_by_department_place_phone_and_name(keeper: Desk) -> None:
    assert "先查出要改的事项" in words(keeper.page(CONTACTS))
    page = words(keeper.page(f"{CONTACTS}?place=hall-north"))
    assert "食品经营许可（新办，餐饮服务）" in page
    assert "高龄津贴" not in page
    assert "查到" in page
    assert "食品经营许可" in words(keeper.page(f"{CONTACTS}?phone=5550101"))
    assert chosen(text=REPAIR) == [REPAIR]
    assert chosen(organisation=queries.item(REPAIR).organisation) == [REPAIR]
    assert "没有符合条件的事项" in words(keeper.page(f"{CONTACTS}?text=没有这种事"))


def test_seen_first_and_written_together(keeper: Desk) -> None:
    codes = chosen(place="hall-central")
    assert len(codes) > 5
    sent = preview(keeper, codes, part="window", at="hall-central", value="综合窗口 1—20 号")
    page = sent.pop("page")
    assert f"选中 {len(codes)} 个事项，其中 {len(codes)} 个会改" in page
    assert "综合窗口 3—8 号" in page
    assert not any(item.published.editorial["places"][0]["window"] == "综合窗口 1—20 号" for item in kept(codes))
    key = str(uuid7())
    answer = keeper.post(CONTACTS, sent, key=key)
    assert answer.status_code == 303
    assert "已批量修改" in words(keeper.page(answer["Location"]))
    assert keeper.post(CONTACTS, sent, key=key)["Location"] == answer["Location"]
    for item in kept(codes):
        windows = {place["window"] for place in item.published.editorial["places"]
                   if place["organisation"] == "hall-central"}  # fmt: skip
        assert windows == {"综合窗口 1—20 号"}
        leaf = list(leaves_of(item))[-1]
        assert (leaf.verb, leaf.data["fields"]) == ("items.item.edited", ["places"])


def kept(codes: list[str]) -> list[Item]:
    return list(Item.objects.select_related("published").filter(code__in=codes))


def test_a_phone_where_it_differs_and_an_address_where_it_is_served(keeper: Desk) -> None:
    actions.edit_editorial(REPAIR, changes={"complaint_phone": "0660-5550000"}, actor=story.actor(KEEPER))
    page = preview(keeper, [REPAIR, RESTAURANT], part="complaint_phone", value="12345")["page"]
    assert "选中 2 个事项，其中 1 个会改" in page
    assert "已经是这样" in page
    page = preview(keeper, [RESTAURANT, REPAIR], part="address", at="hall-north", value="北路 1 号")["page"]
    assert "这个事项不在这个地点办理" in page


def test_all_or_nothing(keeper: Desk) -> None:
    sent = preview(keeper, [REPAIR, RESTAURANT], part="consult_phone", value="0660-5550777")
    actions.edit_editorial(RESTAURANT, changes={"summary": "改过了"}, actor=story.actor(KEEPER))
    answer = keeper.post(CONTACTS, sent)
    assert answer.status_code == 409
    assert "在您打开页面以后又有改动" in words(answer)
    assert not [item for item in kept([REPAIR, RESTAURANT]) if "5550777" in item.published.editorial["consult_phone"]]


@pytest.mark.parametrize(
    ("contact", "said", "at"),
    [
        ({"part": "", "value": "x"}, "请选择要改的内容", "part"),
        ({"part": "window", "value": "x"}, "请选择改哪个办理地点的", "at"),
        ({"part": "consult_phone", "value": ""}, "请填写新的咨询电话", "value"),
        ({"part": "complaint_phone", "value": "找我"}, "电话“找我”的写法不对", "value"),
    ],
)
def test_a_contact_that_cannot_be(keeper: Desk, contact: dict[str, str], said: str, at: str) -> None:
    answer = keeper.post(CONTACTS, {"item": [RESTAURANT], "place": "hall-north", **contact, "at": ""})
    assert answer.status_code == 422
    assert said in words(answer)
    assert f'id="{at}-error"' in answer.content.decode()


def test_nothing_chosen_and_back_again(keeper: Desk) -> None:
    answer = keeper.post(CONTACTS, {"part": "consult_phone", "value": "12345", "text": "维修"})
    assert answer.status_code == 422
    assert "请至少选择一个事项" in words(answer)
    again = keeper.post(CONTACTS, {"part": "consult_phone", "value": "12345", "text": "维修", "item": [], "back": "1"})
    assert 'value="12345"' in again.content.decode()


def test_the_pages_take_a_fixed_number_of_queries(keeper: Desk) -> None:
    for path in (EDIT, CONTACTS, f"{CONTACTS}?place=hall-central"):
        assert keeper.queries(path) <= MOST_QUERIES, path
