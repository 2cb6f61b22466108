"""What cases plug in elsewhere: whose trail a task writes to, who may read a file, sentences."""

from uuid import UUID

from zhengtong.engines.tasks.actions import about
from zhengtong.foundation.access import Actor, visible
from zhengtong.foundation.audit.sentences import sentences
from zhengtong.foundation.files.queries import may_read
from zhengtong.foundation.ui.tones import Status as Look
from zhengtong.foundation.ui.tones import Tone, tones

from .models import Case, Material
from .rules import STATES


def _locked_case(case_id: UUID) -> Case:
    return Case.objects.select_for_update(of=("self",)).get(pk=case_id)


def may_read_file(actor: Actor, file_id: UUID) -> bool:
    """A file is read through the cases it belongs to."""
    cases = Material.objects.filter(file=file_id).values("case")
    return visible(actor, "cases.view", Case.objects.filter(pk__in=cases)).exists()


about.add("cases", _locked_case)
may_read.fill(may_read_file)

for verb, words in {
    "submitted": "提交申请", "receive": "收件", "accept": "受理", "request_correction": "一次性告知补正",
    "answer_correction": "提交补正", "decline": "不予受理", "declare_not_needed": "告知无需办理", "review": "审查",
    "grant": "准予", "refuse": "不予", "note": "备案", "deliver": "送达", "archive": "归档", "withdraw": "撤回申请",
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
