"""Submit cases, a set at a time: page, counter, API and import all come through here.

Each filing stands on its own: one that is refused does not hold back the others. Everything about a filing that is
accepted (key, case, materials, trail, event, waiting work) is written in one transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhengtong.engines.tasks import actions as tasks
from zhengtong.foundation import access, clock, crypto
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import first_leaf
from zhengtong.foundation.audit.chain import canonical
from zhengtong.foundation.audit.models import Leaf
from zhengtong.foundation.bulk import fetch, insert_rows, pipelined
from zhengtong.foundation.codes import case_number, division, uuid7
from zhengtong.foundation.files import queries as files
from zhengtong.foundation.idempotency.actions import Claim, take_turns
from zhengtong.foundation.outbox.events import publish_all
from zhengtong.foundation.refusals import Refused
from zhengtong.foundation.refusals.words import listed
from zhengtong.topics.items import queries as items
from zhengtong.topics.materials import queries as stored
from zhengtong.topics.subjects import queries as subjects

from .. import rules
from ..access import HELPER, Intended
from ..events import CaseSubmitted
from ..models import Case, Material
from ..queries.answers import seal_answers
from ..rules import Channel, Provided, Status
from .moving import accept_due

AUDIENCES = {"person": "个人", "entity": "企业和其他组织"}


@dataclass(frozen=True)
class Filing:
    """One application about to be made: by whom, for whom, for which item version, with what."""

    actor: Actor
    item: UUID
    applicant: UUID
    answers: Mapping[str, Any]
    materials: tuple[Provided, ...] = ()
    channel: Channel = Channel.ONLINE
    operator: UUID | None = None
    division: str = ""
    key: str = ""


@dataclass(frozen=True)
class Submitted:
    """What the applicant is told: the number on his receipt; `again` when the same key had been used before."""

    case_id: UUID
    number: str
    status: str
    submitted_at: datetime
    again: bool = False


@dataclass
class Ready:
    """A filing that passed every check, with the rows it becomes."""

    filing: Filing
    item: Any
    applicant: Any
    answers: dict[str, Any]
    wanted: dict[str, Any]
    acceptor: str
    right: str = ""
    materials: tuple[Provided, ...] = ()
    references: dict[UUID, str] = field(default_factory=dict)
    digest: bytes = b""
    case_id: UUID = field(default_factory=uuid7)
    number: str = ""
    official_number: str = ""
    accept_due: date | None = None


def submit_case(filing: Filing) -> Submitted:
    """Submit one. Refused as `submit_cases` says of each."""
    outcome = submit_cases([filing])[0]
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


def submit_cases(filings: Sequence[Filing]) -> list[Submitted | Refused]:
    """Submit a set; the outcomes stand in the order of the filings.

    Each is refused on its own: item closed or not open to this applicant, no right to act for him, answers invalid,
    materials missing or unusable, key reused for other content.
    """
    outcomes: list[Submitted | Refused | None] = [None] * len(filings)
    ready: list[tuple[int, Ready]] = []
    known = Known.of(filings)
    for index, filing in enumerate(filings):
        try:
            ready.append((index, checked(filing, known)))
        except Refused as refusal:
            outcomes[index] = refusal
    for (index, _), outcome in zip(ready, _write([r for _, r in ready]), strict=True):
        outcomes[index] = outcome
    return [outcome for outcome in outcomes if outcome is not None]


# -- checks: nothing is written here -----------------------------------------------------------------------------------


@dataclass
class Known:
    """What the set needs from the database, fetched once for all of it."""

    subjects: dict[UUID, Any]
    files: dict[UUID, Any]
    rights: dict[str, dict[UUID, str]]

    @classmethod
    def of(cls, filings: Iterable[Filing]) -> "Known":
        citizens = {f.actor.key: f.actor for f in filings if f.actor.kind == "citizen"}
        return cls(
            subjects=subjects.subjects_by_id({who for f in filings for who in (f.applicant, f.operator) if who}),
            files=files.files_by_id({m.file for f in filings for m in f.materials if m.file}),
            rights={key: subjects.rights_of(actor) for key, actor in citizens.items()},
        )


def checked(filing: Filing, known: Known) -> Ready:
    """The filing with all that its rows need. Refused as `submit_cases` says."""
    item = items.version(filing.item)
    acceptor = _acceptor(filing, item)
    right = _check_right(filing, item, acceptor, known)
    applicant = known.subjects.get(filing.applicant)
    _check_open(item)
    if applicant is None or applicant.kind not in item.audience:
        raise rules.ApplicantUnfit(item=item.name, audience=listed(AUDIENCES[kind] for kind in sorted(item.audience)))
    if filing.operator is not None and filing.operator not in known.subjects:
        raise rules.OperatorUnknown
    if filing.division and not division.is_valid_division(filing.division):
        raise division.DivisionCodeInvalid(text=filing.division)
    facts = {"applicant_kind": applicant.kind, "channel": filing.channel}
    answers = item.form.check(filing.answers, facts)
    wanted = item.materials_asked({**facts, **answers})
    by_code = {material.code: material for material in wanted}
    # Left out: what was asked for under an answer that has since changed, and what was named but not handed in.
    in_hand = _takes_papers(filing)
    given = tuple(m for m in filing.materials if m.code in by_code and m.is_handed_in(in_hand=in_hand))
    if missing := rules.missing_materials(wanted, given):
        raise rules.MaterialsIncomplete(missing="、".join(missing))
    for part in given:
        if part.file is not None:
            material, file = by_code[part.code], known.files.get(part.file)
            if file is None or not is_fit(filing.actor, file, material):
                raise rules.MaterialUnusable(material=material.name)
    references = _references(filing, by_code, given)
    return Ready(filing, item, applicant, answers, by_code, acceptor, right, given, references, _digest(filing))


def _references(filing: Filing, wanted: Mapping[str, Any], given: Sequence[Provided]) -> dict[UUID, str]:
    """The papers kept elsewhere, in words. Refused: not the applicant's, of another kind, or not good any more."""
    named = [part for part in given if part.reference is not None]
    known = stored.references(filing.actor, [part.reference for part in named], holder=filing.applicant)
    for part in named:
        if part.reference not in known or known[part.reference].kind != wanted[part.code].reuse_key:
            raise rules.MaterialUnusable(material=wanted[part.code].name)
    return {pk: paper.reference for pk, paper in known.items()}


