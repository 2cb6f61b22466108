"""The columns of a version, told by its canonical entry."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import jsonschema_rs

from zhengtong.engines.search import queries as search

from .. import rules
from ..models import ItemMaterial, ItemVersion
from ..queries.catalogue import search_text

_shape = jsonschema_rs.Draft202012Validator(rules.SCHEMA, validate_formats=True)
_editorial_shape = jsonschema_rs.Draft202012Validator(
    {**rules.SCHEMA, "required": [], "properties": {name: rules.SCHEMA["properties"][name] for name in rules.EDITORIAL}}
)
TEXT_COLUMNS = (
    "name", "short_name", "basic_code", "implementation_code", "handling_code", "local_code", "type", "nature",
    "organisation", "accepted_by", "exercise_level", "case_type", "visits",
)  # fmt: skip


def checked(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The canonical entry, or a refusal that lists what is malformed."""
    _check(_shape, entry)
    return rules.canonical(entry)


def with_editorial(entry: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The canonical entry with editorial elements said otherwise, those checked; what was published stands as it is."""
    _check(_editorial_shape, changes)
    return rules.canonical({**entry, **changes})


def _check(shape: jsonschema_rs.Draft202012Validator, said: Mapping[str, Any]) -> None:
    problems = [
        f"  {'.'.join(map(str, error.instance_path)) or '事项'}：{error.message}" for error in shape.iter_errors(said)
    ]
    if problems:
        raise rules.ItemMalformed(listing="\n".join(problems))


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


def set_search(version: ItemVersion, entry: Mapping[str, Any]) -> None:
    """Make the version findable."""
    title, keywords, body = search_text(entry)
    version.search_document = search.document(title, keywords, body)
    version.search_pieces = search.pieces(title, [entry["short_name"]])


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
