"""What a reviewer has beside the case itself: gaps, checklist, earlier versions, what changed, ready words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from zhengtong.foundation.access import Actor, may, visible
from zhengtong.foundation.params import queries as params
from zhengtong.topics.items import queries as items

from .. import rules
from ..models import Case, Finding, Gap, Phrase
from ..rules import Merged
from .answers import unseal_answers
from .page import CasePage

PHRASES, KEPT_SECONDS = "cases.phrases", 300
KINDS = ("opinion", "decision", "gap", "refusal")


@dataclass(frozen=True)
class Point:
    """A point of the checklist and what was found on it so far."""

    text: str
    verdict: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Change:
    """An answer before and after a correction."""

    section: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Correction:
    """One correction that was answered, and the answers it changed."""

    number: str
    answered_at: Any
    changes: list[Change]


def gaps_of(case: Case) -> list[Gap]:
    """Found and neither told nor taken back, in the order in which they were found."""
    rows = Gap.objects.filter(case=case, notice=None, dropped_at=None).select_related("organisation")
    return list(rows.order_by("id"))


def merged(gaps: list[Gap]) -> list[Merged]:
    """One line for each thing, said once, with all who found it."""
    return rules.merged_gaps(gaps)


def may_note_gaps(actor: Actor, case: Case) -> bool:
    """Whether the actor may put a gap beside those of the others now."""
    return case.status in rules.NOTED_AT and may(actor, "cases.note_gap", case)


def findings_of(case: Case) -> list[Finding]:
    """What was found at every step, in order; after the decision nothing of it changes any more."""
    key = f"cases.findings.{case.pk}"
    found: list[Finding] | None = cache.get(key) if case.decided_at else None
    if found is None:
        found = list(Finding.objects.filter(case=case).order_by("id"))
        if case.decided_at:
            cache.set(key, found, KEPT_SECONDS)
    return found


def points_of(case: Case) -> tuple[str, ...]:
    """The points of review of the case's item."""
    return items.version(case.item_version_id).points


def checklist(page: CasePage, findings: list[Finding]) -> list[Point]:
    """The points of the item with what was found at the step under way."""
    step = rules.next_step(page.item.steps, page.case.step)
    known = {row.point: row for row in findings if step and row.step == step.key}
    return [
        Point(point, known[point].verdict, known[point].remark) if point in known else Point(point)
        for point in page.item.points
    ]


def corrections_of(page: CasePage) -> list[Correction]:
    """Each answered correction with the answers it changed, the latest first."""
    answered = [notice for notice in page.notices if notice.kind == "correction" and notice.form_before is not None]
    after: list[Any] = [*(notice.form_before for notice in answered[1:]), page.case.form]
    found = [
        Correction(notice.number, notice.answered_at, _changes(page.item.form, notice.form_before, later))
        for notice, later in zip(answered, after, strict=False)
    ]
    return found[::-1]


def _changes(form: Any, before: Any, after: Mapping[str, Any]) -> list[Change]:
    old, new = (unseal_answers(form, stored) for stored in (before, after))
    plain = [_rows(form, answers, mask=False) for answers in (old, new)]
    shown = [_rows(form, answers, mask=True) for answers in (old, new)]
    paths = dict.fromkeys([*plain[1], *plain[0]])
    return [
        Change(*(shown[1].get(path) or shown[0][path])[:2], *(rows[path][2] if path in rows else "" for rows in shown))
        for path in paths
        if plain[0].get(path) != plain[1].get(path)
    ]


def _rows(form: Any, answers: Mapping[str, Any], *, mask: bool) -> dict[str, tuple[str, str, str]]:
    return {
        row.path: (section.title, f"{row.group} {row.label}".strip(), str(row.text))
        for section in form.display(answers, mask=mask, names={})
        for row in section.rows
    }


def house_phrases(kind: str) -> tuple[str, ...]:
    """Ready words of the house for opinions, gaps or refusals."""
    return tuple(params.parameter(PHRASES).value.get(kind, ()))


def my_phrases(actor: Actor) -> list[Phrase]:
    """The actor's own, of all kinds, oldest first."""
    return list(visible(actor, "cases.phrase", Phrase.objects.all()).order_by("id")) if actor.account_id else []


def phrases_at_hand(actor: Actor, kind: str) -> tuple[str, ...]:
    """Words of the house and one's own, for the pages on which they are used; kept for minutes."""
    key = f"{PHRASES}.{actor.account_id}"
    mine: list[tuple[str, str]] | None = cache.get(key)
    if mine is None:
        mine = [(one.kind, one.text) for one in my_phrases(actor)]
        cache.set(key, mine, KEPT_SECONDS)
    return (*house_phrases(kind), *(text for own, text in mine if own == kind))
