"""The life of a case: one table of transitions, and what each step demands."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from zhengtong.engines.flows.rules import Flow, Transition
from zhengtong.foundation.refusals import N_, Message, Refused


class Status(StrEnum):
    SUBMITTED = "submitted"
    RECEIVED = "received"
    CORRECTION_REQUESTED = "correction_requested"
    DECLINED = "declined"
    NOT_NEEDED = "not_needed"
    ACCEPTED = "accepted"
    IN_REVIEW = "in_review"
    GRANTED = "granted"
    REFUSED = "refused"
    NOTED = "noted"
    DELIVERED = "delivered"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"
    FORWARDED = "forwarded"
    GRANTED_ELSEWHERE = "granted_elsewhere"
    REFUSED_ELSEWHERE = "refused_elsewhere"

    @property
    def words(self) -> str:
        return STATES[self]


STATES: dict[str, str] = {
    Status.SUBMITTED: N_("已提交"),
    Status.RECEIVED: N_("已收件"),
    Status.CORRECTION_REQUESTED: N_("待补正"),
    Status.DECLINED: N_("不予受理"),
    Status.NOT_NEEDED: N_("无需办理"),
    Status.ACCEPTED: N_("已受理"),
    Status.IN_REVIEW: N_("审查中"),
    Status.GRANTED: N_("准予"),
    Status.REFUSED: N_("不予"),
    Status.NOTED: N_("已备案"),
    Status.DELIVERED: N_("已送达"),
    Status.ARCHIVED: N_("已归档"),
    Status.WITHDRAWN: N_("已撤回"),
    Status.FORWARDED: N_("上级系统办理中"),
    Status.GRANTED_ELSEWHERE: N_("上级系统已办结"),
    Status.REFUSED_ELSEWHERE: N_("上级系统未予办理"),
}
S = Status
AT_INTAKE = (S.SUBMITTED, S.RECEIVED)
DECIDED = (S.GRANTED, S.REFUSED, S.NOTED)
FLOW = Flow(
    name="case",
    states=STATES,
    transitions=(
        Transition("receive", S.SUBMITTED, S.RECEIVED, "cases.receive", N_("收件")),
        Transition("request_correction", AT_INTAKE, S.CORRECTION_REQUESTED, "cases.correct", N_("一次性告知补正")),
        Transition("answer_correction", S.CORRECTION_REQUESTED, S.RECEIVED, "cases.submit", N_("提交补正")),
        Transition("decline", AT_INTAKE, S.DECLINED, "cases.decline", N_("不予受理")),
        Transition("declare_not_needed", AT_INTAKE, S.NOT_NEEDED, "cases.decline", N_("告知无需办理")),
        Transition("accept", AT_INTAKE, S.ACCEPTED, "cases.accept", N_("受理")),
        Transition("forward", AT_INTAKE, S.FORWARDED, "cases.accept", N_("转上级系统")),
        Transition("review", (S.ACCEPTED, S.IN_REVIEW), S.IN_REVIEW, "cases.review", N_("审查")),
        Transition("send_back", S.IN_REVIEW, S.IN_REVIEW, "cases.decide", N_("退回重审")),
        Transition("grant", (S.ACCEPTED, S.IN_REVIEW), S.GRANTED, "cases.decide", N_("准予")),
        Transition("refuse", (S.ACCEPTED, S.IN_REVIEW), S.REFUSED, "cases.decide", N_("不予")),
        Transition("note", (S.ACCEPTED, S.IN_REVIEW), S.NOTED, "cases.decide", N_("备案")),
        Transition("deliver", DECIDED, S.DELIVERED, "cases.deliver", N_("送达")),
        Transition(
            "withdraw",
            (*AT_INTAKE, S.CORRECTION_REQUESTED, S.ACCEPTED, S.IN_REVIEW),
            S.WITHDRAWN,
            "cases.submit",
            N_("撤回申请"),
        ),
        Transition("take_back", AT_INTAKE, S.WITHDRAWN, "cases.submit", N_("收回修改")),
        Transition("mirror_grant", S.FORWARDED, S.GRANTED_ELSEWHERE, "cases.mirror", N_("同步办结")),
        Transition("mirror_refuse", S.FORWARDED, S.REFUSED_ELSEWHERE, "cases.mirror", N_("同步不予")),
        Transition(
            "archive",
            (S.DELIVERED, S.DECLINED, S.NOT_NEEDED, S.WITHDRAWN, S.GRANTED_ELSEWHERE, S.REFUSED_ELSEWHERE),
            S.ARCHIVED,
            "cases.archive",
            N_("归档"),
        ),
    ),
)
# Whoever took one of these steps takes none of the next, where the item separates hands (受审分离).
SEPARATED = {"accept": N_("受理"), "review": N_("审查")}
# The applicant need not wait for anything after these; the case may be rated.
ENDED = frozenset({
    S.DECLINED, S.NOT_NEEDED, S.GRANTED, S.REFUSED, S.NOTED, S.DELIVERED, S.ARCHIVED, S.WITHDRAWN,
    S.GRANTED_ELSEWHERE, S.REFUSED_ELSEWHERE,
})  # fmt: skip


class Channel(StrEnum):
    WINDOW = "window"
    ONLINE = "online"
    MOBILE = "mobile"
    KIOSK = "kiosk"
    VIDEO = "video"
    POST = "post"
    API = "api"

    @property
    def words(self) -> str:
        return CHANNELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(channel.value, channel.words) for channel in cls]


CHANNELS: dict[str, str] = {
    Channel.WINDOW: N_("窗口"),
    Channel.ONLINE: N_("电脑端"),
    Channel.MOBILE: N_("手机端"),
    Channel.KIOSK: N_("自助终端"),
    Channel.VIDEO: N_("远程视频"),
    Channel.POST: N_("邮寄"),
    Channel.API: N_("业务系统"),
}
# Where a member of staff takes the papers in hand as they come; over all other channels files are handed in.
STAFFED = frozenset({Channel.WINDOW, Channel.VIDEO, Channel.POST})


# Which ways in are open to whom: only staff take papers over the counter.
WAYS_IN: dict[str, frozenset[str]] = {
    "citizen": frozenset({Channel.ONLINE, Channel.MOBILE, Channel.KIOSK}),
    "staff": frozenset({Channel.WINDOW, Channel.VIDEO, Channel.POST}),
    "client": frozenset({Channel.API, Channel.ONLINE, Channel.MOBILE, Channel.KIOSK, Channel.VIDEO}),
}


class IdentityUnproved(Refused):
    """Refused: the item needs whoever files to be known more surely."""

    code = "identity_unproved"
    status = 403
    message = N_("「{item}」需要先完成实名核验，草稿已经保存。")
    remedy = N_("请到“我的账号”做一次实名核验，通过以后回到草稿提交；也可以带身份证到大厅窗口办理。")


class ChannelClosed(Refused):
    """Refused: this way in is not open to this kind of actor."""

    code = "channel_closed"
    status = 422
    message = N_("不能通过「{channel}」渠道提交。")


class ItemClosed(Refused):
    """Refused: the item takes no applications today."""

    code = "item_closed"
    message = N_("「{item}」目前不接受申请。")
    remedy = N_("请查看办事指南，或拨打咨询电话。")


class VersionReplaced(Refused):
    """Refused: the item's requirements have changed since this application was begun."""

    code = "version_replaced"
    message = N_("「{item}」的办理要求已经更新，请按新的要求核对后再提交。")
    remedy = N_("已填写的内容会保留：回到草稿，点击“按新要求继续”。")


