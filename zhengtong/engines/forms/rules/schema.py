"""The JSON Schema of a field, a section and a form; codes are formats, so the published schema is the whole truth."""

from collections.abc import Iterable, Mapping
from typing import Any

import jsonschema_rs

from zhengtong.foundation.codes import credit_code, division, name, phone, resident_id

from .definition import Choice, Field, Repeat, Section

DRAFT = "https://json-schema.org/draft/2020-12/schema"
REGEX = jsonschema_rs.RegexOptions()  # linear time whatever a pattern says
FORMATS = {
    "cn-resident-id": resident_id.is_valid_resident_id,
    "cn-credit-code": credit_code.is_valid_credit_code,
    "cn-phone": phone.is_valid_phone,
    "cn-division": division.is_valid_division,
    "cn-name": name.is_valid_name,
}
FORMAT_OF_WIDGET = {
    "id_number": "cn-resident-id",
    "credit_code": "cn-credit-code",
    "phone": "cn-phone",
    "division_picker": "cn-division",
    "date": "date",
}
LONGEST = {"text": 200, "textarea": 2_000}


def field_schema(
    widget: str, kind: str, written: Mapping[str, Any], options: tuple[Choice, ...], autocomplete: str = ""
) -> dict[str, Any]:
    """What the definition says, completed by what the widget implies."""
    if widget == "checkboxes":
        limits = {key: value for key, value in written.items() if key in ("minItems", "maxItems", "contains")}
        items: dict[str, Any] = {"enum": [choice.value for choice in options]}
        return {"type": "array", "items": items, "uniqueItems": True, **limits}
    schema = {key: value for key, value in written.items() if key not in ("enum", "oneOf")} if options else {**written}
    schema["type"] = kind
    if options:
        schema["enum"] = [choice.value for choice in options]
    if widget in FORMAT_OF_WIDGET:
        schema["format"] = FORMAT_OF_WIDGET[widget]
    if widget == "text" and autocomplete == "name":
        schema.setdefault("format", "cn-name")
    if widget in LONGEST and not options:
        schema.setdefault("maxLength", LONGEST[widget])
    if widget == "money":
        schema.setdefault("minimum", 0)
        schema.setdefault("maximum", 9_999_999_999_999)
        schema.setdefault("multipleOf", 0.01 if kind == "number" else 1)
    return schema


def part_schema(part: Field | Repeat) -> dict[str, Any]:
    """A field or repeat as a property."""
    described = {"title": part.title, **({"description": part.hint} if part.hint else {})}
    if isinstance(part, Field):
        return {**described, **part.schema}
    rows: dict[str, Any] = {"type": "array", "maxItems": part.maximum, "items": object_schema(part.fields)}
    if part.minimum:
        rows["minItems"] = part.minimum
    return {**described, **rows}


def object_schema(parts: Iterable[Field | Repeat], *, conditional: frozenset[str] = frozenset()) -> dict[str, Any]:
    """An object of these parts; a part asked only sometimes is never required here but by the form itself."""
    listed = list(parts)
    return {
        "type": "object",
        "properties": {part.key: part_schema(part) for part in listed},
        "required": [part.key for part in listed if part.required and not part.when and part.key not in conditional],
        "additionalProperties": False,
    }


def form_schema(sections: Iterable[Section]) -> dict[str, Any]:
    """The schema of a form's answers."""
    listed = list(sections)
    conditional = frozenset(part.key for section in listed if section.when for part in section.fields)
    parts = [part for section in listed for part in section.fields]
    return {"$schema": DRAFT, **object_schema(parts, conditional=conditional)}


def validator(schema: Mapping[str, Any]) -> jsonschema_rs.Draft202012Validator:
    """The compiled check of a schema."""
    return jsonschema_rs.Draft202012Validator(
        dict(schema), formats=FORMATS, validate_formats=True, pattern_options=REGEX
    )
