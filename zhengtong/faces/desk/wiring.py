"""The desk's navigation, and its tables for the worker who makes exports of them."""

from zhengtong.foundation.refusals import N_
from zhengtong.foundation.tables.declared import tables
from zhengtong.foundation.ui import Entry, Status, Tone, menu, tones

from .accounts.listing import ACCOUNTS
from .cases.listing import CASES
from .deliveries.slips import waiting_slips
from .directory.lists import DIVISIONS, ORGANISATIONS, POSTS
from .items.browsing import ITEMS
from .overview.work import PACE, URGENT
from .tasks import INBOX, waiting_count

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
    "desk.subjects",
    Entry(
        face="desk", label=N_("亲友代办"), path="/desk/subjects/", icon="heart-handshake", order=6,
        permission="cases.submit_for_visitor",
    ),
)  # fmt: skip
menu.add(
    "desk.cases",
    Entry(face="desk", label=N_("办件"), path="/desk/cases/", icon="files", order=3, permission="cases.view"),
)
menu.add(
    "desk.signing",
    Entry(
        face="desk", label=N_("签批"), path="/desk/cases/signing/", icon="rubber-stamp", order=2,
        permission="cases.decide",
    ),
)  # fmt: skip
menu.add(
    "desk.deliveries",
    Entry(
        face="desk", label=N_("出件"), path="/desk/deliveries/", icon="send", order=4, permission="deliveries.issue",
    ),
)  # fmt: skip
menu.add(
    "desk.slips",
    Entry(
        face="desk", label=N_("交接签收"), path="/desk/deliveries/slips/", icon="arrow-forward-up", order=5,
        permission="deliveries.view", count=waiting_slips,
    ),
)  # fmt: skip
menu.add(
    "desk.custody",
    Entry(
        face="desk", label=N_("原件与案卷"), path="/desk/deliveries/custody/", icon="folder-open", order=6,
        permission="deliveries.view",
    ),
)  # fmt: skip
menu.add(
    "desk.day",
    Entry(
        face="desk", label=N_("日结"), path="/desk/deliveries/day/", icon="clipboard-check", order=7,
        permission="deliveries.reconcile",
    ),
)  # fmt: skip
menu.add(
    "desk.visits",
    Entry(
        face="desk", label=N_("大厅预约"), path="/desk/visits/", icon="calendar-event", order=3,
        permission="visits.receive",
    ),
)  # fmt: skip
menu.add(
    "desk.visit_hours",
    Entry(
        face="desk", label=N_("预约时段"), path="/desk/visits/hours/", icon="clock", order=12,
        permission="visits.manage", group=MANAGE,
    ),
)  # fmt: skip
menu.add(
    "desk.payments",
    Entry(face="desk", label=N_("收费"), path="/desk/payments/", icon="coin", order=5, permission="payments.view"),
)
menu.add(
    "desk.online",
    Entry(
        face="desk", label=N_("网办率"), path="/desk/cases/online/", icon="progress", order=6,
        permission="cases.measure",
    ),
)  # fmt: skip
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
    "desk.exports",
    Entry(face="desk", label=N_("我的导出"), path="/desk/exports/", icon="download", order=8, signed_in=True),
)
menu.add(
    "desk.notices",
    Entry(
        face="desk", label=N_("消息发送"), path="/desk/notices/", icon="message", order=20,
        permission="notices.manage", group=MANAGE,
    ),
)  # fmt: skip
menu.add(
    "desk.overview",
    Entry(face="desk", label=N_("看板"), path="/desk/overview/", icon="flag", order=0, permission="tasks.oversee"),
)
menu.add(
    "desk.accounts",
    Entry(
        face="desk", label=N_("账号"), path="/desk/accounts/", icon="users", order=13, permission="accounts.manage",
        group=MANAGE,
    ),
)  # fmt: skip
menu.add(
    "desk.audit",
    Entry(
        face="desk", label=N_("审计记录"), path="/desk/audit/", icon="shield-check", order=14, permission="audit.view",
        group=MANAGE,
    ),
)  # fmt: skip
menu.add(
    "desk.directory",
    Entry(
        face="desk", label=N_("机构与岗位"), path="/desk/directory/", icon="building-community", order=9,
        signed_in=True,
    ),
)  # fmt: skip
menu.add(
    "desk.components",
    Entry(
        face="desk", label=N_("组件"), path="/desk/components/", icon="category", order=90, permission="packs.apply",
        group=MANAGE,
    ),
)  # fmt: skip

for table in (INBOX, CASES, ITEMS, ACCOUNTS, ORGANISATIONS, POSTS, DIVISIONS, URGENT, PACE):
    tables.add(table.name, table)

tones.add("exports.waiting", Status(N_("排队中"), Tone.INFO, "hourglass"))
tones.add("exports.running", Status(N_("正在导出"), Tone.PRIMARY, "progress"))
tones.add("exports.done", Status(N_("已完成"), Tone.SUCCESS, "circle-check"))
tones.add("exports.cancelled", Status(N_("已取消"), Tone.NEUTRAL, "ban"))
tones.add("exports.failed", Status(N_("没有完成"), Tone.DANGER, "circle-x"))
tones.add("exports.expired", Status(N_("已到期删除"), Tone.NEUTRAL, "trash"))
