"""Sealing, words for answers, prefilling and merging."""

from typing import Any

import pytest

from tests.engines.forms.form_samples import ANSWERS, CREDIT, ELEMENTS, ID, PHONE, restaurant
from zhengtong.engines.forms.rules import Form, FormDefinitionInvalid, compile_form, merge_forms, prefill

FORM = restaurant()


def close(text: str) -> str:
    return f"s1.{text[::-1]}"


def reopen(sealed: str) -> str:
    assert sealed.startswith("s1.")
    return sealed[3:][::-1]


def test_sealed_fields_are_replaced_everywhere_and_come_back() -> None:
    stored = FORM.seal(ANSWERS, close)
    assert ID not in str(stored)
    assert PHONE not in str(stored)
    assert stored["staff"][0]["id_number"] == close(ID)
    assert stored["staff"][0]["name"] == "李强"
    assert stored["premises_address"] == ANSWERS["premises_address"]
    assert FORM.unseal(stored, reopen) == ANSWERS


@pytest.mark.parametrize(
    "odd",
    [
        {"person_id": 110105},
        {"person_id": {"json": ID}},
        {"person_id": [ID]},
        {"person_id": None},
        {"person_id": ""},
        {"person_id": "\ud800"},
        {"staff": ID},
        {"staff": {"id_number": ID}},
        {"staff": [ID, 5, None, {}, {"json": ID}, {"id_number": {"a": ID}}, [ID]]},
    ],
)
def test_nothing_plain_remains_of_a_misshapen_draft_either(odd: dict[str, Any]) -> None:
    stored = FORM.seal(odd, close)
    assert ID not in str(stored)
    assert FORM.unseal(stored, reopen) == odd


def words(form: Form, answers: dict[str, Any], **kwargs: Any) -> dict[str, str]:
    return {row.path: row.text for section in form.display(answers, **kwargs) for row in section.rows}


def test_answers_in_words() -> None:
    told = words(FORM, ANSWERS, names={"449906001001": "番江区河东街道新河社区"})
    assert told["person_id"] != ID
    assert told["person_id"].startswith("110105")
    assert told["person_id"].endswith("002X")
    assert told["person_phone"] == "138****8000"
    assert told["agent"] == "否"
    assert told["premises_division"] == "番江区河东街道新河社区"
    assert told["premises_area"] == "120.5 平方米"
    assert told["opens_on"] == "2026年3月1日"
    assert told["invested"] == "300,000.00 元"
    assert told["kind"] == "小型餐馆"
    assert told["dishes"] == "热食类、冷食类"
    assert told["staff-0-health_until"] == "2027年1月1日"
    assert "staff-1-health_until" not in told
    assert "agent_name" not in told


def test_unmasked_only_when_asked_for() -> None:
    assert words(FORM, ANSWERS, mask=False)["person_id"] == ID


def test_what_was_left_blank_says_so_and_rows_stand_under_their_head() -> None:
    sections = {section.key: section.rows for section in FORM.display({"agent": True, "kind": "canteen"})}
    applicant = {row.path: row for row in sections["applicant"]}
    assert applicant["agent_why"].text == "未填写"
    assert not applicant["agent_why"].is_answered
    assert [row.path for row in sections["people"]] == ["staff"]
    people = [section for section in FORM.display(ANSWERS) if section.key == "people"]
    assert {row.group for row in people[0].rows} == {"从业人员 1", "从业人员 2"}


def test_what_could_not_be_read_is_shown_as_typed() -> None:
    told = words(FORM, {**ANSWERS, "opens_on": "明年", "invested": "很多", "premises_area": "大", "kind": "x"})
    assert (told["opens_on"], told["invested"], told["kind"]) == ("明年", "很多", "x")


SOURCES = {
    "subject": {"name": "陈秀英", "id_number": ID, "phone": "not a number"},
    "entity": {"credit_code": CREDIT},
}


def test_prefill_takes_what_is_known_and_says_from_where() -> None:
    begun = prefill(FORM, SOURCES)
    assert begun.answers["person_name"] == "陈秀英"
    assert begun.marks["person_name"] == "subject.name"
    assert begun.answers["entity_code"] == CREDIT
    assert "agent_name" in begun.answers  # the same element under another key: hidden until asked, dropped if never


