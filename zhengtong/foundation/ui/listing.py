"""A declared table on a page: what its address asks for, as the component `{% listing %}` draws it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from zhengtong.foundation.access import Actor
from zhengtong.foundation.idempotency import queries as turns
from zhengtong.foundation.refusals import NotFound
from zhengtong.foundation.tables import queries as tables
from zhengtong.foundation.tables.declared import Bulk, Column, Empty, Filter, Table
from zhengtong.foundation.tables.rules import NO_VIEW, Asked, columns_of, plain, read

from .components import Tab
from .pages import page_or_fragment
from .paging import paged

# The pane beside the list shows them anyway: further columns make room for it.
BESIDE_PANE = 4
CHOSEN = "tables.chosen"


@dataclass(frozen=True)
class Head:
    """A column's head; `sort` is its key where the list can be ordered by it."""

    text: str
    sort: str = ""
    kind: str = ""
    is_extra: bool = False
    ident: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell as it is drawn."""

    label: str
    text: str
    kind: str = ""
    is_extra: bool = False
    note: str = ""


@dataclass(frozen=True)
class Line:
    """One row: how actions know it, what it is called, where it opens and where its preview does."""

    ident: str
    label: str
    link: str
    cells: Sequence[Cell]
    preview: str = ""
    is_previewed: bool = False


@dataclass(frozen=True)
class Choice:
    """One value of a filter, or one column."""

    value: str
    words: str
    is_chosen: bool = False
    is_fixed: bool = False


@dataclass(frozen=True)
class Field:
    """A filter as it is drawn."""

    key: str
    title: str
    look: str
    value: str = ""
    words: str = ""
    choices: Sequence[Choice] = ()
    tabs: Sequence[Tab] = ()
    without: str = ""


@dataclass(frozen=True)
class ViewLink:
    """A saved view."""

    name: str
    path: str
    is_current: bool = False
    is_shared: bool = False


@dataclass(frozen=True)
class Act:
    """What can be done to the chosen rows; one that asks something first opens a page of its own."""

    key: str
    label: str
    icon: str
    does: str
    asks: bool = False


@dataclass(frozen=True)
class Pane:
    """What stands beside the list."""

    template: str
    row: Any
    link: str
    label: str
    close: str
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Listing:
    """Everything the component is told. Paths that are empty take their part of it away."""

    name: str
    title: str
    path: str
    heads: Sequence[Head]
    lines: Sequence[Line]
    empty: Empty
    fields: Sequence[Field] = ()
    hidden: Sequence[tuple[str, str]] = ()
    query: str = ""
    is_narrowed: bool = False
    columns: Sequence[Choice] = ()
    views: Sequence[ViewLink] = ()
    is_saved: bool = False
    acts: Sequence[Act] = ()
    outcomes: Sequence[Mapping[str, str]] = ()
    pane: Pane | None = None
    previous: str = ""
    next: str = ""
    is_cut: bool = False
    more: str = ""
    columns_path: str = ""
    views_path: str = ""
    chosen_path: str = ""
    export_path: str = ""

    @property
    def target(self) -> str:
        return f"#{self.name}-listing"

    @property
    def everything(self) -> str:
        return f"{self.path}?view={NO_VIEW}"

    @property
    def current_view(self) -> ViewLink | None:
        return next((view for view in self.views if view.is_current), None)

    @property
    def tabs(self) -> Sequence[Field]:
        return [one for one in self.fields if one.look == "tabs"]

    @property
    def chips(self) -> Sequence[Field]:
        return [one for one in self.fields if one.look == "chips" and len(one.tabs) > 2]

    @property
    def taken(self) -> Sequence[Field]:
        """Filters that came by a link and can be taken off."""
        return [one for one in self.fields if one.look == "chip" and one.value]

    @property
    def asked_in_form(self) -> Sequence[Field]:
        return [one for one in self.fields if one.look in ("search", "select")]

    @property
    def has_previews(self) -> bool:
        return any(line.preview for line in self.lines)

    @property
    def done(self) -> int:
        return sum(one["state"] == "done" for one in self.outcomes)

    @property
    def refused(self) -> Sequence[Mapping[str, str]]:
        return [one for one in self.outcomes if one["state"] != "done"]


def show_table(
    request: HttpRequest, table: Table, actor: Actor, page: str, context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The page with its list as `listing`; for htmx the list or the pane alone; the default view for a bare address."""
    kept = tables.kept_for(actor, table.name)
    if not request.GET and kept.default and kept.default.query:
        return redirect(f"{reverse(table.route)}?{kept.default.query}")
    found = _listing(request, table, actor, kept)
    part = "ui/_pane.html" if _wants_pane(request, table) else "ui/_listing.html"
    told = {**(context or {}), "listing": found, "pane": found.pane, "name": table.name}
    return page_or_fragment(request, page, part, told)


def _wants_pane(request: HttpRequest, table: Table) -> bool:
    return request.headers.get("HX-Target") == f"{table.name}-pane"


