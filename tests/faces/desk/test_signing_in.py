"""In and out of the desk, and the password."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests import story
from tests.faces.desk.desks import AUDITOR, CLERK, KEEPER, LEADER, Desk, words
from zhengtong.foundation.accounts import queries as accounts

pytestmark = pytest.mark.usefixtures("district")
SIGN_IN, PASSWORD = "/desk/accounts/sign-in/", "/desk/accounts/password/"


def signed_in(login: str, **more: str) -> tuple[Client, str]:
    client = Client()
    answer = client.post(SIGN_IN, {"login": login, "password": story.PASSWORD, **more})
    assert answer.status_code == 302
    return client, answer["Location"]


@pytest.mark.parametrize(
    ("login", "path"),
    [(CLERK, "/desk/"), (LEADER, "/desk/overview/"), (KEEPER, "/desk/items/"), (AUDITOR, "/desk/audit/")],
)
def test_each_begins_where_his_work_is(login: str, path: str) -> None:
    client, location = signed_in(login)
    assert location == path
    assert client.get(location).status_code == 200


def test_the_page_asked_for_comes_after_signing_in() -> None:
    answer = Client().get("/desk/cases/?status=accepted")
    parts = urlsplit(answer["Location"])
    assert parts.path == SIGN_IN
    wanted = parse_qs(parts.query)["next"][0]
    assert wanted == "/desk/cases/?status=accepted"
    assert signed_in(CLERK, next=wanted)[1] == wanted
    assert signed_in(CLERK, next="https://elsewhere.example/")[1] == "/desk/"


def test_a_wrong_password_is_told_on_the_form() -> None:
    answer = Client().post(SIGN_IN, {"login": CLERK, "password": "wrong"})
    assert answer.status_code == 401
    assert "账号或密码不正确" in words(answer)
    assert 'value="zhoumin"' in answer.content.decode()


def test_a_citizen_has_no_desk() -> None:
    assert signed_in("linxiaoyu")[1] == "/"
    client = Client()
    client.force_login(accounts.account("linxiaoyu"))
    answer = client.get("/desk/cases/")
    assert answer.status_code == 403
    assert "不是工作账号" in words(answer)


def test_out_again() -> None:
    client, _ = signed_in(CLERK)
    assert client.get("/desk/accounts/sign-out/").status_code == 405
    assert client.post("/desk/accounts/sign-out/")["Location"] == SIGN_IN
    assert client.get("/desk/").status_code == 302


def test_a_new_password_keeps_the_session() -> None:
    client, _ = signed_in(CLERK)
    sent = {"old": story.PASSWORD, "new": "Lijiang#2027x", "again": "Lijiang#2027x"}
    assert client.post(PASSWORD, sent)["Location"] == f"{PASSWORD}?said=password"
    assert "密码已修改" in words(client.get(f"{PASSWORD}?said=password"))
    assert Client().post(SIGN_IN, {"login": CLERK, "password": "Lijiang#2027x"}).status_code == 302


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"old": "wrong"}, "现在的密码不正确"),
        ({"again": "other"}, "两次填写的新密码不一样"),
        ({"new": "short", "again": "short"}, "密码需要"),
        ({"new": story.PASSWORD, "again": story.PASSWORD}, "不能与最近"),
    ],
)
def test_what_is_wrong_with_a_password_stands_beside_it(change: dict[str, str], said: str) -> None:
    sent = {"old": story.PASSWORD, "new": "Lijiang#2027x", "again": "Lijiang#2027x", **change}
    answer = Desk(CLERK).post(PASSWORD, sent)
    assert answer.status_code == 422
    assert said in words(answer)
