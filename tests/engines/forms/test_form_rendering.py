"""Each widget as HTML: one label, hint, error, the right keyboard, and nothing that needs a script."""

import re
from time import perf_counter
from typing import Any

import pytest
from django.template import Context, Template
from lxml import html

from tests.engines.forms.form_samples import ANSWERS, ELEMENTS, ID, large_definition, restaurant
from zhengtong.engines.forms.rules import Form, compile_form, parse

FORM = restaurant()
PAGE = Template(
    "{% load ui_forms %}<form>{% form_section section answers errors visible=visible marks=marks choices=choices "
    "revealed=revealed url=url %}</form>"
)


def draw(form: Form, key: str, answers: dict[str, Any], **extra: Any) -> html.HtmlElement:
    """The page of one section, with what its answers make visible."""
    given = {"section": form.section(key), "answers": answers, "visible": form.visible(answers), "errors": {}} | extra
    return html.fromstring(PAGE.render(Context(given)))


def one(raw: dict[str, Any], answer: Any = None, **extra: Any) -> html.HtmlElement:
    field = {"key": "a", "title": "甲项", "required": True, **raw}
    form = compile_form({"sections": [{"key": "s", "title": "一", "fields": [field]}]}, ELEMENTS)
    return draw(form, "s", {} if answer is None else {"a": answer}, **extra)


def control(page: html.HtmlElement, name: str = "a") -> html.HtmlElement:
    (found,) = page.xpath(f"//*[@name='{name}']")
    return found


