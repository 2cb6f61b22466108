"""How items are found and reached: faults by their path, what follows an edit, one contact on many items."""

from datetime import date, datetime
from typing import Any

import pytest

from tests.topics.items.entries import BODY, HALL, OTHER_BODY, World, entry
from zhengtong.foundation import clock
from zhengtong.foundation.access import ANONYMOUS, Actor, Grant
from zhengtong.foundation.audit.queries import leaves_of, verify
from zhengtong.foundation.refusals import Forbidden
from zhengtong.topics.items import actions, queries, rules
from zhengtong.topics.items.rules import Contact

PLACE = {"organisation": HALL, "window": "3 号窗口", "hours": "", "note": "", "address": "", "phone": ""}


def faults(**changes: Any) -> dict[str, list[str]]:
    return rules.editorial_faults(rules.canonical(entry(**changes)), World(), changed=changes)


def test_faults_by_their_path() -> None:
    assert faults(summary="好") == {}
    assert set(faults(places=[{**PLACE, "phone": "x", "organisation": "nowhere"}, PLACE, PLACE])) == {
        "places-0-organisation", "places-0-phone", "places-2-window",
    }  # fmt: skip
    assert set(faults(questions=[{"q": " ", "a": "x"}, {"q": "x", "a": ""}])) == {"questions-0-q", "questions-1-a"}
    assert set(faults(complaint_phone="9", consult_phone="0660-5550188")) == {"complaint_phone"}
    assert set(faults(places=[])) == {"places"}


def test_what_was_not_changed_stops_nothing() -> None:
    old = rules.canonical(entry(consult_phone="x", summary="好"))
    assert rules.editorial_faults(old, World(), changed=["summary"]) == {}


def test_a_contact_in_what_an_item_says() -> None:
    said = {"consult_phone": "1", "places": [PLACE, {**PLACE, "organisation": "hall-x", "window": ""}]}
    assert rules.contact_changes(said, Contact("consult_phone", "1")) == {}
    assert rules.contact_changes(said, Contact("consult_phone", "2")) == {"consult_phone": "2"}
    [first, second] = rules.contact_changes(said, Contact("window", "5 号", HALL))["places"]
    assert (first["window"], second["window"]) == ("5 号", "")
    assert rules.contact_before(said, Contact("address", "x", "hall-y")) == []
    twice = {"places": [PLACE, {**PLACE, "window": "4 号窗口"}]}
    assert rules.contact_changes(twice, Contact("window", "5 号", HALL)) == {}
    assert rules.is_ambiguous(twice, Contact("window", "5 号", HALL))
    assert [row["hours"] for row in rules.contact_changes(twice, Contact("hours", "全天", HALL))["places"]] == [
        "全天"
    ] * 2


def published(keeper: Actor, code: str = "tea-house", **changes: Any) -> None:
    own = {"code": code, "name": f"茶馆 {code}", "handling_code": "", "implementation_code": "", "basic_code": "",
           "local_code": code}  # fmt: skip
    actions.save_draft_version(entry(**own, **changes), actor=keeper)
    actions.publish_version(code, actor=keeper)


@pytest.mark.usefixtures("world")
def test_an_edit_reaches_what_waits_for_its_day(keeper: Actor) -> None:
    published(keeper)
    published(keeper, valid_from="2026-07-01", summary="七月的说明")
    actions.edit_editorial(
        "tea-house", changes={"consult_phone": "0660-5550199", "summary": "六月的说明"}, actor=keeper
    )
    june, july = queries.guide("tea-house"), queries.guide("tea-house", date(2026, 7, 2))
    assert (june.consult_phone, june.summary) == ("0660-5550199", "六月的说明")
    assert (july.consult_phone, july.summary) == ("0660-5550199", "七月的说明")
    assert leaves_of(queries.item("tea-house")).last().data["number"] == 1
    assert not verify(queries.item("tea-house").audit_stream).faults


@pytest.mark.usefixtures("world")
def test_an_edit_is_checked_as_a_whole(keeper: Actor) -> None:
    published(keeper)
    with pytest.raises(rules.EditorialInvalid) as refused:
        actions.edit_editorial("tea-house", changes={"consult_phone": "x", "summary": "y"}, actor=keeper)
    assert set(refused.value.fields) == {"consult_phone"}
    assert "的写法不对" in str(refused.value)
    assert queries.guide("tea-house").summary == ""


@pytest.mark.usefixtures("world")
def test_an_item_without_a_statutory_limit_is_edited_too(keeper: Actor) -> None:
    published(keeper, statutory_limit={"none": True, "note": "法律没有规定"}, extension=None)
    actions.edit_editorial("tea-house", changes={"summary": "新的说明"}, actor=keeper)
    assert queries.guide("tea-house").summary == "新的说明"
    with pytest.raises(rules.ItemMalformed, match="keywords"):
        actions.edit_editorial("tea-house", changes={"keywords": "茶"}, actor=keeper)