def _listing(request: HttpRequest, table: Table, actor: Actor, kept: tables.Kept) -> Listing:
    known, base = table.known(actor), reverse(table.route)
    asked = read(request.GET, known)
    keys = asked.columns or columns_of(kept.columns, known)
    columns = table.chosen_columns(keys)
    page = None if _wants_pane(request, table) else paged(request, table.ordered(actor, asked))
    rows = table.dress(page.rows, actor) if page else []
    query = asked.query(view="")
    preview = plain(request.GET.get("preview", "")) if table.preview else ""
    views = [
        ViewLink(
            view.name, f"{base}?{view.query or f'view={NO_VIEW}'}",
            is_current=bool(request.GET) and asked.view != NO_VIEW and view.query == query,
            is_shared=bool(view.organisation),
        )
        for view in kept.views
    ]  # fmt: skip
    in_form = {one.key for one in table.filters if one.look in ("search", "select")}
    return Listing(
        name=table.name, title=_(table.title), path=base, empty=_empty(table, asked),
        heads=[
            Head(
                _(column.title), column.key if column.sort else "", column.kind, number >= BESIDE_PANE,
                f"{table.name}-sort-{column.key}" if column.sort else "",
            )
            for number, column in enumerate(columns)
        ],
        lines=[_line(row, table, columns, f"{base}?{query}", preview) for row in rows],
        fields=[_field(one, actor, asked, base) for one in table.filters] if page else (),
        hidden=[(name, value) for name, value in _pairs(asked) if name not in in_form],
        query=query, is_narrowed=any(asked.get(one.key) for one in table.filters if one.look not in ("tabs", "chips")),
        columns=[
            Choice(one.key, _(one.title), one in columns, one.kind == "main") for one in table.columns
        ],
        views=views, is_saved=any(view.is_current for view in views),
        acts=[_act(one) for one in table.bulk if one.is_offered(actor, asked)],
        outcomes=_outcomes(request, actor),
        pane=_pane(table, actor, preview, base, query),
        previous=page.previous if page else "", next=page.next if page else "", is_cut=bool(page and page.is_cut),
        more=_(table.more) if table.more else "",
        columns_path=reverse(f"{table.face}-table-columns", args=[table.name]),
        views_path=reverse(f"{table.face}-table-views", args=[table.name]),
        chosen_path=reverse(f"{table.face}-table-chosen", args=[table.name]) if table.bulk else "",
        export_path=reverse(f"{table.face}-exports"),
    )  # fmt: skip


def _empty(table: Table, asked: Asked) -> Empty:
    found = table.empty if isinstance(table.empty, Empty) else table.empty(asked)
    words = {name: _(said) for name in ("title", "text", "filtered", "filtered_text") if (said := getattr(found, name))}
    return replace(found, **words)


def _pairs(asked: Asked) -> list[tuple[str, str]]:
    pairs = [*asked.filters.items(), ("sort", asked.sort), ("columns", ",".join(asked.columns))]
    return [(name, value) for name, value in pairs if value]


def _line(row: Any, table: Table, columns: Sequence[Column], here: str, preview: str) -> Line:
    ident = table.ident(row)
    cells = []
    for number, column in enumerate(columns):
        is_main = column.kind == "main"
        drawn = column.show(row) if column.show else ""
        text = str(column.value(row) or "") if is_main or not column.show else drawn
        cells.append(Cell(_(column.title), text or "—", column.kind, number >= BESIDE_PANE, drawn if is_main else ""))
    joint = "&" if "=" in here else ""
    path = f"{here}{joint}preview={ident}" if table.preview else ""
    return Line(ident, table.label(row), table.link(row), cells, path, is_previewed=bool(preview) and preview == ident)


def _field(one: Filter, actor: Actor, asked: Asked, base: str) -> Field:
    value = asked.get(one.key)
    choices = [Choice(code, words, code == value) for code, words in one.choices(actor)] if one.choices else []
    every = [Choice("", _(one.every), not value)] if one.every else []
    counts = one.counts(actor) if one.counts else {}
    tabs = [
        Tab(each.words, _path(base, asked, one.key, each.value), each.is_chosen, counts.get(each.value))
        for each in (*every, *choices)
    ] if one.look in ("tabs", "chips") else []  # fmt: skip
    return Field(
        one.key, _(one.title), one.look, value, one.words(value) if one.look == "chip" and value else "",
        [*every, *choices], tabs, without=_path(base, asked, one.key, ""),
    )  # fmt: skip


def _path(base: str, asked: Asked, key: str, value: str) -> str:
    query = asked.query(**{key: value})
    return f"{base}?{query or f'view={NO_VIEW}'}"


def _act(one: Bulk) -> Act:
    return Act(one.key, _(one.label), one.icon, _(one.does), asks=bool(one.asks))


def _outcomes(request: HttpRequest, actor: Actor) -> Sequence[Mapping[str, str]]:
    """What became of the rows last chosen, if the address names the key of that turn."""
    key = request.GET.get("done", "")
    try:
        found = turns.answer_of(actor, str(UUID(key)), action=CHOSEN) if key else None
    except ValueError:
        found = None
    return found.get("outcomes", []) if found else []


def _pane(table: Table, actor: Actor, ident: str, base: str, query: str) -> Pane | None:
    """The row that the address wants beside the list; one that is not there, or not mine, leaves the pane closed."""
    if not ident or table.find is None:
        return None
    try:
        row = table.dress([table.find(actor, ident)], actor)[0]
    except NotFound:
        return None
    about = table.about(row, actor) if table.about else {}
    close = f"{base}?{query or f'view={NO_VIEW}'}"
    return Pane(table.preview, row, table.link(row), table.label(row), close, about)
