"""From what a page sends to answers and back; what cannot be read stays as typed, for the check to name."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from zhengtong.foundation.codes import division, name, phone

from . import text
from .definition import Answers, Field, Repeat, Section, path_of

ADD, REMOVE, REFRESH, SHOWN = "_add", "_remove", "_refresh", "_shown"
ROWS_AT_MOST = 200


class PageData(Protocol):
    """What was posted: Django's QueryDict, or a plain mapping of texts or lists of texts."""

    def __contains__(self, name: object, /) -> bool: ...

    def __iter__(self) -> Any: ...

    def __getitem__(self, name: str, /) -> Any: ...


def parse(section: Section, data: PageData) -> Answers:
    """The answers of one section's page; what was left blank is left out."""
    answers: Answers = {}
    for part in section.fields:
        if isinstance(part, Repeat):
            rows = [_row(part, label, data) for label in row_labels(part, data)]
            if rows:
                answers[part.key] = rows
        else:
            value = read(part, sent(data, part.key))
            if value is not None:
                answers[part.key] = value
    return answers


def page_values(section: Section, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """What the section's page would send for these answers."""
    values: dict[str, list[str]] = {}
    for part in section.fields:
        answer = answers.get(part.key)
        if not isinstance(part, Repeat):
            values[part.key] = part.texts(answer)
            continue
        rows = [row for row in answer if isinstance(row, dict)] if isinstance(answer, list) else []
        values[f"{part.key}-rows"] = [str(index) for index in range(len(rows))]
        for index, row in enumerate(rows):
            for inner in part.fields:
                values[path_of(part.key, index, inner.key)] = inner.texts(row.get(inner.key))
    return {name: texts for name, texts in values.items() if texts}


def rearrange(section: Section, answers: Mapping[str, Any], data: PageData) -> Answers | None:
    """The answers after the add, remove or redraw button that was pressed; None where it was none of these."""
    if added := sent(data, ADD):
        for part in section.fields:
            if isinstance(part, Repeat) and part.key == added[-1]:
                rows = list(answers.get(part.key) or ())
                rows += [{}] * (part.minimum - len(rows))
                return {**answers, part.key: [*rows, {}][: part.maximum]}
        return dict(answers)
    if removed := sent(data, REMOVE):
        key, _, label = removed[-1].partition("-")
        for part in section.fields:
            if isinstance(part, Repeat) and part.key == key:
                labels = row_labels(part, data)
                rows = list(answers.get(key) or ())
                return {**answers, key: [row for row, own in zip(rows, labels, strict=False) if own != label]}
        return dict(answers)
    return dict(answers) if REFRESH in data else None


def unseen(section: Section, visible: Iterable[str], data: PageData) -> tuple[str, ...]:
    """What is asked now but was not on the page that was sent, in page order."""
    shown = {name for line in sent(data, SHOWN) for name in line.split()}
    if not shown:
        return ()
    order = {part.key: index for index, part in enumerate(section.fields)}
    asked = [path for path in visible if path.partition("-")[0] in order]
    return tuple(sorted((path for path in asked if path not in shown), key=lambda p: (order[p.partition("-")[0]], p)))


def read(field: Field, texts: list[str]) -> Any:
    """The answer that the sent texts stand for; None for none."""
    if field.widget == "checkboxes":
        chosen = [_chosen(field, part) for part in texts]
        return [value for value in chosen if value != ""] or None
    typed = texts[-1] if texts else ""
    value = _read(field, typed)
    return None if value == "" else value


def _read(field: Field, typed: str) -> Any:
    match field.widget:
        case "yes_no":
            said = text.clean_line(typed)
            return {"true": True, "false": False}.get(said, said)
        case "select" | "radio":
            return _chosen(field, typed)
        case "number" | "money":
            return text.read_number(typed)
        case "date":
            return text.read_date(typed)
        case "phone":
            return text.stored(phone.check_phone, text.clean_line(typed))
        case "division_picker":
            return text.stored(division.check_division, text.clean_code(typed))
        case "id_number" | "credit_code":
            return text.clean_code(typed)
        case "textarea":
            return text.clean_lines(typed)
        case _:
            line = text.clean_line(typed)
            return text.stored(name.check_name, line) if field.is_name else line


def _chosen(field: Field, typed: str) -> Any:
    for choice in field.options:
        if choice.text == typed:
            return choice.value
    return text.clean_line(typed)


def _row(repeat: Repeat, label: str, data: PageData) -> Answers:
    row: Answers = {}
    for field in repeat.fields:
        value = read(field, sent(data, path_of(repeat.key, label, field.key)))
        if value is not None:
            row[field.key] = value
    return row


def row_labels(repeat: Repeat, data: PageData) -> list[str]:
    """The labels of the rows on the page in their order; told by a hidden field, or else by the names sent."""
    told = sent(data, f"{repeat.key}-rows")
    if not told:
        pattern = re.compile(rf"{re.escape(repeat.key)}-(\d{{1,4}})-.+")
        found = {match[1] for key in data if (match := pattern.fullmatch(key))}
        told = sorted(found, key=int)
    return list(dict.fromkeys(label for label in told if label.isdecimal()))[:ROWS_AT_MOST]


def sent(data: PageData, name: str) -> list[str]:
    """All texts sent under a name."""
    if name not in data:
        return []
    getlist = getattr(data, "getlist", None)
    value = getlist(name) if getlist else data[name]
    return [value] if isinstance(value, str) else [part for part in value if isinstance(part, str)]
