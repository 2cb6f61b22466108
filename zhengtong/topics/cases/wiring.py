"""What cases plug in elsewhere: whose trail a task writes to, who may read a file, the province's port, sentences."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from zhengtong.engines.notices import actions as notices
from zhengtong.engines.notices.rules import ACCOUNT, Fact, Happening, happenings
from zhengtong.engines.papers.rules import plain_date
from zhengtong.engines.tasks import queries as tasks
from zhengtong.engines.tasks.actions import about
from zhengtong.engines.tasks.events import TaskHandedOver
from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, system_actor, visible
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.audit.sentences import sentences
from zhengtong.foundation.files.queries import may_read
from zhengtong.foundation.links.actions import call
from zhengtong.foundation.links.ports import Port, ports, simulators
from zhengtong.foundation.links.rules import NeighbourRefused
from zhengtong.foundation.links.simulators import approval_system
from zhengtong.foundation.outbox.jobs import defer, job
from zhengtong.foundation.outbox.relay import subscribe, subscribe_to_many
from zhengtong.foundation.refusals import N_
from zhengtong.foundation.ui.tones import Status as Look
from zhengtong.foundation.ui.tones import Tone, tones
from zhengtong.topics.credentials import queries as credentials
from zhengtong.topics.credentials.events import CredentialIssued
from zhengtong.topics.materials import actions as materials
from zhengtong.topics.materials import queries as stored
from zhengtong.topics.subjects import queries as subjects

from . import actions, queries
from .events import CaseAccepted, CaseEnded, CaseForwarded, CaseReceived, CaseSubmitted, CorrectionRequested
from .models import Case, Material
from .rules import STAFFED, STATES


def _locked_case(case_id: UUID) -> Case:
    return Case.objects.select_for_update(of=("self",)).get(pk=case_id)


def may_read_file(actor: Actor, file_id: UUID) -> bool:
    """A file is read through the cases it belongs to, or the licence it shows.

    The counter that hands over a licence reads it through the case.
    """
    cases = Case.objects.filter(pk__in=Material.objects.filter(file=file_id).values("case"))
    if visible(actor, "cases.view", cases).exists() or credentials.may_read_file(actor, file_id):
        return True
    if stored.may_read_file(actor, file_id) or subjects.may_read_file(actor, file_id):
        return True
    number = credentials.case_of_file(file_id) if actor.is_staff else ""
    return bool(number) and visible(actor, "cases.view", Case.objects.filter(number=number)).exists()


PROVINCE = "provincial-approval"
MIRROR = system_actor("provincial-mirror", "cases.mirror", "links.call")


def _on_forwarded(event: CaseForwarded) -> None:
    defer("cases.hand_over", case_id=event.case_id)


@job("cases.hand_over")
def hand_over(case_id: str) -> None:
    """Give a forwarded case to the province and keep its number there; again is harmless, the key is our number."""
    case = queries.forwarded_case(UUID(case_id))
    if case is None or case.elsewhere_number:
        return
    content = queries.for_the_province(case)
    told = call(
        PROVINCE, "POST", "/cases", operation="hand_over", about=f"case:{case.pk}", content=content, actor=MIRROR
    )
    actions.hand_over_forwarded(case.pk, number=told["number"], status=told["status"], actor=MIRROR)


@job("cases.mirror", every="* * * * *")
def mirror(timestamp: int) -> None:
    """Ask the province after every case it has; what it says is repeated here."""
    for case in queries.cases_at_the_province():
        path = f"/cases/{case.elsewhere_number}"
        try:
            told = call(PROVINCE, "GET", path, operation="status", about=f"case:{case.pk}", actor=MIRROR)
        except NeighbourRefused:
            continue  # the exchange says why; the other cases are asked after all the same
        with transaction.atomic():
            actions.mirror_status(
                case.pk, status=told["status"], outcome=told.get("outcome", ""),
                result_number=told.get("result_number", ""), actor=MIRROR,
            )  # fmt: skip


simulators.add(PROVINCE, approval_system)
ports.add(PROVINCE, Port(PROVINCE, "省级审批系统", "ZHENGTONG_PORT_PROVINCE"))
subscribe(CaseForwarded, _on_forwarded, name="cases.hand_over")
about.add("cases", _locked_case)
may_read.fill(may_read_file)
credentials.acting_for.fill(subjects.standing_for)
stored.standing_for.fill(subjects.standing_for)
stored.acting_for.fill(subjects.acting_for)


def _identity_of(subject_id: UUID) -> stored.Identity | None:
    known = subjects.subject_of_id(subject_id)
    return stored.Identity(known.name, known.id_type, known.id_number) if known else None


stored.identity_of.fill(_identity_of)
KEEPER = system_actor("material-keeper", "materials.take_in")


def keep_materials(events: Sequence[Any]) -> None:
    """What came with a case is kept in the applicant's store; what the counter found about it is noted there."""
    papers = queries.papers_to_store([UUID(event.case_id) for event in events])
    materials.take_in([materials.Paper(**paper) for paper in papers], actor=KEEPER)


