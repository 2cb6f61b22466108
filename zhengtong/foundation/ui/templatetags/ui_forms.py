"""Tags that draw a section of a form, its error summary and its answers; they take plain objects of any engine.

A field has: key title widget required hint unit autocomplete options(text, label, group) input_type inputmode width
has_legend is_repeat texts(value). A repeat has: key title hint required minimum maximum fields is_repeat.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django import template
from django.utils.translation import gettext, ngettext

from zhengtong.foundation.refusals import Message

register = template.Library()

INPUT = "ui/forms/widgets/input.html"
INPUTS = frozenset({"text", "number", "money", "date", "phone", "id_number", "credit_code"})


@dataclass(frozen=True)
class Option:
    """One choice as it is drawn."""

    value: str
    label: str
    group: str
    is_chosen: bool
    id: str


@dataclass
class Question:
    """One field with its answer and its errors, ready to be drawn."""

    field: Any
    name: str
    texts: list[str]
    errors: list[str]
    options: list[Option] = field(default_factory=list)
    mark: str = ""
    redraws: bool = False

    is_repeat = False

    @property
    def id(self) -> str:
        return f"f-{self.name}"

    @property
    def value(self) -> str:
        return self.texts[0] if self.texts else ""

    @property
    def template(self) -> str:
        widget = self.field.widget
        if widget in INPUTS or (widget == "division_picker" and not self.options):
            return INPUT
        return f"ui/forms/widgets/{widget}.html"

    @property
    def described_by(self) -> str:
        """The ids of whatever explains the input."""
        said = [(self.field.hint, "hint"), (self.mark, "source"), (self.errors, "error"), (self.unit, "unit")]
        return " ".join(f"{self.id}-{suffix}" for present, suffix in said if present)

    @property
    def unit(self) -> str:
        """The words beside the input; only what is written in one line has them."""
        return gettext(self.field.unit) if self.field.unit and self.template == INPUT else ""

    @property
    def groups(self) -> list[tuple[str, list[Option]]]:
        """The options under their groups, in the order given."""
        return [(group, list(listed)) for group, listed in groupby(self.options, key=lambda option: option.group)]


@dataclass
class Rows:
    """One repeat with its rows, ready to be drawn."""

    field: Any
    name: str
    rows: list[list[Question]]
    errors: list[str]

    is_repeat = True

    @property
    def id(self) -> str:
        return f"f-{self.name}"

    @property
    def described_by(self) -> str:
        said = [(self.field.hint, "hint"), (self.errors, "error")]
        return " ".join(f"{self.id}-{suffix}" for present, suffix in said if present)

    @property
    def may_add(self) -> bool:
        return bool(len(self.rows) < self.field.maximum)

    @property
    def may_remove(self) -> bool:
        return bool(len(self.rows) > self.field.minimum)


class _Drawing:
    """Everything a page knows about the section being drawn."""

    def __init__(
        self,
        answers: Mapping[str, Any],
        errors: Mapping[str, list[str]],
        visible: Collection[str] | None,
        marks: Mapping[str, str],
        choices: Mapping[str, Iterable[Any]],
        controls: Collection[str],
    ) -> None:
        self.answers = answers
        self.errors = errors
        self.visible = visible
        self.marks = marks
        self.choices = choices
        self.controls = controls

    def is_visible(self, name: str) -> bool:
        return name in self.visible if self.visible is not None else True

    def part(self, part: Any) -> Question | Rows:
        answer = self.answers.get(part.key)
        if not part.is_repeat:
            return self.question(part, part.key, answer)
        given = [row if isinstance(row, Mapping) else {} for row in answer] if isinstance(answer, list) else []
        given += [{}] * (part.minimum - len(given))
        rows = [
            [
                self.question(inner, name, row.get(inner.key))
                for inner in part.fields
                if self.is_visible(name := f"{part.key}-{index}-{inner.key}")
            ]
            for index, row in enumerate(given)
        ]
        return Rows(part, part.key, rows, self.said(part.key))

    def question(self, part: Any, name: str, answer: Any) -> Question:
        texts = part.texts(answer)
        question = Question(
            part, name, texts, self.said(name), mark=self.marks.get(name, ""), redraws=part.key in self.controls
        )
        listed = part.options or self.choices.get(part.key) or self.choices.get(part.widget) or ()
        question.options = [
            Option(*told, told[0] in texts, f"{question.id}-{index}" if index else question.id)
            for index, told in enumerate(_told(option) for option in listed)
        ]
        return question

    def said(self, name: str) -> list[str]:
        return [translated(message) for message in self.errors.get(name, ())]


def _told(option: Any) -> tuple[str, str, str]:
    """An option's value, label and group, from an object or a pair."""
    if isinstance(option, tuple):
        return str(option[0]), str(option[1]), str(option[2]) if len(option) > 2 else ""
    return option.text, option.label, option.group


