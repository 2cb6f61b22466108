"""My account on one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from zhengtong.topics.subjects import queries as subjects

from ..people import citizen


@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """GET /subjects/"""
    actor = citizen(request)
    assert actor.subject_id is not None
    helped = subjects.helps_by(actor)
    context = {
        "me": subjects.subject_for(actor, actor.subject_id),
        "representations": [one for one in subjects.representations_by(actor) if one not in helped],
        "helped": helped,
        "helpers": subjects.helpers_of(actor.subject_id),
        "asked_of_me": subjects.help_asked_of(actor),
        "asked_by_me": subjects.help_asked_by(actor),
        "identity": subjects.identity_standing(actor.subject_id),
        "login": request.user.get_username(),
    }
    return render(request, "portal/subjects/mine.html", context)
