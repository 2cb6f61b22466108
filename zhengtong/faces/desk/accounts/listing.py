"""The accounts of staff and of other systems."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.accounts import actions
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.refusals import N_
from zhengtong.foundation.tables.declared import Bulk, Column, Empty, Filter, Table
from zhengtong.foundation.tables.rules import Asked
from zhengtong.foundation.ui import cells
from zhengtong.foundation.ui.listing import show_table

from ..people import worker

SMALL = '<span class="zt-muted zt-small zt-number desk-break">{}</span>'


@dataclass(frozen=True)
class Row:
    """One account with today's posts in words."""

    account: Any
    posts: str


def state_of(account: Any) -> tuple[str, str, str]:
    """The word for how an account stands, its tone and icon."""
    if not account.is_active:
        return _("已停用"), "neutral", "ban"
    if account.locked_until and account.locked_until > clock.now():
        return _("已锁定"), "danger", "lock"
    if account.password_at is None:
        return _("初始密码"), "warning", "alert-triangle"
    return _("正常"), "success", "circle-check"


def browse(request: HttpRequest) -> HttpResponse:
    """GET /desk/accounts/?q=&state="""
    return show_table(request, ACCOUNTS, worker(request, "accounts.manage"), "desk/accounts/browse.html")


def _rows(actor: Actor, asked: Asked) -> QuerySet[Any]:
    return accounts.managed_accounts(actor, text=asked.get("q"), state=asked.get("state"))


def _dressed(found: Sequence[Any], actor: Actor) -> list[Row]:
    holdings = accounts.holdings_of(account.pk for account in found)
    return [
        Row(
            account,
            "、".join(
                f"{one.organisation_name} {one.title}"
                for one in holdings.get(account.pk, ())
                if not one.last or one.last >= clock.today()
            ),
        )
        for account in found
    ]


def _states(actor: Actor) -> Sequence[tuple[str, str]]:
    return [
        ("active", _("在用")), ("locked", _("已锁定")), ("first", _("初始密码")), ("idle", _("没有岗位")),
        ("closed", _("已停用")),
    ]  # fmt: skip


def _state(row: Row) -> SafeString:
    return cells.tag(*state_of(row.account))


ACCOUNTS = Table(
    name="accounts",
    title=N_("账号清单"),
    route="desk-accounts",
    permissions=("accounts.manage",),
    rows=_rows,
    dress=_dressed,
    ident=lambda row: str(row.account.pk if hasattr(row, "account") else row.pk),
    label=lambda row: row.account.name if hasattr(row, "account") else row.name,
    link=lambda row: reverse("desk-account", args=[row.account.pk]),
    find=accounts.managed_account,
    filters=(
        Filter(key="state", title=N_("账号的状态"), look="tabs", choices=_states, every=N_("全部")),
        Filter(key="q", title=N_("姓名或登录名"), look="search"),
    ),
    columns=(
        Column(
            key="name", title=N_("姓名"), value=lambda row: row.account.name, sort=("name", "pk"), kind="main",
            show=lambda row: format_html(SMALL, row.account.login),
        ),
        Column(
            key="login", title=N_("登录名"), value=lambda row: row.account.login, sort=("login",), kind="tight",
            is_shown=False,
        ),
        Column(key="posts", title=N_("岗位"), value=lambda row: row.posts),
        Column(
            key="state", title=N_("状态"), value=lambda row: state_of(row.account)[0], show=_state, kind="tight",
        ),
        Column(
            key="seen", title=N_("上次登录"), value=lambda row: row.account.last_login, sort=("last_login", "pk"),
            show=lambda row: cells.moment(row.account.last_login), kind="tight",
        ),
        Column(
            key="created", title=N_("开通时间"), value=lambda row: row.account.created_at, sort=("created_at", "pk"),
            show=lambda row: cells.moment(row.account.created_at), kind="tight", is_shown=False,
        ),
        Column(
            key="kind", title=N_("类别"), value=lambda row: _(row.account.get_kind_display()), kind="tight",
            is_shown=False,
        ),
    ),
    bulk=(
        Bulk(
            key="close", label=N_("停用"), icon="ban",
            does=N_("停用之后不能再登录，已经登录的立即退出；已办的事不受影响。"),
            do=lambda row, actor, sent: actions.close_account(row, actor=actor),
            is_offered=lambda actor, asked: asked.get("state") != "closed",
        ),
    ),
    empty=Empty(title=N_("还没有账号"), icon="users", filtered=N_("没有符合条件的账号")),
    more=N_("后面还有。请按姓名缩小范围。"),
)  # fmt: skip