def test_prefill_never_overwrites_and_never_fills_in_what_would_be_refused() -> None:
    begun = prefill(FORM, SOURCES, {"person_name": "李强"})
    assert begun.answers["person_name"] == "李强"
    assert "person_name" not in begun.marks
    assert "person_phone" not in begun.answers


def test_prefill_without_sources() -> None:
    assert prefill(FORM, {}).answers == {}


# -- several forms as one ---------------------------------------------------------------------------------------------


def small(*fields: dict[str, Any], key: str = "s", when: str | None = None) -> Form:
    return compile_form({"sections": [{"key": key, "title": "一", "when": when, "fields": list(fields)}]}, ELEMENTS)


FOOD = small({"element": "person_name", "required": True}, {"key": "area", "title": "厨房面积", "widget": "number"})
FIRE = small(
    {"element": "person_name"},
    {"element": "premises_address", "required": True},
    {"key": "area", "title": "建筑面积", "widget": "number", "required": True},
    {"key": "exits", "title": "出口数", "widget": "number", "required": True, "when": "area > 100"},
)


def test_an_element_is_asked_once_and_fills_both() -> None:
    merged = merge_forms({"food": FOOD, "fire-check": FIRE})
    assert set(merged.form.parts) == {"person_name", "area", "premises_address", "fire_check__area", "exits"}
    assert merged.form.parts["person_name"].required
    answers = {"person_name": "陈秀英", "area": 20, "fire_check__area": 200, "exits": 2, "premises_address": "河东路"}
    assert merged.form.check(answers) == answers
    assert merged.split(answers) == {
        "food": {"person_name": "陈秀英", "area": 20},
        "fire-check": {"person_name": "陈秀英", "premises_address": "河东路", "area": 200, "exits": 2},
    }


def test_conditions_follow_the_renamed_key() -> None:
    form = merge_forms({"food": FOOD, "fire-check": FIRE}).form
    assert "exits" not in form.visible({"area": 500})
    assert "exits" in form.visible({"fire_check__area": 500})
    assert list(form.validate({"person_name": "陈秀英", "premises_address": "x", "fire_check__area": 500}).errors) == [
        "exits"
    ]


def test_equal_own_questions_are_one() -> None:
    fields = {"key": "note", "title": "备注"}
    assert set(merge_forms({"a": small(fields), "b": small(fields, key="t")}).form.parts) == {"note"}


def test_asked_as_soon_as_one_form_asks_it() -> None:
    asks = {"key": "kind", "title": "类型"}
    one = small(asks, {"element": "premises_address", "when": "kind == 'a'"})
    other = small(asks, {"element": "premises_address", "when": "kind == 'b'"})
    form = merge_forms({"one": one, "other": other}).form
    assert [kind for kind in "abc" if "premises_address" in form.visible({"kind": kind})] == ["a", "b"]
    always = merge_forms({"one": one, "always": small({"element": "premises_address"})}).form
    assert "premises_address" in always.visible({})


def test_a_section_condition_follows_its_fields() -> None:
    first = small({"key": "kind", "title": "类型"})
    second = compile_form(
        {
            "sections": [
                {"key": "s", "title": "一", "fields": [{"key": "kind", "title": "类型"}]},
                {"key": "more", "title": "二", "when": "kind == 'a'", "fields": [{"element": "premises_address"}]},
            ]
        },
        ELEMENTS,
    )
    form = merge_forms({"first": first, "second": second}).form
    assert [s.key for s in form.visible_sections({"kind": "b"})] == ["s"]
    assert [s.key for s in form.visible_sections({"kind": "a"})] == ["s", "more"]


def test_the_large_sample_merges_with_itself() -> None:
    merged = merge_forms({"one": FORM, "two": FORM})
    assert set(merged.form.parts) == set(FORM.parts)
    assert merged.form.check(ANSWERS) == ANSWERS
    assert merged.split(ANSWERS) == {"one": ANSWERS, "two": ANSWERS}


def test_forms_that_wait_for_each_other_are_refused() -> None:
    start = {"key": "start", "title": "是否开始", "widget": "yes_no"}
    address, kind = {"element": "premises_address"}, {"key": "kind", "title": "类型"}
    one = small(start, {**kind, "when": "start"}, {**address, "when": "kind == 'a'"})
    other = small(start, {**address, "when": "start"}, {**kind, "when": "premises_address == 'x'"})
    with pytest.raises(FormDefinitionInvalid, match="互相等待"):
        merge_forms({"one": one, "other": other})
