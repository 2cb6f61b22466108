"""Gaps: what each of those who look at a case finds missing or wrong, gathered for one notice."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record

from .. import rules
from ..models import Case, Gap, Notice
from .moving import locked, organ_of

LONGEST = 300


@transaction.atomic
def note_gap(case: Case, *, key: str, what: str, remedy: str = "", actor: Actor) -> Gap:
    """Put a gap on one material or field beside those of the others; nobody outside hears of it before the notice.

    Refused: accepted by now; wordless; nothing of this item; found good when the applicant was told before.
    """
    case, item = locked(case)
    access.require(actor, "cases.note_gap", case)
    what = rules.check_gap(case.status, what)
    names = {m.code: m.name for m in item.materials}
    titles = {name: part.title for name, part in item.form.parts.items()} | names
    rules.check_correction({key: what}, titles, faulty_before=named_before(case.pk))
    gap = Gap.objects.create(
        case=case, key=key, name=titles[key], is_material=key in names, what=what[:LONGEST],
        remedy=remedy.strip()[:LONGEST], found_by=actor.key, found_by_name=actor.name,
        organisation_id=organ_of(case, actor, "cases.accept"), found_at=clock.now(),
    )  # fmt: skip
    record("cases.case.gap_noted", case, actor=actor, gap=gap.pk, key=key)
    return gap


@transaction.atomic
def drop_gap(case: Case, *, gap: int, actor: Actor) -> None:
    """Take a gap back: whoever found it, or whoever may issue the notice. Refused: told already, or dropped."""
    case, _ = locked(case)
    found = Gap.objects.filter(case=case, pk=gap).first()
    mine = found is not None and found.found_by == actor.key
    access.require(actor, "cases.note_gap" if mine else "cases.correct", case)
    if found is None or found.notice_id or found.dropped_at:
        raise rules.GapSettled
    found.dropped_at = clock.now()
    found.save(update_fields=["dropped_at"])
    record("cases.case.gap_dropped", case, actor=actor, gap=found.pk, key=found.key)


def named_before(case: UUID) -> list[str] | None:
    """What the last notice named; None before the first."""
    last = Notice.objects.filter(case=case, kind="correction").order_by("-issued_at").first()
    return [entry["key"] for entry in last.body["entries"]] if last else None


def open_gaps(case: UUID) -> QuerySet[Gap]:
    """Found and neither told nor taken back, in the order in which they were found."""
    return Gap.objects.filter(case=case, notice=None, dropped_at=None).order_by("id")


def settle_gaps(case: UUID, notice: Notice) -> None:
    """All that was found is settled by the notice: told, or left out by whoever issued it."""
    told = [entry["key"] for entry in notice.body["entries"]]
    open_gaps(case).filter(key__in=told).update(notice=notice)
    open_gaps(case).update(dropped_at=notice.issued_at)
