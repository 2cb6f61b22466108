"""The page of one item: what is in force, the draft with its defects, and what can be done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhengtong.foundation import clock
from zhengtong.foundation.access import may
from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.refusals import NotFound
from zhengtong.topics.items import queries as items

from ..people import worker
from .keeping import BIG, KEEPERS, source_of


def detail(request: HttpRequest, code: str) -> HttpResponse:
    """GET /desk/items/<code>/"""
    actor = worker(request, *KEEPERS)
    item = items.kept_items(actor).defer(*(f"published__{column}" for column in BIG)).filter(code=code).first()
    if item is None:
        raise NotFound
    latest = item.published
    version = items.version(item.published_id) if item.published_id else None
    if version is not None and items.is_offered(code):
        version = items.current_version(code)
    bodies = directory.organisations({item.organisation})
    context = {
        "item": item,
        "department": bodies[item.organisation].name if item.organisation in bodies else item.organisation,
        "version": version,
        "is_in_force": version is not None and items.is_in_force(version),
        "waiting": latest if latest and latest.valid_from and latest.valid_from > clock.today() else None,
        "draft": item.draft,
        "defects": items.told_defects(item.draft.defects) if item.draft else [],
        "said": item.draft.definition if item.draft else {},
        "source": source_of(item.owner),
        "may_publish": item.draft is not None and may(actor, "items.publish", item),
        "may_edit": item.state == "published" and may(actor, "items.edit_editorial", item),
    }
    return render(request, "desk/items/detail.html", context)
