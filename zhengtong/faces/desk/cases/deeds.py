"""What can be done with a case: the words on the button, what is asked before, and the action behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from zhengtong.foundation.refusals import N_
from zhengtong.topics.cases import actions

from .checking import findings_in

OPINION, REASON, POINTS, WAY, ORGAN, PROPOSAL = "opinion", "reason", "points", "way", "organ", "proposal"


@dataclass(frozen=True)
class Deed:
    """One verb. `asks` names the fields of its form; `on_page` keeps it off the panel, on a page of its own."""

    label: str
    do: Callable[..., Any]
    lead: str
    icon: str
    asks: tuple[str, ...] = ()
    on_page: bool = False
    is_adverse: bool = False
    is_separated: bool = False


# In the order in which the panel offers them: what moves the case on, then what sends it elsewhere.
DEEDS = {
    "handle_on_the_spot": Deed(
        N_("受理并当场办结"),
        actions.handle_on_the_spot,
        N_("受理、决定一次完成，文书当场生成。"),
        icon="rubber-stamp",
        asks=(OPINION,),
    ),
    "accept": Deed(
        N_("受理"),
        actions.accept_case,
        N_("期限从今天起算，受理通知书自动生成。"),
        icon="circle-check",
        asks=(OPINION,),
    ),
    "forward": Deed(
        N_("转上级系统"),
        actions.forward_case,
        N_("这一事项由上级系统决定，材料随件转去，状态同步回来。"),
        icon="external-link",
        asks=(OPINION,),
    ),
    "receive": Deed(N_("先收件，稍后受理"), actions.receive_case, N_("确认材料已经收到。"), icon="inbox"),
    "answer_correction": Deed(
        N_("收下补正材料"),
        actions.answer_correction,
        N_("来访者带来了补正材料，收下后回到待受理。"),
        icon="arrow-forward-up",
        on_page=True,
    ),
    "review": Deed(
        N_("提交审查意见"),
        actions.review_case,
        N_("意见写进档案，办件进入下一步。"),
        icon="check",
        asks=(POINTS, PROPOSAL, REASON),
        is_separated=True,
    ),
    "grant": Deed(
        N_("准予"),
        actions.grant_case,
        N_("决定书随即生成；决定作出以后没有撤回。"),
        icon="rubber-stamp",
        asks=(OPINION,),
        is_separated=True,
    ),
    "note": Deed(
        N_("予以备案"),
        actions.note_filing,
        N_("备案编号和通知书自动生成。"),
        icon="clipboard-check",
        asks=(OPINION,),
        is_separated=True,
    ),
    "deliver": Deed(N_("登记送达"), actions.deliver_case, N_("申请人已经拿到结果。"), icon="send", asks=(WAY,)),
    "archive": Deed(N_("归档"), actions.archive_case, N_("档案齐全，办件到此结束。"), icon="archive"),
    "request_correction": Deed(
        N_("一次性告知补正"),
        actions.request_correction,
        N_("缺什么、错什么，一次说全。"),
        icon="arrow-back-up",
        on_page=True,
    ),
    "decline": Deed(
        N_("不予受理"),
        actions.decline_case,
        N_("写明理由；不属于本机关职权的，写明应当向谁申请。通知书会附上救济途径。"),
        icon="ban",
        asks=(REASON, ORGAN),
        on_page=True,
        is_adverse=True,
    ),
    "declare_not_needed": Deed(
        N_("告知无需办理"),
        actions.declare_not_needed,
        N_("依法不需要办理这一事项的，即时告知，写明为什么。"),
        icon="info-circle",
        asks=(REASON,),
        on_page=True,
    ),
    "refuse": Deed(
        N_("不予"),
        actions.refuse_case,
        N_("写明事实、理由和依据；决定书会附上申请行政复议和提起行政诉讼的途径、期限。"),
        icon="ban",
        asks=(REASON,),
        on_page=True,
        is_adverse=True,
        is_separated=True,
    ),
    "send_back": Deed(
        N_("退回重审"),
        actions.send_back_case,
        N_("写明哪里需要重新审查，办件回到上一步审查；您的意见留在档案里。"),
        icon="arrow-back-up",
        asks=(REASON,),
        on_page=True,
        is_separated=True,
    ),
    "withdraw": Deed(
        N_("撤回申请"),
        actions.withdraw_case,
        N_("申请人到窗口要求撤回的，由您代为登记；决定作出以后不能撤回。"),
        icon="minus",
        asks=(OPINION,),
        on_page=True,
        is_adverse=True,
    ),
}
WAYS = (N_("窗口领取"), N_("邮寄送达"), N_("电子送达"))
# Words of official papers: written in Chinese whatever language the desk is shown in.
PHRASES = {
    "decline": ("申请事项不属于本机关职权范围。", "经补正，材料仍不齐全。", "申请人不具备申请资格。"),
    "send_back": ("请重新核对材料与申报内容是否一致。", "请补充现场核查情况。"),
    "declare_not_needed": ("依法不需要取得许可。", "此前已经办理，仍在有效期内。"),
}


# What kind of ready words a verb takes beside its own.
KIND_OF_WORDS = {
    "review": "opinion", "grant": "decision", "note": "decision", "refuse": "refusal", "decline": "refusal",
    "send_back": "opinion",
}  # fmt: skip


def what_was_said(deed: Deed, sent: Any, points: tuple[str, ...]) -> dict[str, Any]:
    """The action's arguments from what was sent with the form."""
    said: dict[str, Any] = {}
    if OPINION in deed.asks or REASON in deed.asks:
        said["opinion"] = sent.get("opinion", "").strip()[:2_000]
    if POINTS in deed.asks:
        said["findings"] = findings_in(sent, points)
    if PROPOSAL in deed.asks:
        said["proposal"] = "refuse" if sent.get("proposal") == "refuse" else "grant"
    if ORGAN in deed.asks:
        said["right_organ"] = sent.get("organ", "").strip()[:120]
    if WAY in deed.asks:
        way = sent.get("way", "")
        note = sent.get("note", "").strip()[:60]
        said["way"] = f"{way if way in WAYS else WAYS[0]}{f'（{note}）' if note else ''}"
    return said
