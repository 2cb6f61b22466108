"""The shape of an item: one mapping with every element of the implementation list, its defaults filled in."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from . import words

TEXT = {"type": "string"}
LINE = {"type": "string", "maxLength": 200}
LINES = {"type": "array", "items": {"type": "string", "minLength": 1}}
FLAG = {"type": "boolean"}
DATE = {"type": "string", "format": "date"}
OPTIONAL_DATE = {"anyOf": [DATE, {"type": "null"}]}
PORT = {"type": "string", "pattern": "^([a-z][a-z0-9-]*)?$"}
KEY = {"type": "string", "pattern": "^[a-z][a-z0-9_-]*$", "maxLength": 60}


def _one_of(table: Mapping[str, str]) -> dict[str, Any]:
    return {"enum": list(table)}


def _some_of(table: Mapping[Any, str]) -> dict[str, Any]:
    return {"type": "array", "items": {"enum": list(table)}, "uniqueItems": True}


def _object(required: str = "", **properties: Any) -> dict[str, Any]:
    shape = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**shape, "required": required.split()} if required else shape


def _list(shape: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": shape}


def _or_null(shape: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [shape, {"type": "null"}]}


AMOUNT = {"type": "integer", "minimum": 0, "maximum": 10_000}
LIMIT = _object(
    amount=_or_null(AMOUNT), unit=_one_of(words.UNITS), text=TEXT, start=TEXT, basis=TEXT, none=FLAG, note=TEXT
)  # fmt: skip
EXTENSION = _object("amount unit", amount=AMOUNT, unit=_one_of(words.UNITS), approver=LINE, basis=TEXT, note=TEXT)
MATERIAL = _object(
    "code name",
    code=KEY, name=LINE, type=_one_of(words.MATERIAL_TYPES), form=_some_of(words.MATERIAL_FORMS),
    necessity=_one_of(words.NECESSITIES), source=_one_of(words.SOURCES), source_note=TEXT,
    copies={"type": "integer", "minimum": 0, "maximum": 99}, size=LINE,
    accepts={"type": "array", "items": {"type": "string", "pattern": "^[a-z0-9]{2,5}$"}, "minItems": 1},
    max_mb={"type": "number", "exclusiveMinimum": 0, "maximum": 500},
    standard=TEXT, basis=TEXT, note=TEXT, when={"type": ["string", "null"]},
    blank_form=TEXT, sample=TEXT, reuse_key={"type": ["string", "null"]},
    valid_months={"type": ["integer", "null"], "minimum": 1},
)  # fmt: skip
MATERIAL_DEFAULTS = {
    "type": "original", "form": ["electronic", "paper"], "necessity": "required", "source": "applicant",
    "source_note": "", "copies": 1, "size": "", "accepts": ["pdf", "jpg", "png"], "max_mb": 20, "standard": "",
    "basis": "", "note": "", "when": None, "blank_form": "", "sample": "", "reuse_key": None, "valid_months": None,
}  # fmt: skip
# `group`: which of the place's window groups takes appointments for the item; none where it is empty.
PLACE = _object(
    "organisation", organisation=LINE, window=TEXT, hours=TEXT, note=TEXT, address=TEXT, phone=LINE, group=LINE
)
# `amount` is in fen: a number, or a formula over the answers; without it nobody is billed by the platform.
FEE_ROW = _object(
    "name standard", name=LINE, standard=TEXT, basis=TEXT, reduction=TEXT, reduction_basis=TEXT,
    amount={"anyOf": [{"type": "integer", "minimum": 0}, TEXT]}, when={"type": ["string", "null"]},
)  # fmt: skip

# Only the outline: what stands in it is the forms engine's to judge.
FIELD = {"type": "object", "properties": {"fields": {"type": "array", "items": {"type": "object"}}}}
SECTION = {"type": "object", "properties": {"fields": {"type": "array", "items": FIELD}}}

SCHEMA = _object(
    "code name valid_from type nature organisation",
    code={"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$", "maxLength": 120},
    name={"type": "string", "minLength": 1, "maxLength": 300}, short_name=LINE, main_item=LINE, summary=TEXT,
    version={"type": "integer", "minimum": 1}, valid_from=DATE, valid_to=OPTIONAL_DATE,
    basic_code=LINE, implementation_code=LINE, handling_code=LINE, local_basic_code=LINE, local_code=LINE,
    type=_one_of(words.TYPES), nature=_one_of(words.NATURES),
    organisation=LINE, organisation_name=LINE, body_kind=_one_of(words.BODY_KINDS), supervised_by=LINE,
    entrusted_by=LINE, power_source=_one_of(words.POWER_SOURCES), accepted_by=LINE,
    also_accepted_by=LINES,
    exercise_level=_one_of({"": "", **words.LEVELS}), audience=_some_of(words.AUDIENCES),
    identity_level=_one_of(words.IDENTITY_LEVELS),
    case_type=_one_of({"": "", **words.CASE_TYPES}),
    statutory_limit=_or_null(LIMIT), promised_limit=_or_null(LIMIT), extension=_or_null(EXTENSION),
    special_procedures=_list(_object("name", name=LINE, limit=TEXT, basis=TEXT)),
    basis=_list(_object("law", law=LINE, article=TEXT, text=TEXT, note=TEXT)), conditions=LINES, quota=TEXT,
    channels=_some_of(words.CHANNELS), visits={"type": ["integer", "null"], "minimum": 0, "maximum": 20},
    visit_reason=TEXT, online_depth=_some_of(words.ONLINE_DEPTHS), cross_region=_some_of(words.CROSS_REGION),
    helpers=_one_of({"": "", **words.HELPERS}),
    services=_object(in_hall=FLAG, booking=FLAG, online_payment=FLAG, courier=FLAG, kiosk=FLAG),
    decided_in=_object("kind", kind=_one_of(words.DECIDED_IN), port=PORT, system=LINE),
    result=_object(
        "kind", kind=_one_of(words.RESULT_KINDS), by=_one_of(words.RESULT_BY), name=LINE,
        credential_type={"type": ["string", "null"]}, sample=TEXT, valid_for=TEXT,
    ),
    steps=_list(_object("key name permission", key=KEY, name=LINE, permission=LINE, note=TEXT, days=AMOUNT)),
    separate=FLAG, materials=_or_null(_list(MATERIAL)),
    fees=_object(
        charged=FLAG, basis=TEXT, payable=_one_of(words.PAYABLE), refund=_one_of(words.REFUNDS), rows=_list(FEE_ROW)
    ),
    form={"type": "object", "properties": {"sections": _list(SECTION)}, "required": ["sections"]},
    points=LINES, questions=_list(_object("q a", q=TEXT, a=TEXT)), places=_list(PLACE),
    joint_bodies=LINES, intermediaries=LINES, consult_phone=LINE, complaint_phone=LINE, keywords=LINES,
    events=LINES, themes=_object(person=LINES, entity=LINES), extra={"type": "object"},
)  # fmt: skip

DEFAULTS: dict[str, Any] = {
    "code": "", "name": "", "short_name": "", "main_item": "", "summary": "", "version": 1, "valid_from": None,
    "valid_to": None, "basic_code": "", "implementation_code": "", "handling_code": "", "local_basic_code": "",
    "local_code": "", "type": "", "nature": "", "organisation": "", "organisation_name": "", "body_kind": "1",
    "supervised_by": "", "entrusted_by": "", "power_source": "local", "accepted_by": "", "also_accepted_by": [],
    "exercise_level": "",
    "audience": [], "identity_level": "none", "case_type": "", "statutory_limit": None, "promised_limit": None,
    "extension": None,
    "special_procedures": [], "basis": [], "conditions": [], "quota": "", "channels": [], "visits": None,
    "visit_reason": "", "online_depth": [], "cross_region": [], "helpers": "", "services": {},
    "decided_in": {"kind": "local"},
    "result": {"kind": "none"}, "steps": [], "separate": False, "materials": None, "fees": {}, "form": {"sections": []},
    "points": [], "questions": [], "places": [], "joint_bodies": [], "intermediaries": [], "consult_phone": "",
    "complaint_phone": "", "keywords": [], "events": [], "themes": {}, "extra": {},
}  # fmt: skip
PARTS: dict[str, dict[str, Any]] = {
    "statutory_limit": {"amount": None, "unit": "working_day", "text": "", "start": "acceptance", "basis": "",
                        "none": False, "note": ""},
    "promised_limit": {"amount": None, "unit": "working_day", "text": "", "start": "acceptance", "basis": "",
                       "none": False, "note": ""},
    "extension": {"approver": "", "basis": "", "note": ""},
    "decided_in": {"kind": "local", "port": "", "system": ""},
    "result": {"kind": "none", "by": "none", "credential_type": "", "name": "", "sample": "", "valid_for": ""},
    "fees": {"charged": False, "basis": "", "payable": "after_decision", "refund": "not_served", "rows": []},
    "services": {"in_hall": False, "booking": False, "online_payment": False, "courier": False, "kiosk": False},
    "themes": {"person": [], "entity": []},
}  # fmt: skip
ROWS: dict[str, dict[str, Any]] = {
    "materials": MATERIAL_DEFAULTS,
    "basis": {"article": "", "text": "", "note": ""},
    "special_procedures": {"limit": "", "basis": ""},
    "steps": {"note": "", "days": 0},
    "places": {"window": "", "hours": "", "note": "", "address": "", "phone": "", "group": ""},
}
FEE_DEFAULTS = {"basis": "", "reduction": "", "reduction_basis": "", "amount": "", "when": None}

# What may change while a version is in force: how to find and reach the service, never what it demands or grants.
EDITORIAL = ("summary", "keywords", "events", "themes", "questions", "places", "consult_phone", "complaint_phone")
# What tells one version from another; it stands in columns and is no part of the definition's digest.
FRAME = ("version", "valid_from", "valid_to")


def canonical(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The entry with everything it leaves out, in a fixed order; what was given is not touched."""
    whole = {name: entry[name] if name in entry else deepcopy(default) for name, default in DEFAULTS.items()}
    whole["short_name"] = whole["short_name"] or whole["name"]
    for name, blank in PARTS.items():
        part = whole[name]
        whole[name] = part if part is None else {**blank, **part}
    for name, blank in ROWS.items():
        rows = whole[name]
        whole[name] = rows if rows is None else [{**blank, **row} for row in rows]
    whole["result"]["credential_type"] = whole["result"]["credential_type"] or ""
    whole["fees"]["rows"] = [{**FEE_DEFAULTS, **row} for row in whole["fees"]["rows"]]
    return whole


def split(entry: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The lasting part of a canonical entry and its editorial part."""
    lasting = {name: value for name, value in entry.items() if name not in EDITORIAL and name not in FRAME}
    return lasting, {name: entry[name] for name in EDITORIAL}


def joined(
    definition: Mapping[str, Any], editorial: Mapping[str, Any], *, version: int, valid_from: Any, valid_to: Any
) -> dict[str, Any]:
    """The canonical entry of a stored version, as a pack would write it."""
    frame = {
        "version": version,
        "valid_from": valid_from.isoformat() if valid_from else None,
        "valid_to": valid_to.isoformat() if valid_to else None,
    }
    return canonical({**definition, **editorial, **frame})
