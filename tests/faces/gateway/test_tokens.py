"""The token route speaks RFC 6749, so that any OAuth client library can use it."""

import re
from base64 import b64encode
from typing import Any
from urllib.parse import quote_plus, urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from tests import story
from tests.faces.gateway import machines
from zhengtong.faces.gateway import tokens
from zhengtong.foundation import clock
from zhengtong.foundation.accounts.models import Account, Token

ROUTE = "/api/v1/oauth/token"
pytestmark = pytest.mark.usefixtures("kept_district")


def ask(
    content: str | None = None, *, kind: str = machines.FORM, basic: str = "", by: Client | None = None, **said: str
) -> HttpResponse:
    """One request; `basic` is what stands behind the word Basic."""
    said = {"grant_type": "client_credentials", **said}
    headers = {"Authorization": f"Basic {basic}"} if basic else {}
    text = urlencode(said) if content is None else content
    return (by or machines.elsewhere()).post(ROUTE, text, content_type=kind, headers=headers)


def coded(login: str, secret: str) -> str:
    return b64encode(f"{quote_plus(login)}:{quote_plus(secret)}".encode()).decode()


def test_a_secret_in_the_form_gives_a_token_that_opens_the_interface() -> None:
    answer = ask(client_id=machines.LOGIN, client_secret=story.PASSWORD)
    assert answer.status_code == 200
    said: Any = answer.json()
    assert said["token_type"] == "Bearer"
    assert said["expires_in"] > 60
    assert answer["Cache-Control"] == "no-store"
    assert answer["Pragma"] == "no-cache"
    opened = Client().get("/api/v1/items", headers={"Authorization": f"Bearer {said['access_token']}"})
    assert opened.status_code == 200
    assert machines.ITEM in {item["code"] for item in opened.json()}


def test_http_basic_gives_a_token_as_well() -> None:
    answer = ask(basic=coded(machines.LOGIN, story.PASSWORD))
    assert answer.status_code == 200
    assert answer.json()["access_token"]


def test_a_token_is_kept_only_as_a_digest() -> None:
    token = machines.token()
    assert all(token.encode() not in bytes(row.digest) for row in Token.objects.all())
    assert token not in str(list(Token.objects.values()))


BASIC = coded(machines.LOGIN, story.PASSWORD)
RIGHT = {"client_id": machines.LOGIN, "client_secret": story.PASSWORD}
WRONG: dict[str, tuple[int, str, dict[str, Any]]] = {
    "no grant": (400, "invalid_request", {"grant_type": "", **RIGHT}),
    "another grant": (400, "unsupported_grant_type", {"grant_type": "password", **RIGHT}),
    "nobody": (401, "invalid_client", {}),
    "no secret": (401, "invalid_client", {"client_id": machines.LOGIN}),
    "a wrong secret": (401, "invalid_client", {"client_id": machines.LOGIN, "client_secret": "Wrong#2026"}),
    "an unknown client": (401, "invalid_client", {"client_id": "nobody", "client_secret": "x"}),
    "a person": (401, "invalid_client", {"client_id": "zhoumin", "client_secret": story.PASSWORD}),
    "a NUL": (401, "invalid_client", {"client_id": "a\x00", "client_secret": "x"}),
    "by both ways": (400, "invalid_request", {"basic": BASIC, **RIGHT}),
    "another's name beside Basic": (400, "invalid_request", {"basic": BASIC, "client_id": "other"}),
    "Basic that is no base64": (401, "invalid_client", {"basic": "!!"}),
    "Basic without a colon": (401, "invalid_client", {"basic": b64encode(b"weixiu-system").decode()}),
    "Basic not UTF-8": (401, "invalid_client", {"basic": b64encode(b"\xff\xfe:x").decode()}),
    "a parameter twice": (400, "invalid_request", {"content": "grant_type=a&grant_type=b"}),
    "JSON": (400, "invalid_request", {"content": "{}", "kind": "application/json"}),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_errors_are_those_of_the_standard(wrong: str) -> None:
    status, error, said = WRONG[wrong]
    answer = ask(**said)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer["Content-Type"] == "application/json"
    assert answer["Cache-Control"] == "no-store"
    assert re.fullmatch(r"[\x20-\x21\x23-\x5b\x5d-\x7e]+", answer.json()["error_description"])
    asked = answer.headers.get("WWW-Authenticate", "")
    assert asked.startswith("Basic") == ("basic" in said and status == 401)


def test_a_locked_client_is_not_told_apart_from_an_unknown_one() -> None:
    for _ in range(8):
        last = ask(client_id=machines.LOGIN, client_secret="Wrong#2026")
    locked = ask(client_id=machines.LOGIN, client_secret=story.PASSWORD)
    assert Account.objects.get(login=machines.LOGIN).locked_until
    Account.objects.filter(login=machines.LOGIN).update(locked_until=None, failures=0)
    assert (locked.status_code, locked.content) == (last.status_code, last.content)


def test_one_address_cannot_try_without_end() -> None:
    address = machines.elsewhere()
    with clock.at(clock.now()):
        answers = [ask(by=address, client_id="nobody", client_secret="x") for _ in range(61)]
    assert answers[0].status_code == 401
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    assert answers[-1].json()["error"]


def test_only_post_is_answered() -> None:
    answer = Client().get(ROUTE)
    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"


def test_a_closed_clients_token_ends_with_its_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "HELD_SECONDS", 0.0)
    headers = {"Authorization": f"Bearer {machines.token()}"}
    assert Client().get("/api/v1/items", headers=headers).status_code == 200
    Account.objects.filter(login=machines.LOGIN).update(is_active=False)
    try:
        assert Client().get("/api/v1/items", headers=headers).status_code == 401
    finally:
        Account.objects.filter(login=machines.LOGIN).update(is_active=True)
