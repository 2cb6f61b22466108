"""The desk's navigation."""

from zhengtong.foundation.refusals import N_
from zhengtong.foundation.ui import Entry, menu

from .tasks import waiting_count

MANAGE = N_("管理")

menu.add(
    "desk.inbox",
    Entry(
        face="desk", label=N_("待办"), path="/desk/", icon="inbox", order=1, permission="cases.view",
        also=("/desk/tasks/",), count=waiting_count,
    ),
)  # fmt: skip
menu.add(
    "desk.intake",
    Entry(
        face="desk", label=N_("窗口收件"), path="/desk/cases/new/", icon="file-plus", order=2,
        permission="cases.submit_for_visitor", also=("/desk/cases/drafts/",),
    ),
)  # fmt: skip
menu.add(
    "desk.cases",
    Entry(face="desk", label=N_("办件"), path="/desk/cases/", icon="files", order=3, permission="cases.view"),
)
menu.add(
    "desk.items",
    Entry(
        face="desk", label=N_("事项"), path="/desk/items/", icon="list-details", order=10, permission="items.manage",
        group=MANAGE,
    ),
)  # fmt: skip
menu.add(
    "desk.items_import",
    Entry(
        face="desk", label=N_("导入事项"), path="/desk/items/import/", icon="file-import", order=11,
        permission="items.import", group=MANAGE,
    ),
)  # fmt: skip
menu.add(
    "desk.components",
    Entry(
        face="desk", label=N_("组件"), path="/desk/components/", icon="category", order=90, permission="packs.apply",
        group=MANAGE,
    ),
)  # fmt: skip
