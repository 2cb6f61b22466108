"""One window, address or phone on many items: choose them, say what shall stand there, look at it, then write it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhengtong.foundation.access import Actor
from zhengtong.foundation.ui.said import go
from zhengtong.topics.items import actions
from zhengtong.topics.items import queries as items

from ..people import worker
from ..turns import turn
from .keeping import body_names

FILTERS = ("organisation", "place", "phone", "text")


def contacts(request: HttpRequest) -> HttpResponse:
    """GET: choose the items. POST: look at what would change; with `apply`, write it."""
    actor = worker(request, "items.manage")
    if request.method != "POST":
        return _choosing(request, actor, request.GET)
    contact = items.Contact(
        part=request.POST.get("part", ""),
        value=" ".join(request.POST.get("value", "").split()),
        place=request.POST.get("at", "") if request.POST.get("part", "") in items.OF_PLACE else "",
    )
    shown = [key for key in request.POST if key.startswith("seen-")]
    if "apply" in request.POST and shown:
        seen = {key.removeprefix("seen-"): str(request.POST[key]) or "-" for key in shown}
        with turn(request, "items.contacts") as this:
            if this.is_new:
                actions.edit_contacts(contact, seen=seen, actor=actor)
        return go("desk-items", said="contacts-edited")
    if "back" in request.POST:
        return _choosing(request, actor, request.POST)
    codes = request.POST.getlist("item")
    # The field `place` of the filter is not the one that the fault speaks of.
    errors: dict[str, Any] = {
        "at" if field == "place" else field: texts for field, texts in items.contact_faults(contact).items()
    }
    if not codes:
        errors["items"] = _("请至少选择一个事项。")
    if errors:
        return _choosing(request, actor, request.POST, errors=errors)
    return _looking(request, actor, codes, contact)


def _choosing(
    request: HttpRequest, actor: Actor, given: QueryDict, *, errors: Mapping[str, Any] | None = None
) -> HttpResponse:
    asked = {name: given.get(name, "").strip()[:100] for name in FILTERS}
    is_asked = any(asked.values())
    rows = list(items.reachable_items(actor, **asked)[: items.MOST_AT_ONCE + 1]) if is_asked else []
    departments, places = items.departments_of(actor), items.places_of(actor)
    names = body_names([*departments, *places])
    context = {
        "asked": asked,
        "is_asked": is_asked,
        "rows": [_row(item, names) for item in rows[: items.MOST_AT_ONCE]],
        "is_cut": len(rows) > items.MOST_AT_ONCE,
        "most": items.MOST_AT_ONCE,
        "chosen": given.getlist("item") if request.method == "POST" else [item.code for item in rows],
        "departments": [(code, names[code]) for code in departments],
        "places": [(code, names[code]) for code in places],
        "parts": [(key, _(title), key in items.OF_PLACE) for key, title in items.CONTACTS.items()],
        "sent": {
            "part": given.get("part", ""),
            "at": given.get("at") or asked["place"],
            "value": given.get("value", ""),
        },
        "errors": errors or {},
    }
    return render(request, "desk/items/contacts.html", context, status=422 if errors else 200)


def _row(item: Any, names: Mapping[str, str]) -> dict[str, Any]:
    said = item.published.editorial
    return {
        "item": item,
        "department": names.get(item.organisation, item.organisation),
        "consult_phone": said["consult_phone"],
        "complaint_phone": said["complaint_phone"],
        "places": [(names.get(one["organisation"], one["organisation"]), one["window"]) for one in said["places"]],
    }


def _looking(request: HttpRequest, actor: Actor, codes: list[str], contact: items.Contact) -> HttpResponse:
    lines = items.contact_lines(actor, codes, contact)
    context = {
        "contact": contact,
        "title": _(items.CONTACTS[contact.part]),
        "place": body_names([contact.place]).get(contact.place, ""),
        "lines": sorted(lines, key=lambda line: line.state != "change"),
        "changing": [line for line in lines if line.state == "change"],
        "asked": {name: request.POST.get(name, "") for name in FILTERS},
        "codes": codes,
    }
    return render(request, "desk/items/contacts_preview.html", context)
