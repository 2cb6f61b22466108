"""Everything one page about one case needs, in a fixed number of queries."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.cache import cache

from zhengtong.engines.forms import queries as forms
from zhengtong.engines.tasks import queries as tasks
from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, may, visible
from zhengtong.foundation.params import queries as params
from zhengtong.foundation.refusals import NotFound
from zhengtong.topics.items import queries as items

from ..models import Case, Material, Notice, Step
from ..rules import AT_INTAKE, FLOW, SEPARATED, Status, may_be_taken_back, next_step
from .answers import unseal_answers
from .timeline import Moment, timeline

VERBS = {
    "receive": "cases.receive", "accept": "cases.accept", "forward": "cases.accept",
    "request_correction": "cases.correct", "decline": "cases.decline", "declare_not_needed": "cases.decline",
    "review": "cases.review", "send_back": "cases.decide", "grant": "cases.decide", "refuse": "cases.decide",
    "note": "cases.decide",
    "deliver": "cases.deliver", "archive": "cases.archive", "withdraw": "cases.withdraw",
    "answer_correction": "cases.answer_correction",
}  # fmt: skip
PLACES, KEPT_SECONDS = "cases.place_names", 300


@dataclass(frozen=True)
class MaterialLine:
    """A material as the page shows it."""

    code: str
    name: str
    state: str
    on_paper: bool
    file_id: UUID | None
    file_name: str
    file_size: int
    fault: str = ""
    reference: str = ""
    file_kind: str = ""
    id: UUID | None = None
    provided_at: datetime | None = None
    file: Any = None
    earlier: tuple["MaterialLine", ...] = ()


@dataclass(frozen=True)
class CasePage:
    """One case in full, as this actor may see it."""

    case: Case
    item: Any
    form: list[Any]
    materials: list[MaterialLine]
    steps: list[Step]
    notices: list[Notice]
    moments: list[Moment]
    tasks: list[Any]
    verbs: frozenset[str]
    correction: Notice | None
    taken_before: str


def case_page(actor: Actor, case: Case) -> CasePage:
    """Read a case that `case_for` has found within the actor's scope; personal numbers are masked."""
    item = items.version(case.item_version_id)
    materials = list(Material.objects.filter(case=case).select_related("file").order_by("id"))
    steps = list(Step.objects.filter(case=case).select_related("organisation").order_by("id"))
    notices = list(Notice.objects.filter(case=case).order_by("issued_at"))
    answers = unseal_answers(item.form, case.form)
    return CasePage(
        case=case,
        item=item,
        form=item.form.display(answers, mask=True, names=_place_names(item)),
        materials=_lines(materials),
        steps=steps,
        notices=notices,
        moments=timeline(case, item, steps),
        tasks=tasks.open_tasks_about(case.pk) if actor.is_staff else [],
        verbs=what_i_may_do(actor, case, item),
        correction=next((n for n in reversed(notices) if n.kind == "correction" and n.answered_at is None), None),
        taken_before=_taken_before(actor, item, case, steps),
    )


def take_back_until(actor: Actor, case: Case) -> datetime | None:
    """Up to when the actor may make the case a draft again; None where he may not any more."""
    now = clock.now()
    minutes = params.integer("cases.take_back_minutes", on=now.date())
    fresh = may_be_taken_back(case.status, case.submitted_at, minutes=minutes, now=now)
    return case.submitted_at + timedelta(minutes=minutes) if fresh and may(actor, "cases.take_back", case) else None


def _place_names(item: Any) -> dict[str, str]:
    if not any(getattr(part, "widget", "") == "division_picker" for part in item.form.parts.values()):
        return {}
    names: dict[str, str] | None = cache.get(PLACES)
    if names is None:
        names = forms.division_names()
        cache.set(PLACES, names, KEPT_SECONDS)
    return names


def _taken_before(actor: Actor, item: Any, case: Case, steps: list[Step]) -> str:
    """The earlier step by which the actor is barred from the next ones (受审分离); empty where he is not.

    The same step, sent back, may be reviewed by the same hand.
    """
    following = next_step(item.steps, case.step)
    again = ("review", following.key if following else "")
    taken = (step for step in steps if step.verb in SEPARATED and (step.verb, step.key) != again)
    mine = (SEPARATED[step.verb] for step in taken if step.actor == actor.key)
    return next(mine, "") if item.separate else ""


def what_i_may_do(actor: Actor, case: Case, item: Any) -> frozenset[str]:
    """The buttons: possible from here, allowed to me, and meant for this item."""
    verbs = {
        row.verb for row in FLOW.verbs_from(case.status) if row.verb in VERBS and may(actor, VERBS[row.verb], case)
    }
    if item.is_decided_here:
        verbs.discard("forward")
    else:
        verbs -= {"accept", "review", "send_back", "grant", "refuse", "note"}
    verbs -= {"grant", "refuse"} if item.is_filing else {"note"}
    if case.status in (Status.ACCEPTED, Status.IN_REVIEW):
        step = next_step(item.steps, case.step)
        wanted = step.permission if step else "cases.decide"
        verbs -= {"review"} if wanted == "cases.decide" else {"send_back", "grant", "refuse", "note"}
        verbs -= set() if case.step else {"send_back"}
    at_first = case.status in AT_INTAKE or (case.status == Status.ACCEPTED and not case.step)
    if item.is_on_the_spot and item.is_decided_here and at_first and may(actor, "cases.handle_on_the_spot", case):
        verbs.add("handle_on_the_spot")
    return frozenset(verbs)


def _lines(materials: list[Material]) -> list[MaterialLine]:
    """What counts now, each with the versions it replaced, the latest of them first."""
    earlier: dict[str, list[MaterialLine]] = {}
    for material in materials:
        if material.replaced_at is not None:
            earlier.setdefault(material.code, []).insert(0, _line(material))
    now = (_line(material) for material in materials if material.replaced_at is None)
    return [replace(line, earlier=tuple(earlier.get(line.code, ()))) for line in now]


def _line(material: Material) -> MaterialLine:
    file = material.file
    return MaterialLine(
        code=material.code,
        name=material.name,
        state=material.state,
        on_paper=material.taken_as == "paper",
        file_id=file.pk if file else None,
        file_name=file.name if file else "",
        file_size=file.size if file else 0,
        fault=material.fault,
        reference=material.reference,
        file_kind=file.kind if file else "",
        id=material.pk,
        provided_at=material.provided_at,
        file=file,
    )


def notice_for(actor: Actor, case: Case, kind: str) -> Notice:
    """The latest paper of a kind on a case within the actor's scope."""
    visible(actor, "cases.view", Case.objects.all()).only("pk").get(pk=case.pk)
    found = Notice.objects.filter(case=case, kind=kind).order_by("-issued_at").first()
    if found is None:
        raise NotFound
    return found
