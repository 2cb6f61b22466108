"""From the compact vocabulary to a form: every fault is found at once, each with its place."""

from collections.abc import Iterable, Mapping
from typing import Any

import jsonschema_rs

from zhengtong.foundation.expressions import ExpressionInvalid, compile_expression
from zhengtong.foundation.refusals import N_

from .definition import WIDGETS, Choice, Condition, Element, Field, FormDefinitionInvalid, Repeat, Section, asked_by
from .form import Form, build_form
from .schema import REGEX, field_schema
from .vocabulary import DEFINITION_SCHEMA

_shape = jsonschema_rs.Draft202012Validator(DEFINITION_SCHEMA, pattern_options=REGEX)
Place = tuple[str | int, ...]
RADIO_AT_MOST = 6
YUAN = N_("元")


def compile_form(
    definition: Mapping[str, Any], elements: Mapping[str, Element], *, context: Iterable[str] = ()
) -> Form:
    """The form of a definition; `context` names the outside facts its conditions may ask for.

    Refused where the definition cannot work: `data["faults"]` lists every place and sentence.
    """
    compiler = _Compiler(elements, frozenset(context))
    form = compiler.form(definition)
    if form is None:
        place, problem = compiler.faults[0]
        raise FormDefinitionInvalid(path=_written(place), problem=problem, faults=compiler.faults)
    return form


def form_faults(
    definition: Mapping[str, Any], elements: Mapping[str, Element], *, context: Iterable[str] = ()
) -> list[tuple[Place, str]]:
    """Everything wrong with a definition as (place, sentence): for those who check packs without applying them."""
    compiler = _Compiler(elements, frozenset(context))
    compiler.form(definition)
    return compiler.faults


def element_faults(element: Element) -> list[tuple[Place, str]]:
    """Everything wrong with one element of the dictionary."""
    compiler = _Compiler({element.code: element}, frozenset())
    compiler.field({"element": element.code}, ())
    return compiler.faults


