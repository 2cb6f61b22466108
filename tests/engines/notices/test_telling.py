"""A happening and a person make one message, and one delivery a channel; announced again, nothing."""

from datetime import date, timedelta

import pytest

from tests.engines.notices.posts import NIGHT, NOON, PACKER, ZHANG, channels, citizen, delivery, furnished, person, tell
from zhengtong.engines.notices import actions, queries
from zhengtong.engines.notices.access import ACCOUNT
from zhengtong.engines.notices.models import Message
from zhengtong.engines.notices.rules import Channel, State
from zhengtong.foundation import clock
from zhengtong.foundation.access import ANONYMOUS
from zhengtong.foundation.audit import queries as audit
from zhengtong.foundation.refusals import Forbidden, NotFound

pytestmark = pytest.mark.usefixtures("db")
MORNING = (NIGHT + timedelta(days=1)).replace(hour=8)


def test_a_happening_told_twice_is_one_message_in_the_trail() -> None:
    with furnished():
        assert (tell(), tell()) == (1, 0)
        message = Message.objects.get()
        assert (message.title, message.text) == ("路通了 1", "路通了，编号 1。")
        assert channels() == {"site", "sms"}
        assert delivery().text == "路通了，见https://x.example/t/1" and delivery().address == "13800138000"
        assert audit.verify().faults == ()


def test_a_set_tells_everybody_once() -> None:
    other = person(ZHANG.__class__(int=7), has_account=False)
    with furnished():
        assert tell("1", person(), other, other) == 2
        assert channels() == {"site", "sms"}
        bare = Message.objects.get(recipient=other.id)
        assert [each.channel for each in bare.deliveries.all()] == ["sms"]


@pytest.mark.parametrize(
    ("last_day", "must", "due"),
    [
        (None, True, MORNING),
        (NIGHT.date(), True, NIGHT),
        (NIGHT.date(), False, MORNING),
        (MORNING.date(), True, MORNING),
    ],
)
def test_at_night_a_message_waits_unless_the_morning_is_too_late(last_day: date, must: bool, due: object) -> None:
    with furnished(must_tell=must, basis="某法"):
        tell(at=NIGHT, last_day=last_day)
        row = delivery()
        assert (row.not_before, row.state) == (due, State.QUEUED if due == NIGHT else State.HELD)
        assert delivery(Channel.SITE).state == State.DELIVERED


def test_what_is_switched_off_is_not_sent_unless_the_law_wants_it_told() -> None:
    with furnished(), clock.at(NOON):
        actions.choose_channels(["sms"], actor=citizen())
        tell("1")
        assert channels() == {"site"}
        actions.choose_channels(["sms", "tests.road"], actor=citizen())
        assert tell("2") == 0
    with furnished(must_tell=True, basis="某法"):
        assert tell("3") == 1 and delivery(key="3")


def test_whoever_chooses_nothing_is_in_the_trail_all_the_same() -> None:
    actions.choose_channels([], actor=citizen())
    assert audit.verify().faults == ()


def test_further_addresses_are_used_once_they_are_known() -> None:
    with furnished():
        actions.bind_wechat(ZHANG, address="oZHANG", actor=PACKER)
        tell()
        assert channels() == {"site", "sms", "wechat"}
        assert delivery(Channel.WECHAT).subject_line == "T1"


def test_staff_are_told_on_the_site_only() -> None:
    with furnished():
        tell("1", person(kind=ACCOUNT))
        assert channels() == {"site"}


def test_messages_are_read_by_their_own_reader_only() -> None:
    with furnished(), clock.at(NOON):
        tell("1")
        tell("2")
        me, other = citizen(), citizen(ZHANG.__class__(int=9))
        assert (queries.unread_count(me), queries.unread_count(other), queries.unread_count(ANONYMOUS)) == (2, 0, 0)
        message = queries.messages_for(me, number="N1").get()
        with pytest.raises(NotFound):
            queries.message_for(other, message.pk)
        with pytest.raises(Forbidden):
            actions.mark_read(message, actor=other)
        actions.mark_read(message, actor=me)
        assert actions.mark_read(message, actor=me).read_at == NOON
        assert (actions.mark_all_read(actor=me), queries.unread_count(me)) == (1, 0)
        assert [told.message.number for told in queries.told_about("N1")] == ["N1"]
        assert audit.verify().faults == ()
        with pytest.raises(Forbidden):
            actions.make_messages([], actor=me)
