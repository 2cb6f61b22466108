"""Which answers count, and the sentence for each way they can fail."""

from typing import Any

import pytest

from tests.engines.forms.form_samples import ANSWERS, CREDIT, ELEMENTS, ID, PHONE, RESTAURANT, restaurant
from zhengtong.engines.forms.rules import AnswersInvalid, compile_form
from zhengtong.foundation.refusals import NotFound

FORM = restaurant()


def said(raw: dict[str, Any], answer: Any) -> list[str]:
    """The messages on one field answered so."""
    definition = {"sections": [{"key": "s", "title": "一", "fields": [{"key": "a", "title": "甲项", **raw}]}]}
    return list(map(str, compile_form(definition, ELEMENTS).validate({"a": answer}).errors.get("a", [])))


def test_good_answers_pass_and_come_back() -> None:
    result = FORM.validate(ANSWERS)
    assert result.errors == {}
    assert result.answers == ANSWERS
    assert FORM.check(ANSWERS) == ANSWERS


def test_what_is_missing_is_told_in_page_order_with_the_right_verb() -> None:
    errors = FORM.validate({}).errors
    assert list(errors) == [
        "person_name", "person_id", "person_phone", "agent", "premises_division", "premises_address", "premises_area",
        "kind", "dishes",
    ]  # fmt: skip
    assert errors["person_name"] == ["请填写姓名。"]
    assert errors["premises_division"] == ["请选择所在村居。"]
    assert errors["agent"] == ["请选择是否委托代办。"]


@pytest.mark.parametrize(
    ("raw", "answer", "message"),
    [
        ({"schema": {"type": "string", "minLength": 3}}, "ab", "甲项至少写 3 个字。"),
        ({"schema": {"type": "string", "maxLength": 3}}, "abcde", "甲项最多 3 个字，请删去 2 个字。"),
        ({"schema": {"type": "string", "maxLength": 2}}, "𠮷𠮷", None),
        ({"schema": {"type": "number"}}, "十二", "甲项请只填数字，例如 120 或 35.5。"),
        ({"schema": {"type": "integer"}}, "abc", "甲项请填整数，例如 12。"),
        ({"schema": {"type": "integer"}}, 1.5, "甲项请填整数，例如 12。"),
        ({"schema": {"type": "number", "minimum": 1}, "unit": "平方米"}, 0, "甲项不能小于 1 平方米。"),
        ({"schema": {"type": "number", "maximum": 9}}, 10, "甲项不能大于 9。"),
        ({"schema": {"type": "number", "exclusiveMinimum": 0}}, 0, "甲项应大于 0。"),
        ({"schema": {"type": "number", "exclusiveMaximum": 9}}, 9, "甲项应小于 9。"),
        ({"schema": {"type": "number", "multipleOf": 0.5}}, 0.3, "甲项应是 0.5 的整数倍。"),
        ({"schema": {"type": "number", "multipleOf": 0.1}}, 0.33, "甲项最多写到小数点后 1 位。"),
        ({"widget": "money"}, 1.234, "甲项最多写到小数点后 2 位。"),
        ({"widget": "money"}, 12345678.91, None),
        ({"widget": "money"}, -1, "甲项不能小于 0 元。"),
        ({"widget": "date"}, "2026-02-30", "请把甲项写成年、月、日，例如 2026-01-31，并确认这一天存在。"),
        ({"widget": "date"}, "昨天", "请把甲项写成年、月、日，例如 2026-01-31，并确认这一天存在。"),
        ({"options": ["x"]}, "y", "请从列出的选项中选择甲项。"),
        ({"options": ["x"]}, 5, "请从列出的选项中选择甲项。"),
        ({"widget": "yes_no"}, "也许", "请从列出的选项中选择甲项。"),
        ({"widget": "yes_no", "schema": {"type": "boolean", "const": True}}, False, "继续之前，请确认并选择“是”：甲项"),
        ({"widget": "checkboxes", "options": ["x", "y"]}, ["z"], "请从列出的选项中选择甲项。"),
        ({"widget": "checkboxes", "options": ["x", "y"]}, ["x", "x"], "甲项里有重复的选项，请去掉重复的。"),
        ({"widget": "checkboxes", "options": ["x", "y"], "schema": {"minItems": 2}}, ["x"], "甲项请至少选 2 项。"),
        ({"widget": "checkboxes", "options": ["x", "y"], "schema": {"maxItems": 1}}, ["x", "y"], "甲项最多选 1 项。"),
        ({"schema": {"type": "string", "pattern": r"^\d{6}$"}}, "12", "甲项应为 6 位数字。"),
        ({"schema": {"type": "string", "pattern": "^[0-9]{6,8}$"}}, "12", "甲项应为 6 至 8 位数字。"),
        ({"schema": {"type": "string", "pattern": "^粤"}}, "A1", "请核对甲项的写法，按提示逐字填写。"),
        (
            {"schema": {"type": "string", "pattern": "^粤"}, "message": "请从“粤”字开始写车牌。"},
            "A1",
            "请从“粤”字开始写车牌。",
        ),
        (
            {"schema": {"type": "string", "format": "email"}},
            "x",
            "请核对甲项：邮箱地址中应有一个 @，例如 name@example.cn。",
        ),
        ({"schema": {"type": "string", "not": {"const": "x"}}}, "x", "请核对甲项，现在填写的内容不符合要求。"),
        (
            {"schema": {"type": "string", "anyOf": [{"const": "x"}, {"const": "z"}]}},
            "y",
            "请核对甲项，现在填写的内容不符合要求。",
        ),
        ({}, "a\x00b", "甲项里有无法保存的字符，请删去后重新填写。"),
        ({}, "\ud800", "甲项里有无法保存的字符，请删去后重新填写。"),
        ({"schema": {"type": "number"}}, float("nan"), "请核对甲项，现在填写的内容不符合要求。"),
        ({"schema": {"type": "integer"}}, 10**30, "请核对甲项，现在填写的内容不符合要求。"),
    ],
)
def test_each_failure_says_what_to_do(raw: dict[str, Any], answer: Any, message: str | None) -> None:
    assert said(raw, answer) == ([message] if message else [])


