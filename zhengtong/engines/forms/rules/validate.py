"""Which answers are kept, and what is wrong with them; never raises, whatever was sent."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import messages
from .definition import Answers, Field, Repeat, path_of
from .messages import Message

if TYPE_CHECKING:
    from .form import Form

Errors = dict[str, list[Message]]
# jsonb refuses NUL and half a surrogate pair; other control characters are never meant.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LARGEST = 2**63
DEPTH = 3


@dataclass(frozen=True, slots=True)
class FormResult:
    """The answers that count (hidden and empty ones left out) and what to mend, by path."""

    answers: Answers
    errors: Errors

    @property
    def is_valid(self) -> bool:
        return not self.errors


@dataclass(slots=True)
class Kept:
    """One pass over the answers: what counts, what is asked but missing, what cannot be stored."""

    answers: Answers
    missing: dict[str, Field | Repeat]
    unstorable: dict[str, Field | Repeat]


def is_empty(value: Any) -> bool:
    """Whether nothing was answered."""
    if isinstance(value, str):
        return not value or value.isspace()
    return value is None or (isinstance(value, list | dict) and len(value) == 0)


def is_storable(value: Any, depth: int = DEPTH) -> bool:
    """Whether PostgreSQL can keep the value as JSON."""
    kind = type(value)
    if kind is str:
        return _UNSTORABLE.search(value) is None
    if kind is bool or value is None:
        return True
    if kind is int:
        return bool(-_LARGEST <= value < _LARGEST)
    if kind is float:
        return math.isfinite(value)
    if depth and kind is list:
        return all(is_storable(part, depth - 1) for part in value)
    if depth and kind is dict:
        return all(
            type(key) is str and is_storable(key) and is_storable(part, depth - 1) for key, part in value.items()
        )
    return False


def keep(form: "Form", answers: Mapping[str, Any], context: Mapping[str, Any]) -> Kept:
    """Walk the form in the order its conditions need; a part not asked is neither required nor kept."""
    kept: Answers = {}
    result = Kept(kept, {}, {})
    scope = {**context} if form.is_conditional else {}
    hidden: set[int] = set()
    for step in form.plan:
        part = step.part
        if step.section in hidden:
            continue
        if step.when is not None and not step.when.holds(scope):
            if part is None:
                hidden.add(step.section)
            continue
        if part is None:
            continue
        key = part.key
        value = answers.get(key)
        if is_empty(value):
            if part.required:
                result.missing[key] = part
            continue
        if isinstance(part, Repeat) and isinstance(value, list):
            value = _rows(part, value, scope, result)
            if not value:
                if part.required:
                    result.missing[key] = part
                continue
        elif not is_storable(value):
            result.unstorable[key] = part
            continue
        kept[key] = value
        if form.is_conditional:
            scope[key] = value
    return result


def _rows(repeat: Repeat, rows: list[Any], scope: dict[str, Any], result: Kept) -> list[Any]:
    """The rows in which anything was answered, each with what counts in it."""
    kept: list[Any] = []
    for row in rows:
        if len(kept) > repeat.maximum:
            break
        if not isinstance(row, dict):
            if not is_storable(row):
                result.unstorable[repeat.key] = repeat
            elif not is_empty(row):
                kept.append(row)
            continue
        if all(is_empty(value) for value in row.values()):
            continue
        known: Answers = {}
        for field, path in asked_in_row(repeat, len(kept), known, scope):
            value = row.get(field.key)
            if is_empty(value):
                if field.required:
                    result.missing[path] = field
            elif not is_storable(value):
                result.unstorable[path] = field
            else:
                known[field.key] = value
        kept.append(known)
    return kept


def asked_in_row(repeat: Repeat, index: int, known: Answers, scope: dict[str, Any]) -> Iterator[tuple[Field, str]]:
    """The fields asked in one row, one after the other, while `known` fills with its answers."""
    own = dict.fromkeys(field.key for field in repeat.fields) if repeat.is_conditional else {}
    for field in repeat.fields:
        if field.when is None or field.when.holds({**scope, **own, **known}):
            yield field, path_of(repeat.key, index, field.key)


def validate(form: "Form", answers: Any, context: Mapping[str, Any], keys: frozenset[str] | None = None) -> FormResult:
    """Everything wrong with the answers, or with those of the parts named by `keys`."""
    if not isinstance(answers, Mapping):
        return FormResult({}, {"": [Message(messages.NOT_A_FORM)]})
    kept = keep(form, answers, context)
    errors: Errors = {path: [messages.unstorable(part)] for path, part in kept.unstorable.items()}
    for path, part in kept.missing.items():
        errors.setdefault(path, [messages.required(part)])
    if not form.validator.is_valid(kept.answers):
        _schema_errors(form, kept.answers, errors)
    if keys is not None:
        errors = {path: found for path, found in errors.items() if path.partition("-")[0] in keys}
    return FormResult(kept.answers, _in_page_order(form, errors))


def strangers(form: "Form", answers: Mapping[str, Any]) -> Errors:
    """Keys this form does not ask for, in the answers or in a row."""
    errors: Errors = {str(key): [messages.stranger(key)] for key in answers if key not in form.parts}
    for repeat in form.repeats:
        rows = answers.get(repeat.key)
        known = {field.key for field in repeat.fields}
        for index, row in enumerate(rows if isinstance(rows, list) else ()):
            for key in row if isinstance(row, dict) else ():
                if key not in known:
                    errors[path_of(repeat.key, index, str(key))] = [messages.stranger(key)]
    return errors


def _schema_errors(form: "Form", answers: Answers, errors: Errors) -> None:
    """Translate the errors of the schema check; what is missing was told already, a code's own sentence wins."""
    for error in form.validator.iter_errors(answers):
        kind = error.kind
        if kind.name in ("required", "additionalProperties"):
            continue
        place = error.instance_path
        path, part = _located(form, place)
        if path not in errors or kind.name in ("format", "type"):
            errors[path] = [messages.schema_message(part, kind, error.instance)]


def _located(form: "Form", place: list[Any]) -> tuple[str, Field | Repeat]:
    """The path and the part an error belongs to; inside a list of choices it is the whole field."""
    part = form.parts[place[0]]
    if isinstance(part, Repeat) and len(place) >= 3:
        for field in part.fields:
            if field.key == place[2]:
                return path_of(*place[:3]), field
    return str(place[0]), part


def _in_page_order(form: "Form", errors: Errors) -> Errors:
    """The order in which a reader meets the fields."""
    if len(errors) < 2:
        return errors
    order = {key: index for index, key in enumerate(form.parts)}

    def rank(path: str) -> tuple[Any, ...]:
        head, _, rest = path.partition("-")
        row, _, inner = rest.partition("-")
        part = form.parts.get(head)
        inside: Iterable[Field] = part.fields if isinstance(part, Repeat) else ()
        at = next((i for i, field in enumerate(inside) if field.key == inner), -1)
        return (order.get(head, len(order)), int(row) if row.isdigit() else -1, at)

    return dict(sorted(errors.items(), key=lambda item: rank(item[0])))