def is_fit(actor: Actor, file: Any, material: Any) -> bool:
    """Whether the actor may hand in this file as this material."""
    fits = files.fits(file, endings=material.accepts, most=material.max_bytes)
    return fits and files.is_usable(actor, file)


def _takes_papers(filing: Filing) -> bool:
    """Whether somebody takes the papers in hand as they come."""
    return filing.actor.is_staff and filing.channel in rules.STAFFED


def _check_open(item: Any) -> None:
    """Applications are judged by the version in force on the day they are made."""
    if items.is_in_force(item):
        return
    if items.is_offered(item.code):
        raise rules.VersionReplaced(item=item.name)
    raise rules.ItemClosed(item=item.name)


def _acceptor(filing: Filing, item: Any) -> str:
    """Papers taken over a counter are accepted there; others go to whoever serves the place."""
    counters = {grant.organisation for grant in filing.actor.granted("cases.submit_for_visitor") if grant.organisation}
    return str(item.acceptor_at(filing.division, counters=counters))


def _check_right(filing: Filing, item: Any, acceptor: str, known: Known) -> str:
    """By what right the actor files for the applicant; empty for himself, and where staff or systems file."""
    right = known.rights.get(filing.actor.key, {}).get(filing.applicant, "")
    himself = filing.operator in (None, filing.actor.subject_id)
    intended = Intended(acceptor, filing.division, item.code, himself and bool(right))
    access.require(filing.actor, "cases.submit", intended)
    rules.check_channel(filing.channel, filing.actor.kind)
    # At a counter somebody sees the card; a system answers for its own people.
    if filing.actor.kind == "citizen" and not subjects.is_identified(filing.actor.subject_id, item.identity_level):
        raise rules.IdentityUnproved(item=item.name)
    if right == HELPER and not item.allows_helpers:
        raise rules.HelperBarred(item=item.name)
    return right.replace("self", "")


def _digest(filing: Filing) -> bytes:
    content = {
        "item": str(filing.item),
        "applicant": str(filing.applicant),
        "answers": filing.answers,
        "materials": [(m.code, str(m.file or m.reference or ""), m.on_paper) for m in filing.materials],
        "channel": filing.channel,
        "operator": str(filing.operator or ""),
        "division": filing.division,
    }
    return crypto.sm3(b"cases.submit\0" + canonical(content))


# -- rows: one statement a table ---------------------------------------------------------------------------------------


@transaction.atomic
def _write(ready: list[Ready]) -> list[Submitted | Refused]:
    if not ready:
        return []
    now = clock.now()
    due = accept_due(now)
    for one, serial in zip(ready, _serials(len(ready)), strict=True):
        one.accept_due = due
        one.number = case_number.make_case_number(now.date(), serial)
        one.official_number = case_number.make_official_number(one.item.handling_code, now.date(), serial)
    turns = take_turns([claim_of(one, now) for one in ready])
    fresh = [one for one, turn in zip(ready, turns, strict=True) if turn is None]
    rows = [case_row(one, now) for one in fresh]
    with pipelined():
        insert_rows(Case, [case for case, _ in rows])
        insert_rows(Material, [row for one in fresh for row in material_rows(one, now)])
        insert_rows(Leaf, [leaf for _, leaf in rows])
        publish_all([event_of(one) for one in fresh])
        tasks.open_tasks([task_of(one, now) for one in fresh], actor=ready[0].filing.actor)
    return [
        _told(one, now) if turn is None else _told_before(turn) for one, turn in zip(ready, turns, strict=True)
    ]  # fmt: skip


