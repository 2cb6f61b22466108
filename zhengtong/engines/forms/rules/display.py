"""Answers in words: what a person checks before sending and a reviewer reads after."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from zhengtong.foundation.codes import phone, resident_id
from zhengtong.foundation.refusals import N_

from .definition import Field, Repeat, path_of
from .messages import Message
from .text import read_date
from .validate import is_empty

if TYPE_CHECKING:
    from .form import Form

YES, NO = N_("是"), N_("否")
UNANSWERED = N_("未填写")


@dataclass(frozen=True, slots=True)
class DisplayRow:
    """One answer in words; `group` names the row of a repeat it belongs to."""

    path: str
    label: str
    text: str
    group: str = ""
    is_answered: bool = True
    is_masked: bool = False


@dataclass(frozen=True, slots=True)
class DisplaySection:
    """One section in words."""

    key: str
    title: str
    rows: tuple[DisplayRow, ...]


def display(
    form: "Form", answers: Mapping[str, Any], *, mask: bool, names: Mapping[str, str], context: Mapping[str, Any]
) -> list[DisplaySection]:
    """Each section that is asked, with all it asks; what was left blank says so."""
    visible = form.visible(answers, context)
    shown = []
    for section in form.sections:
        rows: list[DisplayRow] = []
        for part in section.fields:
            if part.key not in visible:
                continue
            if isinstance(part, Repeat):
                rows += _repeat_rows(part, answers.get(part.key), visible, mask, names)
            else:
                rows.append(_row(part, part.key, answers.get(part.key), mask, names))
        if rows:
            shown.append(DisplaySection(section.key, section.title, tuple(rows)))
    return shown


def _repeat_rows(
    repeat: Repeat, value: Any, visible: frozenset[str], mask: bool, names: Mapping[str, str]
) -> list[DisplayRow]:
    rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    if not rows:
        return [DisplayRow(repeat.key, repeat.title, UNANSWERED, is_answered=False)]
    return [
        _row(field, path, row.get(field.key), mask, names, group=f"{repeat.title} {index + 1}")
        for index, row in enumerate(rows)
        for field in repeat.fields
        if (path := path_of(repeat.key, index, field.key)) in visible
    ]


def _row(field: Field, path: str, value: Any, mask: bool, names: Mapping[str, str], group: str = "") -> DisplayRow:
    is_masked = mask and field.sealed
    text = "" if is_empty(value) else masked(field, value) if is_masked else in_words(field, value, names)
    if not text:
        return DisplayRow(path, field.title, UNANSWERED, group, is_answered=False)
    return DisplayRow(path, field.title, text, group, is_masked=is_masked)


def masked(field: Field, value: Any) -> str:
    """As much of a sealed answer as may be seen without opening it."""
    text = field.text(value)
    if field.widget == "id_number":
        return resident_id.mask(text)
    if field.widget == "phone":
        return phone.mask(text)
    return text[0] + "*" * (len(text) - 2) + text[-1] if len(text) > 2 else "*" * len(text)


def in_words(field: Field, value: Any, names: Mapping[str, str]) -> str:
    """An answer as a person would write it."""
    if isinstance(value, list):
        return "、".join(_choice_label(field, part) for part in value)
    if value is True or value is False:
        return Message(YES if value else NO)
    if field.options:
        return _choice_label(field, value)
    text = field.text(value)
    if field.widget == "date":
        return _day(text)
    if field.widget == "money" and isinstance(value, int | float):
        return f"{Decimal(text):,.2f} {field.unit}"
    if field.widget == "division_picker":
        return names.get(text, text)
    is_read = isinstance(value, str) == (field.kind == "string")
    return f"{text} {field.unit}" if field.unit and is_read else text


def _choice_label(field: Field, value: Any) -> str:
    return next((choice.label for choice in field.options if choice.value == value), field.text(value))


def _day(text: str) -> str:
    parts = read_date(text).split("-")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return text
    return f"{parts[0]}年{int(parts[1])}月{int(parts[2])}日"
