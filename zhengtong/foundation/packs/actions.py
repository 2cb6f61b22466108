"""Apply a pack in one transaction."""

from pathlib import Path

from django.db import connection, transaction

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, require
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.refusals import Refused

from . import access, queries  # noqa: F401 - access declares who may
from .models import Application
from .queries import Plan, Step
from .rules import WRITES, Kind, PackRefused
from .sections import sections

LOCK = 0x7A74_7061_636B  # "ztpack": two applications never run at once


@transaction.atomic
def apply(name: str, *, actor: Actor, root: Path | None = None) -> Plan:
    """Make the database say what the pack says, all of it or nothing; a second time changes nothing."""
    require(actor, "packs.apply")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    plan = queries.plan(name, root)
    if plan.is_clean:
        return plan
    for step in plan.of(*WRITES):
        _write(step, actor)
    for step in reversed(plan.of(Kind.ENDED)):
        sections.get(step.section).end(step.entry, pack=step.pack, actor=actor)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    _check_settled(name, root)
    _remember(plan, actor)
    return plan


def _write(step: Step, actor: Actor) -> None:
    section = sections.get(step.section)
    change = section.create if step.kind is Kind.CREATED else section.update
    try:
        change(step.entry, pack=step.pack, actor=actor)
    except Refused as refusal:
        # Not caught but completed: the author must learn which line was refused.
        place = str(step.place) if step.place else step.section
        raise PackRefused(place=place, label=f"{section.title}“{step.label}”", reason=str(refusal)) from refusal


def _check_settled(name: str, root: Path | None) -> None:
    """A section that does not read back what it wrote would change rows at every application: a defect of ours."""
    again = queries.plan(name, root)
    if not again.is_clean:
        restless = [
            f"{step.section} {step.key} ({step.kind}): {[(d.path, d.before, d.after) for d in step.differences][:3]}"
            for step in again.of(*WRITES, Kind.ENDED)
        ]
        raise RuntimeError("applying the pack twice would change rows: " + "; ".join(restless[:10]))


def _remember(plan: Plan, actor: Actor) -> None:
    changes = [
        {
            "section": step.section,
            "key": step.key,
            "kind": step.kind.value,
            "fields": [d.path for d in step.differences],
        }
        for step in plan.of(*WRITES, Kind.ENDED)
    ]
    row = Application.objects.create(
        pack=plan.pack.name,
        version=plan.pack.version,
        applied_at=clock.now(),
        actor=actor.key,
        counts=plan.counts,
        changes=changes,
    )
    record("packs.pack.applied", row, actor=actor, pack=row.pack, version=row.version, counts=plan.counts)
