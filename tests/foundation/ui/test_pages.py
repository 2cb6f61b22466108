"""Pages and fragments, the once key, preferences."""

import uuid
from http.cookies import SimpleCookie

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from zhengtong.foundation.ui import once_key, page_or_fragment
from zhengtong.foundation.ui.context import came_from
from zhengtong.foundation.ui.pages import _beside
from zhengtong.foundation.ui.preferences import COOKIE, Preferences, preferences_of, save_preferences

REQUESTS = RequestFactory()


def asked(**headers: str) -> HttpRequest:
    return REQUESTS.get("/", headers=headers)


def body(request: HttpRequest) -> str:
    answer = page_or_fragment(request, "ui/offline.html", "_suggestions", {"district_name": "番江区"})
    assert "HX-Request" in answer["Vary"]
    return answer.content.decode()


def test_a_visit_gets_the_page_and_htmx_its_part() -> None:
    assert "<html" in body(asked())
    assert "<html" not in body(asked(HX_Request="true"))


def test_boost_and_history_get_the_whole_page() -> None:
    assert "<html" in body(asked(HX_Request="true", HX_Boosted="true"))
    assert "<html" in body(asked(HX_Request="true", HX_History_Restore_Request="true"))


def test_a_fragment_lies_beside_its_page() -> None:
    assert _beside("desk/cases/detail.html", "_deadline") == "desk/cases/_deadline.html"
    assert _beside("desk/cases/detail.html", "ui/_refused.html") == "ui/_refused.html"


def test_once_key_is_new_for_a_new_form_and_kept_after_a_failed_check() -> None:
    first, second = once_key(asked()), once_key(asked())
    assert first != second
    assert once_key(REQUESTS.post("/", {"idempotency_key": first})) == first
    assert uuid.UUID(once_key(REQUESTS.post("/", {"idempotency_key": "<script>"})))


def test_preferences_are_kept_and_lead_back() -> None:
    answer = save_preferences(REQUESTS.post("/preferences/", {"mode": "elder", "next": "/items/?q=1"}))
    assert answer.status_code == 302
    assert answer["Location"] == "/items/?q=1"
    cookie = answer.cookies[COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    request = asked()
    request.COOKIES[COOKIE] = cookie.value
    assert preferences_of(request) == Preferences(mode="elder")


def test_one_preference_leaves_the_others() -> None:
    request = REQUESTS.post("/preferences/", {"theme": "dark"})
    request.COOKIES[COOKIE] = "light.elder.off"
    assert save_preferences(request).cookies[COOKIE].value == "dark.elder.off"


@pytest.mark.parametrize("cookie", ["", "x", "dark", "dark.elder.off.more", "<b>.'.\"", "...."])
def test_a_broken_cookie_harms_nobody(cookie: str) -> None:
    request = asked()
    request.COOKIES[COOKIE] = cookie
    found = preferences_of(request)
    assert found.theme in ("light", "dark") and found.mode in ("standard", "elder") and found.keys in ("on", "off")


@pytest.mark.parametrize("back", ["", "//evil.example/", "https://evil.example/", "javascript:alert(1)"])
def test_preferences_never_lead_elsewhere(back: str) -> None:
    answer = save_preferences(REQUESTS.post("/preferences/", {"theme": "dark", "next": back}))
    assert answer["Location"] == "/"


def test_preferences_only_by_post() -> None:
    assert save_preferences(asked()).status_code == 405
    assert not SimpleCookie(save_preferences(asked()).headers.get("Set-Cookie", ""))


def test_the_way_back_stays_on_this_site() -> None:
    assert came_from(asked(Referer="http://testserver/cases/1/?x=2")) == "/cases/1/?x=2"
    assert came_from(asked(Referer="https://evil.example/cases/")) == ""
    assert came_from(asked()) == ""
