"""Hears what happens to cases; sentences of the trail; looks of the states."""

from zhengtong.foundation.access import system_actor
from zhengtong.foundation.audit.sentences import sentences
from zhengtong.foundation.outbox.relay import subscribe
from zhengtong.foundation.refusals import N_
from zhengtong.foundation.ui.tones import Status, Tone, tones
from zhengtong.topics.cases.events import CaseAccepted, CaseDelivered, CaseEnded

from . import actions

OPENER = system_actor("deliveries", "deliveries.open", "cases.view")
DECIDED = ("granted", "refused", "noted")


def keep_file(event: CaseAccepted) -> None:
    """A case was accepted: its paper file has a holder from now on."""
    actions.open_file(event.number, actor=OPENER)


def await_result(event: CaseEnded) -> None:
    """A case was decided: its result has to reach the applicant."""
    if event.outcome in DECIDED:
        actions.open_delivery(event.number, actor=OPENER)


def close(event: CaseDelivered) -> None:
    """Delivered by whatever way: nothing waits at the window any more."""
    actions.close_delivery(event.number, way=event.way, actor=OPENER)


subscribe(CaseAccepted, keep_file, name="deliveries.keep_file")
subscribe(CaseEnded, await_result, name="deliveries.await_result")
subscribe(CaseDelivered, close, name="deliveries.close")

for verb, words in {
    "piece.opened": "建立纸质案卷", "piece.made": "作出结果，等待送达",
    "piece.taken": "收下原件", "piece.returned": "退还原件",
    "piece.sent": "交出，等待签收",
    "piece.signed_for": "签收", "piece.not_taken": "未接收，退回交出人", "piece.issued": "发放",
    "slip.made": "开出交接单", "slip.signed": "签字", "delivery.opened": "等待出件", "delivery.ready": "结果到出件窗口",
    "delivery.issued": "发放结果，签字领取", "delivery.posted": "邮寄结果", "delivery.closed": "已由其他方式送达",
    "day.closed": "日结签字",
}.items():  # fmt: skip
    sentences.add(f"deliveries.{verb}", words)

for state, look in {
    "held": Status(N_("在手里"), Tone.NEUTRAL, "folder-open"),
    "moving": Status(N_("交接中"), Tone.WARNING, "arrow-right"),
    "waiting": Status(N_("等待签收"), Tone.WARNING, "hourglass"),
    "signed": Status(N_("已签收"), Tone.SUCCESS, "circle-check"),
    "taken": Status(N_("已签收"), Tone.SUCCESS, "circle-check"),
    "refused": Status(N_("未接收"), Tone.DANGER, "ban"),
    "awaited": Status(N_("等待部门交回"), Tone.NEUTRAL, "hourglass"),
    "ready": Status(N_("可以领取"), Tone.PRIMARY, "inbox"),
    "late": Status(N_("逾期未取，待提醒"), Tone.WARNING, "alert-triangle"),
    "issued": Status(N_("已发放"), Tone.SUCCESS, "circle-check"),
}.items():
    tones.add(f"deliveries.{state}", look)
