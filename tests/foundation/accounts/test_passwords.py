"""What a password must be, and what happens to those who guess (GB/T 22239—2019 level 3, 8.1.4.1)."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from tests import canaries, story
from zhengtong.foundation import clock
from zhengtong.foundation.access import ANONYMOUS, Actor
from zhengtong.foundation.accounts import actions, queries, rules
from zhengtong.foundation.accounts.models import Account, Knock
from zhengtong.foundation.audit.queries import leaves_of, verify
from zhengtong.foundation.clock import CHINA
from zhengtong.foundation.params.actions import set_parameter
from zhengtong.foundation.refusals import Forbidden

RULES = rules.PasswordRules(length=10, kinds=3, remembered=5, longest=128)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
WRONG = "Wrong#2026-99"
LIMIT = 60


def asking(address: str = "10.0.0.1") -> HttpRequest:
    """A request with an empty session from an address."""
    request = RequestFactory().post("/accounts/sign-in/", REMOTE_ADDR=address)
    request.session = SessionStore()
    return request


def sign_in(login: str = "chenzhiyuan", password: str = story.PASSWORD, address: str = "10.0.0.1") -> Account:
    return actions.sign_in(asking(address), login=login, password=password, actor=ANONYMOUS)


def fail(times: int, login: str = "chenzhiyuan", address: str = "10.0.0.1") -> list[type[Exception]]:
    refusals = []
    for _ in range(times):
        with pytest.raises(rules.Refused) as refused:
            sign_in(login, WRONG, address)
        refusals.append(refused.type)
    return refusals


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords that cost nothing to make and check, for tests that try often."""
    kept_by_the_district = queries.account("zhoumin").password[:7]

    def check(typed: str, kept: str) -> bool:
        return kept == f"cheap${typed}" or (typed == story.PASSWORD and kept.startswith(kept_by_the_district))

    monkeypatch.setattr(actions, "check_password", check)
    monkeypatch.setattr(actions, "make_password", "cheap${}".format)


# -- strength ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "strong"),
    [
        ("Fanjiang#2026", True),
        ("fanjiang#2026", True),
        ("Fanjiang2026x", True),
        ("FANJIANG#2026", True),
        ("Fanjiang##xyz", True),
        ("Fanji#202", False),  # nine
        ("fanjiangfanjiang", False),
        ("fanjiang20262026", False),
        ("2026202620262026", False),
        ("#2026#2026#2026", False),
        ("", False),
        ("Zhoumin#2026", False),  # holds the login
        ("my-ZHOUMIN-2026", False),
        ("一二三四五六七八九十", False),  # ten characters of no kind
        ("Aa1" + "x" * 126, False),
    ],
)
def test_long_mixed_and_free_of_the_login(password: str, strong: bool) -> None:
    if strong:
        rules.check_password_strength(password, login="zhoumin", rules=RULES)
    else:
        with pytest.raises((rules.PasswordWeak, rules.PasswordTooLong)):
            rules.check_password_strength(password, login="zhoumin", rules=RULES)


@given(st.text(max_size=9))
def test_nothing_short_is_strong(password: str) -> None:
    with pytest.raises(rules.PasswordWeak, match="10"):
        rules.check_password_strength(password, login="zhoumin", rules=RULES)


def test_the_rules_are_dated_parameters(district: None) -> None:
    assert queries.password_rules() == RULES
    with clock.at(NOW):
        set_parameter(
            "accounts.password_min_length", value=14, valid_from=date(2026, 6, 1), actor=story.actor("shilei")
        )  # fmt: skip
        assert queries.password_rules().length == 10
    with clock.at(NOW.replace(month=6)):
        assert queries.password_rules().length == 14


# -- registering and changing ----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("district", "cheap")
def test_a_citizen_registers_himself_staff_and_systems_are_opened_by_the_security_administrator() -> None:
    def register(kind: str, actor: Actor) -> Account:
        return actions.register_account(
            kind=kind, login=f"new-{kind}", name="新来", password=story.PASSWORD, phone="", actor=actor
        )

    assert register("citizen", ANONYMOUS).kind == "citizen"
    for kind in ("staff", "client"):
        for login in ("zhoumin", "jiangtao", "shilei", "yanming", "gaojie", "chenzhiyuan"):
            with pytest.raises(Forbidden):
                register(kind, story.actor(login))
        assert register(kind, story.actor("songan")).kind == kind


