"""The panel beside a case: exactly what may be done now, who has the work, and by when."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhengtong.foundation.access import Actor, may
from zhengtong.topics.cases import queries as cases

from ..lights import AT_INTAKE, Light, light_of_case
from ..people import WORK
from .deeds import DEEDS, KIND_OF_WORDS, PHRASES, WAYS, Deed


@dataclass(frozen=True)
class Button:
    """One deed as the panel or its page offers it."""

    verb: str
    deed: Deed
    label: str
    lead: str
    path: str
    phrases: tuple[str, ...] = ()
    kind: str = ""

    def asks(self) -> dict[str, bool]:
        return dict.fromkeys(self.deed.asks, True)


@dataclass(frozen=True)
class Work:
    """A task on this case: whose it is, and what I may do with it."""

    task: Any
    words: str
    is_mine: bool
    may_claim: bool


@dataclass(frozen=True)
class Panel:
    """What stands beside the case."""

    doing: list[Button]
    others: list[Button]
    works: list[Work]
    light: Light | None
    taken_before: str
    points: list[Any]
    ways: list[tuple[str, bool]]

    @property
    def is_idle(self) -> bool:
        return not (self.doing or self.others or self.taken_before)

    @property
    def needs(self) -> dict[str, bool]:
        """Which fields stand above the buttons."""
        return {name: True for button in self.doing for name in button.deed.asks}


def button(verb: str, case: Any, actor: Actor) -> Button:
    """The button of a verb on this case, with the ready words of the house and one's own."""
    deed = DEEDS[verb]
    if verb == "request_correction":
        path = reverse("desk-case-correction", args=[case.number])
    else:
        path = reverse("desk-case-act", args=[case.number, verb])
    kind = KIND_OF_WORDS.get(verb, "")
    words = (*PHRASES.get(verb, ()), *(cases.phrases_at_hand(actor, kind) if kind else ()))
    return Button(verb, deed, _words_for(verb, deed, case), _(deed.lead), path, words, kind)


def panel(actor: Actor, page: cases.CasePage, *, points: list[Any] | None = None) -> Panel:
    """From the page as the topic tells it; with the checklist where it is asked for."""
    case = page.case
    offered = [button(verb, case, actor) for verb in DEEDS if verb in page.verbs]
    barred = bool(page.taken_before)
    free = [each for each in offered if not (barred and each.deed.is_separated)]
    return Panel(
        doing=[each for each in free if not each.deed.on_page],
        others=[each for each in free if each.deed.on_page],
        works=[_work(actor, task) for task in page.tasks],
        light=light_of_case(case),
        taken_before=page.taken_before if len(free) < len(offered) else "",
        points=points or [],
        ways=ways_of(page),
    )


def ways_of(page: cases.CasePage) -> list[tuple[str, bool]]:
    """The ways of delivery; the one the applicant asked for comes first and is chosen."""
    answers = {row.text for section in page.form for row in section.rows}
    wished = [way for way in WAYS if way in answers]
    order = [*wished, *(way for way in WAYS if way not in wished)]
    return [(way, way == order[0]) for way in order]


def _words_for(verb: str, deed: Deed, case: Any) -> str:
    """The label in the words of law for the nature of the item."""
    by_nature = {
        ("grant", "permit"): _("准予许可"),
        ("grant", "benefit"): _("准予发放"),
        ("grant", "confirmation"): _("予以确认"),
        ("refuse", "permit"): _("不予许可"),
        ("refuse", "benefit"): _("不予发放"),
        ("refuse", "confirmation"): _("不予确认"),
    }
    if verb == "handle_on_the_spot" and case.status not in AT_INTAKE:
        return _("当场办结")
    return by_nature.get((verb, case.nature)) or _(deed.label)


def _work(actor: Actor, task: Any) -> Work:
    mine = task.holder_id == actor.account_id
    return Work(
        task=task,
        words=_(WORK.get(task.permission, "办理")),
        is_mine=mine,
        may_claim=task.holder_id is None and may(actor, "tasks.claim", task),
    )