class ApplicantUnfit(Refused):
    """Refused: the item is for the other kind of subject."""

    code = "applicant_unfit"
    status = 422
    message = N_("「{item}」只能由{audience}申请。")
    remedy = N_("请更换申请人后再提交。")


# By what right somebody acts for the applicant.
ACTING = {
    "legal_representative": N_("法定代表人（负责人）"),
    "handler": N_("授权经办人"),
    "guardian": N_("监护人"),
    "helper": N_("亲友代办"),
}


class HelperBarred(Refused):
    """Refused: this item wants the person himself; a relative or friend may not act for him."""

    code = "helper_barred"
    status = 403
    message = N_("「{item}」要由本人办理，亲友不能在网上代办。")
    remedy = N_("请本人登录办理；不方便上网的，可以到窗口，由工作人员帮着办。")


class OperatorUnknown(Refused):
    """Refused: nobody is registered who could have handled it."""

    code = "operator_unknown"
    status = 422
    message = N_("没有找到这位经办人，请先登记。")


class MaterialsIncomplete(Refused):
    """Refused: required materials are missing; all of them are named at once."""

    code = "materials_incomplete"
    status = 422
    message = N_("还缺少材料：{missing}。")
    remedy = N_("请补齐后再提交；确有困难的，可到大厅窗口咨询。")


class MaterialUnusable(Refused):
    """Refused: a file that is not this applicant's, not checked, or of a kind the material does not take."""

    code = "material_unusable"
    status = 422
    message = N_("材料「{material}」的文件不能使用，请重新上传。")


class OpinionMissing(Refused):
    """Refused: this step needs a reason in words."""

    code = "opinion_missing"
    status = 422
    message = N_("请写明理由，申请人会看到。")


class HandsNotSeparate(Refused):
    """Refused: whoever accepted or reviewed may not take the next step (受审分离)."""

    code = "hands_not_separate"
    status = 403
    message = N_("受理、审查、决定应由不同的人办理，您已经办理过「{before}」，这一步请由同事办理。")


