"""The guide of an item: everything a person should know before applying, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.refusals import N_

from .. import rules
from ..models import ItemVersion
from ..rules import words
from .catalogue import in_force
from .compiled import CompiledVersion, Extension, Limit, Material, Step, version


@dataclass(frozen=True)
class Place:
    """Where to go: the hall or town, its windows, hours and phone."""

    code: str
    name: str
    window: str
    address: str
    hours: str
    phone: str
    note: str
    group: str


@dataclass(frozen=True)
class Basis:
    """A law and what it says about this, in our words."""

    law: str
    article: str
    text: str
    note: str


@dataclass(frozen=True)
class Fee:
    name: str
    standard: str
    basis: str
    reduction: str


@dataclass(frozen=True)
class MaterialRow:
    """A material as the guide prints it."""

    material: Material
    type: str
    form: str
    necessity: str
    source: str
    basis: str
    blank_form: str
    sample: str
    condition: str


@dataclass(frozen=True)
class Guide:
    """A published item as its guide page needs it; lists are in the order of the definition."""

    version: CompiledVersion
    version_id: UUID
    code: str
    name: str
    short_name: str
    summary: str
    valid_from: date | None
    valid_to: date | None
    number: int
    organisation: str
    organisation_name: str
    acceptor_name: str
    type: str
    nature: str
    case_type: str
    audience: tuple[str, ...]
    exercise_level: str
    codes: tuple[tuple[str, str], ...]
    statutory_limit: Limit | None
    promised_limit: Limit | None
    extension: Extension | None
    basis: tuple[Basis, ...]
    conditions: tuple[str, ...]
    materials: tuple[MaterialRow, ...]
    steps: tuple[Step, ...]
    fees: tuple[Fee, ...]
    is_charged: bool
    fee_basis: str
    channels: tuple[str, ...]
    visits: int
    visit_reason: str
    online_depth: tuple[str, ...]
    is_online: bool
    decided_in: str
    system: str
    result_kind: str
    result_name: str
    result_by: str
    result_valid_for: str
    places: tuple[Place, ...]
    questions: tuple[tuple[str, str], ...]
    consult_phone: str
    complaint_phone: str
    remedy_review: tuple[str, ...]
    remedy_court: str
    events: tuple[str, ...]
    quota: str
    cross_region: tuple[str, ...]


def guide(code: str, on: date | None = None) -> Guide:
    """The guide of an item as it is in force on a day (today unless told)."""
    row = in_force(on).select_related("item").filter(item__code=code).first()
    if row is None:
        raise rules.ItemUnknown(item=code)
    return guide_of(row)


def guide_of(row: ItemVersion) -> Guide:
    """The guide as a version says it, drafts too: what a keeper sees before publishing."""
    said, more = row.definition, {**rules.canonical({}), **row.editorial}
    compiled = version(row.pk)
    codes = {said["organisation"], *compiled.acceptors, *(place["organisation"] for place in more["places"])}
    bodies = directory.organisations(code for code in codes if code)
    body = bodies.get(said["organisation"])
    acceptors = [bodies[code].name if code in bodies else code for code in compiled.acceptors if code]
    fees = said["fees"]
    return Guide(
        version=compiled,
        version_id=row.pk,
        code=said["code"],
        name=row.name,
        short_name=row.short_name or row.name,
        summary=more["summary"],
        valid_from=row.valid_from,
        valid_to=rules.last_day(row),
        number=row.number,
        organisation=said["organisation"],
        organisation_name=body.name if body else said["organisation_name"] or said["organisation"],
        acceptor_name=_acceptors_in_words(acceptors),
        type=words.TYPES.get(row.type, row.type),
        nature=words.NATURES.get(row.nature, row.nature),
        case_type=words.CASE_TYPES.get(row.case_type, ""),
        audience=_words(words.AUDIENCES, row.audience),
        exercise_level=words.LEVELS.get(row.exercise_level, ""),
        codes=tuple((title, said[field]) for field, title in _CODES.items() if said[field]),
        statutory_limit=compiled.statutory_limit,
        promised_limit=compiled.promised_limit,
        extension=compiled.extension,
        basis=tuple(Basis(one["law"], one["article"], one["text"], one["note"]) for one in said["basis"]),
        conditions=tuple(said["conditions"]),
        materials=tuple(_material_row(compiled, one) for one in said["materials"] or ()),
        steps=compiled.steps,
        fees=tuple(Fee(one["name"], one["standard"], one["basis"], one["reduction"]) for one in fees["rows"]),
        is_charged=fees["charged"],
        fee_basis=fees["basis"],
        channels=_words(words.CHANNELS, said["channels"]),
        visits=row.visits or 0,
        visit_reason=said["visit_reason"],
        online_depth=_words(words.ONLINE_DEPTHS, said["online_depth"]),
        is_online=bool({"online", "mobile"} & set(said["channels"])) and bool(said["form"]["sections"]),
        decided_in=said["decided_in"]["kind"],
        system=said["decided_in"]["system"],
        result_kind=words.RESULT_KINDS.get(row.result_kind, ""),
        result_name=said["result"]["name"],
        result_by=words.RESULT_BY.get(row.result_by, ""),
        result_valid_for=said["result"]["valid_for"],
        places=tuple(_place(one, bodies.get(one["organisation"])) for one in more["places"]),
        questions=tuple((one["q"], one["a"]) for one in more["questions"]),
        consult_phone=more["consult_phone"],
        complaint_phone=more["complaint_phone"],
        remedy_review=tuple(body.remedy_review) if body else (),
        remedy_court=body.remedy_court if body else "",
        events=tuple(more["events"]),
        quota=said["quota"],
        cross_region=_words(words.CROSS_REGION, said["cross_region"]),
    )


_CODES = {
    "basic_code": N_("基本编码"),
    "implementation_code": N_("实施编码"),
    "handling_code": N_("业务办理项编码"),
    "local_code": N_("地方编码"),
}


def _words(table: dict[Any, str], codes: list[Any]) -> tuple[str, ...]:
    return tuple(table[code] for code in codes if code in table)


def _place(said: dict[str, Any], body: Any) -> Place:
    return Place(
        code=said["organisation"],
        name=body.name if body else said["organisation"],
        window=said["window"],
        address=said["address"] or (body.address if body else ""),
        hours=said["hours"] or (body.hours if body else ""),
        phone=said["phone"] or (body.phone if body else ""),
        note=said["note"],
        group=said.get("group", ""),
    )


def _material_row(compiled: CompiledVersion, said: dict[str, Any]) -> MaterialRow:
    return MaterialRow(
        material=compiled.material_by_code[said["code"]],
        type=words.MATERIAL_TYPES[said["type"]],
        form="或".join(_words(words.MATERIAL_FORMS, said["form"])),
        necessity=words.NECESSITIES[said["necessity"]],
        source=words.SOURCES[said["source"]],
        basis=said["basis"],
        blank_form=said["blank_form"],
        sample=said["sample"],
        condition=said["note"] if said["when"] else "",
    )


def _acceptors_in_words(names: Sequence[str]) -> str:
    """Two by their names, more by the first and their number: the places to go to are listed further down."""
    return "、".join(names) if len(names) < 3 else f"{names[0]}等 {len(names)} 个单位"
