"""Versions as the filing path wants them: compiled once, then held, because a published version never changes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from zhengtong.engines.deadlines.rules import Limit as Amount
from zhengtong.engines.forms import queries as forms
from zhengtong.engines.forms.rules import Form, compile_form
from zhengtong.foundation import clock
from zhengtong.foundation.codes.division import prefix
from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.expressions import Expression, compile_expression
from zhengtong.foundation.params.snapshots import Snapshot

from .. import rules
from ..models import ItemVersion
from ..rules import words
from ..rules.fees import Fees, fees_of
from ..rules.forms import OUTSIDE_FACTS

KEPT_VERSIONS = 4_000


# Names under which phones and cameras save the same kind.
ALSO_ENDING = {"jpg": ("jpg", "jpeg")}


@dataclass(frozen=True, slots=True)
class Material:
    """One material as asked for; `when` decides on the answers and outside facts whether it is."""

    code: str
    name: str
    type: str
    form: tuple[str, ...]
    necessity: str
    source: str
    copies: int
    accepts: frozenset[str]
    max_bytes: int
    standard: str
    note: str
    reuse_key: str
    valid_months: int | None
    when: Expression | None = None

    @property
    def is_required(self) -> bool:
        return self.necessity == "required"

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings of file names that it takes."""
        return tuple(ending for kind in sorted(self.accepts) for ending in ALSO_ENDING.get(kind, (kind,)))

    @property
    def accept(self) -> str:
        """The same for the file chooser of a page."""
        return ",".join(f".{ending}" for ending in self.endings)

    def is_asked(self, facts: Mapping[str, Any]) -> bool:
        """Whether these answers call for it."""
        return self.when is None or bool(self.when(dict(facts)))


@dataclass(frozen=True, slots=True)
class Limit:
    """A statutory or promised limit; `amount` is None where the law sets none."""

    amount: int | None
    unit: str
    text: str
    start: str
    basis: str
    note: str

    @property
    def is_set(self) -> bool:
        return self.amount is not None

    @property
    def counted(self) -> Amount:
        """The amount as the engine of deadlines counts it."""
        return Amount.of({"amount": self.amount, "unit": self.unit})

    def wording(self) -> str:
        """Such as “5 个工作日”, “当场”, “法律未作规定”."""
        return self.counted.wording() if self.is_set else words.NO_LIMIT


@dataclass(frozen=True, slots=True)
class Extension:
    """How much longer, and who must approve."""

    amount: Amount
    approver: str
    basis: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the decision, in order."""

    key: str
    name: str
    permission: str
    note: str = ""


class CompiledVersion:
    """A published version, ready to file against: codes, clocks, materials, steps and the form."""

    def __init__(self, row: ItemVersion) -> None:
        said = row.definition
        self.id: UUID = row.pk
        self.item_id: UUID = row.item_id
        self.code: str = said["code"]
        self.number = row.number
        self.state = row.state
        self.name, self.short_name = row.name, row.short_name
        self.type, self.nature, self.case_type = row.type, row.nature, row.case_type
        self.basic_code, self.implementation_code = row.basic_code, row.implementation_code
        self.handling_code, self.local_code = row.handling_code, row.local_code
        self.organisation, self.accepted_by = row.organisation, row.accepted_by
        self.acceptors: tuple[str, ...] = (row.accepted_by, *row.also_accepted_by)
        self.exercise_level = row.exercise_level
        self.audience = frozenset(row.audience)
        self.channels = frozenset(row.channels)
        self.decided_in, self.port = said["decided_in"]["kind"], said["decided_in"]["port"]
        self.system: str = said["decided_in"]["system"]
        self.result_kind, self.result_by = row.result_kind, row.result_by
        self.result_name: str = said["result"]["name"]
        self.credential_type = row.credential_type
        self.separate: bool = said["separate"]
        self.points: tuple[str, ...] = tuple(said["points"])
        self.statutory_limit = _limit(said["statutory_limit"])
        self.promised_limit = _limit(said["promised_limit"])
        self.steps = tuple(Step(step["key"], step["name"], step["permission"], step["note"]) for step in said["steps"])
        self.definition: Mapping[str, Any] = said
        self._written_form = row.form

    @property
    def is_on_the_spot(self) -> bool:
        return self.case_type == "on_the_spot"

    @property
    def allows_helpers(self) -> bool:
        """Whether a relative or friend may apply for somebody who agrees to it (亲友代办)."""
        said = self.definition.get("helpers", "")
        return said == "allowed" or (not said and "person" in self.audience and self.nature in words.HELPED_NATURES)

    @cached_property
    def _areas(self) -> Mapping[str, str]:
        """Acceptor → the leading digits of the divisions that it serves."""
        known = directory.organisations(self.acceptors)
        return {code: prefix(known[code].division_id) for code in self.acceptors if code in known}

    def acceptor_at(self, division: str, *, counters: Collection[str] = ()) -> str:
        """Who accepts: the counter where the papers are, else whoever serves the place most closely, else the first."""
        for code in self.acceptors:
            if code in counters:
                return code
        near = [code for code, area in self._areas.items() if division.startswith(area)] if division else []
        return max(near, key=lambda code: len(self._areas[code]), default=self.accepted_by)

    @property
    def is_filing(self) -> bool:
        return self.nature == "filing"

    @property
    def is_decided_here(self) -> bool:
        return self.decided_in == "local"

    @cached_property
    def extension(self) -> Extension | None:
        said = self.definition["extension"]
        return Extension(Amount.of(said), said["approver"], said["basis"]) if said else None

    @cached_property
    def materials(self) -> tuple[Material, ...]:
        return tuple(_material(row) for row in self.definition["materials"] or ())

    @cached_property
    def material_by_code(self) -> Mapping[str, Material]:
        return {material.code: material for material in self.materials}

    @cached_property
    def fees(self) -> Fees:
        return fees_of(self.definition["fees"])

    @property
    def identity_level(self) -> str:
        """How surely whoever files must be known."""
        return str(self.definition.get("identity_level", "none"))

    @cached_property
    def form(self) -> Form:
        """The compiled form; a draft's follows the dictionary of today."""
        if self._written_form is not None:
            return compile_form(self._written_form, {}, context=OUTSIDE_FACTS)
        return compile_form(self.definition["form"], forms.elements(), context=OUTSIDE_FACTS)

    def materials_asked(self, facts: Mapping[str, Any]) -> list[Material]:
        """The materials that these answers call for."""
        return [material for material in self.materials if material.is_asked(facts)]


