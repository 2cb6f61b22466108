"""The list of the items that somebody keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhengtong.foundation.access import Actor
from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.refusals import N_, NotFound
from zhengtong.foundation.tables.declared import Column, Empty, Filter, Table
from zhengtong.foundation.tables.rules import Asked
from zhengtong.foundation.ui import cells
from zhengtong.foundation.ui.listing import show_table
from zhengtong.topics.items import queries as items

from ..people import worker
from .keeping import BIG, KEEPERS, source_of

UNSEEN = [f"{version}__{column}" for version in ("published", "draft") for column in BIG]
SMALL = '<span class="zt-muted zt-small zt-number desk-break">{}</span>'
LOOKS = {"published": ("success", "circle-check"), "ended": ("neutral", "ban")}


@dataclass(frozen=True)
class Row:
    """One item as the list shows it."""

    item: Any
    department: str
    source: str
    blocking: int
    hints: int

    @property
    def state(self) -> str:
        return _(self.item.get_state_display())


def browse(request: HttpRequest) -> HttpResponse:
    """GET /desk/items/?q=&shelf=&sort=&columns=&preview="""
    actor = worker(request, *KEEPERS)
    context = {"may_import": actor.may("items.import"), "may_manage": actor.may("items.manage")}
    return show_table(request, ITEMS, actor, "desk/items/browse.html", context)


def _shelves(actor: Actor) -> Sequence[tuple[str, str]]:
    return [("draft", _("有草稿")), ("published", _("已发布")), ("ended", _("已停办"))]


def _rows(actor: Actor, asked: Asked) -> QuerySet[Any]:
    shelf = asked.get("shelf")
    rows = items.kept_items(actor, text=asked.get("q"), state=shelf if shelf in ("published", "ended") else "")
    if shelf == "draft":
        rows = rows.filter(draft__isnull=False)
    return rows.defer(*UNSEEN, "published__defects")


def _find(actor: Actor, code: str) -> Any:
    found = items.kept_items(actor).filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def _dressed(found: Sequence[Any], actor: Actor) -> list[Row]:
    bodies = directory.organisations({item.organisation for item in found})
    return [_row(item, bodies) for item in found]


def _row(item: Any, bodies: Mapping[str, Any]) -> Row:
    found = item.draft.defects if item.draft else []
    blocking = sum(1 for one in found if one["is_blocking"])
    body = bodies.get(item.organisation)
    name = body.short_name if body else item.organisation
    return Row(item, name, source_of(item.owner), blocking, len(found) - blocking)


def _draft_words(row: Row) -> str:
    if not row.item.draft:
        return ""
    return _("{count} 处必须改正").format(count=row.blocking) if row.blocking else _("可以发布")


def _draft(row: Row) -> SafeString:
    if not row.item.draft:
        return cells.NOTHING
    look = ("danger", "alert-circle") if row.blocking else ("success", "circle-check")
    hints = cells.muted(_("，{count} 处建议").format(count=row.hints)) if row.hints else ""
    return format_html("{}{}", cells.tag(_draft_words(row), *look), hints)


ITEMS = Table(
    name="items",
    title=N_("事项清单"),
    route="desk-items",
    permissions=KEEPERS,
    rows=_rows,
    dress=_dressed,
    ident=lambda row: row.item.code,
    label=lambda row: row.item.name,
    link=lambda row: reverse("desk-item", args=[row.item.code]),
    find=_find,
    preview="desk/items/_preview.html",
    filters=(
        Filter(key="shelf", title=N_("事项的状态"), look="tabs", choices=_shelves, every=N_("全部")),
        Filter(key="q", title=N_("事项名称或代码"), look="search"),
    ),
    columns=(
        Column(
            key="name", title=N_("事项"), value=lambda row: row.item.name, sort=("name", "pk"), kind="main",
            show=lambda row: format_html(SMALL, row.item.code),
        ),
        Column(key="code", title=N_("代码"), value=lambda row: row.item.code, sort=("code",), is_shown=False),
        Column(key="department", title=N_("部门"), value=lambda row: row.department, sort=("organisation", "name")),
        Column(
            key="state", title=N_("状态"), value=lambda row: row.state, kind="tight",
            show=lambda row: cells.tag(row.state, *LOOKS.get(row.item.state, ("neutral", "edit"))),
        ),
        Column(key="draft", title=N_("草稿"), value=_draft_words, show=_draft),
        Column(key="source", title=N_("来源"), value=lambda row: row.source, show=lambda row: cells.muted(row.source)),
        Column(
            key="changed", title=N_("最近改动"), value=lambda row: row.item.changed_at, sort=("changed_at", "pk"),
            show=lambda row: cells.moment(row.item.changed_at), kind="tight", is_shown=False,
        ),
    ),
    empty=Empty(
        title=N_("这里还没有事项"), text=N_("可以从事项库导入，或由资料包带入。"), icon="list-details",
        filtered=N_("没有符合条件的事项"),
    ),
    more=N_("后面还有。请按名称、代码缩小范围。"),
)  # fmt: skip
