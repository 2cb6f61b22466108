"""The shape of a form definition as it is written in YAML; what a shape cannot say is in compile.py."""

from typing import Any

from .definition import WIDGETS

_TEXT = {"type": "string", "minLength": 1, "maxLength": 500}
_KEY = {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,59}$"}
_OPTIONS = {
    "type": "array",
    "items": {
        "anyOf": [
            {"type": ["string", "integer", "number"]},
            {
                "type": "object",
                "required": ["value", "label"],
                "properties": {
                    "value": {"type": ["string", "integer", "number"]},
                    "label": _TEXT,
                    "group": {"type": "string"},
                },
                "additionalProperties": False,
            },
        ]
    },
}

ELEMENT_PROPERTIES: dict[str, Any] = {
    "title": _TEXT,
    "schema": {"type": "object"},
    "widget": {"enum": list(WIDGETS)},
    "help": {"type": "string", "maxLength": 500},
    "unit": {"type": "string", "maxLength": 20},
    "autocomplete": {"type": "string", "maxLength": 60},
    "sealed": {"type": "boolean"},
    "source": {"type": "string", "pattern": "^([a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*)?$"},
    "options": _OPTIONS,
}
ELEMENT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["code", "title"],
    "properties": {"code": _KEY, **ELEMENT_PROPERTIES},
    "additionalProperties": False,
}
_FIELD = {
    "type": "object",
    "properties": {
        "element": _KEY,
        "key": _KEY,
        "required": {"type": "boolean"},
        "when": {"type": ["string", "null"]},
        "message": {"type": "string", "maxLength": 200},
        **ELEMENT_PROPERTIES,
    },
    "anyOf": [{"required": ["element"]}, {"required": ["key", "title"]}],
    "additionalProperties": False,
}
_REPEAT = {
    "type": "object",
    "required": ["key", "title", "repeat", "fields"],
    "properties": {
        "key": _KEY,
        "title": _TEXT,
        "help": {"type": "string", "maxLength": 500},
        "when": {"type": ["string", "null"]},
        "repeat": {
            "type": "object",
            "properties": {
                "min": {"type": "integer", "minimum": 0, "maximum": 200},
                "max": {"type": "integer", "minimum": 1, "maximum": 200},
            },
            "additionalProperties": False,
        },
        "fields": {"type": "array", "minItems": 1, "items": _FIELD},
    },
    "additionalProperties": False,
}
DEFINITION_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["sections"],
    "properties": {
        "sections": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["key", "title", "fields"],
                "properties": {
                    "key": {"type": "string", "pattern": "^[a-z][a-z0-9_-]{0,59}$"},
                    "title": _TEXT,
                    "hint": {"type": "string", "maxLength": 1000},
                    "when": {"type": ["string", "null"]},
                    "fields": {
                        "type": "array",
                        "minItems": 1,
                        "items": {
                            "if": {"type": "object", "required": ["repeat"]},
                            "then": _REPEAT,
                            "else": _FIELD,
                        },
                    },
                },
                "additionalProperties": False,
            },
        }
    },
    "additionalProperties": False,
}
