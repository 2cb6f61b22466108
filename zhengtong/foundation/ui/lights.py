"""What a deadline's light says."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def light_words(state: str, left: int | None, *, is_working: bool) -> str:
    """How much time there is; left: days still to come, below 0 days over, None where nobody counts."""
    if state == "paused":
        return _("计时暂停")
    if state == "done":
        return _("已办结")
    if left is None:
        return _("已超期") if state == "red" else _("按期办理")
    if left == 0:
        return _("今天到期")
    if is_working:
        amount = ngettext("%s 个工作日", "%s 个工作日", abs(left)) % abs(left)
    else:
        amount = ngettext("%s 天", "%s 天", abs(left)) % abs(left)
    return (_("已超期 {amount}") if left < 0 else _("还剩 {amount}")).format(amount=amount)
