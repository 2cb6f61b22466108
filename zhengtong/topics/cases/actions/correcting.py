"""One notice of everything missing or wrong, and the answer to it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from zhengtong.engines.deadlines import queries as calendars
from zhengtong.engines.deadlines import rules as deadlines
from zhengtong.engines.tasks import actions as tasks
from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.files import queries as files
from zhengtong.foundation.params import queries as params

from .. import rules
from ..events import CorrectionRequested
from ..models import Case, Material, Notice
from ..queries.answers import seal_answers, unseal_answers
from ..rules import Provided
from .moving import accept_due, issue, locked, move, organ_of, say
from .noting import named_before, settle_gaps
from .submitting import is_fit

FAULT_LENGTH = 300


@transaction.atomic
def request_correction(
    case: Case, *, materials: Mapping[str, str], fields: Mapping[str, str] | None = None, opinion: str = "",
    actor: Actor,
) -> Case:  # fmt: skip
    """Tell the applicant once everything to correct: material code or field key → what is wrong with it.

    Refused: nothing named, or nothing of this item; a new demand on what the notice before found good.
    """
    case, item = locked(case)
    access.require(actor, "cases.correct", case)
    wanted = {**materials, **(fields or {})}
    names = {m.code: m.name for m in item.materials}
    titles = {key: part.title for key, part in item.form.parts.items()} | names
    rules.check_correction(wanted, titles, faulty_before=named_before(case.pk))
    days = params.parameter("cases.correction_days", on=clock.today())
    limit = deadlines.Limit(days.value, deadlines.Unit.WORKING_DAY)
    due = deadlines.due(clock.today(), limit, calendars.calendar()).date
    entries = [
        {"key": key, "name": titles[key], "what": what.strip(), "is_material": key in names}
        for key, what in wanted.items()
    ]
    for code, what in materials.items():
        named = Material.objects.filter(case=case, code=code, replaced_at=None)
        named.update(state="faulty", fault=what.strip()[:FAULT_LENGTH])
    organ = organ_of(case, actor, "cases.correct")
    move(case, "request_correction", actor=actor, opinion=opinion, organisation=organ, count=len(entries))
    notice = issue(
        case, "correction", item=case.item_name, organ=case.department.name, entries=entries, opinion=opinion,
        answer_due=due.isoformat(),
    )  # fmt: skip
    settle_gaps(case.pk, notice)
    tasks.close_tasks(case.pk, actor=actor)
    say(CorrectionRequested, case)
    return case


@transaction.atomic
def answer_correction(
    case: Case, *, materials: Sequence[Provided] = (), answers: Mapping[str, Any] | None = None, actor: Actor
) -> Case:
    """Hand in what the notice asked for; the case goes back to intake. Earlier papers stay in the file.

    Refused: not everything was provided, nor what the new answers call for; a file that may not be used.
    """
    case, item = locked(case)
    access.require(actor, "cases.answer_correction", case)
    notice = Notice.objects.filter(case=case, kind="correction", answered_at=None).order_by("-issued_at").first()
    entries = notice.body["entries"] if notice else []
    provided = {part.code: part for part in materials}
    changed = dict(answers or {})
    missing = [e["name"] for e in entries if e["key"] not in provided and e["key"] not in changed]
    if missing:
        raise rules.CorrectionUnanswered(missing="、".join(missing))
    _replace(case, item, provided, actor)
    form_before = case.form
    if changed:
        named = {e["key"] for e in entries}
        before = unseal_answers(item.form, case.form)
        # Beside what was named, what the corrected answers ask for the first time.
        whole = before | {k: v for k, v in changed.items() if k in named or k not in before}
        facts = {"applicant_kind": case.applicant.kind, "channel": case.channel}
        checked = item.form.check(whole, facts)
        _check_complete(case, item, {**facts, **checked})
        case.form = seal_answers(item.form, checked)
    now = clock.now()
    if notice:
        notice.answered_at, notice.form_before = now, form_before
        notice.save(update_fields=["answered_at", "form_before"])
    case.received_at, case.accept_due = now, accept_due(now)
    move(case, "answer_correction", actor=actor, materials=sorted(provided), fields=sorted(changed))
    tasks.open_tasks(
        [
            {
                "kind": "cases.accept",
                "permission": "cases.accept",
                "organisation": case.acceptor_id,
                "area": case.division,
                "item": case.item_code,
                "about": case.pk,
                "number": case.number,
                "title": case.item_name,
                "who": case.applicant_name,
                "due": case.accept_due,
            }
        ],
        actor=actor,
    )
    return case


def _check_complete(case: Case, item: Any, facts: Mapping[str, Any]) -> None:
    """Refused when the corrected answers call for a paper that is not in the file."""
    codes = Material.objects.filter(case=case, replaced_at=None).values_list("code", flat=True)
    have = [Provided(code) for code in codes]
    if missing := rules.missing_materials(item.materials_asked(facts), have):
        raise rules.MaterialsIncomplete(missing="、".join(missing))


def _replace(case: Case, item: Any, provided: Mapping[str, Provided], actor: Actor) -> None:
    known = files.files_by_id({part.file for part in provided.values() if part.file})
    now = clock.now()
    for code, part in provided.items():
        material = item.material_by_code.get(code)
        stored = known.get(part.file) if part.file else None
        on_paper = part.on_paper and actor.kind != "citizen"
        if material is None or not (on_paper or (stored and is_fit(actor, stored, material))):
            raise rules.MaterialUnusable(material=material.name if material else code)
        Material.objects.filter(case=case, code=code, replaced_at=None).update(replaced_at=now, state="replaced")
        Material.objects.create(
            case=case, code=code, name=material.name, file=stored, taken_as="paper" if on_paper else "file",
            reuse_key=material.reuse_key, valid_to=rules.paper_valid_to(now.date(), material.valid_months),
            provided_at=now,
        )  # fmt: skip
