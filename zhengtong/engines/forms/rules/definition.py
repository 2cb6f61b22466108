"""The nouns of a form, frozen once compiled, and the refusals of this engine."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from zhengtong.foundation.refusals import N_, Refused

Answers = dict[str, Any]
KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")

# Which JSON types a widget can carry; the first is taken where a definition gives no schema.
WIDGETS: dict[str, tuple[str, ...]] = {
    "text": ("string",),
    "textarea": ("string",),
    "number": ("number", "integer"),
    "money": ("number", "integer"),
    "date": ("string",),
    "select": ("string", "integer", "number"),
    "radio": ("string", "integer", "number"),
    "checkboxes": ("array",),
    "yes_no": ("boolean",),
    "division_picker": ("string",),
    "phone": ("string",),
    "id_number": ("string",),
    "credit_code": ("string",),
}
CHOSEN = frozenset({"select", "radio", "checkboxes", "yes_no", "division_picker"})


class FormDefinitionInvalid(Refused):
    """Refused: a form or a data element is written in a way that cannot work."""

    code = "form_definition_invalid"
    status = 422
    message = N_("表单定义有误（{path}）：{problem}")
    remedy = N_("请改正后重新应用。")


class AnswersInvalid(Refused):
    """Refused: the answers do not satisfy the form; `fields` tells where and what to do."""

    code = "answers_invalid"
    status = 422
    message = N_("表单有 {count} 处需要改正。")
    remedy = N_("请按每一处的提示改正后重新提交。")


class Condition(Protocol):
    """When a part of a form is asked: a compiled expression, or several combined."""

    @property
    def names(self) -> frozenset[str]: ...

    def holds(self, values: Mapping[str, Any]) -> bool: ...


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: the value kept, the label shown, the group it stands under."""

    value: Any
    label: str
    group: str = ""

    @property
    def text(self) -> str:
        """The value as a page sends it."""
        return str(self.value)


@dataclass(frozen=True, slots=True)
class Element:
    """A datum of the dictionary: asked under one code in every form."""

    code: str
    title: str
    schema: Mapping[str, Any] = field(default_factory=dict)
    widget: str = ""
    help: str = ""
    autocomplete: str = ""
    sealed: bool = False
    source: str = ""
    unit: str = ""
    options: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One question with one answer."""

    key: str
    title: str
    widget: str
    schema: Mapping[str, Any]
    kind: str
    required: bool = False
    when: Condition | None = None
    hint: str = ""
    unit: str = ""
    autocomplete: str = ""
    sealed: bool = False
    source: str = ""
    options: tuple[Choice, ...] = ()
    element: str = ""
    message: str = ""

    is_repeat = False

    @property
    def is_chosen(self) -> bool:
        """Whether the answer is chosen rather than written."""
        return self.widget in CHOSEN

    @property
    def is_name(self) -> bool:
        """Whether the answer is the name of a person."""
        return self.widget == "text" and self.autocomplete == "name"

    @property
    def has_legend(self) -> bool:
        """Whether the question heads several inputs (fieldset and legend) rather than labelling one."""
        return self.widget in ("radio", "checkboxes", "yes_no")

    @property
    def input_type(self) -> str:
        return {"phone": "tel", "date": "date"}.get(self.widget, "text")

    @property
    def inputmode(self) -> str:
        """The keyboard a phone should show."""
        if self.widget in ("number", "money"):
            return "numeric" if self.kind == "integer" else "decimal"
        return {"phone": "tel", "division_picker": "numeric"}.get(self.widget, "")

    @property
    def width(self) -> str:
        """A hint to the style sheet: short answers get short inputs."""
        if self.widget in ("number", "money", "date"):
            return "short"
        if self.widget in ("phone", "id_number", "credit_code", "division_picker"):
            return "medium"
        limit = self.schema.get("maxLength", 200)
        return "short" if limit <= 10 else "medium" if limit <= 30 else "long"

    def text(self, value: Any) -> str:
        """A single answer as an input shows it; what could not be read is shown as it was typed."""
        if value is None:
            return ""
        if value is True or value is False:
            return "true" if value else "false"
        if isinstance(value, float):
            text = format(Decimal(repr(value)), "f")
            return text.rstrip("0").rstrip(".") if "." in text else text
        return str(value)

    def texts(self, value: Any) -> list[str]:
        """The answer as the texts a page would send for it."""
        if value is None:
            return []
        if isinstance(value, list | tuple):
            return [self.text(part) for part in value]
        return [self.text(value)]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A group of questions answered once for each of several things."""

    key: str
    title: str
    fields: tuple[Field, ...]
    minimum: int = 0
    maximum: int = 20
    hint: str = ""
    when: Condition | None = None

    is_repeat = True

    @property
    def required(self) -> bool:
        return self.minimum > 0

    @property
    def is_conditional(self) -> bool:
        """Whether some part of a row is asked only sometimes."""
        return any(part.when for part in self.fields)

    @property
    def sealed(self) -> bool:
        """Whether any part of a row is sealed."""
        return any(part.sealed for part in self.fields)


@dataclass(frozen=True, slots=True)
class Section:
    """One page of a form."""

    key: str
    title: str
    fields: tuple[Field | Repeat, ...]
    hint: str = ""
    when: Condition | None = None

    @property
    def controls(self) -> frozenset[str]:
        """The keys in this section on which another part of it depends: changing one redraws the section."""
        own = {part.key for part in self.fields}
        inner = {key for part in self.fields if isinstance(part, Repeat) for key in (f.key for f in part.fields)}
        asked: set[str] = set()
        for part in self.fields:
            asked |= asked_by(part.when)
            if isinstance(part, Repeat):
                asked = asked.union(*(asked_by(deep.when) for deep in part.fields))
        return frozenset(asked & (own | inner))


def asked_by(condition: Condition | None) -> frozenset[str]:
    """The keys a condition asks for; of a dotted name, the first part."""
    return frozenset(name.partition(".")[0] for name in condition.names) if condition else frozenset()


def path_of(*parts: str | int) -> str:
    """The name of a field in the page, and its path in errors: `staff-0-name`."""
    return "-".join(map(str, parts))
