"""From what a page sends to answers, its buttons, and the turn that decides whether to go on."""

from typing import Any

import pytest
from django.http import QueryDict

from tests.engines.forms.form_samples import ANSWERS, CREDIT, ELEMENTS, ID, PHONE, restaurant
from zhengtong.engines.forms.rules import compile_form, page_values, parse

FORM = restaurant()
APPLICANT, PREMISES, PEOPLE = FORM.sections


def read(raw: dict[str, Any], *sent: str) -> Any:
    definition = {"sections": [{"key": "s", "title": "一", "fields": [{"key": "a", "title": "甲", **raw}]}]}
    section = compile_form(definition, ELEMENTS).sections[0]
    return parse(section, {"a": list(sent)}).get("a")


@pytest.mark.parametrize(
    ("raw", "sent", "answer"),
    [
        ({}, "  河东路 １２ 号\u200b ", "河东路 12 号"),
        ({}, "cafe\u0301", "café"),
        ({}, "两\r\n行", "两 行"),
        ({}, "a\x00b\x07", "ab"),
        ({}, "   ", None),
        ({}, "𠮷野", "𠮷野"),
        ({"autocomplete": "name"}, "阿依古丽•买买提", "阿依古丽·买买提"),
        ({"widget": "textarea"}, " 一\r\n二\r三 ", "一\n二\n三"),
        ({"widget": "number"}, "１２０．５", 120.5),
        ({"widget": "number"}, "1,234", 1234),
        ({"widget": "number"}, "1，234", 1234),
        ({"widget": "number"}, "12.0", 12),
        ({"widget": "number"}, ".5", 0.5),
        ({"widget": "number"}, "-3", -3),
        ({"widget": "number"}, "1,2", "1,2"),
        ({"widget": "number"}, "约12", "约12"),
        ({"widget": "number"}, "1e5", "1e5"),
        ({"widget": "number"}, "9" * 400, "9" * 400),
        ({"widget": "money"}, "￥1,234.50 元", 1234.5),
        ({"widget": "date"}, "2026-03-01", "2026-03-01"),
        ({"widget": "date"}, "2026年3月1日", "2026-03-01"),
        ({"widget": "date"}, "２０２６／３／１", "2026-03-01"),
        ({"widget": "date"}, "20260301", "2026-03-01"),
        ({"widget": "date"}, "三月", "三月"),
        ({"widget": "phone"}, "+86 138-0013 8000", PHONE),
        ({"widget": "phone"}, "（020）38123456", "020-38123456"),
        ({"widget": "phone"}, "075582345678", "0755-82345678"),
        ({"widget": "phone"}, "０７５５ １２３", "0755 123"),
        ({"widget": "id_number"}, "110105 19491231 002ｘ", ID),
        ({"widget": "credit_code"}, CREDIT.lower(), CREDIT),
        ({"widget": "division_picker"}, "４４９９０６００１００１", "449906001001"),
        ({"widget": "yes_no"}, "true", True),
        ({"widget": "yes_no"}, "false", False),
        ({"widget": "yes_no"}, "maybe", "maybe"),
        ({"schema": {"type": "integer", "enum": [1, 2]}}, "2", 2),
        ({"schema": {"type": "integer", "enum": [1, 2]}}, "7", "7"),
        ({"options": ["x"]}, "", None),
    ],
)
def test_what_is_typed_becomes_an_answer(raw: dict[str, Any], sent: str, answer: Any) -> None:
    found = read(raw, sent)
    assert found == answer
    assert type(found) is type(answer)


def test_checkboxes_are_a_list() -> None:
    raw = {"widget": "checkboxes", "options": ["水", "电"]}
    assert read(raw, "水", "电") == ["水", "电"]
    assert read(raw, "") is None
    assert read(raw) is None


def test_rows_come_in_the_order_the_page_says_and_blank_ones_stay() -> None:
    data = QueryDict(
        "staff-rows=3&staff-rows=0&staff-rows=7&staff-3-name=李强&staff-3-handles_food=true&staff-0-name=王芳&_shown=x"
    )
    assert parse(PEOPLE, data) == {"staff": [{"name": "李强", "handles_food": True}, {"name": "王芳"}, {}]}
    bare = QueryDict("staff-10-name=丙&staff-2-name=乙&staff-x-name=甲")
    assert parse(PEOPLE, bare) == {"staff": [{"name": "乙"}, {"name": "丙"}]}


