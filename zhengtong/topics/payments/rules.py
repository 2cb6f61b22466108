"""What may be billed, paid, paid back; who is believed; where two books differ. Amounts are whole fen."""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from zhengtong.foundation import crypto
from zhengtong.foundation.refusals import N_, Message, NotFound, Refused


class BillState(StrEnum):
    DUE = "due"
    PAID = "paid"
    WAIVED = "waived"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


STATES: dict[str, str] = {
    BillState.DUE: N_("待缴"),
    BillState.PAID: N_("已缴"),
    BillState.WAIVED: N_("免缴"),
    BillState.REFUNDED: N_("已退还"),
    BillState.CANCELLED: N_("已取消"),
    BillState.EXPIRED: N_("已过期"),
}
# A case has at most one bill in these; what waits for money goes on after the second two.
STANDING = (BillState.DUE, BillState.PAID, BillState.WAIVED)
SETTLED = frozenset({BillState.PAID, BillState.WAIVED})


class RefundState(StrEnum):
    ASKED = "asked"
    SENT = "sent"
    DONE = "done"
    DECLINED = "declined"
    FAILED = "failed"


REFUND_STATES: dict[str, str] = {
    RefundState.ASKED: N_("等待审核"),
    RefundState.SENT: N_("退款途中"),
    RefundState.DONE: N_("已退还"),
    RefundState.DECLINED: N_("不予退还"),
    RefundState.FAILED: N_("退款失败"),
}


class Way(StrEnum):
    ONLINE = "online"
    CASH = "cash"
    POS = "pos"


WAYS: dict[str, str] = {Way.ONLINE: N_("网上缴款"), Way.CASH: N_("窗口现金"), Way.POS: N_("窗口刷卡")}
AT_COUNTER = (Way.CASH, Way.POS)

# When an item's charge falls due, and the step that waits for it.
WAITS = {"before_acceptance": "accept", "after_decision": "deliver"}
STEPS = {"accept": N_("受理"), "deliver": N_("领取结果")}
BEFORE, AFTER = ("submitted", "received", "correction_requested"), ("granted", "noted")
# The applicant got nothing for his money.
UNSERVED = frozenset({"withdrawn", "declined", "not_needed", "refused"})


class MoneyDue(Refused):
    """Refused: the step waits for money that has not come."""

    code = "money_due"
    message = N_("这件办件应缴的 {amount} 元还没有缴，缴清以后才能{step}。")
    remedy = N_("申请人可以在“我的办件”里缴款，也可以在窗口缴现金或者刷卡。")


class NothingToPay(Refused):
    """Refused: the item costs nothing, or not yet, or cannot be counted."""

    code = "nothing_to_pay"
    message = N_("这件办件现在没有要缴的费用。")


class BillUnknown(NotFound):
    """Refused: no such bill, or not yours to see."""

    code = "bill_unknown"
    message = N_("没有找到这份缴款通知。")


class BillClosed(Refused):
    """Refused: the bill does not wait for money any more."""

    code = "bill_closed"
    message = N_("这份缴款通知{state}，不能再办理这一步。")


class AmountDiffers(Refused):
    """Refused: another amount than the bill's."""

    code = "amount_differs"
    status = 422
    message = N_("金额不符：应缴 {wanted} 元，实为 {told} 元。")


class ReductionUnfit(Refused):
    """Refused: this charge knows no reduction, or the sum is none."""

    code = "reduction_unfit"
    status = 422
    message = N_("减免没有登记：{problem}")


class ReceiptNumberMissing(Refused):
    """Refused: money over the counter leaves a receipt with a number."""

    code = "receipt_number_missing"
    status = 422
    message = N_("请填写收据号或者刷卡凭条号。")


class TransactionKnown(Refused):
    """Refused: this transaction paid for something else."""

    code = "transaction_known"
    message = N_("流水号 {number} 已经登记在另一份缴款通知上。")


class RefundKnown(Refused):
    """Refused: money goes back once."""

    code = "refund_known"
    message = N_("这笔款已经申请过退还（{state}），不能重复退。")


class RefundClosed(Refused):
    """Refused: the refund is not waiting for a word any more."""

    code = "refund_closed"
    message = N_("这笔退款{state}，不能再审核。")


class JudgedByOneself(Refused):
    """Refused: whoever asked for a refund does not approve it."""

    code = "judged_by_oneself"
    status = 403
    message = N_("申请退款和审核退款应由不同的人办理。")


class ReasonMissing(Refused):
    """Refused: this needs a reason in words."""

    code = "reason_missing"
    status = 422
    message = N_("请写明理由。")


class NotificationForged(Refused):
    """Refused: not signed with the secret that only the provider and we know."""

    code = "notification_forged"
    status = 401
    message = N_("签名不正确，通知没有采用。")


class NotificationStale(Refused):
    """Refused: an old letter, or one that was read before."""

    code = "notification_stale"
    status = 409
    message = N_("通知已经过时或者重复，没有采用。")


class NotificationUnfit(Refused):
    """Refused: not of the agreed form, or about an order that nobody placed."""

    code = "notification_unfit"
    status = 422
    message = N_("通知的内容不符合约定：{problem}")


# -- sums --------------------------------------------------------------------------------------------------------------