class StepWrong(Refused):
    """Refused: this is not the step the case is waiting for."""

    code = "step_wrong"
    message = N_("这件办件正等待「{waiting}」，还不能办理这一步。")


class NotOnTheSpot(Refused):
    """Refused: only on-the-spot items are decided at the counter."""

    code = "not_on_the_spot"
    message = N_("「{item}」不是即办件，需要受理后按流程审查。")


class DecidedElsewhere(Refused):
    """Refused: the case belongs to another system; we never decide or seal it."""

    code = "decided_elsewhere"
    message = N_("「{item}」由{system}办理，本平台不作决定，只同步状态。")


class DecidedHere(Refused):
    """Refused: only cases of other systems are forwarded."""

    code = "decided_here"
    message = N_("「{item}」由本区办理，不需要转上级系统。")


class FilingOnly(Refused):
    """Refused: a filing is taken note of, neither granted nor refused."""

    code = "filing_only"
    message = N_("「{item}」是备案，只登记备案，不作准予或不予的决定。")


class NotAFiling(Refused):
    """Refused: only filings are noted."""

    code = "not_a_filing"
    message = N_("「{item}」不是备案事项，需要作出准予或不予的决定。")


class TakenUp(Refused):
    """Refused: too late to take an application back as if it had not been sent."""

    code = "taken_up"
    message = N_("提交已超过 {minutes} 分钟，或者窗口已经受理，不能再收回修改。")
    remedy = N_("作出决定之前，仍然可以撤回申请，改好后重新提交。")


class DraftStale(Refused):
    """Refused: the draft was saved elsewhere meanwhile; nothing is overwritten."""

    code = "draft_stale"
    message = N_("这份草稿已在别处修改过（{at}），为避免覆盖，没有保存。")
    remedy = N_("请刷新页面，在最新内容上继续填写。")


def may_be_taken_back(status: str, submitted_at: datetime, *, minutes: int, now: datetime) -> bool:
    """Whether an application is still so fresh that it may become a draft again."""
    return status in AT_INTAKE and now - submitted_at <= timedelta(minutes=minutes)


def check_channel(channel: str, actor_kind: str) -> None:
    """Refused unless the channel is open to this kind of actor."""
    if channel not in WAYS_IN.get(actor_kind, ()):
        raise ChannelClosed(channel=CHANNELS[channel])


@dataclass(frozen=True)
class Provided:
    """A material as submitted: a file, paper handed over at the counter, or a paper another government keeps."""

    code: str
    file: Any = None
    on_paper: bool = False
    reference: Any = None

    def is_handed_in(self, *, in_hand: bool) -> bool:
        """Whether anything was handed in; paper counts only where somebody took it in hand."""
        return self.file is not None or self.reference is not None or (self.on_paper and in_hand)


@dataclass(frozen=True)
class Decision:
    """The step of an item that configures none: somebody who may decide decides."""

    key: str = "decide"
    name: str = N_("决定")
    permission: str = "cases.decide"


DECISION = Decision()


def paper_valid_to(day: date, months: int | None) -> date | None:
    """Until when a paper handed in on a day may be used again; None where the item sets no end."""
    if months is None:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def missing_materials(wanted: Iterable[Any], provided: Iterable[Provided]) -> list[str]:
    """The names of required materials that were not provided, in the order of the guide."""
    have = {part.code for part in provided}
    return [m.name for m in wanted if m.is_required and m.code not in have]


def check_separate(done: Mapping[str, str], actor_key: str) -> None:
    """Refused when the actor took an earlier step; `done` maps actor keys to the words of that step."""
    if actor_key in done:
        raise HandsNotSeparate(before=done[actor_key])


def next_step(steps: Sequence[Any], current: str) -> Any | None:
    """The configured step after this one (the first when none was taken), or None after the last.

    Where no configured step decides, a decision follows the others: no case may wait for nobody.
    """
    whole = list(steps)
    if not any(step.permission == DECISION.permission for step in whole):
        whole.append(DECISION)
    keys = [step.key for step in whole]
    index = keys.index(current) + 1 if current in keys else 0
    return whole[index] if index < len(whole) else None


def check_step(waiting: Any | None, permission: str, fallback: str) -> None:
    """Refused unless the case waits for a step of this permission."""
    if waiting is None or waiting.permission != permission:
        raise StepWrong(waiting=waiting.name if waiting else Message(fallback))


def check_opinion(opinion: str) -> str:
    """The opinion without blanks around it. Refused when empty."""
    if not opinion.strip():
        raise OpinionMissing(fields={"opinion": [OpinionMissing.message]})
    return opinion.strip()
