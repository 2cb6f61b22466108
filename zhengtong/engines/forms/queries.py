"""The dictionary of data elements, and forms compiled against it; both held in memory."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Any

from django.db.models import Q

from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.params.snapshots import Snapshot
from zhengtong.foundation.wiring.sections import Stored

from . import rules
from .models import Element

KEPT_FORMS = 1_000
WORDS = ("title", "schema", "widget", "help", "autocomplete", "sealed", "source", "unit", "options")


def _all_by_code() -> dict[str, rules.Element]:
    return {row.code: rules.Element(code=row.code, **_words(row)) for row in Element.objects.all()}


in_memory = Snapshot("elements", _all_by_code)
_forms: dict[Hashable, tuple[Mapping[str, rules.Element], Mapping[str, Any], rules.Form]] = {}


def elements() -> Mapping[str, rules.Element]:
    """All elements by code; ended ones too, since running cases still ask them."""
    return in_memory.get()


def form_of(key: Hashable, definition: Mapping[str, Any], *, context: Iterable[str] = ()) -> rules.Form:
    """The compiled form of a definition, kept under `key` until the definition or the dictionary changes."""
    known = elements()
    held = _forms.get(key)
    if held and held[0] is known and held[1] == definition:
        return held[2]
    form = rules.compile_form(definition, known, context=context)
    if len(_forms) >= KEPT_FORMS:
        _forms.pop(next(iter(_forms)), None)
    _forms[key] = (known, definition, form)
    return form


def division_choices() -> tuple[rules.Choice, ...]:
    """The communities and villages under their towns: what a page offers for a `division_picker`."""
    rows = directory.divisions(level="village").select_related("parent")
    return tuple(rules.Choice(row.code, row.name, row.parent.name if row.parent else "") for row in rows)


def division_names() -> dict[str, str]:
    """The same in words by code, for `form.display`."""
    return {choice.value: f"{choice.group}{choice.label}" for choice in division_choices()}


def elements_in_pack_words(keys: Collection[str], owners: Collection[str]) -> dict[str, Stored]:
    """Stored elements as a pack would write them."""
    rows = Element.objects.filter(Q(code__in=list(keys)) | Q(owner__in=list(owners)))
    return {
        row.code: Stored({"code": row.code, **_words(row), "options": row.options}, row.owner, row.ended_at is not None)
        for row in rows
    }


def _words(row: Element) -> dict[str, Any]:
    return {**{name: getattr(row, name) for name in WORDS}, "options": tuple(row.options)}
