"""What a table is. A face declares it once; every page, view, bulk action and export of it follows from that."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.db.models import QuerySet

from zhengtong.foundation.access import Actor
from zhengtong.foundation.wiring import Registry

from .rules import Asked, Known

Cell = str | int | Decimal | date | datetime | None
Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Column:
    """`value` goes into the spreadsheet and, without `show`, onto the page; `show` draws it (`ui.cells`).

    `sort` names the fields to order by, upwards; only such as an index serves, or of a small set.
    kind: main (always there, the link) | tight | number | light.
    """

    key: str
    title: str
    value: Callable[[Any], Cell]
    show: Callable[[Any], str] | None = None
    sort: tuple[str, ...] = ()
    kind: Literal["", "main", "tight", "number", "light"] = ""
    is_shown: bool = True
    is_exported: bool = True


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One parameter of the address. look: search | select | tabs | chips | chip (comes by a link, can be taken off).

    `choices` are the values with their words; without them any text will do. `counts` are shown on tabs.
    """

    key: str
    title: str
    look: Literal["search", "select", "tabs", "chips", "chip"]
    choices: Callable[[Actor], Choices] | None = None
    counts: Callable[[Actor], Mapping[str, int]] | None = None
    words: Callable[[str], str] = str
    every: str = ""


@dataclass(frozen=True, kw_only=True)
class Bulk:
    """An action on each of the chosen rows. `do` calls the same public action that the row's own page calls.

    `does` says what will happen. `asks` is a template with further fields: it gets what `given` finds for the rows, and
    those named in `needs` must be filled in.
    """

    key: str
    label: str
    icon: str
    does: str
    do: Callable[[Any, Actor, Mapping[str, str]], Any]
    is_offered: Callable[[Actor, Asked], bool] = lambda actor, asked: True
    asks: str = ""
    given: Callable[[Actor, Sequence[Any]], Mapping[str, Any]] | None = None
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Empty:
    """What to say where there is nothing, and nothing for this filter."""

    title: str
    text: str = ""
    icon: str = "inbox"
    filtered: str = ""
    filtered_text: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A list people work with. `rows` begins with the actor's scope and is given only values that exist.

    `dress` adds to a page of rows at once what drawing them takes; `ident`, `label` and `link` are asked about the
    dressed. `find` gets one row by its ident within the actor's scope, for the pane (`preview`, its template) and
    for `bulk`.
    """

    name: str
    title: str
    route: str
    permissions: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Callable[[Actor, Asked], QuerySet[Any]]
    empty: Empty | Callable[[Asked], Empty]
    ident: Callable[[Any], str]
    label: Callable[[Any], str]
    link: Callable[[Any], str]
    filters: tuple[Filter, ...] = ()
    dress: Callable[[Sequence[Any], Actor], Sequence[Any]] = lambda rows, actor: rows
    find: Callable[[Actor, str], Any] | None = None
    preview: str = ""
    about: Callable[[Any, Actor], Mapping[str, Any]] | None = None
    bulk: tuple[Bulk, ...] = ()
    more: str = ""
    face: str = "desk"

    def is_for(self, actor: Actor) -> bool:
        """Whether the actor holds what the list is for; which rows he sees, `rows` decides."""
        return actor.is_staff and any(actor.may(each) for each in self.permissions)

    def known(self, actor: Actor) -> Known:
        """What an address of this actor may say."""
        return Known(
            filters={one.key: self._values(one, actor) for one in self.filters},
            sorts={column.key for column in self.columns if column.sort},
            columns=[column.key for column in self.columns],
            fixed={column.key for column in self.columns if column.kind == "main"},
        )

    @staticmethod
    def _values(one: Filter, actor: Actor) -> set[str] | None:
        return {value for value, _words in one.choices(actor)} if one.choices else None

    def ordered(self, actor: Actor, asked: Asked) -> QuerySet[Any]:
        """The rows in the order that was asked for; without one, in that of `rows`."""
        rows = self.rows(actor, asked)
        column = next((one for one in self.columns if one.key == asked.sort.removeprefix("-")), None)
        if column is None:
            return rows
        sign = "-" if asked.sort.startswith("-") else ""
        return rows.order_by(*(f"{sign}{name}" for name in column.sort))

    def chosen_columns(self, keys: Sequence[str]) -> list[Column]:
        """The columns by their keys; without any, those that show by themselves."""
        return [one for one in self.columns if (one.key in keys if keys else one.is_shown)]


tables: Registry[str, Table] = Registry("tables")


def table_named(name: str) -> Table | None:
    """A table by the name that an address or a stored export gives it."""
    return tables.get(name) if name in tables else None
