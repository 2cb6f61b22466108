"""The list of the items that somebody keeps."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.ui import Tab, page_or_fragment
from zhengtong.foundation.ui.paging import Paged, paged
from zhengtong.topics.items import queries as items

from ..people import worker
from .keeping import BIG, KEEPERS, source_of

SHELVES = ("", "draft", "published", "ended")
UNSEEN = [f"{version}__{column}" for version in ("published", "draft") for column in BIG]


@dataclass(frozen=True)
class Row:
    """One item as the list shows it."""

    item: Any
    department: str
    source: str
    blocking: int
    hints: int


def browse(request: HttpRequest) -> HttpResponse:
    """GET /desk/items/?q=&shelf="""
    actor = worker(request, *KEEPERS)
    text = request.GET.get("q", "").strip()[:100]
    shelf = request.GET.get("shelf", "")
    shelf = shelf if shelf in SHELVES else ""
    rows = items.kept_items(actor, text=text, state=shelf if shelf in ("published", "ended") else "")
    if shelf == "draft":
        rows = rows.filter(draft__isnull=False)
    page = paged(request, rows.defer(*UNSEEN, "published__defects"))
    bodies = directory.organisations({item.organisation for item in page.rows})
    context = {
        "page": Paged([_row(item, bodies) for item in page.rows], page.previous, page.next, page.is_cut),
        "text": text,
        "tabs": _tabs(text, shelf),
        "may_import": actor.may("items.import"),
        "may_manage": actor.may("items.manage"),
    }
    return page_or_fragment(request, "desk/items/browse.html", "_rows", context)


def _row(item: Any, bodies: Any) -> Row:
    found = item.draft.defects if item.draft else []
    blocking = sum(1 for one in found if one["is_blocking"])
    body = bodies.get(item.organisation)
    name = body.short_name if body else item.organisation
    return Row(item, name, source_of(item.owner), blocking, len(found) - blocking)


def _tabs(text: str, shelf: str) -> list[Tab]:
    labels = {"": _("全部"), "draft": _("有草稿"), "published": _("已发布"), "ended": _("已停办")}
    found = []
    for key, label in labels.items():
        asked = {name: value for name, value in (("q", text), ("shelf", key)) if value}
        found.append(Tab(label, f"{reverse('desk-items')}?{urlencode(asked)}".rstrip("?"), current=key == shelf))
    return found
