"""Who may hold, sign and hand out; what a signature is bound to; how a day is squared."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from zhengtong.foundation.refusals import N_, Refused


class Kind(StrEnum):
    """What sort of thing somebody holds."""

    ORIGINAL = "original"
    FILE = "file"
    RESULT = "result"

    @property
    def words(self) -> str:
        return KINDS[self]


KINDS: dict[str, str] = {
    Kind.ORIGINAL: N_("申请人原件"),
    Kind.FILE: N_("纸质案卷"),
    Kind.RESULT: N_("办理结果"),
}


class PieceState(StrEnum):
    HELD = "held"
    MOVING = "moving"
    ENDED = "ended"


class SlipKind(StrEnum):
    """Out of whose hands into whose: visitor to window, window to visitor, colleague to colleague."""

    CUSTODY = "custody"
    RETURN = "return"
    HAND_OVER = "hand_over"

    @property
    def words(self) -> str:
        return SLIPS[self]


SLIPS: dict[str, str] = {
    SlipKind.CUSTODY: N_("原件收取清单"),
    SlipKind.RETURN: N_("原件退还清单"),
    SlipKind.HAND_OVER: N_("材料交接单"),
}
PREFIXES = {SlipKind.CUSTODY: "收", SlipKind.RETURN: "退", SlipKind.HAND_OVER: "交"}


class SlipState(StrEnum):
    WAITING = "waiting"
    SIGNED = "signed"

    @property
    def words(self) -> str:
        return N_("等待签收") if self == SlipState.WAITING else N_("已签收")


class LineState(StrEnum):
    WAITING = "waiting"
    TAKEN = "taken"
    REFUSED = "refused"

    @property
    def words(self) -> str:
        return LINES[self]


LINES: dict[str, str] = {
    LineState.WAITING: N_("待签收"),
    LineState.TAKEN: N_("已签收"),
    LineState.REFUSED: N_("未接收"),
}


class Way(StrEnum):
    """How somebody signed: with his hand, by word of mouth and on the printed page, or by his own account."""

    DRAWN = "drawn"
    SPOKEN = "spoken"
    ACCOUNT = "account"

    @property
    def words(self) -> str:
        return WAYS[self]


WAYS: dict[str, str] = {
    Way.DRAWN: N_("电子签名"),
    Way.SPOKEN: N_("口头确认，打印件上签字"),
    Way.ACCOUNT: N_("本人账号签收"),
}


class DeliveryState(StrEnum):
    """`awaited`: decided, and the paper has not come back to the window yet."""

    AWAITED = "awaited"
    READY = "ready"
    ISSUED = "issued"


class NothingChosen(Refused):
    """Refused: a slip without a line."""

    code = "deliveries_nothing_chosen"
    status = 422
    message = N_("请至少选择一项。")


class CopiesUnlikely(Refused):
    """Refused: fewer than one or more than anybody carries."""

    code = "deliveries_copies_unlikely"
    status = 422
    message = N_("「{name}」的份数应在 1 到 {most} 之间。")


class SignatureMissing(Refused):
    """Refused: nobody has signed."""

    code = "deliveries_signature_missing"
    status = 422
    message = N_("请签字；不方便签字的，选“口头确认并打印签字”。")


class SignerMissing(Refused):
    """Refused: a signature without a name."""

    code = "deliveries_signer_missing"
    status = 422
    message = N_("请填写签字人的姓名。")


class PieceNotHeld(Refused):
    """Refused: it is on its way, or has left the house."""

    code = "deliveries_piece_not_held"
    message = N_("「{name}」现在不在您手里：正在交接，或者已经交出。")
    remedy = N_("请在“原件与案卷”里查看它现在由谁保管。")


class SlipSigned(Refused):
    """Refused: signed for before."""

    code = "deliveries_slip_signed"
    message = N_("这张交接单已经签收过，不能再改。")


class OwnSlip(Refused):
    """Refused: nobody signs for what he himself hands over."""

    code = "deliveries_own_slip"
    status = 403
    message = N_("这张交接单是您交出的，应由接收的同事签收。")


class LineReasonMissing(Refused):
    """Refused: a line is not taken, and nobody knows why."""

    code = "deliveries_line_reason_missing"
    status = 422
    message = N_("不接收的，请写明原因，例如“少一份”。")


class NotReady(Refused):
    """Refused: the result is not at this window, or has been handed out."""

    code = "deliveries_not_ready"
    message = N_("办件 {number} 的结果现在不能发放：还没有交到出件窗口，或者已经发放。")


class IssuerNotSeparate(Refused):
    """Refused: whoever accepted, reviewed or decided does not hand out the result (受审分离、统一出件)."""

    code = "deliveries_issuer_not_separate"
    status = 403
    message = N_("受理、审批、出件应由不同的人办理。这件办件由您办理过「{before}」，结果请由同事发放。")


class ReceiverUnknown(Refused):
    """Refused: neither applicant, nor operator, nor anybody who may act for him."""

    code = "deliveries_receiver_unknown"
    status = 422
    message = N_("这个证件号码与申请人、经办人和登记的代理人都不一致。")
    remedy = N_("别人代领的，请勾选“凭委托书代领”，并收下委托书。")


class ReceiverMissing(Refused):
    """Refused: who receives it was not said."""

    code = "deliveries_receiver_missing"
    status = 422
    message = N_("请填写领取人的姓名和证件号码。")


class TrackingMissing(Refused):
    """Refused: posted, but under no number."""

    code = "deliveries_tracking_missing"
    status = 422
    message = N_("请填写邮寄单号。")


class DayUnexplained(Refused):
    """Refused: counted is not expected, and no reason was given."""

    code = "deliveries_day_unexplained"
    status = 422
    message = N_("清点 {counted} 份，应有 {expected} 份，请写明差异的原因。")


class DayClosed(Refused):
    """Refused: signed off before."""

    code = "deliveries_day_closed"
    message = N_("今天的日结已经签字，不能再改。")


MOST_COPIES = 99


@dataclass(frozen=True)
class Original:
    """A paper the visitor leaves with us."""

    name: str
    copies: int = 1


@dataclass(frozen=True)
class Signature:
    """Who signed and how; the picture, where there is one."""

    name: str
    way: Way
    file: UUID | None = None


@dataclass(frozen=True)
class Receiver:
    """Who stands at the issuing window."""

    name: str
    number: str
    is_agent: bool = False


@dataclass(frozen=True)
class Answer:
    """What the receiver says to one line of a slip: taken, or not and why."""

    is_taken: bool
    reason: str = ""


@dataclass(frozen=True)
class DayFigures:
    """The originals of one window on one day, in copies; and what else it did."""

    opening: int
    taken: int
    given: int
    receipts: int
    issued: int

    @property
    def expected(self) -> int:
        return self.opening + self.taken - self.given


def slip_number(kind: str, day: date, serial: int) -> str:
    """Such as 交261122-000042."""
    return f"{PREFIXES[SlipKind(kind)]}{day:%y%m%d}-{serial:06d}"


def serial_of(text: str) -> int | None:
    """The serial of a slip's number as printed; None where the text is none."""
    head, dash, tail = text.strip().rpartition("-")
    is_number = dash and head[:1] in PREFIXES.values() and len(tail) == 6 and tail.isascii() and tail.isdigit()
    return int(tail) if is_number else None