@pytest.mark.usefixtures("district", "cheap")
def test_a_login_and_a_citizens_phone_are_taken_once() -> None:
    def register(login: str, phone: str) -> Account:
        return actions.register_account(
            kind="citizen", login=login, name="新来", password=story.PASSWORD, phone=phone, actor=ANONYMOUS
        )

    register("newcomer", "13800138000")
    for login, phone in (("newcomer", "13900139000"), ("another", "13800138000")):
        with pytest.raises(rules.LoginTaken):
            register(login, phone)
    with pytest.raises(rules.PasswordWeak):
        actions.register_account(kind="citizen", login="x", name="新来", password="short", actor=ANONYMOUS)
    assert canaries.found({"13800138000"}) == []


@pytest.mark.usefixtures("district")
def test_a_citizen_signs_in_by_name_or_by_phone() -> None:
    assert sign_in("chenzhiyuan").pk == sign_in(story.WORDS["chen-zhiyuan"]["phone"]).pk


@pytest.mark.usefixtures("district", "cheap")
def test_a_password_is_changed_by_its_owner_with_the_old_one() -> None:
    account, me = queries.account("zhoumin"), story.actor("zhoumin")
    with pytest.raises(rules.SignInFailed):
        actions.change_password(account, old=WRONG, new="Brandnew#2026", actor=me)
    with pytest.raises(rules.PasswordWeak):
        actions.change_password(account, old=story.PASSWORD, new="short", actor=me)
    with pytest.raises(Forbidden):
        actions.change_password(account, old=story.PASSWORD, new="Brandnew#2026", actor=story.actor("songan"))
    actions.change_password(account, old=story.PASSWORD, new="Brandnew#2026", actor=me)
    assert fail(1, "zhoumin") == [rules.SignInFailed]
    assert sign_in("zhoumin", "Brandnew#2026").login == "zhoumin"


@pytest.mark.usefixtures("district", "cheap")
def test_the_last_five_passwords_do_not_come_back() -> None:
    account, me = queries.account("zhoumin"), story.actor("zhoumin")
    used = [story.PASSWORD, *(f"Brandnew#{n}xyz" for n in range(5))]
    for old, new in pairwise(used):
        actions.change_password(account, old=old, new=new, actor=me)
    for again in used[1:]:
        with pytest.raises(rules.PasswordReused, match="5"):
            actions.change_password(account, old=used[-1], new=again, actor=me)
    actions.change_password(account, old=used[-1], new=used[0], actor=me)


# -- lockout ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("failures", "locked"), [(0, False), (4, False), (5, True), (6, True)]
)  # fmt: skip
def test_locked_after_so_many_failures_in_a_row(failures: int, locked: bool) -> None:
    until = rules.lock_after(failures, tries=5, minutes=15, now=NOW)
    assert until == (NOW + timedelta(minutes=15) if locked else None)


@pytest.mark.parametrize(
    ("left", "minutes"),
    [(timedelta(seconds=1), 1), (timedelta(minutes=1), 1), (timedelta(seconds=61), 2), (timedelta(minutes=15), 15)],
)
def test_how_long_is_told_in_whole_minutes(left: timedelta, minutes: int) -> None:
    with pytest.raises(rules.AccountLocked, match=f"{minutes} 分钟"):
        rules.check_open(is_active=True, locked_until=NOW + left, now=NOW)
    rules.check_open(is_active=True, locked_until=NOW, now=NOW)


@pytest.mark.usefixtures("district")
def test_five_wrong_passwords_lock_and_a_quarter_of_an_hour_unlocks() -> None:
    with clock.at(NOW):
        assert fail(5) == [*[rules.SignInFailed] * 4, rules.AccountLocked]
        with pytest.raises(rules.AccountLocked):
            sign_in()
    with clock.at(NOW + timedelta(minutes=14, seconds=59)), pytest.raises(rules.AccountLocked):
        sign_in()
    with clock.at(NOW + timedelta(minutes=15)):
        assert sign_in().login == "chenzhiyuan"
    account = queries.account("chenzhiyuan")
    assert (account.failures, account.locked_until) == (0, None)
    verbs = [leaf.verb.rpartition(".")[2] for leaf in leaves_of(account)]
    assert verbs[-6:] == [*["sign_in_failed"] * 5, "signed_in"]
    assert not verify(account.audit_stream).faults


