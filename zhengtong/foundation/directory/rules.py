"""What may be said of an organisation at the desk, and when it is refused."""

import re
from collections.abc import Mapping

from zhengtong.foundation.refusals import N_, Refused

LONGEST = {"address": 200, "phone": 60, "hours": 200}
_PHONE = re.compile(r"[0-9()（）+\-—转、，,;； ]*")


class ContactInvalid(Refused):
    """Refused: what was written cannot be an address, a telephone, hours."""

    code = "contact_invalid"
    status = 422
    message = N_("填写的内容有问题，没有保存。")


class DirectoryChanged(Refused):
    """Refused: somebody else has changed it since the page was opened."""

    code = "directory_changed"
    message = N_("您打开页面以后，有人改动过这一条。")
    remedy = N_("请刷新页面，核对后再改。")


def check_contact(values: Mapping[str, str]) -> None:
    """Refused with the fields: too long, a telephone with letters in it."""
    fields = {name: [N_("太长了，请缩短一些。")] for name, most in LONGEST.items() if len(values[name]) > most}
    if not _PHONE.fullmatch(values["phone"]):
        fields["phone"] = [N_("电话只填数字和连接号，例如 0660-5550188；多个电话用顿号隔开。")]
    if fields:
        raise ContactInvalid(fields=fields)