@pytest.mark.parametrize(
    ("widget", "good", "bad", "words"),
    [
        ("id_number", ID, ID[:-1] + "1", "末位校验码不符，可能有一位填错了。请对照身份证"),
        ("id_number", ID, "110105", "应为 18 位，您填了 6 位"),
        ("id_number", ID, ID.lower(), "大写字母"),
        ("credit_code", CREDIT, CREDIT[:-1] + "0", "请对照营业执照"),
        ("phone", PHONE, "1234", "手机号为 11 位"),
        ("phone", "020-38123456", "０２０", "固定电话"),
        ("division_picker", "449906001001", "449906", "从列表中选择"),
    ],
)
def test_codes_are_checked(widget: str, good: str, bad: str, words: str) -> None:
    assert said({"widget": widget}, good) == []
    (message,) = said({"widget": widget}, bad)
    assert words in message


def test_a_name_is_a_name() -> None:
    assert said({"autocomplete": "name"}, "买买提·艾力") == []
    assert said({"autocomplete": "name"}, "张三3") == ["姓名中不应出现“3”。请按身份证件上的姓名填写。"]


def test_one_sentence_a_field_and_the_code_speaks_first() -> None:
    (message,) = said({"widget": "id_number", "schema": {"type": "string", "minLength": 18, "pattern": "^9"}}, "1101")
    assert message.startswith("身份证号码应为 18 位")


def test_a_hidden_field_is_neither_required_nor_kept() -> None:
    result = FORM.validate({**ANSWERS, "agent_name": "李四"})
    assert "agent_name" not in result.answers
    assert result.is_valid
    assert list(FORM.validate({**ANSWERS, "agent": True}).errors) == ["agent_name"]