@pytest.mark.usefixtures("world")
def test_a_draft_follows_and_its_defects_are_told_anew(keeper: Actor) -> None:
    published(keeper)
    wrong = entry(name="茶馆 tea-house", valid_from="2026-07-01", consult_phone="x", basis=[])
    actions.save_draft_version(wrong, actor=keeper)
    actions.edit_editorial("tea-house", changes={"summary": "新的说明"}, actor=keeper)
    draft = queries.item("tea-house").draft
    assert draft is not None
    assert (draft.editorial["summary"], draft.editorial["consult_phone"]) == ("新的说明", "x")
    assert {one["kind"] for one in draft.defects if one["is_blocking"]} == {"no_basis", "consult_phone_malformed"}


@pytest.mark.usefixtures("world")
def test_one_contact_on_many_items(keeper: Actor) -> None:
    for code in ("tea-a", "tea-b"):
        published(keeper, code)
    published(keeper, "tea-c", complaint_phone="0660-5550100")
    contact = Contact("complaint_phone", "0660-5550100")
    lines = queries.contact_lines(keeper, ["tea-a", "tea-b", "tea-c", "nothing"], contact)
    assert [(line.item.code, line.before, line.state) for line in lines] == [
        ("tea-a", ("12345",), "change"), ("tea-b", ("12345",), "change"), ("tea-c", ("0660-5550100",), "same"),
    ]  # fmt: skip
    assert actions.edit_contacts(contact, seen={line.item.code: line.seen for line in lines}, actor=keeper) == 2
    assert {queries.guide(code).complaint_phone for code in ("tea-a", "tea-b", "tea-c")} == {"0660-5550100"}
    assert leaves_of(queries.item("tea-a")).last().data == {
        "number": 1, "fields": ["complaint_phone"], "together": 3,
    }  # fmt: skip
    assert leaves_of(queries.item("tea-c")).last().verb == "items.item.published"


@pytest.mark.usefixtures("world")
def test_nothing_is_written_where_one_item_is_not_the_actors(keeper: Actor) -> None:
    published(keeper, "tea-a")
    published(keeper, "tea-b", organisation=OTHER_BODY)
    own = Actor(key="staff:a", kind="staff", grants=(Grant("items.manage", organisation=BODY),))
    contact = Contact("consult_phone", "0660-5550111")
    assert [line.item.code for line in queries.contact_lines(own, ["tea-a", "tea-b"], contact)] == ["tea-a"]
    assert queries.departments_of(own) == [BODY]
    assert queries.places_of(own) == [HALL]
    assert queries.places_of(ANONYMOUS) == []
    for act in (
        lambda: actions.edit_contacts(contact, seen={"tea-a": "", "tea-b": ""}, actor=own),
        lambda: queries.editorial(own, "tea-b"),
        lambda: queries.publication(own, "tea-b"),
    ):
        with pytest.raises(Forbidden):
            act()
    with pytest.raises(rules.ItemUnknown):
        actions.edit_contacts(contact, seen={"tea-a": "", "nothing": ""}, actor=own)
    with pytest.raises(rules.ContactInvalid):
        actions.edit_contacts(Contact("consult_phone", ""), seen={"tea-a": ""}, actor=own)


@pytest.mark.usefixtures("world")
def test_what_was_changed_meanwhile_is_not_overwritten(keeper: Actor) -> None:
    published(keeper)
    seen = queries.editorial(keeper, "tea-house").seen
    with clock.at(datetime(2026, 6, 1, 10, tzinfo=clock.CHINA)):
        actions.edit_editorial("tea-house", changes={"summary": "一"}, seen=seen, actor=keeper)
        contact = Contact("consult_phone", "0660-5550111")
        for act in (
            lambda: actions.edit_editorial("tea-house", changes={"summary": "二"}, seen=seen, actor=keeper),
            lambda: actions.edit_contacts(contact, seen={"tea-house": seen}, actor=keeper),
        ):
            with pytest.raises(rules.ItemChanged):
                act()
    assert queries.guide("tea-house").summary == "一"


@pytest.mark.usefixtures("world")
def test_before_publishing_one_sees_what_closes_and_who_accepts(keeper: Actor) -> None:
    published(keeper)
    published(keeper, valid_from="2026-07-01")
    actions.save_draft_version(entry(valid_from="2026-06-15", also_accepted_by=[BODY], accepted_by=HALL), actor=keeper)
    page = queries.publication(keeper, "tea-house")
    assert (page.earliest, page.suggested) == (date(2026, 7, 1), date(2026, 7, 1))
    assert [version.number for version in page.closing] == [1, 2]
    assert [(counter.name, counter.kind) for counter in page.counters] == [
        ("番江区政务服务中心", ""), ("番江区市场监督管理局", "added"),
    ]  # fmt: skip
    assert page.before is not None
    assert page.before.number == 2
    assert not page.is_blocked
    with pytest.raises(rules.VersionTooFar):
        actions.publish_version("tea-house", valid_from=date(2030, 1, 1), actor=keeper)
    assert actions.publish_version("tea-house", valid_from=page.suggested, seen=page.seen, actor=keeper).number == 3
    with pytest.raises(rules.NothingToPublish):
        queries.publication(keeper, "tea-house")