def text(element: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


@pytest.mark.parametrize(
    ("raw", "answer", "expected"),
    [
        ({}, "文字", {"type": "text", "value": "文字"}),
        ({"widget": "number"}, 12.5, {"type": "text", "inputmode": "decimal", "value": "12.5"}),
        ({"schema": {"type": "integer"}}, 12, {"type": "text", "inputmode": "numeric", "value": "12"}),
        ({"widget": "money"}, 1234.5, {"inputmode": "decimal", "value": "1234.5"}),
        ({"widget": "date"}, "2026-03-01", {"type": "date", "value": "2026-03-01"}),
        ({"widget": "phone", "autocomplete": "tel"}, "138", {"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
        ({"widget": "id_number"}, ID, {"type": "text", "value": ID, "spellcheck": "false"}),
        ({"widget": "credit_code"}, "9135", {"type": "text", "value": "9135"}),
        ({"widget": "division_picker"}, "449906001001", {"inputmode": "numeric", "value": "449906001001"}),
    ],
)
def test_inputs(raw: dict[str, Any], answer: Any, expected: dict[str, str]) -> None:
    page = one(raw, answer)
    element = control(page)
    assert element.tag == "input"
    assert expected.items() <= dict(element.attrib).items()
    (label,) = page.xpath("//label")
    assert label.get("for") == element.get("id") == "f-a"
    assert text(label) == "甲项"


def test_textarea_keeps_its_lines() -> None:
    element = control(one({"widget": "textarea"}, "\n一\n<b>二</b>"))
    assert element.tag == "textarea"
    assert "<b>二</b>" in element.text_content()


def test_select_offers_nothing_first() -> None:
    page = one(
        {"widget": "select", "options": [{"value": "x", "label": "甲", "group": "组"}, {"value": "y", "label": "乙"}]},
        "y",
    )
    assert [(option.get("value"), option.get("selected") is not None) for option in page.xpath("//option")] == [
        ("", False), ("x", False), ("y", True),
    ]  # fmt: skip
    assert page.xpath("//optgroup/@label") == ["组"]


@pytest.mark.parametrize(
    "choices",
    [
        {"a": [("449906001001", "新河社区", "河东街道")]},
        {"division_picker": [("449906001001", "新河社区", "河东街道")]},
    ],
)
def test_divisions_are_chosen_from_the_list_the_page_brings(choices: dict[str, Any]) -> None:
    page = one({"widget": "division_picker"}, "449906001001", choices=choices)
    assert page.xpath("//select[@name='a']/optgroup[@label='河东街道']/option[@selected]/text()") == ["新河社区"]


@pytest.mark.parametrize(
    ("raw", "answer", "kind", "chosen"),
    [
        ({"options": ["x", "y"]}, "y", "radio", ["y"]),
        ({"schema": {"type": "integer", "enum": [1, 2]}}, 2, "radio", ["2"]),
        ({"widget": "checkboxes", "options": ["x", "y", "z"]}, ["x", "z"], "checkbox", ["x", "z"]),
        ({"widget": "yes_no"}, True, "radio", ["true"]),
        ({"widget": "yes_no"}, False, "radio", ["false"]),
        ({"widget": "yes_no"}, None, "radio", []),
    ],
)
def test_choices_stand_under_a_legend(raw: dict[str, Any], answer: Any, kind: str, chosen: list[str]) -> None:
    page = one(raw, answer)
    assert [text(legend) for legend in page.xpath("//fieldset/legend")] == ["甲项"]
    inputs = page.xpath("//input[@name='a']")
    assert {element.get("type") for element in inputs} == {kind}
    assert [element.get("value") for element in inputs if element.get("checked") is not None] == chosen
    ids = [element.get("id") for element in inputs]
    assert ids[0] == "f-a"
    assert len(set(ids)) == len(ids)
    assert page.xpath("//label/@for") == ids


@pytest.mark.parametrize(
    "widget",
    ["text", "textarea", "number", "money", "date", "phone", "id_number", "credit_code", "division_picker", "select"],
)
def test_hint_unit_source_and_error_are_tied_to_the_control(widget: str) -> None:
    raw = {"widget": widget, "help": "照证件填写", "unit": "米", "options": ["x"] if widget == "select" else []}
    page = one(raw, errors={"a": ["请填写甲项。"]}, marks={"a": "实名信息"})
    element = control(page)
    ids = element.get("aria-describedby").split()
    assert ids[:3] == ["f-a-hint", "f-a-source", "f-a-error"]
    assert ids[3:] == ([] if widget in ("textarea", "select") else ["f-a-unit"])
    assert element.get("aria-invalid") == "true"
    assert "is-invalid" in element.get("class")
    assert text(page.get_element_by_id("f-a-error")) == "错误：请填写甲项。"
    assert text(page.get_element_by_id("f-a-hint")) == "照证件填写"
    assert "实名信息" in text(page.get_element_by_id("f-a-source"))
    for name in ids:
        page.get_element_by_id(name)


def test_an_error_on_choices_is_tied_to_the_group() -> None:
    page = one({"options": ["x", "y"], "help": "任选其一"}, errors={"a": ["请选择甲项。"]})
    (fieldset,) = page.xpath("//fieldset")
    assert fieldset.get("aria-describedby") == "f-a-hint f-a-error"
    assert fieldset.get("role") == "radiogroup"


def test_optional_is_said_in_words_and_required_in_none() -> None:
    assert "（选填）" in text(one({"required": False}).xpath("//label")[0])
    page = one({})
    assert "选填" not in text(page)
    assert "*" not in text(page)


def test_only_what_is_asked_is_drawn_and_named_as_shown() -> None:
    page = draw(FORM, "applicant", {"agent": False})
    assert not page.xpath("//*[@name='agent_name']")
    assert control(page, "_shown").get("value").split() == ["person_name", "person_id", "person_phone", "agent"]
    page = draw(FORM, "applicant", {"agent": True}, revealed=("agent_name",))
    assert page.xpath("//*[@name='agent_name']")
    assert page.xpath("//*[@role='status']")


def test_what_is_controlled_redraws_by_htmx_where_a_url_is_given() -> None:
    (wrapper,) = draw(FORM, "applicant", {}, url="/here").xpath("//*[@hx-trigger='change']")
    assert wrapper.xpath(".//input/@name") == ["agent", "agent"]
    assert (wrapper.get("hx-post"), wrapper.get("hx-target")) == ("/here", "#section-applicant")
    assert not draw(FORM, "applicant", {}).xpath("//*[@hx-post]")


def test_rows_with_their_buttons() -> None:
    page = draw(FORM, "people", ANSWERS, url="/here")
    assert [text(head) for head in page.xpath("//*[@class='zt-repeat-head']/span")] == ["从业人员 1", "从业人员 2"]
    assert page.xpath("//button[@name='_remove']/@value") == ["staff-0", "staff-1"]
    assert page.xpath("//button[@name='_add']/@value") == ["staff"]
    assert page.xpath("//*[@name='staff-1-name']/@value") == ["王芳"]
    assert page.xpath("//*[@name='staff-0-health_until']")
    assert not page.xpath("//*[@name='staff-1-health_until']")
    first = page.xpath("//button[@type='submit'][1]")[0]
    assert first.get("name") is None, "Enter must go on, not add or remove a row"


def test_a_required_repeat_shows_its_first_row_and_the_last_one_stays() -> None:
    page = draw(FORM, "people", {**ANSWERS, "staff": []})
    assert page.xpath("//*[@name='staff-0-name']")
    assert not page.xpath("//button[@name='_remove']")
    full = draw(FORM, "people", {**ANSWERS, "staff": [{"name": "甲"}] * 5})
    assert not full.xpath("//button[@name='_add']")


def test_errors_in_rows_are_on_their_field_and_on_the_group() -> None:
    errors = FORM.validate({**ANSWERS, "staff": [{"name": "李强"}]}).errors
    page = draw(FORM, "people", {**ANSWERS, "staff": [{"name": "李强"}]}, errors=errors)
    assert page.get_element_by_id("f-staff-0-id_number").get("aria-invalid") == "true"
    page = draw(FORM, "people", {**ANSWERS, "staff": []}, errors={"staff": ["请至少添加 1 条从业人员。"]})
    assert page.get_element_by_id("f-staff").get("aria-describedby") == "f-staff-error"


def sent_by(page: html.HtmlElement) -> dict[str, list[str]]:
    """What a browser would send for the page as drawn."""
    sent: dict[str, list[str]] = {}
    for name, value in page.xpath("//form")[0].form_values() if page.tag != "form" else page.form_values():
        sent.setdefault(name, []).append(value)
    return sent


@pytest.mark.parametrize("key", ["applicant", "premises", "people"])
def test_a_page_drawn_and_sent_untouched_reads_back_as_the_same_answers(key: str) -> None:
    section = FORM.section(key)
    own = {part.key: ANSWERS[part.key] for part in section.fields if part.key in ANSWERS}
    assert parse(section, sent_by(draw(FORM, key, ANSWERS))) == own
    turn = FORM.turn(key, ANSWERS, sent_by(draw(FORM, key, ANSWERS)))
    assert turn.is_done
    assert turn.answers == ANSWERS


def test_the_error_summary_links_to_the_fields_and_takes_the_focus() -> None:
    errors = FORM.validate({**ANSWERS, "person_name": "", "staff": [{"name": "李强"}]}).errors
    template = Template("{% load ui_forms %}{% form_error_summary errors sections %}")
    page = html.fromstring(template.render(Context({"errors": errors, "sections": FORM.sections})))
    assert page.get("role") == "alert"
    assert page.get("tabindex") == "-1"
    assert page.get("autofocus") is not None
    assert [(a.get("href"), text(a)) for a in page.xpath("//a")] == [
        ("#f-person_name", "请填写姓名。"),
        ("#f-staff-0-id_number", "从业人员 1：请填写身份证号。"),
        ("#f-staff-0-handles_food", "从业人员 1：请选择是否接触直接入口食品。"),
    ]
    assert "有 3 处" in text(page)
    assert template.render(Context({"errors": {}})).strip() == ""


def test_answers_in_words_with_links_to_change_them() -> None:
    template = Template("{% load ui_forms %}<div>{% form_answers display urls=urls heading=3 %}</div>")
    context = {"display": FORM.display(ANSWERS), "urls": {"applicant": "/form/applicant"}}
    page = html.fromstring(template.render(Context(context)))
    assert page.xpath("//h3/text()") == ["申请人", "经营场所", "从业人员"]
    assert page.xpath("//a/@href") == ["/form/applicant"]
    assert ID not in text(page)
    rows = {text(row.find("dt")): text(row.find("dd")) for row in page.xpath("//dl/div")}
    assert rows["是否委托代办"] == "否"
    assert rows["经营面积"] == "120.5 平方米"
    assert page.xpath("//p[starts-with(@class, 'zt-repeat-head')]/text()") == ["从业人员 1", "从业人员 2"]


def test_no_page_carries_a_script_a_style_or_a_handler() -> None:
    for section in FORM.sections:
        page = draw(FORM, section.key, ANSWERS, url="/here", errors=FORM.validate({}).errors)
        assert not page.xpath("//script | //style | //@style | //@*[starts-with(name(), 'on')]")
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))


def test_what_is_typed_is_escaped() -> None:
    attack = '"><script>alert(1)</script>'
    page = one({"title": attack, "help": attack}, attack, errors={"a": [attack]})
    assert not page.xpath("//script")
    assert control(page).get("value") == attack


def test_95_fields_are_drawn_in_100_ms() -> None:
    form = compile_form(large_definition(), {})
    for section in form.sections:
        draw(form, section.key, {})
    start = perf_counter()
    for section in form.sections:
        draw(form, section.key, {})
    assert perf_counter() - start < 0.1
