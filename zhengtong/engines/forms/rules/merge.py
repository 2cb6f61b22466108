"""Several forms as one: an element asked once fills them all."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from .definition import Answers, Condition, Field, Repeat, Section
from .form import Form, build_form


@dataclass(frozen=True, slots=True)
class MergedForm:
    """The one form, and how its answers go back to each of the forms it stands for."""

    form: Form
    forms: Mapping[str, Form]
    names: Mapping[str, Mapping[str, str]]

    def split(self, answers: Mapping[str, Any], context: Mapping[str, Any] | None = None) -> dict[str, Answers]:
        """Each form's own answers, under its own keys, without what it does not ask."""
        return {
            code: form.keep({own: answers.get(shared) for own, shared in self.names[code].items()}, context or {})
            for code, form in self.forms.items()
        }


@dataclass(frozen=True, slots=True)
class _All:
    """Every condition must hold."""

    parts: tuple[Condition, ...]

    @property
    def names(self) -> frozenset[str]:
        return frozenset().union(*(part.names for part in self.parts))

    def holds(self, values: Mapping[str, Any]) -> bool:
        return all(part.holds(values) for part in self.parts)


@dataclass(frozen=True, slots=True)
class _Any:
    """One of the conditions must hold."""

    parts: tuple[Condition, ...]

    @property
    def names(self) -> frozenset[str]:
        return frozenset().union(*(part.names for part in self.parts))

    def holds(self, values: Mapping[str, Any]) -> bool:
        return any(part.holds(values) for part in self.parts)


@dataclass(frozen=True, slots=True)
class _Renamed:
    """A condition of one form, asked of the shared answers."""

    condition: Condition
    shared: Mapping[str, str]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.shared.get(name, name) for name in self.condition.names)

    def holds(self, values: Mapping[str, Any]) -> bool:
        return self.condition.holds({**values, **{own: values.get(new) for own, new in self.shared.items()}})


def merge_forms(forms: Mapping[str, Form]) -> MergedForm:
    """One form for all; equal elements are asked once, where any form first asks them.

    A question of one form's own that another form also has under the same key, but differently, is kept apart.
    """
    parts: dict[str, Field | Repeat] = {}
    conditions: dict[str, list[Condition | None]] = {}
    names: dict[str, dict[str, str]] = {}
    homes: dict[str, tuple[str, str]] = {}
    for code, form in forms.items():
        names[code] = {key: _shared_key(code, part, parts) for key, part in form.parts.items()}
        for section in form.sections:
            for part in section.fields:
                key = names[code][part.key]
                moved = _moved(part, key, names[code])
                parts[key] = _joined(parts[key], moved) if key in parts else moved
                conditions.setdefault(key, []).append(_effective(section, part, names[code]))
                homes.setdefault(key, (section.key, section.title))
    sections: dict[str, tuple[str, list[Field | Repeat]]] = {}
    for key, part in parts.items():
        where, title = homes[key]
        sections.setdefault(where, (title, []))[1].append(replace(part, when=_any(conditions[key])))
    hints = {section.key: section.hint for form in reversed(list(forms.values())) for section in form.sections}
    built = tuple(
        Section(key=where, title=title, fields=tuple(listed), hint=hints.get(where, ""))
        for where, (title, listed) in sections.items()
    )
    context = frozenset().union(*(form.context for form in forms.values()))
    return MergedForm(build_form(built, context=context), dict(forms), names)


def _shared_key(code: str, part: Field | Repeat, parts: Mapping[str, Field | Repeat]) -> str:
    other = parts.get(part.key)
    if other is None or _same_question(part, other):
        return part.key
    return f"{code.replace('-', '_')}__{part.key}"


def _same_question(one: Field | Repeat, other: Field | Repeat) -> bool:
    """Whether one answer serves both."""
    if isinstance(one, Repeat) or isinstance(other, Repeat):
        return type(one) is type(other) and replace(one, when=None) == replace(other, when=None)
    if one.element and one.element == other.element:
        return one.schema == other.schema
    told = [(part.element, part.title, part.widget, part.schema) for part in (one, other)]
    return not one.element and told[0] == told[1]


def _joined(one: Field | Repeat, other: Field | Repeat) -> Field | Repeat:
    """Required as soon as one form requires it."""
    if isinstance(one, Field) and isinstance(other, Field):
        return replace(one, required=one.required or other.required)
    return one


def _moved(part: Field | Repeat, key: str, shared: Mapping[str, str]) -> Field | Repeat:
    """The part under its shared key, the conditions in its rows included."""
    if isinstance(part, Field):
        return replace(part, key=key)
    own = {inner.key for inner in part.fields}
    outer = {name: new for name, new in shared.items() if name not in own}
    if all(name == new for name, new in outer.items()):
        return replace(part, key=key)
    fields = tuple(replace(inner, when=_Renamed(inner.when, outer) if inner.when else None) for inner in part.fields)
    return replace(part, key=key, fields=fields)


def _effective(section: Section, part: Field | Repeat, shared: Mapping[str, str]) -> Condition | None:
    """When a form asks this part, its section's condition included, in shared names."""
    own = [condition for condition in (section.when, part.when) if condition]
    if not own:
        return None
    joined: Condition = own[0] if len(own) == 1 else _All(tuple(own))
    return joined if all(name == new for name, new in shared.items()) else _Renamed(joined, shared)


def _any(conditions: list[Condition | None]) -> Condition | None:
    """Asked as soon as one form asks it."""
    if any(condition is None for condition in conditions):
        return None
    listed = tuple(condition for condition in conditions if condition)
    return listed[0] if len(listed) == 1 else _Any(listed)
