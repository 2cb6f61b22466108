"""One timeline: where it is, who has it, by when, what comes next."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ..models import Case, Step
from ..rules import AT_INTAKE, ENDED, STATES, Status

WORDS = {
    "receive": "收件", "accept": "受理", "request_correction": "一次性告知补正", "answer_correction": "已提交补正",
    "decline": "不予受理", "declare_not_needed": "告知无需办理", "review": "审查", "grant": "准予", "refuse": "不予",
    "note": "予以备案", "send_back": "退回重审", "deliver": "送达", "archive": "归档", "withdraw": "申请人撤回",
    "forward": "转上级系统办理", "mirror_grant": "上级系统办结", "mirror_refuse": "上级系统未予办理",
}  # fmt: skip
AGAINST = {"decline", "refuse", "mirror_refuse"}


@dataclass(frozen=True)
class Moment:
    """One entry: done (with its time), now, or still to come (with its date where one is promised)."""

    title: str
    state: str
    who: str = ""
    at: datetime | None = None
    by: date | None = None
    note: str = ""


def timeline(case: Case, item: Any, steps: list[Step]) -> list[Moment]:
    """What has happened and what is ahead, in order."""
    moments = [Moment("提交申请", "done", at=case.submitted_at)]
    for step in steps:
        name = next((s.name for s in item.steps if s.key == step.key), WORDS.get(step.verb, step.verb))
        title = name if step.verb == "review" else WORDS.get(step.verb, step.verb)
        who = step.organisation.short_name if step.organisation else ""
        state = "refused" if step.verb in AGAINST else "done"
        moments.append(Moment(title, state, who, step.at, note=step.opinion if step.verb in AGAINST else ""))
    if case.status not in ENDED:
        moments.extend(_ahead(case, item))
    return moments


def _ahead(case: Case, item: Any) -> list[Moment]:
    acceptor, department = case.acceptor.short_name, case.department.short_name
    due = case.promised_due or case.statutory_due
    if case.status == Status.CORRECTION_REQUESTED:
        return [Moment("等待您补正", "now"), Moment("受理", "ahead", acceptor), Moment("决定", "ahead", department)]
    if case.status == Status.FORWARDED:
        return [Moment(case.elsewhere_status or STATES[case.status], "now", case.elsewhere_system)]
    moments = []
    if case.status in AT_INTAKE:
        moments.append(Moment("受理", "now", acceptor, by=case.accept_due))
    remaining = _steps_after(item, case.step)
    if not remaining:
        remaining = [item.result_name or "决定"]
    for index, name in enumerate(remaining):
        state = "now" if case.status not in AT_INTAKE and index == 0 else "ahead"
        moments.append(Moment(name, state, department, by=due if index == len(remaining) - 1 else None))
    return moments


def _steps_after(item: Any, current: str) -> list[str]:
    keys = [step.key for step in item.steps]
    start = keys.index(current) + 1 if current in keys else 0
    return [step.name for step in item.steps[start:]]