def content_digest(content: Any) -> str:
    """What a signature is bound to: change one letter of what was signed and it is another."""
    said = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def check_originals(originals: Sequence[Original]) -> None:
    """Refused when there are none, or an impossible number of one."""
    if not originals:
        raise NothingChosen(fields={"originals": [NothingChosen.message]})
    for each in originals:
        if not 1 <= each.copies <= MOST_COPIES:
            data = {"name": each.name, "most": MOST_COPIES}
            raise CopiesUnlikely(fields={"originals": [CopiesUnlikely.message.format(**data)]}, **data)


def check_signature(signature: Signature) -> None:
    """Refused without a name, or without the picture of a drawn one."""
    if not signature.name.strip():
        raise SignerMissing(fields={"signature-signer": [SignerMissing.message]})
    if signature.way == Way.DRAWN and signature.file is None:
        raise SignatureMissing(fields={"signature": [SignatureMissing.message]})


def check_held(name: str, state: str) -> None:
    """Refused unless it lies in somebody's hands."""
    if state != PieceState.HELD:
        raise PieceNotHeld(name=name)


def check_answer(line: Any, answer: Answer) -> str:
    """The reason of a line that is not taken. Refused where it has none."""
    reason = answer.reason.strip()
    if not answer.is_taken and not reason:
        raise LineReasonMissing(fields={f"reason-{line}": [LineReasonMissing.message]})
    return "" if answer.is_taken else reason


def check_issuer(done: Mapping[str, str], actor_key: str) -> None:
    """Refused when the actor took an earlier step; `done` maps actor keys to the words of that step."""
    if actor_key in done:
        raise IssuerNotSeparate(before=done[actor_key])


def check_receiver(receiver: Receiver, known: Mapping[str, str]) -> str:
    """In what right he receives it: known numbers map to that; an agent shows his letter. Refused otherwise."""
    name, number = receiver.name.strip(), receiver.number.strip().upper()
    if not name or not number:
        at = "receiver_name" if number else "receiver_number"
        raise ReceiverMissing(fields={at: [ReceiverMissing.message]})
    if number in known:
        return known[number]
    if receiver.is_agent:
        return N_("凭委托书代领")
    raise ReceiverUnknown(fields={"receiver_number": [ReceiverUnknown.message]})


def waits_too_long(ready_on: date, *, days: int, today: date) -> bool:
    """Whether nobody has fetched it for longer than the days after which a reminder is due."""
    return today > ready_on + timedelta(days=days)


def check_day(figures: DayFigures, counted: int, reason: str) -> str:
    """The reason without blanks around it. Refused where a difference has none."""
    if counted != figures.expected and not reason.strip():
        data = {"counted": counted, "expected": figures.expected}
        raise DayUnexplained(fields={"reason": [DayUnexplained.message.format(**data)]}, **data)
    return reason.strip()
