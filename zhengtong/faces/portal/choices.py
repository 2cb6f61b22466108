"""Options that a form does not list itself: the places of the district."""

from collections.abc import Iterable
from typing import Any

from zhengtong.engines.forms import queries as forms

PLACE = "division_picker"


def choices_for(parts: Iterable[Any]) -> dict[str, Any]:
    """What a section with these parts may choose from."""
    return {PLACE: forms.division_choices()} if _asks_place(parts) else {}


def names_for(parts: Iterable[Any]) -> dict[str, str]:
    """The words for codes among the answers of these parts."""
    return forms.division_names() if _asks_place(parts) else {}


def _asks_place(parts: Iterable[Any]) -> bool:
    inner = [each for part in parts for each in (part.fields if part.is_repeat else (part,))]
    return any(field.widget == PLACE for field in inner)