def element_with_defaults(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An element as YAML says it, with everything it leaves out."""
    options = [_option(part) for part in entry.get("options", ())]
    blank: dict[str, Any] = {"schema": {}, "help": "", "autocomplete": "", "sealed": False, "source": "", "unit": ""}
    written = entry.get("schema", {})
    widget = entry.get("widget") or fitting_widget(written, choices_of(options, written))
    return {**blank, **entry, "widget": widget, "options": options}


def with_elements(definition: Mapping[str, Any], elements: Mapping[str, Element]) -> dict[str, Any]:
    """The definition with the words of its elements written out: it then means the same whatever becomes of them."""

    def told(raw: Mapping[str, Any]) -> dict[str, Any]:
        if "fields" in raw:
            return {**raw, "fields": [told(part) for part in raw["fields"]]}
        element = elements.get(raw.get("element", ""))
        return {**_of_element(element), **raw} if element else dict(raw)

    return {**definition, "sections": [told(section) for section in definition["sections"]]}


def _written(place: Place) -> str:
    return "/".join(map(str, place)) or "form"


class _Compiler:
    def __init__(self, elements: Mapping[str, Element], context: frozenset[str]) -> None:
        self.elements = elements
        self.context = context
        self.faults: list[tuple[Place, str]] = []

    def fault(self, place: Place, problem: str) -> None:
        self.faults.append((place, problem))

    def form(self, definition: Mapping[str, Any]) -> Form | None:
        try:
            errors = list(_shape.iter_errors(definition))
        except ValueError as odd:
            self.fault((), f"含有 JSON 不能表示的内容：{odd}")
            return None
        for error in errors:
            self.fault(tuple(error.instance_path), error.message)
        if self.faults:
            return None
        sections = []
        for index, raw in enumerate(definition["sections"]):
            place: Place = ("sections", index)
            parts = tuple(self.part(part, (*place, "fields", i)) for i, part in enumerate(raw["fields"]))
            sections.append(
                Section(
                    key=raw["key"],
                    title=raw["title"],
                    hint=raw.get("hint", ""),
                    when=self.condition(raw, place),
                    fields=tuple(part for part in parts if part is not None),
                )
            )
        self._check_names(sections)
        if self.faults:
            return None
        try:
            return build_form(tuple(sections), context=self.context)
        except FormDefinitionInvalid as invalid:
            self.fault((invalid.data["path"],), invalid.data["problem"])
            return None

    def condition(self, raw: Mapping[str, Any], place: Place) -> Condition | None:
        text = raw.get("when")
        if not text:
            return None
        try:
            return compile_expression(text)
        except ExpressionInvalid as invalid:
            self.fault((*place, "when"), str(invalid))
            return None

    def part(self, raw: Mapping[str, Any], place: Place) -> Field | Repeat | None:
        return self.repeat(raw, place) if "repeat" in raw else self.field(raw, place)

    def repeat(self, raw: Mapping[str, Any], place: Place) -> Repeat | None:
        fields = [self.field(part, (*place, "fields", i)) for i, part in enumerate(raw["fields"])]
        low, high = raw["repeat"].get("min", 0), raw["repeat"].get("max", 20)
        if low > high:
            self.fault((*place, "repeat"), f"最少 {low} 条多于最多 {high} 条。")
        return Repeat(
            key=raw["key"],
            title=raw["title"],
            hint=raw.get("help", ""),
            when=self.condition(raw, place),
            minimum=low,
            maximum=high,
            fields=tuple(part for part in fields if part is not None),
        )

    def field(self, raw: Mapping[str, Any], place: Place) -> Field | None:
        """One field, from its own words over those of its element."""
        element = self.elements.get(raw["element"]) if "element" in raw else None
        if "element" in raw and element is None and not {"title", "schema", "widget"} <= raw.keys():
            self.fault((*place, "element"), f"数据元“{raw['element']}”没有登记，请先在 elements 中登记。")
            return None
        said = {**_of_element(element), **raw} if element else raw
        written = said.get("schema") or {}
        found = len(self.faults)
        options = choices_of(said.get("options"), written)
        if len({choice.text for choice in options}) < len(options):
            self.fault((*place, "options"), "有两个选项的值相同。")
        widget = said.get("widget") or fitting_widget(written, options)
        kind = self._kind(widget, written, place)
        if widget in ("select", "radio", "checkboxes") and not options:
            self.fault((*place, "options"), "请给出可选的值：options，或 schema 里的 enum。")
        schema = field_schema(widget, kind, written, options, said.get("autocomplete", ""))
        if (problem := _schema_problem(schema)) is not None:
            self.fault((*place, "schema"), problem)
        if said.get("sealed") and kind != "string":
            self.fault((*place, "sealed"), "只有文字可以加密保存。")
        when = self.condition(raw, place)
        if len(self.faults) > found:
            return None
        return Field(
            key=raw.get("key") or raw["element"],
            title=said["title"],
            widget=widget,
            schema=schema,
            kind=kind,
            required=raw.get("required", False),
            when=when,
            hint=said.get("help", ""),
            unit=said.get("unit") or (YUAN if widget == "money" else ""),
            autocomplete=said.get("autocomplete", ""),
            sealed=said.get("sealed", False),
            source=said.get("source", ""),
            options=options,
            element=raw.get("element", ""),
            message=raw.get("message", ""),
        )

    def _kind(self, widget: str, written: Mapping[str, Any], place: Place) -> str:
        fitting = WIDGETS[widget]
        kind = written.get("type") or fitting[0]
        if widget == "checkboxes" and kind in ("string", "integer", "number"):
            return "array"
        if kind not in fitting:
            said = f"控件 {widget} 的答案应为 {'、'.join(fitting)}，这里写的是 {kind}。"
            self.fault((*place, "schema", "type"), said)
        return str(kind)

    def _check_names(self, sections: list[Section]) -> None:
        """A condition may ask for any answer of the form and for named outside facts, not for strangers."""
        top = {part.key for section in sections for part in section.fields} | self.context
        for i, section in enumerate(sections):
            self._known(section.when, top, ("sections", i))
            for j, part in enumerate(section.fields):
                place: Place = ("sections", i, "fields", j)
                self._known(part.when, top, place)
                if isinstance(part, Repeat):
                    later = {field.key for field in part.fields}
                    for k, field in enumerate(part.fields):
                        own = {before.key for before in part.fields[:k]}
                        self._known(field.when, (top - later) | own, (*place, "fields", k))

    def _known(self, condition: Condition | None, names: set[str] | frozenset[str], place: Place) -> None:
        for name in sorted(asked_by(condition) - names):
            self.fault((*place, "when"), f"条件里的“{name}”不是本表单里可以引用的项目；同一条里只能引用前面的项目。")


def _of_element(element: Element) -> dict[str, Any]:
    options = list(element.options)
    said: dict[str, Any] = {
        "help": element.help, "autocomplete": element.autocomplete, "sealed": element.sealed,
        "source": element.source, "unit": element.unit, "options": options,
    }  # fmt: skip
    widget = element.widget or fitting_widget(element.schema, choices_of(options, element.schema))
    asked = {"title": element.title, "schema": dict(element.schema), "widget": widget}
    return asked | {name: value for name, value in said.items() if value}


def choices_of(options: Iterable[Any] | None, written: Mapping[str, Any]) -> tuple[Choice, ...]:
    """The options of a field: said as such, or in its schema by enum or by oneOf of const and title."""
    items = written.get("items")
    inner = items if isinstance(items, Mapping) else written
    listed: Iterable[Any] = options or inner.get("enum") or ()
    if not listed and "oneOf" in inner and all("const" in part for part in inner["oneOf"]):
        listed = [{"value": part["const"], "label": part.get("title", str(part["const"]))} for part in inner["oneOf"]]
    return tuple(Choice(**_option(part)) for part in listed)


def _option(part: Any) -> dict[str, Any]:
    return dict(part) if isinstance(part, Mapping) else {"value": part, "label": str(part)}


def fitting_widget(written: Mapping[str, Any], options: tuple[Choice, ...]) -> str:
    """The widget of a schema where none is said."""
    kind = written.get("type")
    if kind == "array":
        return "checkboxes"
    if options:
        return "radio" if len(options) <= RADIO_AT_MOST else "select"
    if kind in ("number", "integer"):
        return "number"
    if kind == "boolean":
        return "yes_no"
    return "date" if written.get("format") == "date" else "text"


def _schema_problem(schema: Mapping[str, Any]) -> str | None:
    """Why this cannot be the schema of a field, if it cannot."""
    if "$ref" in str(schema):
        return "不能引用别处的 schema。"
    try:
        jsonschema_rs.Draft202012Validator(dict(schema), pattern_options=REGEX)
    except (jsonschema_rs.ValidationError, ValueError) as error:
        return str(getattr(error, "message", error))
    return None