for heard in (CaseSubmitted, CorrectionRequested, CaseAccepted):
    subscribe_to_many(heard, keep_materials, name=f"materials.{heard.__name__}")

for verb, words in {
    "submitted": "提交申请", "receive": "收件", "accept": "受理", "request_correction": "一次性告知补正",
    "answer_correction": "提交补正", "decline": "不予受理", "declare_not_needed": "告知无需办理", "review": "审查",
    "grant": "准予", "refuse": "不予", "note": "备案", "deliver": "送达", "archive": "归档", "withdraw": "撤回申请",
    "take_back": "收回修改", "send_back": "退回重审", "gap_noted": "记录缺漏", "gap_dropped": "撤销缺漏",
    "checked": "核对要点", "revealed": "查看遮盖的内容", "elsewhere_entered": "登记业务系统编号",
    "forward": "转上级系统", "taken_elsewhere": "上级系统已接收", "mirrored": "同步上级系统状态",
    "mirror_grant": "上级系统办结", "mirror_refuse": "上级系统未予办理",
}.items():  # fmt: skip
    sentences.add(f"cases.case.{verb}", words)

LOOKS = {
    "submitted": (Tone.INFO, "send"), "received": (Tone.INFO, "inbox"),
    "correction_requested": (Tone.WARNING, "arrow-back-up"), "declined": (Tone.DANGER, "ban"),
    "not_needed": (Tone.NEUTRAL, "info-circle"), "accepted": (Tone.PRIMARY, "circle-check"),
    "in_review": (Tone.PRIMARY, "progress"), "granted": (Tone.SUCCESS, "rubber-stamp"),
    "refused": (Tone.DANGER, "ban"), "noted": (Tone.SUCCESS, "clipboard-check"),
    "delivered": (Tone.SUCCESS, "circle-check"), "archived": (Tone.NEUTRAL, "archive"),
    "withdrawn": (Tone.NEUTRAL, "minus"), "forwarded": (Tone.INFO, "external-link"),
    "granted_elsewhere": (Tone.SUCCESS, "circle-check"), "refused_elsewhere": (Tone.DANGER, "ban"),
}  # fmt: skip
for state, (tone, icon) in LOOKS.items():
    tones.add(f"cases.{state}", Look(STATES[state], tone, icon))


# -- telling people ----------------------------------------------------------------------------------------------------

TELLER = system_actor("case-teller", "notices.make")
NUMBER, ITEM = Fact(N_("办件编号"), "2611220000018"), Fact(N_("事项名称"), "食品经营许可")
ABOUT_A_CASE = {
    "number": NUMBER, "item": ITEM, "organ": Fact(N_("办理部门"), "区市场监管局"),
    "status_address": Fact(N_("进度查询地址"), "https://zwfw.example.gov.cn/t/2611220000018"),
}  # fmt: skip
DUE = {"due": Fact(N_("期限的最后一天"), "2026年12月3日")}
for code, title, more in (
    ("submitted", N_("申请已提交"), {}),
    ("received", N_("窗口已收件"), {}),
    ("accepted", N_("已受理"), DUE),
    ("correction_requested", N_("需要补正"), DUE),
    ("declined", N_("不予受理"), {}),
    ("not_needed", N_("无需办理"), {}),
    ("granted", N_("已办结，准予"), {"result": Fact(N_("结果名称"), "食品经营许可证")}),
    ("refused", N_("已办结，不予"), {}),
    ("withdrawn", N_("申请已撤回"), {}),
    ("forwarded", N_("已转上级系统"), {"system": Fact(N_("上级系统"), "省级审批系统")}),
    ("licence_ready", N_("电子证照已生成"), {"result": Fact(N_("证照名称"), "食品经营许可证")}),
):
    happenings.add(f"cases.{code}", Happening(f"cases.{code}", title, {**ABOUT_A_CASE, **more}))
happenings.add(
    "tasks.handed_over",
    Happening("tasks.handed_over", N_("同事转交了工作"), {"number": NUMBER, "item": ITEM,
              "by": Fact(N_("转交的同事"), "周敏"), **DUE}, is_for_staff=True),
)  # fmt: skip
happenings.add(
    "tasks.due_today",
    Happening("tasks.due_today", N_("今天到期的工作"), {"count": Fact(N_("件数"), "3")}, is_for_staff=True),
)
OUTCOMES = {
    "granted": "granted", "noted": "granted", "granted_elsewhere": "granted", "refused": "refused",
    "refused_elsewhere": "refused", "declined": "declined", "not_needed": "not_needed", "withdrawn": "withdrawn",
}  # fmt: skip


def _people(who: Iterable[queries.Contact]) -> tuple[notices.Addressee, ...]:
    return tuple(notices.Addressee(one.id, one.name, phone=one.phone, has_account=one.has_account) for one in who)


