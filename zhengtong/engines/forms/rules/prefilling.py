"""Fill nothing the state knows: answers that already stand elsewhere, each with the mark of where it came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .definition import Answers, Field
from .form import Form
from .validate import is_empty


@dataclass(frozen=True, slots=True)
class Prefilled:
    """Answers to begin with, and by key the source (`subject.name`) of each that was filled in."""

    answers: Answers
    marks: Mapping[str, str]


def prefill(
    form: Form, sources: Mapping[str, Mapping[str, Any]], answers: Mapping[str, Any] | None = None
) -> Prefilled:
    """Complete the answers from the sources; nothing answered is overwritten, nothing invalid is filled in."""
    filled: Answers = dict(answers or {})
    marks: dict[str, str] = {}
    for key, part in form.parts.items():
        if not isinstance(part, Field) or not part.source or not is_empty(filled.get(key)):
            continue
        place, _, name = part.source.partition(".")
        value = sources.get(place, {}).get(name)
        if is_empty(value) or not form.fits(key, value):
            continue
        filled[key] = value
        marks[key] = part.source
    return Prefilled(filled, marks)
