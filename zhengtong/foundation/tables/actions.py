"""Views, columns, exports, and one action on many rows."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.accounts import queries as people
from zhengtong.foundation.outbox.jobs import defer
from zhengtong.foundation.params import queries as params
from zhengtong.foundation.refusals import NotFound, Refused, SignInRequired, filled

from . import rules, store
from .declared import Bulk, Cell, Column, Table, table_named
from .models import Export, Preference, View
from .queries import UNDER_WAY
from .writing import FORMATS

log = logging.getLogger(__name__)
AT_ONCE = 500
MOST_CHOSEN = 200
MOST_RUNS = 3
KEEP, MOST_AT_ONCE = "exports.keep_days", "exports.most_at_once"
Outcome = dict[str, str]


# -- views and columns -----------------------------------------------------------------------------------------------


@transaction.atomic
def save_view(table: Table, *, name: str, query: str, actor: Actor) -> View:
    """Give what the address says a name; who looks opens it again. Refused: no name, a name I have used already."""
    access.require(actor, "tables.export", table)
    asked = rules.read_query(query, table.known(actor))
    view = View(
        table=table.name, name=rules.clean_name(name), query=asked.query(view=""), account_id=_account(actor),
        created_at=clock.now(),
    )  # fmt: skip
    return _named(view)


@transaction.atomic
def rename_view(view: View, *, name: str, actor: Actor) -> View:
    """Another name. Refused: not mine, no name, a name I have used already."""
    view = _my_view(view, actor)
    view.name = rules.clean_name(name)
    return _named(view)


@transaction.atomic
def share_view(view: View, *, actor: Actor) -> View:
    """My organisation sees it too. Refused: I have no post."""
    view = _my_view(view, actor)
    organisations = people.organisations_of(_account(actor))  # the first post is the main one
    if not organisations:
        raise rules.ViewNotShareable
    view.organisation = organisations[0]
    view.save(update_fields=["organisation"])
    return view


@transaction.atomic
def unshare_view(view: View, *, actor: Actor) -> View:
    """Only I see it again."""
    view = _my_view(view, actor)
    view.organisation = ""
    view.save(update_fields=["organisation"])
    return view


@transaction.atomic
def drop_view(view: View, *, actor: Actor) -> None:
    """The name goes; the rows are not touched."""
    _my_view(view, actor).delete()


def _my_view(view: View, actor: Actor) -> View:
    view = View.objects.select_for_update().get(pk=view.pk)
    access.require(actor, "tables.keep_view", view)
    return view


def _named(view: View) -> View:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError:
        raise rules.ViewNameTaken(name=view.name) from None
    return view


@transaction.atomic
def prefer_view(table: Table, *, view: UUID | None, actor: Actor) -> None:
    """The view that opens first, mine or shared with me; without one, the whole list does."""
    access.require(actor, "tables.export", table)
    if view is not None:
        row = View.objects.filter(pk=view, table=table.name).first()
        if row is None:
            raise NotFound
        access.require(actor, "tables.read_view", row)
    Preference.objects.update_or_create(account_id=_account(actor), table=table.name, defaults={"view_id": view})


@transaction.atomic
def choose_columns(table: Table, *, columns: Sequence[str], actor: Actor) -> None:
    """Which columns I want to see from now on; without any, those that show by themselves."""
    access.require(actor, "tables.export", table)
    chosen = rules.columns_of(columns, table.known(actor))
    Preference.objects.update_or_create(
        account_id=_account(actor), table=table.name, defaults={"columns": list(chosen)}
    )


def _account(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise SignInRequired
    return actor.account_id


# -- one action on many rows -----------------------------------------------------------------------------------------


def carry_out(
    bulk: Bulk, *, table: Table, idents: Sequence[str], sent: Mapping[str, str], actor: Actor
) -> list[Outcome]:
    """Act on each row; what is refused for one is said and hinders no other. Inside the caller's `once`.

    The only place beside the middleware that hears refusals: here each of them is an answer of its own.
    """
    assert table.find is not None, f"{table.name} offers actions and finds no row"
    wanted = check_chosen(idents)
    said: dict[str, Outcome] = {}
    for ident in sorted(wanted):  # always in one order, so that two who choose the same rows wait and never deadlock
        label, state, words = ident, "done", ""
        try:
            with transaction.atomic():
                row = table.find(actor, ident)
                label = table.label(table.dress([row], actor)[0])
                bulk.do(row, actor, sent)
        except Refused as refusal:
            state = "refused"
            words = "".join(filled(text, refusal.data, _) for text in (refusal.message, refusal.remedy) if text)
        said[ident] = {"ident": ident, "label": label, "state": state, "words": words}
    return [said[ident] for ident in wanted]


def check_chosen(idents: Sequence[str]) -> list[str]:
    """Each row once, as chosen. Refused: none, too many."""
    wanted = list(dict.fromkeys(ident for each in idents if (ident := rules.plain(each))))
    if not wanted:
        raise rules.NothingChosen
    if len(wanted) > MOST_CHOSEN:
        raise rules.TooManyChosen(most=MOST_CHOSEN)
    return wanted


# -- exports ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def request_export(
    table: Table, *, query: str, columns: Sequence[str], format: str, language: str, actor: Actor
) -> Export:
    """Ask for the list as a file; a job makes it. Refused: not mine to take, too many on the way.

    By whose hand and with what filters a list leaves the house is on record; of words searched for, which may be
    somebody's name, only that there were any.
    """
    access.require(actor, "tables.export", table)
    account, known = _account(actor), table.known(actor)
    asked = rules.read_query(query, known)
    words = {one.key for one in table.filters if one.look == "search"}
    accounts.record_export(
        account, what=table.name, filters={k: v for k, v in asked.filters.items() if k not in words},
        by_text=bool(words & set(asked.filters)), format=format, actor=actor,
    )  # fmt: skip
    most = params.integer(MOST_AT_ONCE, on=clock.today())
    waiting = Export.objects.filter(account_id=account, state__in=UNDER_WAY).count()
    if waiting >= most:
        raise rules.ExportsWaiting(count=waiting)
    export = Export.objects.create(
        account_id=account, table=table.name, query=asked.query(view=""),
        columns=rules.columns_of(columns, known), format=format if format in FORMATS else "csv", language=language,
        created_at=clock.now(),
    )  # fmt: skip
    defer("tables.export", export=str(export.pk))
    return export


@transaction.atomic
def cancel_export(export: Export, *, actor: Actor) -> Export:
    """Stop it; the job notices at the next portion."""
    export = Export.objects.select_for_update().get(pk=export.pk)
    access.require(actor, "tables.keep_export", export)
    if export.is_under_way:
        _end(export, Export.State.CANCELLED)
    return export


class _Stopped(Exception):
    """Cancelled, or another run has taken over."""


def make_export(export_id: UUID, *, actor: Actor) -> None:
    """Write the file as whoever asked may see the list now; from the start again, if a worker died over it."""
    access.require(actor, "tables.sweep")
    export = _begin(export_id)
    if export is None:
        return
    try:
        with translation.override(export.language), store.being_written() as path:
            asker, table = _asker(export)
            FORMATS[export.format](
                path, title=_(table.title), head=_head(table, export), rows=_rows(export, table, asker)
            )
            _finish(export, lambda: store.keep(path, export.pk, export.format))
    except _Stopped:
        return
    except Refused as refusal:
        with translation.override(export.language):
            _give_up(export, filled(refusal.message, refusal.data, _))
    except Exception:
        if export.run < MOST_RUNS:
            raise
        log.exception("export %s failed %s times", export.pk, export.run)
        _give_up(export, "")


@transaction.atomic
def _begin(export_id: UUID) -> Export | None:
    export = Export.objects.select_for_update().filter(pk=export_id).first()
    if export is None or not export.is_under_way:
        return None
    export.state, export.run, export.rows_done, export.rows_all = Export.State.RUNNING, export.run + 1, 0, None
    export.save(update_fields=["state", "run", "rows_done", "rows_all"])
    return export


def _asker(export: Export) -> tuple[Actor, Table]:
    """Whoever asked, with the grants he has now. Refused: he or the list is gone, or no longer his."""
    account = people.account_by_id(export.account_id)
    asker, table = people.actor_for(account), table_named(export.table)
    if table is None or not account.is_active:
        raise NotFound
    access.require(asker, "tables.export", table)
    return asker, table


def _columns(table: Table, export: Export) -> list[Column]:
    return [column for column in table.chosen_columns(export.columns) if column.is_exported]


def _head(table: Table, export: Export) -> list[str]:
    return [_(column.title) for column in _columns(table, export)]


def _rows(export: Export, table: Table, asker: Actor) -> Iterator[list[Cell]]:
    """All rows in portions; each portion says how far it is and hears whether to go on."""
    asked = rules.read_query(export.query, table.known(asker))
    found = table.ordered(asker, asked)
    _goes_on(export, rows_all=found.order_by().count())
    columns, done = _columns(table, export), 0
    waiting = found.iterator(chunk_size=AT_ONCE)
    while portion := list(islice(waiting, AT_ONCE)):
        for row in table.dress(portion, asker):
            yield [column.value(row) for column in columns]
        done += len(portion)
        _goes_on(export, rows_done=done)


def _goes_on(export: Export, **changes: int) -> None:
    mine = Export.objects.filter(pk=export.pk, state=Export.State.RUNNING, run=export.run)
    if not mine.update(**changes):
        raise _Stopped


@transaction.atomic
def _finish(export: Export, keep: Any) -> None:
    locked = Export.objects.select_for_update().get(pk=export.pk)
    if (locked.state, locked.run) != (Export.State.RUNNING, export.run):
        raise _Stopped
    locked.size = keep()
    locked.keep_until = clock.now() + timedelta(days=params.integer(KEEP, on=clock.today()))
    locked.rows_all = locked.rows_done
    _end(locked, Export.State.DONE)


@transaction.atomic
def _give_up(export: Export, reason: str) -> None:
    locked = Export.objects.select_for_update().get(pk=export.pk)
    if locked.is_under_way and locked.run == export.run:
        locked.reason = reason[:300]
        _end(locked, Export.State.FAILED)


def _end(export: Export, state: Export.State) -> None:
    """What was searched for is no longer needed, whatever the end."""
    export.state, export.ended_at, export.query = state, clock.now(), ""
    export.save()


def forget_exports(*, actor: Actor) -> int:
    """Files past their time go, that they were made stays; returns how many went."""
    access.require(actor, "tables.sweep")
    gone = 0
    for export in Export.objects.filter(state=Export.State.DONE, keep_until__lt=clock.now()):
        store.remove(export.pk, export.format)
        gone += Export.objects.filter(pk=export.pk).update(state=Export.State.EXPIRED, size=None)
    store.sweep(seconds=24 * 3600)
    return gone
