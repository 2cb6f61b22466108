"""What can be done with a case: the words on the button, what is asked before, and the action behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from zhengtong.foundation.refusals import N_
from zhengtong.topics.cases import actions

OPINION, REASON, POINTS, WAY, ORGAN = "opinion", "reason", "points", "way", "organ"


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
        asks=(POINTS, REASON),
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
    "review": (
        "材料齐全，符合规定条件，建议准予。",
        "经现场核查，与申报一致，建议准予。",
        "不符合规定条件，建议不予。",
    ),
    "decline": ("申请事项不属于本机关职权范围。", "经补正，材料仍不齐全。", "申请人不具备申请资格。"),
    "refuse": ("不符合法定条件。", "现场核查不合格。", "提供的材料与事实不符。"),
    "declare_not_needed": ("依法不需要取得许可。", "此前已经办理，仍在有效期内。"),
}


def what_was_said(verb: str, deed: Deed, sent: Any, points: tuple[str, ...]) -> dict[str, str]:
    """The action's arguments from what was sent with the form."""
    said: dict[str, str] = {}
    if OPINION in deed.asks or REASON in deed.asks:
        said["opinion"] = _opinion(sent, points)
    if ORGAN in deed.asks:
        said["right_organ"] = sent.get("organ", "").strip()[:120]
    if WAY in deed.asks:
        way = sent.get("way", "")
        note = sent.get("note", "").strip()[:60]
        said["way"] = f"{way if way in WAYS else WAYS[0]}{f'（{note}）' if note else ''}"
    return said


def _opinion(sent: Any, points: tuple[str, ...]) -> str:
    """The words written, after the points that were ticked as checked."""
    written = sent.get("opinion", "").strip()[:2_000]
    ticked = {int(each) for each in sent.getlist("point") if each.isascii() and each.isdigit()}
    checked = [point for number, point in enumerate(points) if number in ticked]
    if not checked or not written:
        return written
    return f"{written}\n已核对：{'；'.join(checked)}。"
