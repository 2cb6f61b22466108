"""What cases plug in elsewhere: whose trail a task writes to, who may read a file, the province's port, sentences."""

from uuid import UUID

from django.db import transaction

from zhengtong.engines.tasks.actions import about
from zhengtong.foundation.access import Actor, system_actor, visible
from zhengtong.foundation.audit.sentences import sentences
from zhengtong.foundation.files.queries import may_read
from zhengtong.foundation.links.actions import call
from zhengtong.foundation.links.ports import Port, ports, simulators
from zhengtong.foundation.links.rules import NeighbourRefused
from zhengtong.foundation.links.simulators import approval_system
from zhengtong.foundation.outbox.jobs import defer, job
from zhengtong.foundation.outbox.relay import subscribe
from zhengtong.foundation.ui.tones import Status as Look
from zhengtong.foundation.ui.tones import Tone, tones
from zhengtong.topics.credentials import queries as credentials
from zhengtong.topics.subjects import queries as subjects

from . import actions, queries
from .events import CaseForwarded
from .models import Case, Material
from .rules import STATES


def _locked_case(case_id: UUID) -> Case:
    return Case.objects.select_for_update(of=("self",)).get(pk=case_id)


def may_read_file(actor: Actor, file_id: UUID) -> bool:
    """A file is read through the cases it belongs to, or the licence it shows.

    The counter that hands over a licence reads it through the case.
    """
    cases = Case.objects.filter(pk__in=Material.objects.filter(file=file_id).values("case"))
    if visible(actor, "cases.view", cases).exists() or credentials.may_read_file(actor, file_id):
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
credentials.acting_for.fill(subjects.acting_for)

for verb, words in {
    "submitted": "提交申请", "receive": "收件", "accept": "受理", "request_correction": "一次性告知补正",
    "answer_correction": "提交补正", "decline": "不予受理", "declare_not_needed": "告知无需办理", "review": "审查",
    "grant": "准予", "refuse": "不予", "note": "备案", "deliver": "送达", "archive": "归档", "withdraw": "撤回申请",
    "take_back": "收回修改",
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