_kept: dict[UUID, CompiledVersion] = {}


def version(id: UUID) -> CompiledVersion:
    """A version by its id; costs nothing once held. Drafts are compiled afresh each time."""
    held = _kept.get(id)
    if held is not None:
        return held
    row = ItemVersion.objects.defer("editorial", "search_document", "search_pieces").filter(pk=id).first()
    if row is None:
        raise rules.VersionUnknown(version=str(id))
    compiled = CompiledVersion(row)
    if row.state != ItemVersion.State.DRAFT:
        if len(_kept) >= KEPT_VERSIONS:
            _kept.pop(next(iter(_kept)), None)
        _kept[id] = compiled
    return compiled


@dataclass(frozen=True, slots=True)
class _Period:
    id: UUID
    number: int
    valid_from: date | None
    valid_to: date | None
    closed_on: date | None


def _periods_by_code() -> dict[str, list[_Period]]:
    found: dict[str, list[_Period]] = {}
    rows = ItemVersion.objects.exclude(state=ItemVersion.State.DRAFT).order_by("number")
    for row in rows.select_related("item").only("item__code", "number", "valid_from", "valid_to", "closed_on"):
        period = _Period(row.pk, row.number, row.valid_from, row.valid_to, row.closed_on)
        found.setdefault(row.item.code, []).append(period)
    return found


periods = Snapshot("items", _periods_by_code)


def current_version(code: str, on: date | None = None) -> CompiledVersion:
    """The version of an item in force on a day (today unless told); no query once held."""
    found = rules.effective_version(periods.get().get(code, ()), on or clock.today())
    if found is None:
        raise rules.ItemUnknown(item=code)
    return version(found.id)


def is_in_force(held: CompiledVersion, on: date | None = None) -> bool:
    """Whether this is the version in force on a day (today unless told)."""
    found = rules.effective_version(periods.get().get(held.code, ()), on or clock.today())
    return found is not None and found.id == held.id


def is_offered(code: str, on: date | None = None) -> bool:
    """Whether the item has any version in force on a day (today unless told)."""
    return rules.effective_version(periods.get().get(code, ()), on or clock.today()) is not None


def _limit(said: Mapping[str, Any] | None) -> Limit | None:
    if said is None:
        return None
    amount = None if said["none"] else said["amount"]
    return Limit(amount, said["unit"], said["text"], said["start"], said["basis"], said["note"])


def _material(row: Mapping[str, Any]) -> Material:
    return Material(
        code=row["code"],
        name=row["name"],
        type=row["type"],
        form=tuple(row["form"]),
        necessity=row["necessity"],
        source=row["source"],
        copies=row["copies"],
        accepts=frozenset(row["accepts"]),
        max_bytes=int(row["max_mb"] * 1024 * 1024),
        standard=row["standard"],
        note=row["note"],
        reuse_key=row["reuse_key"] or "",
        valid_months=row["valid_months"],
        when=compile_expression(row["when"]) if row["when"] else None,
    )
