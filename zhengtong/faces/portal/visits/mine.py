"""My appointments: those to come, those gone by, and the slip of one with its number and QR code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhengtong.foundation.ui import Tab
from zhengtong.foundation.ui.paging import paged
from zhengtong.topics.items import queries as items
from zhengtong.topics.visits import queries as visits

from ..people import citizen

HEAPS = ("", "past")


def mine(request: HttpRequest) -> HttpResponse:
    """GET /visits/?heap="""
    actor = citizen(request)
    heap = "past" if request.GET.get("heap") == "past" else ""
    page = paged(request, visits.gone_by(actor) if heap else visits.coming_up(actor))
    labels = {"": _("要去的"), "past": _("以前的")}
    context = {
        "page": page,
        "heap": heap,
        "tabs": [
            Tab(label, reverse("visits") + (f"?heap={key}" if key else ""), current=key == heap)
            for key, label in labels.items()
        ],
        "blocked": visits.blocked_until(actor),
    }
    return render(request, "portal/visits/mine.html", context)


def detail(request: HttpRequest, number: str) -> HttpResponse:
    """GET /visits/<number>/"""
    actor = citizen(request)
    appointment = visits.appointment_for(actor, number)
    guide = items.guide(appointment.item_code) if items.is_offered(appointment.item_code) else None
    context = {
        "appointment": appointment,
        "status": f"visits.{appointment.state}",
        "chance": visits.chance_of(appointment),
        "terms": visits.terms(),
        "group": appointment.group,
        "hall": appointment.group.hall,
        "guide": guide,
        "needed": [row for row in guide.materials if row.material.is_required] if guide else [],
        "check_in_url": visits.check_in_url(appointment),
    }
    return render(request, "portal/visits/detail.html", context)
