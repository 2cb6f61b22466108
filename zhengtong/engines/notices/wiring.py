"""The pack section, the carriers' ports and simulators, the jobs that send and ask, sentences of the trail."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from typing import Any

from zhengtong.foundation.access import system_actor
from zhengtong.foundation.audit.sentences import sentences
from zhengtong.foundation.links import mail, messaging
from zhengtong.foundation.links.ports import Port, ports, simulators
from zhengtong.foundation.links.rules import Patience
from zhengtong.foundation.outbox.jobs import job
from zhengtong.foundation.refusals import filled
from zhengtong.foundation.ui.tones import Status as Look
from zhengtong.foundation.ui.tones import Tone, tones
from zhengtong.foundation.wiring.sections import Entry, Fault, Known, Section, sections

from . import actions, queries, rules
from .models import Template
from .rules import SENT_OUT, STATES, Channel, State

SENDER = system_actor("notices-sender", "notices.send", "links.call")
# Nobody waits before a page for these: few tries in a call, and the job comes again.
PATIENCE = Patience(seconds=8.0, tries=2, pause=0.5, budget=20.0, failures=3, rest=timedelta(seconds=60))

ports.add("sms", Port("sms", "短信平台", "ZHENGTONG_PORT_SMS", PATIENCE))
ports.add("wechat", Port("wechat", "微信公众号", "ZHENGTONG_PORT_WECHAT", PATIENCE))
ports.add("mail", Port("mail", "邮件服务器", "ZHENGTONG_PORT_MAIL", PATIENCE, schemes=mail.SCHEMES))
simulators.add("sms", messaging.sms_gateway)
simulators.add("wechat", messaging.wechat_gateway)
simulators.add("mail", messaging.mail_gateway)


def _send(channel: Channel, timestamp: int = 0) -> None:
    actions.send_due(channel, actor=SENDER)


# A job a channel: a slow one holds up only itself.
senders: dict[Channel, Callable[..., None]] = {
    channel: job(f"notices.send_{channel}", every="* * * * *")(partial(_send, channel)) for channel in SENT_OUT
}


@job("notices.reports", every="* * * * *")
def take_reports(timestamp: int = 0) -> None:
    """Every minute: what reached the telephones."""
    actions.take_reports(actor=SENDER)


def _with_defaults(entry: Entry) -> dict[str, Any]:
    texts = {name: str(entry.get(name, "")).strip() for name in Template.TEXTS}
    return {"code": entry["code"], **texts, "must_tell": entry["must_tell"], "basis": entry.get("basis", "")}


def _check(entry: Entry, known: Known) -> Iterable[Fault]:
    if entry["code"] not in rules.happenings:
        yield Fault(("code",), f"没有代码为“{entry['code']}”的事情可以通知。")
        return
    for name, faults in rules.template_faults(entry, rules.happenings.get(entry["code"])).items():
        for sentence, data in faults:
            yield Fault((name,), filled(sentence, data))
    if entry["must_tell"] and not entry["basis"]:
        yield Fault(("code",), "必须告知的，请写明依据（basis）。", is_warning=True)


sections.add(
    "notice_templates",
    Section(
        name="notice_templates",
        title="消息模板",
        schema={
            "type": "object",
            "required": ["code", "title", "must_tell"],
            "additionalProperties": False,
            "properties": {
                "code": {"type": "string", "pattern": r"^[a-z][a-z_]*(\.[a-z_]+)?$", "maxLength": 60},
                **{name: {"type": "string"} for name in Template.TEXTS},
                "must_tell": {"type": "boolean"},
                "basis": {"type": "string", "maxLength": 300},
            },
        },
        canonical=_with_defaults,
        check=_check,
        current=queries.in_pack_words,
        create=actions.define_from_pack,
        update=actions.define_from_pack,
        end=actions.end_from_pack,
        label=lambda entry: str(entry["title"]),
    ),
)

for verb, words in {
    "message.made": "告知", "message.sent": "已发出", "message.delivered": "已送达", "message.failed": "未送达",
    "message.sent_again": "重发", "message.read": "已读", "template.defined": "设置消息模板",
    "template.ended": "停用消息模板", "preference.begun": "开始设置接收方式", "preference.chosen": "设置接收方式",
    "preference.code_sent": "发送邮箱验证码", "preference.email_confirmed": "确认邮箱",
    "preference.email_forgotten": "删除邮箱", "preference.wechat_bound": "关联微信",
}.items():  # fmt: skip
    sentences.add(f"notices.{verb}", words)

LOOKS = {
    State.QUEUED: (Tone.INFO, "clock"), State.HELD: (Tone.NEUTRAL, "moon"), State.SENT: (Tone.INFO, "send"),
    State.DELIVERED: (Tone.SUCCESS, "circle-check"), State.FAILED: (Tone.DANGER, "alert-circle"),
    State.GIVEN_UP: (Tone.DANGER, "circle-x"),
}  # fmt: skip
for state, (tone, icon) in LOOKS.items():
    tones.add(f"notices.{state}", Look(STATES[state], tone, icon))
