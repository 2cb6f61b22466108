"""Role × route: who may ask what of whose things. The table is `matrix.tsv`; a new route without its rows fails.

Each cell is what one role is told: a status, `door` (sent to sign in) or `on` (done, and sent on to the next page).
Objects are 陈志远's: to the owner his own, to the other citizen somebody else's; they belong to the clerk's hall, not
to the other hall, to the reviewer's office and not to the other office. Pages are asked with a session, the interface
with a bearer token.
"""

import csv
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import clear_url_caches, path

from tests import story
from tests.faces.gateway import machines
from tests.faces.requests import OBJECTS, Request, request_for
from tests.faces.routes import METHODS, routes
from tests.topics.cases.verbs import undone
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.main import urls

TABLE = Path(__file__).parent / "matrix.tsv"
# Column → who stands for it.
ROLES = {
    "anonymous": "", "owner": "chenzhiyuan", "other citizen": "huangjianye", "clerk": "zhoumin",
    "clerk elsewhere": "luohao", "reviewer": "zhengweidong", "other reviewer": "dengfang", "head": "xujing",
    "item administrator": "gaojie", "system administrator": "shilei", "security administrator": "songan",
    "audit administrator": "yanming", "leader": "jiangtao", "client": "weixiu-system",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    route: str
    method: str
    thing: str
    told: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.method} {self.route or '/'} {self.thing}"


def read() -> list[Row]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t"))
    head, *body = rows
    assert head == ["route", "method", "object", *ROLES], "the columns are the roles"
    return [Row(route, method, thing, tuple(told)) for route, method, thing, *told in body]


ROWS = read()


def address(route: str, values: dict[str, Any]) -> str:
    """The route with the object's values in place of its converters."""
    plain = re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", route.removeprefix("^").removesuffix("$"))
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(values[m[1]]), plain)


def ask(login: str, row: Row, asked: Request) -> str:
    """What this role is told; whatever it did is undone."""
    client, to, headers = Client(), address(row.route, asked.values), {}
    account = accounts.account(login) if login else None
    with undone():
        if to.startswith("/api/") and account and account.kind == "client":
            headers = {"Authorization": f"Bearer {machines.token(login)}", **machines.key()}
        elif account:
            client.force_login(account)
        for sent in asked.sent.values():
            if hasattr(sent, "seek"):
                sent.seek(0)
        if row.method == "GET":
            response = client.get(to, asked.query, headers=headers)
        elif asked.body is not None:
            content = json.dumps(asked.body)
            response = client.post(to, content, content_type="application/json", headers=headers)
        elif row.route.endswith("oauth/token"):
            response = client.post(
                to, "&".join(f"{k}={v}" for k, v in asked.sent.items()), content_type=machines.FORM
            )  # fmt: skip
        else:
            response = client.post(to, asked.sent, headers=headers)
    if response.status_code in (301, 302, 303):
        return "door" if "/accounts/sign-in/?" in response["Location"] else "on"
    return str(response.status_code)


def gaps() -> set[tuple[str, str]]:
    """Routes without a row, and rows without a route."""
    return {(row.route, row.method) for row in ROWS} ^ {(route, method) for route in routes() for method in METHODS}


def test_every_route_has_its_rows_and_every_row_its_route() -> None:
    assert gaps() == set()


def test_a_new_route_without_rows_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, path("secrets/<int:pk>/", urls.home.home)])
    clear_url_caches()
    try:
        assert gaps() == {("secrets/<int:pk>/", "GET"), ("secrets/<int:pk>/", "POST")}
    finally:
        monkeypatch.undo()
        clear_url_caches()


def test_no_row_stands_twice_and_every_object_is_known() -> None:
    assert not [row for row, count in Counter((r.route, r.method, r.thing) for r in ROWS).items() if count > 1]
    assert {row.thing.partition(": ")[0] for row in ROWS} <= set(OBJECTS)


def test_every_role_is_in_the_cast() -> None:
    assert set(ROLES.values()) - {""} <= set(story.LOGINS)


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_who_is_told_what(row: Row) -> None:
    asked = request_for(row.route, row.method, row.thing)
    told = {role: ask(login, row, asked) for role, login in ROLES.items()}
    assert told == dict(zip(ROLES, row.told, strict=True))