def _serials(count: int) -> list[int]:
    return [serial for (serial,) in fetch("SELECT nextval('cases_number') FROM generate_series(1, %s)", [count])]


def claim_of(one: Ready, now: datetime) -> Claim:
    """The key with the answer that a repetition will be told."""
    answer = {"case_id": str(one.case_id), "number": one.number, "status": _status(one), "at": now.isoformat()}
    return Claim(one.filing.actor.key, one.filing.key, "cases.submit", one.digest, answer)


def _status(one: Ready) -> Status:
    """Over the counter the clerk has the papers in hand: submitted and received are one moment."""
    return Status.RECEIVED if _takes_papers(one.filing) else Status.SUBMITTED


def _told(one: Ready, now: datetime) -> Submitted:
    return Submitted(one.case_id, one.number, _status(one), now)


def _told_before(turn: Mapping[str, Any] | Refused) -> Submitted | Refused:
    if isinstance(turn, Refused):
        return turn
    at = datetime.fromisoformat(turn["at"])
    return Submitted(UUID(turn["case_id"]), turn["number"], turn["status"], at, again=True)


def case_row(one: Ready, now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns of the case and of its first leaf."""
    filing, item = one.filing, one.item
    leaf, head = first_leaf(
        "cases.case.submitted", Case, one.case_id, actor=filing.actor, at=now,
        data={"number": one.number, "item": item.code, "version": item.number, "channel": filing.channel,
              "digest": one.digest.hex(), **_acted(one)},
    )  # fmt: skip
    received = now if _status(one) == Status.RECEIVED else None
    row = {
        "id": one.case_id,
        "number": one.number,
        "official_number": one.official_number,
        "item_code": item.code,
        "item_version_id": item.id,
        "item_name": item.name,
        "nature": item.nature,
        "department_id": item.organisation,
        "acceptor_id": one.acceptor,
        "division": filing.division,
        "applicant_id": filing.applicant,
        "applicant_name": one.applicant.name,
        "operator_id": filing.operator or (filing.actor.subject_id if one.right == HELPER else None),
        "acting_right": one.right,
        "filed_by": filing.actor.key,
        "channel": filing.channel,
        "status": _status(one),
        "step": "",
        "form": seal_answers(item.form, one.answers),
        "submitted_at": now,
        "received_at": received,
        "accepted_by": "",
        "accept_due": one.accept_due,
        "due_provisional": False,
        "result_name": "",
        "result_number": "",
        "reason": "",
        "elsewhere_system": item.system,
        "elsewhere_number": "",
        "elsewhere_status": "",
        "audit_count": 1,
        "audit_head": head,
    }
    return row, leaf


def material_rows(one: Ready, now: datetime) -> list[dict[str, Any]]:
    """The columns of the case's materials."""
    today = now.date()
    return [
        {
            "id": uuid7(),
            "case_id": one.case_id,
            "code": part.code,
            "name": one.wanted[part.code].name,
            "file_id": part.file,
            "taken_as": "paper" if part.on_paper else "reference" if part.reference else "file",
            "state": "provided",
            "fault": "",
            "reuse_key": one.wanted[part.code].reuse_key,
            "reference": one.references.get(part.reference, ""),
            "valid_to": rules.paper_valid_to(today, one.wanted[part.code].valid_months),
            "provided_at": now,
        }
        for part in one.materials
    ]


def _acted(one: Ready) -> dict[str, str]:
    """Who acted for the applicant, and by what right, where he did not act himself."""
    return {"operator": str(one.filing.actor.subject_id), "right": one.right} if one.right else {}


def event_of(one: Ready) -> CaseSubmitted:
    """What the outbox tells of a new case."""
    item = one.item
    return CaseSubmitted(
        str(one.case_id), one.number, item.code, item.name, item.organisation, channel=one.filing.channel
    )


def task_of(one: Ready, now: datetime) -> dict[str, Any]:
    """The work that waits where the item is accepted."""
    item = one.item
    return {
        "kind": "cases.accept",
        "permission": "cases.accept",
        "organisation": one.acceptor,
        "area": one.filing.division,
        "item": item.code,
        "about": one.case_id,
        "number": one.number,
        "title": item.name,
        "who": one.applicant.name,
        "due": one.accept_due,
    }