def test_a_hidden_section_is_neither_required_nor_kept() -> None:
    small = {**ANSWERS, "premises_area": 30}
    result = FORM.validate(small)
    assert result.is_valid
    assert "staff" not in result.answers
    assert FORM.validate({**small, "kind": "canteen", "staff": []}).errors == {"staff": ["请至少添加 1 条从业人员。"]}


def test_what_depends_on_something_hidden_is_hidden_too() -> None:
    fields = [
        {"key": "a", "title": "甲", "widget": "yes_no"},
        {"key": "b", "title": "乙", "widget": "yes_no", "when": "a"},
        {"key": "c", "title": "丙", "required": True, "when": "b"},
    ]
    form = compile_form({"sections": [{"key": "s", "title": "一", "fields": fields}]}, {})
    assert form.visible({"a": False, "b": True}) == {"a"}
    assert form.validate({"a": False, "b": True, "c": "x"}).answers == {"a": False}


def test_rows_tell_their_place() -> None:
    staff = [
        {"name": "李强", "id_number": "1", "handles_food": True},
        {},
        {"name": "", "id_number": None},
        {"name": "王芳"},
    ]
    result = FORM.validate({**ANSWERS, "staff": staff})
    assert {path: str(found[0])[:5] for path, found in result.errors.items()} == {
        "staff-0-id_number": "身份证号码",
        "staff-0-health_until": "请填写健康",
        "staff-1-id_number": "请填写身份",
        "staff-1-handles_food": "请选择是否",
    }
    assert result.answers["staff"] == [staff[0], {"name": "王芳"}]


def test_too_many_rows() -> None:
    row = {"name": "李强", "id_number": ID, "handles_food": False}
    assert FORM.validate({**ANSWERS, "staff": [row] * 9}).errors == {"staff": ["从业人员最多 5 条，请删去多余的。"]}


def test_rows_of_the_wrong_shape() -> None:
    assert list(FORM.validate({**ANSWERS, "staff": "many"}).errors) == ["staff"]
    assert list(FORM.validate({**ANSWERS, "staff": ["李强"]}).errors) == ["staff"]


def test_only_the_section_asked_is_told() -> None:
    result = FORM.validate_section("premises", {"agent": True, "premises_address": "x"})
    assert set(result.errors) == {"premises_division", "premises_area", "kind", "dishes"}
    with pytest.raises(NotFound):
        FORM.validate_section("nowhere", {})


def test_check_refuses_strangers_that_validate_leaves_out() -> None:
    sent = {**ANSWERS, "colour": "red", "staff": [{**ANSWERS["staff"][0], "age": 3}]}
    assert FORM.validate(sent).is_valid
    with pytest.raises(AnswersInvalid) as refused:
        FORM.check(sent)
    assert refused.value.status == 422
    assert set(refused.value.fields) == {"colour", "staff-0-age"}
    assert refused.value.fields["colour"] == ["表单里没有“colour”这一项，请删去。"]


@pytest.mark.parametrize("answers", [None, [], "x", 5])
def test_check_refuses_what_is_no_form(answers: Any) -> None:
    with pytest.raises(AnswersInvalid):
        FORM.check(answers)


def test_blank_is_unanswered() -> None:
    assert FORM.keep({**ANSWERS, "opens_on": "", "invested": None, "entity_code": " 　", "dishes": []}) == {
        key: value for key, value in ANSWERS.items() if key not in ("opens_on", "invested", "entity_code", "dishes")
    }


def test_a_changed_definition_leaves_out_what_it_no_longer_asks() -> None:
    shorter = {"sections": RESTAURANT["sections"][:1]}
    form = compile_form(shorter, ELEMENTS)
    assert form.keep(ANSWERS) == {key: ANSWERS[key] for key in ("person_name", "person_id", "person_phone", "agent")}
