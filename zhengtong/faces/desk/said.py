"""What the desk says after a step that was taken."""

from zhengtong.foundation.refusals import N_
from zhengtong.foundation.ui import Tone
from zhengtong.foundation.ui.said import Said

SENTENCES = {
    "submitted": Said(N_("已收件。请打印收件凭证交给来访者。")),
    "submitted-handled": Said(N_("已受理并当场办结。请打印文书交给来访者。")),
    "receive": Said(N_("已收件。")),
    "accept": Said(N_("已受理，受理通知书已生成，期限从今天起算。")),
    "handle_on_the_spot": Said(N_("已受理并当场办结。")),
    "request_correction": Said(N_("补正告知书已发出，等待申请人补正。")),
    "answer_correction": Said(N_("补正内容已收下，这件办件回到待受理。")),
    "decline": Said(N_("已作出不予受理的决定，通知书已生成。"), Tone.INFO),
    "declare_not_needed": Said(N_("已告知申请人无需办理。"), Tone.INFO),
    "forward": Said(N_("已转上级系统，结果会同步到这里。")),
    "review": Said(N_("审查意见已提交，办件进入下一步。")),
    "grant": Said(N_("已准予，决定书已生成。")),
    "refuse": Said(N_("已作出不予的决定，决定书写明了理由和救济途径。"), Tone.INFO),
    "note": Said(N_("已备案，备案通知书已生成。")),
    "deliver": Said(N_("已登记送达。")),
    "archive": Said(N_("已归档。")),
    "withdraw": Said(N_("已按申请人的要求撤回申请。"), Tone.INFO),
    "claimed": Said(N_("已领办，这件工作在“我领办的”里。")),
    "returned": Said(N_("已退回待办，同事可以领办。"), Tone.INFO),
    "handed-over": Said(N_("已转交同事。"), Tone.INFO),
    "discarded": Said(N_("草稿已删除。"), Tone.INFO),
    "item-published": Said(N_("已发布。新版从施行日期起适用，已经提交的办件仍按原来的版本办理。")),
    "item-edited": Said(N_("已保存，办事指南现在就按新的内容显示。")),
    "item-unchanged": Said(N_("内容与原来相同，没有改动。"), Tone.INFO),
    "contacts-edited": Said(N_("已批量修改，办事指南现在就按新的内容显示。")),
    "password": Said(N_("密码已修改，下次登录请用新密码。")),
}
