"""Carriers that work, refuse, die, hang: what becomes of each message, and of the others."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from tests.engines.notices.posts import (
    NIGHT,
    NOON,
    PACKER,
    SENDER,
    ZHANG,
    carrier,
    citizen,
    delivery,
    furnished,
    person,
    sent,
    tell,
)  # fmt: skip
from zhengtong.engines.notices import actions, queries
from zhengtong.engines.notices.actions import sending
from zhengtong.engines.notices.models import Delivery
from zhengtong.engines.notices.rules import Channel, CodeWrong, NotSendable, State, TooManyCodes
from zhengtong.foundation import clock
from zhengtong.foundation.access import system_actor
from zhengtong.foundation.audit import queries as audit
from zhengtong.foundation.links.models import Breaker, Exchange
from zhengtong.foundation.refusals import Forbidden

pytestmark = pytest.mark.usefixtures("committed_db")
KEEPER = system_actor("keeper", "notices.manage")
BROKEN = (500, {})


def _references(heard: list[dict[str, Any]]) -> list[str]:
    return [message["reference"] for each in heard for message in json.loads(each["body"])["messages"]]


def _all(state: State) -> int:
    return Delivery.objects.filter(channel=Channel.SMS, state=state).count()


def test_many_go_out_in_one_call_and_reports_come_back() -> None:
    out = person(ZHANG.__class__(int=5), phone="13900000010")  # a number the simulator takes for dead
    with furnished():
        tell("1", person(), out)
        assert sent() == 2 and Exchange.objects.filter(port="sms").count() == 1
        assert sent() == 0
        with clock.at(NOON + timedelta(minutes=2)):
            assert actions.take_reports(actor=SENDER) == 2
        reached, dead = (Delivery.objects.get(message__recipient=who.id, channel="sms") for who in (person(), out))
        assert (reached.state, reached.ended_at) == (State.DELIVERED, NOON + timedelta(seconds=4))
        assert (dead.state, dead.reason) == (State.FAILED, "空号或者已停机")
        assert connection.connection.info.transaction_status == 0 and audit.verify().faults == ()
        assert "13800138000" not in str(Exchange.objects.values_list("about", "error"))


def test_held_messages_go_out_in_the_morning() -> None:
    with furnished():
        tell(at=NIGHT)
        assert sent(at=NIGHT + timedelta(hours=8)) == 0
        assert sent(at=NIGHT + timedelta(hours=9)) == 1


def test_a_dead_carrier_keeps_its_own_channel_back_until_the_budget_is_spent() -> None:
    with furnished(), carrier("sms", BROKEN):
        actions.bind_wechat(ZHANG, address="oZHANG", actor=PACKER)
        tell()
        assert (sent(), sent(Channel.WECHAT)) == (0, 1)
        row = delivery()
        assert (row.state, row.tries, row.not_before) == (State.QUEUED, 1, NOON + timedelta(minutes=1))
        for hours in (1, 30, 71, 72):
            Breaker.objects.update(open_until=None)
            sent(at=NOON + timedelta(hours=hours))
            assert delivery().state == (State.GIVEN_UP if hours == 72 else State.QUEUED)
    with pytest.raises(Forbidden):
        actions.send_again(delivery(), actor=citizen())
    with clock.at(NOON + timedelta(hours=80)):
        actions.send_again(delivery(), actor=KEEPER)
        with pytest.raises(NotSendable):
            actions.send_again(delivery(), actor=KEEPER)
        Breaker.objects.update(open_until=None)
        assert actions.send_due(Channel.SMS, actor=SENDER) == 1 and delivery().state == State.SENT
    assert audit.verify().faults == ()


def test_one_message_that_is_refused_fails_alone() -> None:
    def answer() -> tuple[int, Any]:
        """Refuses whatever holds the second number, whole; else takes it."""
        said = provider.heard[-1]["body"].decode()
        if "13800138001" in said:
            return 422, {"error": "号码在黑名单里"}
        return 200, {"results": [{"reference": each, "number": "M1"} for each in _references(provider.heard[-1:])]}

    with furnished(), carrier("sms", answer) as provider:
        tell("1", person(), person(ZHANG.__class__(int=5), phone="13800138001"))
        assert sent() == 1
        assert (_all(State.SENT), _all(State.FAILED)) == (1, 1)
        assert "黑名单" in Delivery.objects.get(state=State.FAILED).reason


@pytest.mark.parametrize("answer", [(401, {"error": "密钥不对"}), (200, b"<html>"), (200, {"results": []})])
def test_a_wrong_configuration_or_babble_costs_no_message(answer: Any) -> None:
    with furnished(), carrier("sms", answer):
        tell("1")
        assert sent() == 0 and delivery().state == State.QUEUED


def test_a_worker_killed_between_sending_and_recording_doubles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: Any) -> int:
        raise SystemExit

    def answer() -> tuple[int, Any]:
        return 200, {"results": [{"reference": each, "number": "M1"} for each in _references(provider.heard[-1:])]}

    with furnished(), carrier("sms", answer) as provider:
        tell()
        with monkeypatch.context() as patched, pytest.raises(SystemExit):
            patched.setattr(sending, "_recorded", killed)
            sent()
        assert sent() == 0  # still claimed
        later = NOON + sending.CLAIMED_FOR
        assert (sent(at=later), sent(at=later + timedelta(hours=1))) == (1, 0)
        first, second = _references(provider.heard)
        assert first == second  # by which the carrier knows that it has it already
        assert (delivery().state, delivery().tries) == (State.SENT, 2)


def test_wechat_and_mail_say_what_they_say_in_their_own_way() -> None:
    with furnished(), clock.at(NOON):
        actions.bind_wechat(ZHANG, address="oZHANG", actor=PACKER)
        tell("1")
        with carrier("wechat", (200, {"errcode": 43004, "errmsg": "require subscribe"})):
            assert sent(Channel.WECHAT) == 0
        assert delivery(Channel.WECHAT).reason == "微信 43004：require subscribe"
        tell("2")
        with carrier("wechat", (200, {"errcode": 42001, "errmsg": "access_token expired"})):
            assert sent(Channel.WECHAT) == 0
        assert delivery(Channel.WECHAT, "2").state == State.QUEUED


def test_an_address_counts_once_its_owner_has_typed_the_code() -> None:
    with furnished(), clock.at(NOON):
        me = citizen()
        actions.add_email("Zhang@Example.COM", actor=me)
        code = Delivery.objects.get(channel=Channel.EMAIL).text[7:13]
        assert sent(Channel.EMAIL) == 1 and queries.unread_count(me) == 0
        with pytest.raises(TooManyCodes):
            actions.add_email("b@example.com", actor=me)
        with pytest.raises(CodeWrong):
            actions.confirm_email("x", actor=me)
        with clock.at(NOON + timedelta(minutes=10)), pytest.raises(CodeWrong):
            actions.confirm_email(code, actor=me)
        actions.confirm_email(code, actor=me)
        assert queries.wishes_of(me).email == "Z***@example.com"
        tell("1")
        assert delivery(Channel.EMAIL).address == "Zhang@example.com"
        actions.forget_email(actor=me)
        tell("2")
        assert not Delivery.objects.filter(channel=Channel.EMAIL, message__number="N2").exists()
