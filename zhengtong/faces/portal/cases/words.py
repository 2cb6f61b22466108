"""Where a case is, in the words an applicant understands: who has it, by when, what comes next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from zhengtong.engines.deadlines import queries as calendars
from zhengtong.engines.deadlines.rules import working_days_between
from zhengtong.foundation import clock
from zhengtong.foundation.refusals import N_
from zhengtong.foundation.ui import TimelineStep
from zhengtong.foundation.ui.formats import day, duration
from zhengtong.topics.cases import queries as cases

AT_INTAKE = ("submitted", "received")
RUNNING = ("accepted", "in_review")
STATES: Mapping[str, Any] = {"done": "done", "now": "current", "ahead": "future", "refused": "refused"}
NEXT: Mapping[str, str] = {
    "submitted": N_("窗口会在 {day} 前告诉您是否受理；材料有问题，一次说清楚。"),
    "received": N_("窗口会在 {day} 前告诉您是否受理；材料有问题，一次说清楚。"),
    "correction_requested": N_("请补交告知书里列出的内容，补好后继续办理。"),
    "accepted": N_("{who}正在办理，承诺 {day} 前办结。"),
    "in_review": N_("{who}正在办理，承诺 {day} 前办结。"),
    "forwarded": N_("已转到{system}办理，结果会同步到这里。"),
    "granted": N_("已经办成，可以查看和领取结果。"),
    "noted": N_("备案已经办好，备案编号可以随时查看。"),
    "refused": N_("没有批准，理由和救济办法写在决定书里。"),
    "declined": N_("没有受理，理由写在通知书里。"),
    "not_needed": N_("经核对，您不需要办理这一事项。"),
    "withdrawn": N_("您已撤回申请，这件办件不再办理。"),
    "delivered": N_("结果已经送达。"),
    "archived": N_("已办结归档。"),
    "granted_elsewhere": N_("上级系统已经办结。"),
    "refused_elsewhere": N_("上级系统没有办理，请查看说明。"),
}


@dataclass(frozen=True)
class Now:
    """One case as it stands: `light` is what the deadline component shows, empty where no clock runs."""

    case: Any
    status: str
    next: str
    due: date | None = None
    left: int | None = None
    light: str = ""
    is_provisional: bool = False
    is_mine_to_do: bool = False


def now_of(case: Any) -> Now:
    """From the row alone, without a query."""
    due = due_of(case)
    left = working_days_left(due) if due else None
    return Now(
        case=case,
        status=f"cases.{case.status}",
        next=next_words(case, due),
        due=due,
        left=left,
        light=light_of(due, left) if due else "",
        is_provisional=case.due_provisional and case.status not in AT_INTAKE,
        is_mine_to_do=case.status == "correction_requested",
    )


def due_of(case: Any) -> date | None:
    """The day to which somebody owes the applicant an answer."""
    found: date | None = None
    if case.status in AT_INTAKE:
        found = case.accept_due
    elif case.status in RUNNING:
        found = case.promised_due or case.statutory_due
    return found


def working_days_left(due: date) -> int | None:
    """Working days still to come, today not among them, negative when it is over.

    None where it is over since a rest day: neither due today nor a working day late.
    """
    left = working_days_between(clock.today(), due, calendars.calendar())
    return None if left == 0 and clock.today() > due else left


def light_of(due: date, left: int | None) -> str:
    """Green while there is time, yellow on the last day, red when it is over."""
    if clock.today() > due:
        return "red"
    return "yellow" if left == 0 else "green"


def next_words(case: Any, due: date | None) -> str:
    """One sentence: what happens now, or what the applicant is to do."""
    sentence = NEXT.get(case.status, "")
    if case.status in RUNNING and due is None:
        sentence = N_("{who}正在办理，有结果会马上通知您。")
    if case.status in ("delivered", "archived") and case.decided_at:
        sentence = N_("已经办成，结果可以随时查看。") if case.result_name else NEXT["refused"]
    return _(sentence).format(who=case.department.short_name, day=day(due), system=case.elsewhere_system)


def after_words(case: Any, item: Any) -> str:
    """What follows the step under way."""
    limit = item.promised_limit or item.statutory_limit
    told = {
        "who": case.department.short_name,
        "system": case.elsewhere_system,
        "limit": duration(limit),
        "result": item.result_name,
    }
    if case.status == "correction_requested":
        sentence = _("您补好以后，窗口接着核对，告诉您是否受理。")
    elif case.status == "forwarded":
        sentence = _("{system}办结以后，结果同步到这里。")
    elif case.status in RUNNING:
        sentence = _("办好以后可以领取：{result}。")
    elif case.status not in AT_INTAKE:
        sentence = ""
    elif not item.is_decided_here:
        sentence = _("材料齐全，就转到{system}办理。")
    elif item.is_on_the_spot:
        sentence = _("材料齐全，当场办结。")
    else:
        sentence = _("受理以后，{who}在 {limit}内办结。") if told["limit"] else _("受理以后，由{who}办理。")
    return sentence.format(**told)


def steps_of(moments: Iterable[Any], case: Any, item: Any) -> list[TimelineStep]:
    """The topic's timeline as the component shows it; the current step says what comes next."""
    after = after_words(case, item)
    is_provisional = case.due_provisional and case.status not in AT_INTAKE
    return [
        TimelineStep(
            title=_(moment.title),
            state=STATES[moment.state],
            at=moment.at,
            due=moment.by,
            where=moment.who,
            note=moment.note,
            next=after if moment.state == "now" else "",
            is_provisional=bool(is_provisional and moment.by),
        )
        for moment in moments
    ]


def outcome_of(case: Any, notices: Iterable[Any]) -> dict[str, Any]:
    """What the case came to, and where an adverse outcome may be taken."""
    kinds = {notice.kind: notice for notice in notices}
    against = kinds.get("refused") or kinds.get("declined")
    granted = kinds.get("granted") or kinds.get("noted")
    remedy = ""
    if against and against.body.get("remedy"):
        title = cases.notice_title(case.nature, against.kind)
        remedy = cases.remedy_words(against.body["remedy"], title[-3:], against.issued_at)
    return {"granted": granted, "against": against, "remedy": remedy}
