"""Registering, signing in and out, changing the password, standing for a firm."""

from datetime import date
from typing import Any

import pytest

from tests import story
from tests.faces.portal.citizens import CLERK, OWNER, Citizen, words
from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.codes import credit_code, resident_id, uuid7
from zhengtong.topics.subjects.models import Representation, Subject

pytestmark = pytest.mark.usefixtures("district")
NEW: dict[str, Any] = {
    "name": "罗小曼", "id_number": resident_id.make_resident_id("449906", date(1990, 5, 1), 777),
    "phone": "13800138123", "password": "Fan-River-2026", "again": "Fan-River-2026",
}  # fmt: skip


def test_a_newcomer_is_registered_and_signed_in() -> None:
    one = Citizen()
    answer = one.post("/accounts/register/", NEW)
    assert answer["Location"] == "/?said=registered"
    said = one.page("/subjects/")
    assert "罗小曼" in said and NEW["id_number"] not in said and "138****8123" in said
    account = Account.objects.get(phone_index=Account.phone_index_of(NEW["phone"]))
    assert Subject.objects.get(account=account).id_number == NEW["id_number"]
    assert NEW["phone"] not in account.login


def test_pressed_twice_registers_once() -> None:
    key = str(uuid7())
    before = Account.objects.count()
    first, second = (
        Citizen().post("/accounts/register/", NEW, key=key),
        Citizen().post("/accounts/register/", NEW, key=key),
    )
    assert [first.status_code, second.status_code] == [303, 303]
    assert Account.objects.count() == before + 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "罗1曼", "姓名中不应出现"),
        ("id_number", "44990619900501", "应为 18 位"),
        ("id_number", "449906199005017771", "校验码"),
        ("phone", "1380013", "手机号码应为 11 位"),
        ("again", "Another-2026", "两次填写的密码不一样"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(field: str, value: str, said: str) -> None:
    answer = Citizen().post("/accounts/register/", {**NEW, field: value})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in html and f'id="{field}-error"' in html and f'href="#{field}"' in html
    assert NEW["password"] not in html


def test_weak_passwords_and_taken_numbers_are_said_on_the_form() -> None:
    weak = Citizen().post("/accounts/register/", {**NEW, "password": "abc", "again": "abc"})
    assert weak.status_code == 422 and 'id="password-error"' in weak.content.decode()
    taken = Citizen().post("/accounts/register/", {**NEW, "phone": str(story.WORDS["chen-zhiyuan"]["phone"])})
    assert 'id="phone-error"' in taken.content.decode()
    person = story.WORDS["chen-zhiyuan"]
    known = Citizen().post(
        "/accounts/register/", {**NEW, "name": person["name"], "id_number": str(person["id_number"])}
    )
    assert 'id="id_number-error"' in known.content.decode()
    other = Citizen().post("/accounts/register/", {**NEW, "id_number": str(person["id_number"])})
    assert 'id="name-error"' in other.content.decode()
    assert not Account.objects.filter(phone_index=Account.phone_index_of(NEW["phone"])).exists()


def test_signing_in_by_phone_or_login_and_going_on() -> None:
    sent = {"login": str(story.WORDS["chen-zhiyuan"]["phone"]), "password": story.PASSWORD, "next": "/cases/"}
    assert Citizen().post("/accounts/sign-in/", sent)["Location"] == "/cases/"
    sent |= {"login": OWNER, "next": "https://evil.example/"}
    assert Citizen().post("/accounts/sign-in/", sent)["Location"] == "/"


def test_a_wrong_password_says_neither_which() -> None:
    answer = Citizen().post("/accounts/sign-in/", {"login": OWNER, "password": "wrong"})
    assert answer.status_code == 401
    assert "账号或密码不正确" in words(answer)


def test_staff_are_shown_to_the_desk() -> None:
    assert Citizen().post("/accounts/sign-in/", {"login": CLERK, "password": story.PASSWORD})["Location"] == "/desk/"
    refused = Citizen(CLERK).get("/cases/")
    assert refused.status_code == 403 and "工作账号" in words(refused)


def test_pages_of_mine_ask_to_sign_in_first() -> None:
    answer = Citizen().get("/credentials/")
    assert answer["Location"] == "/accounts/sign-in/?next=%2Fcredentials%2F"


def test_signing_out_needs_a_press() -> None:
    one = Citizen(OWNER)
    assert one.get("/accounts/sign-out/").status_code == 405
    assert one.post("/accounts/sign-out/")["Location"] == "/?said=signed-out"
    assert one.get("/cases/").status_code == 302


def test_changing_the_password_keeps_me_signed_in() -> None:
    one = Citizen(OWNER)
    new = "Another-River-9"
    wrong = one.post("/accounts/password/", {"old": "no", "new": new, "again": new})
    assert wrong.status_code == 422 and "现在的密码不正确" in words(wrong)
    same = one.post("/accounts/password/", {"old": story.PASSWORD, "new": story.PASSWORD, "again": story.PASSWORD})
    assert "最近" in words(same)
    done = one.post("/accounts/password/", {"old": story.PASSWORD, "new": new, "again": new})
    assert done["Location"] == "/subjects/?said=password"
    assert one.get("/subjects/").status_code == 200
    assert Citizen().post("/accounts/sign-in/", {"login": OWNER, "password": new}).status_code == 303


def test_guessing_the_old_password_is_slowed_down() -> None:
    one = Citizen(OWNER)
    answers = [one.post("/accounts/password/", {"old": "no", "new": "x", "again": "x"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]


def test_an_entity_nobody_stands_for_is_mine_to_claim() -> None:
    one = Citizen(OWNER)
    firm = {"name": "番江区新味餐饮有限公司", "credit_code": credit_code.make_credit_code("91", "449906", "MB123456"),
            "right": "legal_representative"}  # fmt: skip
    assert one.post("/subjects/entities/new/", {**firm, "next": "/cases/new/x/"})["Location"] == "/cases/new/x/"
    assert "番江区新味餐饮有限公司" in one.page("/subjects/")
    assert "法定代表人" in one.page("/subjects/")
    again = one.post("/subjects/entities/new/", firm)
    assert again["Location"] == "/subjects/?said=entity"
    assert Representation.objects.filter(subject__name=firm["name"]).count() == 1
    other = Citizen("huangjianye").post("/subjects/entities/new/", {**firm, "right": "handler"})
    assert other.status_code == 409 and "已经有人登记" in words(other)


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("credit_code", "9144990600000"), ("right", ""), ("right", "guardian")]
)
def test_an_entity_is_claimed_in_full(field: str, value: str) -> None:
    firm = {"name": "番江区新味餐饮有限公司", "credit_code": credit_code.make_credit_code("91", "449906", "MB123456"),
            "right": "handler"}  # fmt: skip
    answer = Citizen(OWNER).post("/subjects/entities/new/", {**firm, field: value})
    assert answer.status_code == 422 and f'id="{field}-error"' in answer.content.decode()


def test_an_entity_known_under_another_name_says_so_on_the_form() -> None:
    firm = {"name": "另一个名字", "credit_code": str(story.WORDS["jieshun"]["id_number"]), "right": "handler"}
    answer = Citizen(OWNER).post("/subjects/entities/new/", firm)
    assert answer.status_code == 422 and 'id="name-error"' in answer.content.decode()
