"""What every declared table offers beside its rows: columns, saved views, one action on the chosen rows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.foundation.access import Actor
from zhengtong.foundation.refusals import NotFound, Refused
from zhengtong.foundation.tables import actions, queries, rules
from zhengtong.foundation.tables.declared import Bulk, Table, table_named
from zhengtong.foundation.ui.listing import CHOSEN
from zhengtong.foundation.ui.once import FIELD

from .people import worker
from .turns import in_words, turn


def _found(request: HttpRequest, name: str) -> tuple[Actor, Table]:
    table = table_named(name)
    actor = worker(request, *(table.permissions if table else ()))
    if table is None:
        raise NotFound
    return actor, table


def _back(table: Table, query: str) -> HttpResponseRedirect:
    """See other: the list as it was."""
    response = HttpResponseRedirect(f"{reverse(table.route)}?{query or f'view={rules.NO_VIEW}'}")
    response.status_code = 303
    return response


@require_POST
def columns(request: HttpRequest, table: str) -> HttpResponse:
    """POST /desk/tables/<table>/columns/: remembered for me, whatever this address said of columns"""
    actor, found = _found(request, table)
    with turn(request, "tables.columns", table=table) as this:
        if this.is_new:
            chosen = [] if "reset" in request.POST else request.POST.getlist("column")
            actions.choose_columns(found, columns=chosen, actor=actor)
    asked = rules.read_query(request.POST.get("query", ""), found.known(actor))
    return _back(found, replace(asked, columns=()).query(view=""))


def views(request: HttpRequest, table: str) -> HttpResponse:
    """GET, POST /desk/tables/<table>/views/: my views; a new one from the list's own menu"""
    actor, found = _found(request, table)
    if request.method != "POST":
        return _views_page(request, actor, found)
    query = request.POST.get("query", "")
    try:
        with turn(request, "tables.views", table=table) as this:
            if this.is_new:
                view = actions.save_view(found, name=request.POST.get("name", ""), query=query, actor=actor)
                if request.POST.get("shared"):
                    actions.share_view(view, actor=actor)
    except Refused as refusal:
        if refusal.status != 422:
            raise
        return _views_page(request, actor, found, error=in_words(refusal), query=query)
    return _back(found, rules.read_query(query, found.known(actor)).query(view=""))


def _views_page(
    request: HttpRequest, actor: Actor, table: Table, *, error: str = "", query: str = ""
) -> HttpResponse:  # fmt: skip
    kept = queries.kept_for(actor, table.name)
    context = {
        "table": table,
        "title": _(table.title),
        "back": reverse(table.route),
        "mine": [view for view in kept.views if view.account_id == actor.account_id],
        "shared": [view for view in kept.views if view.account_id != actor.account_id],
        "default": kept.default,
        "no_view": rules.NO_VIEW,
        "error": error,
        "query": query,
        "name": request.POST.get("name", ""),
    }
    return render(request, "desk/tables/views.html", context, status=422 if error else 200)


@require_POST
def view(request: HttpRequest, table: str, view: UUID) -> HttpResponse:
    """POST /desk/tables/<table>/views/<uuid>/ with `do`: rename | share | unshare | drop | prefer | unprefer"""
    actor, found = _found(request, table)
    do = request.POST.get("do", "")
    try:
        with turn(request, "tables.view", view=str(view)) as this:
            if this.is_new:
                _change_view(found, view, do, request.POST, actor)
    except Refused as refusal:
        if refusal.status != 422:
            raise
        return _views_page(request, actor, found, error=in_words(refusal))
    response = HttpResponseRedirect(reverse("desk-table-views", args=[table]))
    response.status_code = 303
    return response


def _change_view(table: Table, pk: UUID, do: str, sent: Mapping[str, str], actor: Actor) -> None:
    if do == "prefer":
        actions.prefer_view(table, view=pk, actor=actor)
    elif do == "unprefer":
        actions.prefer_view(table, view=None, actor=actor)
    elif do == "rename":
        actions.rename_view(queries.view_for(actor, pk), name=sent.get("name", ""), actor=actor)
    elif do in VERBS:
        VERBS[do](queries.view_for(actor, pk), actor=actor)
    else:
        raise NotFound


VERBS: dict[str, Any] = {"share": actions.share_view, "unshare": actions.unshare_view, "drop": actions.drop_view}


@require_POST
def chosen(request: HttpRequest, table: str) -> HttpResponse:
    """POST /desk/tables/<table>/chosen/ with `do` and `row`…: a page that says what will happen, then the results"""
    actor, found = _found(request, table)
    bulk = next((one for one in found.bulk if one.key == request.POST.get("do")), None)
    if bulk is None:
        raise NotFound
    idents = actions.check_chosen(request.POST.getlist("row"))
    sent = {name: request.POST.get(name, "") for name in bulk.needs}
    missing = [name for name in bulk.needs if not sent[name]]
    sure = request.POST.get("sure", "")
    if not sure or missing:
        return _ask(request, actor, found, bulk, idents, missing if sure == "page" else [])
    with turn(request, CHOSEN, table=table) as this:
        if this.is_new:
            this.answer(outcomes=actions.carry_out(bulk, table=found, idents=idents, sent=sent, actor=actor))
    query = rules.read_query(request.POST.get("query", ""), found.known(actor)).query(view="")
    key = request.POST.get(FIELD, "")
    return _back(found, f"{query}&done={key}" if query else f"view={rules.NO_VIEW}&done={key}")


def _ask(
    request: HttpRequest, actor: Actor, table: Table, bulk: Bulk, idents: Sequence[str], missing: Sequence[str]
) -> HttpResponse:
    """How many, which, what will happen, and what else has to be said; nothing is done yet."""
    there = []
    for ident in idents:
        try:
            there.append(table.find(actor, ident) if table.find else None)
        except NotFound:
            continue
    context = {
        **(bulk.given(actor, there) if bulk.given else {}),
        "table": table,
        "title": _(bulk.label),
        "does": _(bulk.does),
        "bulk": bulk,
        "idents": idents,
        "labels": [table.label(row) for row in table.dress(there, actor)],
        "list_title": _(table.title),
        "back": f"{reverse(table.route)}?{request.POST.get('query') or f'view={rules.NO_VIEW}'}",
        "query": request.POST.get("query", ""),
        "errors": {name: _("请选择。") for name in missing},
    }
    return render(request, "desk/tables/chosen.html", context, status=422 if missing else 200)
