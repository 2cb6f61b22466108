"""The carriers: one HTTP call for a batch of SMS, one for each WeChat message, one letter for each e-mail."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from zhengtong.foundation import access
from zhengtong.foundation.access import Actor
from zhengtong.foundation.links.actions import call, post_letter
from zhengtong.foundation.links.mail import Letter
from zhengtong.foundation.links.rules import NeighbourAway, NeighbourRefused

from .. import rules
from ..models import Delivery
from ..rules import Channel

BATCH = 100
PORTS = {Channel.SMS: "sms", Channel.WECHAT: "wechat", Channel.EMAIL: "mail"}
# The carrier does not know us, or has moved: our configuration is wrong, not the message.
NOT_THE_MESSAGE = frozenset({401, 402, 403, 404, 405, 407})
WECHAT_BUSY = frozenset({-1, 40001, 40014, 42001, 45009})


@dataclass(frozen=True)
class Outcome:
    """Taken, under the carrier's number; or not, and why. `at` is when the carrier says it was so."""

    number: str = ""
    reason: str = ""
    at: datetime | None = None


def carry(channel: Channel, batch: Sequence[Delivery], *, actor: Actor) -> Iterator[dict[UUID, Outcome]]:
    """Outcomes as they come. Refused: the carrier is away, what has come before holds."""
    access.require(actor, "links.call")
    if channel == Channel.SMS:
        yield from _by_sms(batch, actor)
        return
    one = _by_wechat if channel == Channel.WECHAT else _by_mail
    for delivery in batch:
        try:
            yield {delivery.pk: one(delivery, actor)}
        except NeighbourRefused as refusal:
            yield {delivery.pk: _not_taken(refusal)}


def _not_taken(refusal: NeighbourRefused) -> Outcome:
    if refusal.data["answer"] in NOT_THE_MESSAGE or 200 <= refusal.data["answer"] < 300:
        raise NeighbourAway(port=refusal.data["port"]) from refusal
    return Outcome(reason=str(refusal.data["reason"])[:300])


def _by_sms(batch: Sequence[Delivery], actor: Actor) -> Iterator[dict[UUID, Outcome]]:
    """All in one call; where the batch as such is not taken, each by itself, so that none holds back the others."""
    try:
        yield _sms_taken(batch, actor)
    except NeighbourRefused as refusal:
        if len(batch) == 1:
            yield {batch[0].pk: _not_taken(refusal)}
            return
        _not_taken(refusal)
        for delivery in batch:
            yield from _by_sms([delivery], actor)


def _sms_taken(batch: Sequence[Delivery], actor: Actor) -> dict[UUID, Outcome]:
    messages = [{"reference": _reference(row), "to": row.address, "text": row.text} for row in batch]
    told = call(
        PORTS[Channel.SMS], "POST", "/messages", operation="send", about=f"delivery:{batch[0].pk}",
        content={"messages": messages}, actor=actor,
    )  # fmt: skip
    by_reference = {_reference(row): row.pk for row in batch}
    return {
        by_reference[each["reference"]]: Outcome(str(each.get("number", ""))[:80], str(each.get("error", ""))[:300])
        for each in _entries(told, "results")
        if each.get("reference") in by_reference
    }


def _reference(row: Delivery) -> str:
    """The same for every try of one sending, another when somebody sends it again."""
    return f"{row.pk.hex}-{int(row.since.timestamp())}"


def _entries(told: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = told.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _by_wechat(row: Delivery, actor: Actor) -> Outcome:
    data = {name: {"value": content} for name, content in rules.wechat_data(row.text).items()}
    content = {
        "touser": row.address, "template_id": row.subject_line, "data": data, "client_msg_id": _reference(row)[:50],
    }  # fmt: skip
    told = call(
        PORTS[Channel.WECHAT], "POST", "/cgi-bin/message/template/send", operation="send",
        about=f"delivery:{row.pk}", content=content, actor=actor,
    )  # fmt: skip
    code = told.get("errcode")
    if code in WECHAT_BUSY:
        raise NeighbourAway(port="微信")
    if code == 0:
        return Outcome(str(told.get("msgid", ""))[:80])
    return Outcome(reason=f"微信 {code}：{told.get('errmsg', '')}"[:300])


def _by_mail(row: Delivery, actor: Actor) -> Outcome:
    letter = Letter(row.address, row.subject_line, row.text, _reference(row))
    post_letter(PORTS[Channel.EMAIL], letter=letter, operation="send", about=f"delivery:{row.pk}", actor=actor)
    return Outcome()


def reports(waiting: Sequence[Delivery], *, actor: Actor) -> dict[str, Outcome]:
    """By the carrier's number, what is known to have reached the telephone, or not."""
    access.require(actor, "links.call")
    numbers = quote(",".join(row.number_there for row in waiting), safe=",")
    try:
        told = call(
            PORTS[Channel.SMS], "GET", f"/reports?numbers={numbers}", operation="reports",
            about=f"delivery:{waiting[0].pk}", actor=actor,
        )  # fmt: skip
    except NeighbourRefused as refusal:
        raise NeighbourAway(port=refusal.data["port"]) from refusal
    return {
        str(each.get("number")): Outcome(reason=_reason(each), at=_moment(each.get("at")))
        for each in _entries(told, "reports")
        if each.get("state") in ("delivered", "failed")
    }


def _reason(report: dict[str, Any]) -> str:
    return str(report.get("reason") or "运营商未说明原因")[:300] if report["state"] == "failed" else ""


def _moment(text: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return at if at.tzinfo else None
