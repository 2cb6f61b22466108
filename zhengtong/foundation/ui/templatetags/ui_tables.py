"""The tags of tables, part of `{% load ui %}`: frame, heads, pager, and a declared table at work."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import RequestContext
from django.template.loader import get_template

from zhengtong.foundation.ui import formats

register = template.Library()


def _with_query(request: HttpRequest, **changes: str) -> str:
    query = request.GET.copy()
    # The row beside a list, and what became of rows chosen on it, belong to one page only.
    for key, value in {"preview": "", "done": "", **changes}.items():
        query.pop(key, None)
        if value:
            query[key] = value
    return f"{request.path}?{query.urlencode()}" if query else request.path


@register.simple_block_tag(end_name="endtable")
def table(content: str, caption: str = "", cards: bool = True, scroll: bool = False, name: str = "") -> str:
    """Frame of a <table>'s inside. On the phone rows become cards (give each td a data-label)."""
    told = {"content": content, "caption": caption, "cards": cards, "scroll": scroll, "name": name}
    return get_template("ui/table.html").render(told)


@register.inclusion_tag("ui/column.html", takes_context=True)
def column(
    context: RequestContext, text: str, sort: str = "", kind: str = "", target: str = "", ident: str = ""
) -> dict[str, Any]:
    """A column's head; `sort` names the key of `?sort=`, pressed again it turns; by its `ident` it keeps the focus."""
    path = order = ""
    if sort:
        request = context["request"]
        order = {sort: "ascending", f"-{sort}": "descending"}.get(request.GET.get("sort", ""), "")
        path = _with_query(request, sort=f"-{sort}" if order == "ascending" else sort, cursor="")
    return {"text": text, "path": path, "order": order, "kind": kind, "target": target, "ident": ident}


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(
    context: RequestContext,
    previous: str = "",
    next: str = "",
    shown: int | None = None,
    total: int | None = None,
    target: str = "",
    label: str = "",
) -> dict[str, Any]:
    """Turn pages by cursor (`?cursor=…`); a total past a thousand reads 1000+. `label` tells two pagers apart."""
    request = context["request"]
    return {
        "previous": previous and _with_query(request, cursor=previous),
        "next": next and _with_query(request, cursor=next),
        "shown": shown,
        "total": formats.capped(total),
        "target": target,
        "label": label,
    }


@register.inclusion_tag("ui/listing.html", takes_context=True)
def listing(context: RequestContext, listing: Any) -> dict[str, Any]:
    """A declared table at work: filters, views, columns, export, choosing rows, a pane beside it (`ui.listing`)."""
    return {"list": listing, "request": context["request"], "csrf_token": context.get("csrf_token", "")}
