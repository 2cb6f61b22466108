"""What compiles, what does not, and where the fault is."""

from typing import Any

import jsonschema_rs
import pytest

from tests.engines.forms.form_samples import ELEMENTS, RESTAURANT, large_definition, restaurant
from zhengtong.engines.forms.rules import (
    Element,
    FormDefinitionInvalid,
    Repeat,
    compile_form,
    element_faults,
    element_with_defaults,
    form_faults,
    with_elements,
)


def one(field: dict[str, Any]) -> dict[str, Any]:
    return {"sections": [{"key": "s", "title": "一", "fields": [field]}]}


def field(raw: dict[str, Any]) -> Any:
    return compile_form(one({"key": "a", "title": "甲", **raw}), ELEMENTS).parts["a"]


def test_the_schema_is_valid_2020_12_and_complete() -> None:
    schema = restaurant().schema
    assert jsonschema_rs.meta.is_valid(schema)
    assert schema["$schema"].endswith("2020-12/schema")
    assert schema["additionalProperties"] is False
    assert schema["properties"]["person_id"]["format"] == "cn-resident-id"
    assert schema["properties"]["staff"]["maxItems"] == 5
    assert schema["properties"]["staff"]["items"]["required"] == ["name", "id_number", "handles_food"]


def test_what_is_asked_only_sometimes_is_not_required_by_the_schema() -> None:
    required = restaurant().schema["required"]
    assert "person_name" in required
    assert not {"agent_name", "raw_fridge", "staff", "opens_on"} & set(required)


def test_95_fields_compile() -> None:
    form = compile_form(large_definition(), {})
    assert len(form.parts) == 95
    assert len(form.sections) == 10


def test_a_field_takes_its_words_from_the_element_and_may_overrule_them() -> None:
    form = restaurant()
    own, agent = form.parts["person_name"], form.parts["agent_name"]
    assert (own.title, own.element, own.autocomplete) == ("姓名", "person_name", "name")
    assert (agent.title, agent.element) == ("代办人姓名", "person_name")


@pytest.mark.parametrize(
    ("raw", "widget", "kind"),
    [
        ({}, "text", "string"),
        ({"schema": {"type": "number"}}, "number", "number"),
        ({"schema": {"type": "integer"}}, "number", "integer"),
        ({"schema": {"type": "boolean"}}, "yes_no", "boolean"),
        ({"schema": {"type": "string", "format": "date"}}, "date", "string"),
        ({"schema": {"type": "string", "enum": ["a", "b"]}}, "radio", "string"),
        ({"options": list("abcdefgh")}, "select", "string"),
        ({"schema": {"type": "array", "items": {"enum": ["a", "b"]}}}, "checkboxes", "array"),
        ({"widget": "checkboxes", "options": ["a"]}, "checkboxes", "array"),
        ({"widget": "money"}, "money", "number"),
    ],
)
def test_the_widget_fits_the_schema_where_none_is_said(raw: dict[str, Any], widget: str, kind: str) -> None:
    made = field(raw)
    assert (made.widget, made.kind) == (widget, kind)


def test_options_may_be_said_three_ways() -> None:
    labelled = [{"value": "a", "label": "甲"}]
    for raw in ({"options": labelled}, {"schema": {"type": "string", "oneOf": [{"const": "a", "title": "甲"}]}}):
        made = field(raw)
        assert [(c.value, c.label) for c in made.options] == [("a", "甲")]
        assert made.schema["enum"] == ["a"]
    assert [c.label for c in field({"schema": {"type": "integer", "enum": [1, 2]}}).options] == ["1", "2"]


