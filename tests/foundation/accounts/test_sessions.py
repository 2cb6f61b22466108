"""Sessions that are left alone end, and so do old ones."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tests import story
from zhengtong.foundation import clock
from zhengtong.foundation.access import ANONYMOUS, Actor
from zhengtong.foundation.accounts import actions, queries
from zhengtong.foundation.accounts.middleware import ActorMiddleware
from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.audit.queries import leaves_of
from zhengtong.foundation.clock import CHINA

pytestmark = pytest.mark.usefixtures("district")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)


def request_with(session: SessionStore) -> HttpRequest:
    request = RequestFactory().get("/")
    request.session = session
    request.user = get_user(request)
    return request


def signed_in(login: str = "zhoumin") -> SessionStore:
    request = RequestFactory().post("/", REMOTE_ADDR="10.0.0.1")
    request.session = SessionStore()
    actions.sign_in(request, login=login, password=story.PASSWORD, actor=ANONYMOUS)
    return request.session


def whoever(session: SessionStore) -> Actor:
    """Who the middleware says is there."""
    seen: list[Actor] = []

    def view(request: HttpRequest) -> HttpResponse:
        actor = request.actor  # type: ignore[attr-defined]
        seen.append(Actor(actor.key, actor.kind))
        return HttpResponse()

    ActorMiddleware(view)(request_with(session))
    return seen[0]


def test_half_an_hour_without_a_click_ends_it() -> None:
    with clock.at(NOW):
        session = signed_in()
        assert whoever(session).kind == "staff"
    with clock.at(NOW + timedelta(minutes=30)):
        assert whoever(session).kind == "staff"
    with clock.at(NOW + timedelta(minutes=60, seconds=1)):
        assert whoever(session).kind == "anonymous"
    with clock.at(NOW + timedelta(minutes=60, seconds=2)):
        assert whoever(session).kind == "anonymous"


def test_who_keeps_working_stays() -> None:
    with clock.at(NOW):
        session = signed_in()
    for minute in range(0, 240, 20):
        with clock.at(NOW + timedelta(minutes=minute)):
            assert whoever(session).kind == "staff", minute


def test_after_half_a_day_even_who_keeps_working_signs_in_again() -> None:
    with clock.at(NOW):
        session = signed_in()
    told = []
    for minute in range(0, 12 * 60 + 21, 20):
        with clock.at(NOW + timedelta(minutes=minute)):
            told.append(whoever(session).kind)
    assert told == ["staff"] * 37 + ["anonymous"]


def test_clicks_within_a_minute_do_not_write_the_session() -> None:
    with clock.at(NOW):
        session = signed_in()
        whoever(session)
    session.modified = False
    with clock.at(NOW + timedelta(seconds=50)):
        whoever(session)
    assert not session.modified


def test_a_closed_account_is_out_at_its_next_click() -> None:
    session = signed_in()
    Account.objects.filter(login="zhoumin").update(is_active=False)
    assert whoever(session).kind == "anonymous"


def test_a_changed_password_ends_the_other_sessions() -> None:
    session = signed_in()
    actions.change_password(
        queries.account("zhoumin"), old=story.PASSWORD, new="Brandnew#2026", actor=story.actor("zhoumin")
    )
    assert whoever(session).kind == "anonymous"


def test_signing_in_changes_the_session_s_key() -> None:
    request = RequestFactory().post("/", REMOTE_ADDR="10.0.0.1")
    request.session = SessionStore()
    request.session.create()
    before = request.session.session_key
    actions.sign_in(request, login="zhoumin", password=story.PASSWORD, actor=ANONYMOUS)
    assert request.session.session_key != before


def test_signing_out_leaves_a_trace_and_no_session() -> None:
    session = signed_in()
    request = request_with(session)
    actions.sign_out(request, actor=story.actor("zhoumin"))
    assert whoever(request.session).kind == "anonymous"  # type: ignore[arg-type]
    last = leaves_of(queries.account("zhoumin")).last()
    assert last is not None
    assert last.verb == "accounts.account.signed_out"
