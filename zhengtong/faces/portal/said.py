"""One sentence carried over a redirect, by its name in the address: nothing is stored, nothing can be forged."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from zhengtong.foundation.refusals import N_
from zhengtong.foundation.ui import Tone

FIELD = "said"


@dataclass(frozen=True)
class Said:
    """A sentence with its tone."""

    text: str
    tone: Tone = Tone.SUCCESS


SENTENCES = {
    "registered": Said(N_("注册成功，您已登录。")),
    "signed-out": Said(N_("您已退出登录。"), Tone.INFO),
    "password": Said(N_("密码已修改，下次登录请用新密码。")),
    "entity": Said(N_("单位已关联，现在可以替它办事了。")),
    "discarded": Said(N_("草稿已删除。"), Tone.INFO),
    "removed": Said(N_("材料已移除。"), Tone.INFO),
    "renewed": Said(N_("已换到最新的办理要求，您填过的内容都带过来了，请再核对一遍。"), Tone.INFO),
    "withdrawn": Said(N_("申请已撤回。以后需要办理，随时可以重新提交。"), Tone.INFO),
    "corrected": Said(N_("补正内容已提交，工作人员会继续办理。")),
    "rated": Said(N_("谢谢您的评价，我们会认真对待每一条意见。")),
}


def go(name: str, *args: object, said: str = "", **kwargs: object) -> HttpResponseRedirect:
    """See other: after a write, the page by its route name, with a sentence if any."""
    path = reverse(name, args=args or None, kwargs=kwargs or None)
    response = HttpResponseRedirect(f"{path}?{urlencode({FIELD: said})}" if said else path)
    response.status_code = 303
    return response


def said_to(request: HttpRequest) -> Said | None:
    """The sentence this page opens with."""
    return SENTENCES.get(request.GET.get(FIELD, ""))