def test_a_flood_of_rows_is_cut() -> None:
    data = {"staff-rows": [str(n) for n in range(100_000)]}
    assert len(parse(PEOPLE, data)["staff"]) == 200


def test_what_a_page_sends_for_answers_reads_back_as_those_answers() -> None:
    for section in FORM.sections:
        own = {part.key: ANSWERS[part.key] for part in section.fields if part.key in ANSWERS}
        assert parse(section, page_values(section, own)) == own


def test_a_page_replaces_its_own_section_only() -> None:
    filled = FORM.fill("applicant", ANSWERS, {"person_name": "李强"})
    assert filled["person_name"] == "李强"
    assert "person_id" not in filled
    assert filled["premises_address"] == ANSWERS["premises_address"]


# -- a turn -----------------------------------------------------------------------------------------------------------

GOOD = {"person_name": "陈秀英", "person_id": ID, "person_phone": PHONE, "agent": "false"}
SHOWN = "person_name person_id person_phone agent"


def test_a_good_page_goes_on() -> None:
    turn = FORM.turn("applicant", {}, {**GOOD, "_shown": SHOWN})
    assert turn.is_done
    assert turn.answers == {"person_name": "陈秀英", "person_id": ID, "person_phone": PHONE, "agent": False}


def test_a_bad_page_stays_and_keeps_what_was_typed() -> None:
    turn = FORM.turn("applicant", {}, {**GOOD, "person_id": "12", "_shown": SHOWN})
    assert not turn.is_done
    assert list(turn.errors) == ["person_id"]
    assert turn.answers["person_id"] == "12"


def test_a_choice_that_opens_questions_shows_them_first_unblamed() -> None:
    turn = FORM.turn("applicant", {}, {**GOOD, "agent": "true", "_shown": SHOWN})
    assert not turn.is_done
    assert turn.revealed == ("agent_name", "agent_why")
    assert turn.errors == {}
    assert {"agent_name", "agent_why"} <= turn.visible
    again = FORM.turn("applicant", {}, {**GOOD, "agent": "true", "_shown": f"{SHOWN} agent_name agent_why"})
    assert list(again.errors) == ["agent_name"]


def test_the_redraw_button_blames_nobody() -> None:
    turn = FORM.turn("applicant", {}, {"agent": "true", "_refresh": "1", "_shown": SHOWN})
    assert not turn.is_done
    assert turn.errors == {}
    assert "agent_name" in turn.visible


def test_rows_are_added_and_removed_by_named_buttons() -> None:
    before = {**ANSWERS, "staff": []}
    sent = {"staff-rows": ["0"], "staff-0-name": ["李强"]}
    added = FORM.turn("people", before, {**sent, "_add": "staff"})
    assert added.answers["staff"] == [{"name": "李强"}, {}]
    assert "staff-1-name" in added.visible
    assert not added.is_done
    assert not added.errors
    two = {"staff-rows": ["0", "1"], "staff-0-name": ["李强"], "staff-1-name": ["王芳"]}
    removed = FORM.turn("people", before, {**two, "_remove": "staff-0"})
    assert removed.answers["staff"] == [{"name": "王芳"}]


def test_the_first_row_of_a_required_repeat_is_there_unasked_and_adding_makes_a_second() -> None:
    assert "staff-0-name" in FORM.visible({**ANSWERS, "staff": []})
    assert FORM.turn("people", ANSWERS, {"_add": "staff"}).answers["staff"] == [{}, {}]


def test_no_more_rows_than_allowed() -> None:
    rows = {"staff-rows": [str(n) for n in range(5)]}
    assert len(FORM.turn("people", ANSWERS, {**rows, "_add": "staff"}).answers["staff"]) == 5


def test_a_button_for_nothing_changes_nothing() -> None:
    for button in ({"_add": "ghosts"}, {"_remove": "ghosts-1"}, {"_remove": "staff-99"}, {"_remove": ""}):
        rows = {"staff-rows": ["0"], "staff-0-name": "李强"}
        assert FORM.turn("people", ANSWERS, {**rows, **button}).answers["staff"] == [{"name": "李强"}]


def test_visible_sections() -> None:
    assert [section.key for section in FORM.visible_sections(ANSWERS)] == ["applicant", "premises", "people"]
    assert [section.key for section in FORM.visible_sections({})] == ["applicant", "premises"]


def test_a_section_knows_which_answers_redraw_it() -> None:
    assert APPLICANT.controls == {"agent"}
    assert PREMISES.controls == {"dishes"}
    assert PEOPLE.controls == {"handles_food"}
