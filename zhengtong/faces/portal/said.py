"""What the portal says after a step that was taken."""

from zhengtong.foundation.refusals import N_
from zhengtong.foundation.ui import Tone
from zhengtong.foundation.ui.said import Said

SENTENCES = {
    "registered": Said(N_("注册成功，您已登录。")),
    "signed-out": Said(N_("您已退出登录。"), Tone.INFO),
    "password": Said(N_("密码已修改，下次登录请用新密码。")),
    "entity": Said(N_("单位已关联，现在可以替它办事了。")),
    "discarded": Said(N_("草稿已删除。"), Tone.INFO),
    "removed": Said(N_("材料已移除。"), Tone.INFO),
    "renewed": Said(N_("已换到最新的办理要求，您填过的内容都带过来了，请再核对一遍。"), Tone.INFO),
    "taken-back": Said(N_("申请已收回，内容原样放回草稿，改好再提交。")),
    "withdrawn": Said(N_("申请已撤回。以后需要办理，随时可以重新提交。"), Tone.INFO),
    "corrected": Said(N_("补正内容已提交，工作人员会继续办理。")),
    "rated": Said(N_("谢谢您的评价，我们会认真对待每一条意见。")),
}