def _hearing(about: Callable[[Any, Case], tuple[str, datetime | None]]) -> Callable[[Sequence[Any]], None]:
    """A handler of sets of events: what each of them means for the applicant of its case, and since when."""

    def hear(events: Sequence[Any]) -> None:
        known = queries.cases_to_tell(UUID(event.case_id) for event in events)
        people = queries.people_to_tell(known.values())
        told = []
        for event in events:
            case = known.get(UUID(event.case_id))
            happening, at = about(event, case) if case else ("", None)
            if case and happening and at:
                told.append(notices.Telling(f"cases.{happening}", str(case.pk), at, _people(people[case.pk]),
                                            queries.told_facts(case), case.number))  # fmt: skip
        notices.make_messages(told, actor=TELLER)

    return hear


def _submitted(event: CaseSubmitted, case: Case) -> tuple[str, datetime | None]:
    """Over a counter the papers are there at once."""
    return ("received", case.received_at) if event.channel in STAFFED else ("submitted", case.submitted_at)


def _accepted(event: CaseAccepted, case: Case) -> tuple[str, datetime | None]:
    """Whoever hears of the decision within the hour is not told of the acceptance before it."""
    at = case.accepted_at
    is_decided = bool(at and case.decided_at and case.decided_at - at < timedelta(hours=1))
    return ("", None) if is_decided else ("accepted", at)


def _ended(event: CaseEnded, case: Case) -> tuple[str, datetime | None]:
    return OUTCOMES.get(event.outcome, ""), datetime.fromisoformat(event.ended_at)


def tell_corrections(events: Sequence[CorrectionRequested]) -> None:
    """What is missing can be read in the case; the message says until when it may be handed in."""
    known = queries.cases_to_tell(UUID(event.case_id) for event in events)
    people = queries.people_to_tell(known.values())
    told = []
    for pk, notice, at, due in queries.corrections_to_tell(known):
        facts = queries.told_facts(known[pk]) | {"due": plain_date(due) if due else ""}
        told.append(notices.Telling("cases.correction_requested", notice, at, _people(people[pk]), facts,
                                    known[pk].number, last_day=due))  # fmt: skip
    notices.make_messages(told, actor=TELLER)


def tell_licences(events: Sequence[CredentialIssued]) -> None:
    """The licence lies in the applicant's own folder."""
    known = queries.cases_by_number(event.case_number for event in events)
    people = queries.people_to_tell(known.values())
    told = [
        notices.Telling("cases.licence_ready", event.credential_id, case.decided_at or clock.now(),
                        _people(people[case.pk]), queries.told_facts(case), case.number)
        for event in events
        if (case := known.get(event.case_number))
    ]  # fmt: skip
    notices.make_messages(told, actor=TELLER)


def tell_handed_over(event: TaskHandedOver) -> None:
    """A colleague's work is mine now."""
    who = accounts.account_by_id(UUID(event.to))
    due = plain_date(date.fromisoformat(event.due)) if event.due else N_("没有期限")
    facts = {"number": event.number, "item": event.title, "by": event.by, "due": due}
    told = notices.Telling(
        "tasks.handed_over", f"{event.task_id}@{event.at}", datetime.fromisoformat(event.at),
        (notices.Addressee(who.pk, who.name, kind=ACCOUNT),), facts, event.number, path=f"/desk/cases/{event.number}/",
    )  # fmt: skip
    notices.make_messages([told], actor=TELLER)


@job("cases.tell_due", every="5 0 * * 1-6")
def tell_due(timestamp: int = 0) -> None:
    """Each morning at five past eight: how much of my work is due today, or was before."""
    day, told = clock.today(), []
    waiting = tasks.due_tasks(day)
    staff = {row["holder"]: accounts.account_by_id(row["holder"]) for row in waiting if row["holder"]}
    for permission, organisation in {(row["permission"], row["organisation"]) for row in waiting if not row["holder"]}:
        staff |= {who.pk: who for who in accounts.holders_with(permission, organisation)}
    for who in staff.values():
        mine = tasks.tasks_for(accounts.actor_for(who)).filter(Q(holder=None) | Q(holder=who.pk), due__lte=day)
        if count := mine.order_by().count():
            told.append(notices.Telling(
                "tasks.due_today", day.isoformat(), clock.now(), (notices.Addressee(who.pk, who.name, kind=ACCOUNT),),
                {"count": str(count)}, path="/desk/",
            ))  # fmt: skip
    notices.make_messages(told, actor=TELLER)


subscribe_to_many(CaseSubmitted, _hearing(_submitted), name="cases.tell_submitted")
subscribe_to_many(CaseReceived, _hearing(lambda _, case: ("received", case.received_at)), name="cases.tell_received")
subscribe_to_many(CaseAccepted, _hearing(_accepted), name="cases.tell_accepted")
subscribe_to_many(CaseForwarded, _hearing(lambda _, case: ("forwarded", clock.now())), name="cases.tell_forwarded")
subscribe_to_many(CaseEnded, _hearing(_ended), name="cases.tell_ended")
subscribe_to_many(CorrectionRequested, tell_corrections, name="cases.tell_corrections")
subscribe_to_many(CredentialIssued, tell_licences, name="cases.tell_licences")
subscribe(TaskHandedOver, tell_handed_over, name="cases.tell_handed_over")
