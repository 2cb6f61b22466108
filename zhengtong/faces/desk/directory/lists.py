"""Organisations, divisions and posts as lists; every colleague may look things up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from zhengtong.foundation.access import Actor
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.directory.models import Division, Organisation
from zhengtong.foundation.refusals import N_
from zhengtong.foundation.tables.declared import Column, Empty, Filter, Table
from zhengtong.foundation.tables.rules import Asked
from zhengtong.foundation.ui import Tab, cells
from zhengtong.foundation.ui.listing import show_table

from ..people import worker

# Held by everybody who works at the desk at all: the directory is no secret among colleagues.
EVERYBODY = (
    "cases.view", "items.manage", "packs.apply", "directory.manage", "accounts.manage", "audit.view", "tasks.oversee",
)  # fmt: skip
SMALL = '<span class="zt-muted zt-small zt-number desk-break">{}</span>'
ENDED = (("", N_("在用的")), ("yes", N_("已停用的")))


@dataclass(frozen=True)
class PostRow:
    """A post with its roles in words and those who hold it."""

    post: Any
    roles: str
    holders: str


def browse(request: HttpRequest) -> HttpResponse:
    """GET /desk/directory/?q=&kind=&ended="""
    return _show(request, ORGANISATIONS)


def divisions(request: HttpRequest) -> HttpResponse:
    """GET /desk/directory/divisions/?q=&level="""
    return _show(request, DIVISIONS)


def posts(request: HttpRequest) -> HttpResponse:
    """GET /desk/directory/posts/?q=&organisation=&ended="""
    return _show(request, POSTS)


def _show(request: HttpRequest, table: Table) -> HttpResponse:
    actor = worker(request)
    shelves = [
        Tab(_(words), reverse(route), route == table.route)
        for route, words in (
            ("desk-directory", N_("机构")), ("desk-posts", N_("岗位")), ("desk-divisions", N_("区划")),
        )
    ]  # fmt: skip
    return show_table(request, table, actor, "desk/directory/browse.html", {"shelves": shelves})


def _kinds(actor: Actor) -> Sequence[tuple[str, str]]:
    return [(value, _(words)) for value, words in Organisation.Kind.choices]


def _levels(actor: Actor) -> Sequence[tuple[str, str]]:
    return [(value, _(words)) for value, words in Division.Level.choices]


def _ended(actor: Actor) -> Sequence[tuple[str, str]]:
    return [("yes", _("已停用的"))]


def _organisations(actor: Actor, asked: Asked) -> QuerySet[Any]:
    return directory.listed_organisations(text=asked.get("q"), kind=asked.get("kind"), ended=bool(asked.get("ended")))


def _posts(actor: Actor, asked: Asked) -> QuerySet[Any]:
    return directory.listed_posts(
        text=asked.get("q"), organisation=asked.get("organisation"), ended=bool(asked.get("ended"))
    )  # fmt: skip


def _dressed(found: Sequence[Any], actor: Actor) -> list[PostRow]:
    holders, roles = accounts.holders_of(post.code for post in found), accounts.role_names()
    return [
        PostRow(
            post, "、".join(roles.get(role, role) for role in post.roles),
            "、".join(one.account_name for one in holders.get(post.code, ()) if one.state == "now"),
        )
        for post in found
    ]  # fmt: skip


def _words(code: str) -> str:
    found: Mapping[str, Any] = directory.organisations([code])
    return str(found[code].short_name) if code in found else code


ORGANISATIONS = Table(
    name="organisations",
    title=N_("机构名录"),
    route="desk-directory",
    permissions=EVERYBODY,
    rows=_organisations,
    ident=lambda row: row.code,
    label=lambda row: row.name,
    link=lambda row: reverse("desk-organisation", args=[row.code]),
    filters=(
        Filter(key="q", title=N_("名称或代码"), look="search"),
        Filter(key="kind", title=N_("类别"), look="select", choices=_kinds, every=N_("全部类别")),
        Filter(key="ended", title=N_("状态"), look="select", choices=_ended, every=N_("在用的")),
    ),
    columns=(
        Column(
            key="name", title=N_("机构"), value=lambda row: row.name, sort=("name", "code"), kind="main",
            show=lambda row: format_html(SMALL, row.code),
        ),
        Column(key="kind", title=N_("类别"), value=lambda row: _(row.get_kind_display()), kind="tight"),
        Column(key="phone", title=N_("电话"), value=lambda row: row.phone, kind="tight"),
        Column(key="address", title=N_("地址"), value=lambda row: row.address),
        Column(key="division", title=N_("区划"), value=lambda row: row.division.name, kind="tight", is_shown=False),
        Column(key="hours", title=N_("办公时间"), value=lambda row: row.hours, is_shown=False),
        Column(key="code", title=N_("代码"), value=lambda row: row.code, sort=("code",), is_shown=False),
    ),
    empty=Empty(
        title=N_("还没有登记机构"), text=N_("机构由资料包带入。"), icon="building-community",
        filtered=N_("没有符合条件的机构"),
    ),
    more=N_("后面还有。请按名称缩小范围。"),
)  # fmt: skip

DIVISIONS = Table(
    name="divisions",
    title=N_("区划名录"),
    route="desk-divisions",
    permissions=EVERYBODY,
    rows=lambda actor, asked: directory.listed_divisions(text=asked.get("q"), level=asked.get("level")),
    ident=lambda row: row.code,
    label=lambda row: row.name,
    link=lambda row: reverse("desk-division", args=[row.code]),
    filters=(
        Filter(key="q", title=N_("名称或代码"), look="search"),
        Filter(key="level", title=N_("级别"), look="select", choices=_levels, every=N_("全部级别")),
    ),
    columns=(
        Column(key="name", title=N_("区划"), value=lambda row: row.name, sort=("name", "code"), kind="main"),
        Column(
            key="code", title=N_("代码"), value=lambda row: row.code, show=lambda row: cells.number(row.code),
            sort=("code",), kind="tight",
        ),
        Column(key="level", title=N_("级别"), value=lambda row: _(row.get_level_display()), kind="tight"),
        Column(key="parent", title=N_("上级"), value=lambda row: row.parent.name if row.parent else ""),
    ),
    empty=Empty(title=N_("还没有登记区划"), icon="map-pin", filtered=N_("没有符合条件的区划")),
    more=N_("后面还有。请按名称缩小范围。"),
)  # fmt: skip

POSTS = Table(
    name="posts",
    title=N_("岗位名录"),
    route="desk-posts",
    permissions=EVERYBODY,
    rows=_posts,
    dress=_dressed,
    ident=lambda row: row.post.code,
    label=lambda row: f"{row.post.organisation.short_name} {row.post.title}",
    link=lambda row: reverse("desk-post", args=[row.post.code]),
    filters=(
        Filter(key="q", title=N_("岗位或机构"), look="search"),
        Filter(key="ended", title=N_("状态"), look="select", choices=_ended, every=N_("在用的")),
        Filter(key="organisation", title=N_("机构"), look="chip", words=_words),
    ),
    columns=(
        Column(key="title", title=N_("岗位"), value=lambda row: row.post.title, kind="main"),
        Column(
            key="organisation", title=N_("机构"), value=lambda row: row.post.organisation.short_name,
            sort=("organisation", "code"), kind="tight",
        ),
        Column(key="roles", title=N_("角色"), value=lambda row: row.roles, kind="tight"),
        Column(
            key="holders", title=N_("现在由谁担任"), value=lambda row: row.holders,
            show=lambda row: row.holders or cells.muted(_("空缺")),
        ),
    ),
    empty=Empty(title=N_("还没有岗位"), text=N_("岗位由资料包带入。"), icon="users", filtered=N_("没有符合条件的岗位")),
    more=N_("后面还有。请按岗位或机构缩小范围。"),
)  # fmt: skip
