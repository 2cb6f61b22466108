"""The columns of a version, told by its canonical entry."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import jsonschema_rs

from zhengtong.engines.forms import queries as forms
from zhengtong.engines.forms.rules import with_elements
from zhengtong.engines.search import queries as search
from zhengtong.foundation.packs.queries import Known

from .. import rules
from ..models import ItemMaterial, ItemVersion
from ..queries.catalogue import search_text

_shape = jsonschema_rs.Draft202012Validator(rules.SCHEMA, validate_formats=True)
TEXT_COLUMNS = (
    "name", "short_name", "basic_code", "implementation_code", "handling_code", "local_code", "type", "nature",
    "organisation", "accepted_by", "exercise_level", "case_type", "visits",
)  # fmt: skip


def checked(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The canonical entry, or a refusal that lists what is malformed."""
    problems = [
        f"  {'.'.join(map(str, error.instance_path)) or '事项'}：{error.message}" for error in _shape.iter_errors(entry)
    ]
    if problems:
        raise rules.ItemMalformed(listing="\n".join(problems))
    return rules.canonical(entry)


def columns(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Every column of a draft that its entry tells."""
    definition, editorial = rules.split(entry)
    return {
        **{name: entry[name] for name in TEXT_COLUMNS},
        "valid_from": date.fromisoformat(entry["valid_from"]) if entry["valid_from"] else None,
        "valid_to": date.fromisoformat(entry["valid_to"]) if entry["valid_to"] else None,
        "also_accepted_by": list(entry["also_accepted_by"]),
        "audience": list(entry["audience"]),
        "channels": list(entry["channels"]),
        "online_depth": list(entry["online_depth"]),
        "decided_in": entry["decided_in"]["kind"],
        "result_kind": entry["result"]["kind"],
        "result_by": entry["result"]["by"],
        "credential_type": entry["result"]["credential_type"],
        "charged": entry["fees"]["charged"],
        "events": list(entry["events"]),
        "definition": definition,
        "editorial": editorial,
    }


def found_in(entry: Mapping[str, Any]) -> list[rules.Defect]:
    """What the quality rules find, against the database as it is now."""
    around = Known()
    bodies = {entry["organisation"], entry["accepted_by"], *entry["also_accepted_by"]}
    bodies |= {place["organisation"] for place in entry["places"]}
    around.look_up("organisations", sorted(bodies - {""}))
    around.look_up("elements", sorted(_elements(entry["form"])))
    return rules.defects(entry, around)


def _elements(form: Mapping[str, Any]) -> set[str]:
    """The data elements that a form asks, within repeats too."""
    parts = [part for section in form["sections"] for part in section.get("fields", ())]
    parts += [inner for part in parts for inner in part.get("fields", ())]
    return {part["element"] for part in parts if isinstance(part.get("element"), str)}


def set_search(version: ItemVersion, entry: Mapping[str, Any]) -> None:
    """Make the version findable."""
    title, keywords, body = search_text(entry)
    version.search_document = search.document(title, keywords, body)
    version.search_pieces = search.pieces(title)


def written_form(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The form as it is published: what its data elements say today, for good."""
    return with_elements(entry["form"], forms.elements())


def write_materials(version: ItemVersion) -> None:
    """Rows for counting the materials of a published version."""
    rows = version.definition["materials"] or ()
    ItemMaterial.objects.bulk_create(
        ItemMaterial(
            version=version, position=position, code=row["code"], name=row["name"], necessity=row["necessity"],
            source=row["source"], reuse_key=row["reuse_key"] or "",
        )
        for position, row in enumerate(rows)
    )  # fmt: skip
