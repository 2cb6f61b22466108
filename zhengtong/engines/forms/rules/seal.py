"""Sealed fields: what the database may store of numbers and phones is never the plain text."""

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from .definition import Answers
from .validate import is_storable

if TYPE_CHECKING:
    from .form import Form

# What is not a text (a broken answer in a draft) is sealed as JSON under this key: nothing plain remains either way.
JSON = "json"
Turner = Callable[[Any], Any]


def seal(form: "Form", answers: Mapping[str, Any], sealer: Callable[[str], str]) -> Answers:
    """The answers with every sealed field replaced."""

    def closed(value: Any) -> Any:
        if value is None:
            return None
        whole = isinstance(value, str) and is_storable(value)
        return sealer(value) if whole else {JSON: sealer(json.dumps(value))}

    return _turned(form, answers, closed, closed)


def unseal(form: "Form", answers: Mapping[str, Any], unsealer: Callable[[str], str]) -> Answers:
    """The answers as they were before `seal`."""

    def opened(value: Any) -> Any:
        if isinstance(value, str):
            return unsealer(value)
        return json.loads(unsealer(value[JSON])) if isinstance(value, dict) and JSON in value else value

    def opened_whole(value: Any) -> Any:
        return opened(value) if isinstance(value, str) or (isinstance(value, dict) and list(value) == [JSON]) else value

    return _turned(form, answers, opened, opened_whole)


def _turned(form: "Form", answers: Mapping[str, Any], turn: Turner, turn_whole: Turner) -> Answers:
    """`turn` on each sealed field; `turn_whole` on a repeat or row that does not have the shape it should."""
    result = dict(answers)
    for key in form.sealed:
        if key not in result:
            continue
        part = form.parts[key]
        if not part.is_repeat:
            result[key] = turn(result[key])
            continue
        inside = [field.key for field in getattr(part, "fields", ()) if field.sealed]
        rows = result[key]
        if not isinstance(rows, list):
            result[key] = turn_whole(rows)
            continue
        result[key] = [
            {k: turn(v) if k in inside else v for k, v in row.items()} if _is_row(row, part) else turn_whole(row)
            for row in rows
        ]
    return result


def _is_row(row: Any, part: Any) -> bool:
    """Whether this is a row of the repeat; the wrapper of a sealed misfit is not."""
    return isinstance(row, dict) and list(row) != [JSON]