@pytest.mark.parametrize(
    ("definition", "path", "words"),
    [
        ({}, "form", "sections"),
        ({"sections": []}, "sections", ""),
        (one({"title": "甲"}), "sections/0/fields/0", ""),
        (one({"key": "A-b", "title": "甲"}), "sections/0/fields/0/key", ""),
        (one({"key": "a", "title": "甲", "colour": "red"}), "sections/0/fields/0", "colour"),
        (one({"key": "a", "title": "甲", "widget": "slider"}), "sections/0/fields/0/widget", ""),
        (one({"element": "unknown"}), "sections/0/fields/0/element", "没有登记"),
        (one({"key": "a", "title": "甲", "widget": "select"}), "sections/0/fields/0/options", "可选的值"),
        (one({"key": "a", "title": "甲", "options": ["x", "x"]}), "sections/0/fields/0/options", "相同"),
        (
            one({"key": "a", "title": "甲", "widget": "money", "schema": {"type": "string"}}),
            "sections/0/fields/0/schema/type",
            "money",
        ),
        (one({"key": "a", "title": "甲", "schema": {"type": "strin"}}), "sections/0/fields/0/schema/type", ""),
        (
            one({"key": "a", "title": "甲", "schema": {"type": "string", "pattern": "(("}}),
            "sections/0/fields/0/schema",
            "regex",
        ),
        (
            one({"key": "a", "title": "甲", "schema": {"type": "string", "pattern": "(?=a)b"}}),
            "sections/0/fields/0/schema",
            "regex",
        ),
        (one({"key": "a", "title": "甲", "schema": {"$ref": "http://x/y"}}), "sections/0/fields/0/schema", "引用"),
        (one({"key": "a", "title": "甲", "sealed": True, "widget": "number"}), "sections/0/fields/0/sealed", "加密"),
        (one({"key": "a", "title": "甲", "when": "b =="}), "sections/0/fields/0/when", ""),
        (one({"key": "a", "title": "甲", "when": "b"}), "sections/0/fields/0/when", "“b”"),
        (
            one({"key": "r", "title": "行", "repeat": {"min": 3, "max": 2}, "fields": [{"key": "a", "title": "甲"}]}),
            "sections/0/fields/0/repeat",
            "最少",
        ),
        (one({"key": "r", "title": "行", "repeat": {}, "fields": []}), "sections/0/fields/0/fields", ""),
    ],
)
def test_a_fault_is_told_with_its_place(definition: dict[str, Any], path: str, words: str) -> None:
    with pytest.raises(FormDefinitionInvalid) as refused:
        compile_form(definition, ELEMENTS)
    assert refused.value.data["path"] == path
    assert words in str(refused.value)


def test_all_faults_are_told_at_once() -> None:
    bad = {"key": "a", "title": "甲", "widget": "select"}
    definition = {"sections": [{"key": "s", "title": "一", "fields": [bad, {"element": "unknown"}]}]}
    assert [place for place, _ in form_faults(definition, ELEMENTS)] == [
        ("sections", 0, "fields", 0, "options"),
        ("sections", 0, "fields", 1, "element"),
    ]
    assert form_faults(RESTAURANT, ELEMENTS) == []


def test_a_key_stands_once() -> None:
    same = {"key": "a", "title": "甲"}
    with pytest.raises(FormDefinitionInvalid, match="两次"):
        compile_form({"sections": [{"key": "s", "title": "一", "fields": [same, same]}]}, {})


def test_conditions_in_a_ring_are_refused() -> None:
    fields = [{"key": "a", "title": "甲", "when": "b"}, {"key": "b", "title": "乙", "when": "a"}]
    with pytest.raises(FormDefinitionInvalid, match="互相等待"):
        compile_form({"sections": [{"key": "s", "title": "一", "fields": fields}]}, {})


def test_a_condition_may_look_forward_and_outside() -> None:
    fields = [{"key": "a", "title": "甲", "when": "b == 'x' and channel == 'window'"}, {"key": "b", "title": "乙"}]
    definition = {"sections": [{"key": "s", "title": "一", "fields": fields}]}
    form = compile_form(definition, {}, context=["channel"])
    assert form.visible({"b": "x"}, {"channel": "window"}) == {"a", "b"}
    assert form.visible({"b": "x"}, {"channel": "online"}) == {"b"}
    assert form_faults(definition, {})


def test_a_row_condition_looks_back_within_its_row_only() -> None:
    inner = [{"key": "a", "title": "甲", "when": "b"}, {"key": "b", "title": "乙"}]
    assert form_faults(one({"key": "r", "title": "行", "repeat": {}, "fields": inner}), {})
    assert not form_faults(one({"key": "r", "title": "行", "repeat": {}, "fields": inner[::-1]}), {})


def test_a_definition_with_its_elements_written_out_means_the_same_without_them() -> None:
    written = with_elements(RESTAURANT, ELEMENTS)
    assert compile_form(written, {}).schema == restaurant().schema
    part = compile_form(written, {}).parts["staff"]
    assert isinstance(part, Repeat)
    assert part.sealed


@pytest.mark.parametrize("element", ELEMENTS.values(), ids=lambda element: element.code)
def test_elements_of_the_sample_are_sound(element: Element) -> None:
    assert element_faults(element) == []


def test_an_element_that_no_form_could_ask_is_told() -> None:
    assert element_faults(Element("x", "甲", {"type": "object"}))
    assert element_faults(Element("x", "甲", {}, "radio"))


def test_an_element_gets_its_defaults() -> None:
    entry = element_with_defaults({"code": "x", "title": "甲", "options": ["a"]})
    assert entry["widget"] == "radio"
    assert entry["options"] == [{"value": "a", "label": "a"}]
    assert element_with_defaults(entry) == entry
