"""My views, my columns, my exports."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from zhengtong.foundation.access import Actor, visible
from zhengtong.foundation.refusals import NotFound

from . import access, store  # noqa: F401 - access declares who may
from .models import Export, Preference, View
from .rules import ExportNotReady

UNDER_WAY = (Export.State.WAITING, Export.State.RUNNING)
LATEST = 50


@dataclass(frozen=True)
class Kept:
    """What is remembered for a table: my columns, the view that opens first, the views I may use."""

    columns: tuple[str, ...] = ()
    default: View | None = None
    views: Sequence[View] = ()


def kept_for(actor: Actor, table: str) -> Kept:
    """Columns, default view and all views, mine first."""
    views = list(visible(actor, "tables.read_view", View.objects.filter(table=table)).order_by("name", "id"))
    views.sort(key=lambda view: view.account_id != actor.account_id)
    found = Preference.objects.filter(account=actor.account_id, table=table).first()
    if found is None:
        return Kept(views=views)
    # A shared view that is no longer mine to see opens no more.
    default = next((view for view in views if view.pk == found.view_id), None)
    return Kept(tuple(found.columns), default, views)


def view_for(actor: Actor, pk: UUID) -> View:
    """One of my own views, to be changed."""
    found = visible(actor, "tables.keep_view", View.objects.filter(pk=pk)).first()
    if found is None:
        raise NotFound
    return found


def exports_of(actor: Actor) -> list[Export]:
    """The latest exports of the actor, newest first."""
    return list(visible(actor, "tables.keep_export", Export.objects.all()).order_by("-created_at", "-id")[:LATEST])


def export_for(actor: Actor, pk: UUID) -> Export:
    """One of the actor's own exports."""
    found = visible(actor, "tables.keep_export", Export.objects.filter(pk=pk)).first()
    if found is None:
        raise NotFound
    return found


def open_export(export: Export) -> BinaryIO:
    """The finished file. Refused: not finished, or gone."""
    if export.state != Export.State.DONE:
        raise ExportNotReady
    try:
        return store.open_kept(export.pk, export.format)
    except FileNotFoundError:
        raise ExportNotReady from None
