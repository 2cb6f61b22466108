"""Puts the actor on the request, and ends sessions that were left alone or have lasted too long."""

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from zhengtong.foundation import clock
from zhengtong.foundation.access import ANONYMOUS, Actor
from zhengtong.foundation.params import queries as params

from .queries import actor_for

SEEN, BEGUN = "seen_at", "begun_at"


class ActorMiddleware:
    """`request.actor` is looked up when first asked for; an idle or old session is signed out first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    if not request.user.is_authenticated:
        return ANONYMOUS
    now = int(clock.now().timestamp())
    idle, age = now - request.session.get(SEEN, now), now - request.session.get(BEGUN, now)
    today = clock.today()
    longest = 3_600 * params.integer("accounts.session_hours", on=today)
    if idle > 60 * params.integer("accounts.idle_minutes", on=today) or age > longest:
        logout(request)
        return ANONYMOUS
    # Written once a minute at most: a session row per click would cost a write on every read.
    if idle > 60 or SEEN not in request.session:
        request.session[SEEN] = now
        request.session.setdefault(BEGUN, now)
    return actor_for(request.user, at_once=True)