def yuan(fen: int) -> str:
    """1,234.50"""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02d}"


def fen_of(text: str) -> int | None:
    """Whole fen of an amount in yuan as people write it; None where it is none."""
    plain = text.strip().replace(",", "").replace("，", "")
    whole, _, rest = plain.partition(".")
    if not (whole.isascii() and whole.isdigit()) or len(whole) > 9 or len(rest) > 2 or (rest and not rest.isdigit()):
        return None
    return int(whole) * 100 + int((rest + "00")[:2])


def check_reduction(*, amount: int, reduced: int | None, is_foreseen: bool, reason: str, basis: str) -> None:
    """Refused: the charge knows no reduction; more than all of it, or nothing; no reason or basis."""
    fields: dict[str, list[str]] = {}
    if not is_foreseen:
        raise ReductionUnfit(problem=N_("这项收费没有规定可以减免。"))
    if reduced is None or not 0 < reduced <= amount:
        fields["reduced"] = [N_("请填写减免多少元，最多是这一项的全部金额。")]
    if not reason.strip():
        fields["reason"] = [N_("请写明减免的理由。")]
    if not basis.strip():
        fields["basis"] = [N_("请写明减免的依据。")]
    if fields:
        raise ReductionUnfit(problem="".join(words for lines in fields.values() for words in lines), fields=fields)


def check_reason(reason: str) -> str:
    """The reason without blanks around it. Refused when empty."""
    if not reason.strip():
        raise ReasonMissing(fields={"reason": [ReasonMissing.message]})
    return reason.strip()


def check_due(state: str) -> None:
    """Refused unless the bill waits for money."""
    if state != BillState.DUE:
        raise BillClosed(state=Message(STATES[state]))


def may_open(payable: str, status: str) -> bool:
    """Whether a case of this status owes the charge now."""
    return status in (BEFORE if payable == "before_acceptance" else AFTER)


# -- letters of the provider -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Letter:
    """A notification as it came: what makes up its signature, and the body it is about."""

    timestamp: str
    nonce: str
    signature: str
    body: bytes


@dataclass(frozen=True)
class Paid:
    """What the provider says of an order that was paid."""

    order: str
    transaction: str
    amount: int
    at: datetime


def signature_of(secret: str, timestamp: str, nonce: str, body: bytes) -> str:
    """HMAC-SM3 over moment, nonce and body, in hex."""
    return crypto.hmac_sm3(secret.encode(), f"{timestamp}\n{nonce}\n".encode() + body).hex()


def check_letter(letter: Letter, *, secret: str, now: datetime, window: timedelta) -> None:
    """Refused: not signed with our secret (an empty one signs nothing); older or younger than the window."""
    wanted = signature_of(secret, letter.timestamp, letter.nonce, letter.body)
    if not secret or not letter.nonce or not hmac.compare_digest(wanted.encode(), letter.signature.encode()):
        raise NotificationForged
    stamp = letter.timestamp
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 11):
        raise NotificationForged
    if abs(now.timestamp() - int(stamp)) > window.total_seconds():
        raise NotificationStale


def paid_of(said: Any) -> Paid:
    """What was paid, out of a notification or an answer. Refused: not of the agreed form."""
    try:
        amount, at = said["amount"], datetime.fromisoformat(said["paid_at"])
        if isinstance(amount, bool) or not isinstance(amount, int) or amount <= 0 or at.tzinfo is None:
            raise ValueError("amount or moment")
        order, transaction = str(said["order"])[:40], str(said["transaction"])
        if not transaction or len(transaction) > 64:
            raise ValueError("transaction")
        return Paid(order, transaction, amount, at)
    except (KeyError, TypeError, ValueError) as fault:
        raise NotificationUnfit(problem=str(fault)) from None


def check_amount(wanted: int, told: int) -> None:
    """Refused unless both are the same."""
    if wanted != told:
        raise AmountDiffers(wanted=yuan(wanted), told=yuan(told))


# -- two books ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """A line of either book: money that came (+) or went back (−) under a transaction number."""

    kind: str
    transaction: str
    amount: int
    about: str = ""

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Entry":
        return cls(str(said["kind"]), str(said["transaction"]), int(said["amount"]), str(said.get("about", "")))


@dataclass(frozen=True)
class Difference:
    """Where the books do not agree, in one line."""

    kind: str
    transaction: str
    about: str
    ours: int | None
    theirs: int | None

    @property
    def words(self) -> str:
        if self.ours is None:
            return N_("平台有，我方没有")
        return N_("我方有，平台没有") if self.theirs is None else N_("金额不同")


def differences(ours: Iterable[Entry], theirs: Iterable[Entry]) -> list[Difference]:
    """What is in one book only, or with another amount; by kind and transaction."""
    mine = {(entry.kind, entry.transaction): entry for entry in ours}
    told = {(entry.kind, entry.transaction): entry for entry in theirs}
    found = []
    for key in sorted(mine.keys() | told.keys()):
        one, other = mine.get(key), told.get(key)
        if one and other and one.amount == other.amount:
            continue
        about = (one and one.about) or (other and other.about) or ""
        found.append(Difference(*key, about, one.amount if one else None, other.amount if other else None))
    return found