@register.filter
def translated(message: Any) -> str:
    """A message in the reader's language, where it remembers its templates."""
    return message.told(gettext) if isinstance(message, Message) else str(message)


@register.inclusion_tag("ui/forms/section.html")
def form_section(
    section: Any,
    answers: Mapping[str, Any],
    errors: Mapping[str, list[str]] | None = None,
    *,
    visible: Collection[str] | None = None,
    marks: Mapping[str, str] | None = None,
    choices: Mapping[str, Iterable[Any]] | None = None,
    revealed: Collection[str] = (),
    url: str = "",
) -> dict[str, Any]:
    """The fields of one section; the <form>, its token and its buttons belong to the page.

    `visible`: paths to draw (all where None). `marks`: by key, where a filled-in answer comes from, in words.
    `choices`: options by field key or widget, for those the form does not list itself (divisions).
    `url`: where htmx redraws the section from; without it the plain buttons do.
    """
    drawing = _Drawing(answers, errors or {}, visible, marks or {}, choices or {}, section.controls)
    parts = [drawing.part(part) for part in section.fields if drawing.is_visible(part.key)]
    shown: list[str] = []
    for part in parts:
        shown.append(part.name)
        if isinstance(part, Rows):
            shown += [question.name for row in part.rows for question in row]
    return {
        "section": section,
        "id": f"section-{section.key}",
        "parts": parts,
        "shown": " ".join(shown),
        "revealed": bool(revealed),
        "has_repeats": any(part.is_repeat for part in parts),
        "url": url,
    }


@register.inclusion_tag("ui/forms/address_picker.html")
def address_picker(
    divisions: Iterable[Any],
    name: str = "address",
    division: str = "",
    place: str = "",
    errors: Mapping[str, Any] | None = None,
    *,
    legend: str = "",
    required: bool = True,
) -> dict[str, Any]:
    """A village or community of a list under its streets and towns, then road, number, building, room in words.

    Sends `<name>-division` and `<name>-place`; `errors` stand under the same names.
    """

    def wrong(part: str) -> list[str]:
        said = (errors or {}).get(f"{name}-{part}") or ()
        return [translated(one) for one in ([said] if isinstance(said, str) else said)]

    options = [
        Option(*said, said[0] == division, f"{name}-{index}") for index, said in enumerate(map(_told, divisions))
    ]
    return {
        "name": name, "place": place, "required": required, "legend": legend or gettext("地址"),
        "groups": [(group, list(listed)) for group, listed in groupby(options, key=lambda option: option.group)],
        "division_errors": wrong("division"), "place_errors": wrong("place"),
    }  # fmt: skip


@register.inclusion_tag("ui/error_summary.html")
def form_error_summary(errors: Mapping[str, list[str]], sections: Iterable[Any] = ()) -> dict[str, Any]:
    """What has to be mended, each a link to its field; errors in rows say which row."""
    repeats = {part.key: part.title for section in sections for part in section.fields if part.is_repeat}
    rows = []
    for path, messages in errors.items():
        key, _, rest = path.partition("-")
        index = rest.partition("-")[0]
        where = f"{repeats[key]} {int(index) + 1}：" if key in repeats and index.isdecimal() else ""
        rows += [(f"f-{path}", f"{where}{translated(message)}") for message in messages[:1]]
    return {"rows": rows, "title": ngettext("有 %s 处需要修改", "有 %s 处需要修改", len(rows)) % len(rows)}


@register.inclusion_tag("ui/forms/answers.html")
def form_answers(display: Iterable[Any], *, urls: Mapping[str, str] | None = None, heading: int = 2) -> dict[str, Any]:
    """Answers in words, section by section; `urls` by section key gives each its link to change them."""
    sections = [
        {
            "key": part.key,
            "title": part.title,
            "url": (urls or {}).get(part.key, ""),
            "groups": [(group, list(rows)) for group, rows in groupby(part.rows, key=lambda row: row.group)],
        }
        for part in display
    ]
    return {"sections": sections, "heading": f"h{heading}"}
