"""The portal's navigation."""

from zhengtong.engines.notices.queries import unread_count
from zhengtong.foundation.refusals import N_
from zhengtong.foundation.ui import Entry, menu

for order, (name, label, path, icon, signed_in, on_bar) in enumerate(
    (
        ("home", N_("首页"), "/", "home", False, True),
        ("items", N_("办事"), "/items/", "list-check", False, True),
        ("cases", N_("我的办件"), "/cases/", "clipboard-list", False, True),
        ("tracking", N_("查进度"), "/t/", "progress", False, True),
        ("credentials", N_("我的证照"), "/credentials/", "certificate", True, True),
        ("materials", N_("我的材料"), "/materials/", "files", True, False),
        ("visits", N_("我的预约"), "/visits/", "calendar-event", True, False),
        ("subjects", N_("我的账号"), "/subjects/", "user", True, False),
    )
):
    menu.add(
        f"portal.{name}",
        Entry(
            face="portal", label=label, path=path, icon=icon, order=order, signed_in=signed_in, on_bar=on_bar
        ),
    )  # fmt: skip
menu.add(
    "portal.notices",
    Entry(
        face="portal", label=N_("消息"), path="/notices/", icon="bell", order=5, signed_in=True, count=unread_count
    ),
)  # fmt: skip
