"""What the quality rules find in an entry, against the database as it is now."""

from collections.abc import Mapping
from typing import Any

from zhengtong.engines.forms import queries as forms
from zhengtong.engines.forms.rules import with_elements
from zhengtong.foundation.packs.queries import Known

from .. import rules


def around_of(*entries: Mapping[str, Any]) -> Known:
    """The bodies and data elements that the entries name, looked up at once."""
    around = Known()
    bodies: set[str] = set()
    groups: set[str] = set()
    elements: set[str] = set()
    for entry in entries:
        bodies |= {entry["organisation"], entry["accepted_by"], *entry["also_accepted_by"]}
        bodies |= {place["organisation"] for place in entry["places"]}
        groups |= {place.get("group", "") for place in entry["places"]}
        elements |= _elements(entry["form"])
    around.look_up("organisations", sorted(bodies - {""}))
    around.look_up("elements", sorted(elements))
    if groups - {""}:
        around.look_up("window_groups", sorted(groups - {""}))
    return around


def found_in(entry: Mapping[str, Any]) -> list[rules.Defect]:
    """Everything wrong with one entry."""
    return rules.defects(entry, around_of(entry))


def written_form(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The form as it is published: what its data elements say today, for good."""
    return with_elements(entry["form"], forms.elements())


def _elements(form: Mapping[str, Any]) -> set[str]:
    """The data elements that a form asks, within repeats too."""
    parts = [part for section in form["sections"] for part in section.get("fields", ())]
    parts += [inner for part in parts for inner in part.get("fields", ())]
    return {part["element"] for part in parts if isinstance(part.get("element"), str)}