@pytest.mark.usefixtures("district", "cheap")
def test_after_a_lock_the_count_begins_anew() -> None:
    with clock.at(NOW):
        fail(5)
    with clock.at(NOW + timedelta(minutes=16)):
        assert fail(4) == [rules.SignInFailed] * 4
        assert sign_in().login == "chenzhiyuan"


@pytest.mark.usefixtures("district", "cheap")
def test_a_success_wipes_the_count() -> None:
    for _ in range(3):
        fail(4)
        sign_in()


@pytest.mark.usefixtures("district", "cheap")
def test_an_unknown_login_is_refused_in_the_same_words() -> None:
    with pytest.raises(rules.SignInFailed) as unknown:
        sign_in("nobody", WRONG)
    with pytest.raises(rules.SignInFailed) as known:
        sign_in("chenzhiyuan", WRONG)
    assert (str(unknown.value), unknown.value.status) == (str(known.value), known.value.status)


@pytest.mark.usefixtures("district")
def test_a_closed_account_stays_out() -> None:
    Account.objects.filter(login="zhoumin").update(is_active=False)
    with pytest.raises(rules.AccountClosed):
        sign_in("zhoumin")


@pytest.mark.usefixtures("district", "cheap")
def test_others_behind_the_same_address_are_not_locked_out() -> None:
    fail(5)
    assert sign_in("huangjianye").login == "huangjianye"


# -- slowing down an address -----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("district", "cheap")
def test_one_address_fails_so_often_a_minute_and_then_waits() -> None:
    with clock.at(NOW + timedelta(seconds=20)):
        assert fail(LIMIT, "nobody") == [rules.SignInFailed] * LIMIT
        with pytest.raises(rules.TooManyTries, match="40 秒"):
            sign_in()
        assert sign_in(address="10.0.0.2").login == "chenzhiyuan"
    with clock.at(NOW + timedelta(seconds=61)):
        assert sign_in().login == "chenzhiyuan"


@pytest.mark.usefixtures("district", "cheap")
def test_a_whole_hall_signs_in_behind_one_address() -> None:
    with clock.at(NOW):
        for _ in range(LIMIT + 20):
            sign_in()


@pytest.mark.usefixtures("district", "cheap")
def test_an_address_is_not_kept_in_the_open() -> None:
    fail(1, address="203.0.113.77")
    assert Knock.objects.exists()
    assert canaries.found({"203.0.113.77"}) == []


@pytest.mark.usefixtures("district")
def test_knocks_are_counted_window_by_window() -> None:
    def knock(bucket: str = "track:1") -> None:
        actions.knock(bucket, limit=3, per=timedelta(minutes=1), actor=ANONYMOUS)

    with clock.at(NOW + timedelta(seconds=59)):
        for _ in range(3):
            knock()
        with pytest.raises(rules.TooManyTries):
            knock()
        knock("track:2")
    with clock.at(NOW + timedelta(seconds=60)):
        knock()


# -- systems ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("district")
def test_a_token_is_for_systems_and_lasts_an_hour() -> None:
    with clock.at(NOW):
        token, seconds = actions.issue_token(login="weixiu-system", password=story.PASSWORD, actor=ANONYMOUS)
        found = queries.actor_of_token(token)
        assert found is not None
        assert (found.kind, seconds) == ("client", 3600)
        assert queries.actor_of_token(token + "x") is None
        with pytest.raises(rules.SignInFailed):
            actions.issue_token(login="zhoumin", password=story.PASSWORD, actor=ANONYMOUS)
    with clock.at(NOW + timedelta(seconds=3600)):
        assert queries.actor_of_token(token) is None
    assert canaries.found({token}) == []


@pytest.mark.usefixtures("district", "cheap")
def test_a_system_has_no_session_and_is_not_locked_out_by_guests() -> None:
    assert fail(6, "weixiu-system") == [rules.SignInFailed] * 6
    with pytest.raises(rules.SignInFailed):
        sign_in("weixiu-system")
    assert queries.account("weixiu-system").failures == 0


@pytest.mark.usefixtures("district")
def test_a_closed_system_s_token_is_worth_nothing() -> None:
    token, _ = actions.issue_token(login="weixiu-system", password=story.PASSWORD, actor=ANONYMOUS)
    Account.objects.filter(login="weixiu-system").update(is_active=False)
    assert queries.actor_of_token(token) is None


def test_nothing_of_a_password_is_written_down(district: None) -> None:
    fail(1)
    sign_in()
    rows: Any = canaries.found({story.PASSWORD.replace("#", "\\#"), WRONG})
    assert rows == []
