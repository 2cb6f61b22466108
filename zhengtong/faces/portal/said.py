"""What the portal says after a step that was taken."""

from zhengtong.foundation.refusals import N_
from zhengtong.foundation.ui import Tone
from zhengtong.foundation.ui.said import Said

SENTENCES = {
    "identity": Said(N_("已经提交核验，一般几秒钟就有结果，刷新这一页就能看到。"), Tone.INFO),
    "visit-booked": Said(N_("预约成功。到时候带上材料，出示预约号就行。")),
    "visit-changed": Said(N_("时间已改好，原来的号已经让出。")),
    "visit-cancelled": Said(N_("预约已取消，号已经让给别人。需要时随时再约。"), Tone.INFO),
    "registered": Said(N_("注册成功，您已登录。")),
    "signed-out": Said(N_("您已退出登录。"), Tone.INFO),
    "password": Said(N_("密码已修改，下次登录请用新密码。")),
    "all-read": Said(N_("已全部标为已读。"), Tone.INFO),
    "preferences": Said(N_("接收设置已保存。")),
    "code-sent": Said(N_("验证码已发出，请到邮箱里查看，然后填在下面。")),
    "email-confirmed": Said(N_("邮箱已确认，以后的消息也会发到这里。")),
    "email-forgotten": Said(N_("邮箱已删除，不再往那里发消息。"), Tone.INFO),
    "entity": Said(N_("单位已关联，现在可以替它办事了。")),
    "contact": Said(N_("手机号已更换，下次登录请用新号码。")),
    "help-asked": Said(N_("已经提出，等本人同意以后就可以替他办事。")),
    "help-agree": Said(N_("已经同意，从现在起可以代办。")),
    "help-decline": Said(N_("已回绝，对方不能替您办事。"), Tone.INFO),
    "help-withdraw": Said(N_("代办请求已取消。"), Tone.INFO),
    "help-ended": Said(N_("代办已经结束，从现在起不能再替办。"), Tone.INFO),
    "help-code-wrong": Said(N_("验证码不对，或者已经过期。请核对短信再试。"), Tone.WARNING),
    "material-kept": Said(N_("材料已存好，以后办事可以直接用。")),
    "material-renamed": Said(N_("名字改好了。")),
    "material-removed": Said(N_("材料已移出材料库。"), Tone.INFO),
    "material-asked": Said(N_("正在向上级系统查询，查到的会自动出现在这里，请过一会儿再看。"), Tone.INFO),
    "discarded": Said(N_("草稿已删除。"), Tone.INFO),
    "removed": Said(N_("材料已移除。"), Tone.INFO),
    "renewed": Said(N_("已换到最新的办理要求，您填过的内容都带过来了，请再核对一遍。"), Tone.INFO),
    "taken-back": Said(N_("申请已收回，内容原样放回草稿，改好再提交。")),
    "withdrawn": Said(N_("申请已撤回。以后需要办理，随时可以重新提交。"), Tone.INFO),
    "corrected": Said(N_("补正内容已提交，工作人员会继续办理。")),
    "rated": Said(N_("谢谢您的评价，我们会认真对待每一条意见。")),
}
