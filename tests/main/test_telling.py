"""The past of the demo is told in its own time, and heard again by the relay without a second message."""

from datetime import timedelta

import pytest

from tests import story
from zhengtong.engines.notices.models import Delivery, Message
from zhengtong.foundation import clock
from zhengtong.foundation.outbox.relay import relay
from zhengtong.main.scene.telling import tell_the_past


@pytest.mark.usefixtures("committed_district")
def test_the_past_is_told_in_its_own_time_and_once() -> None:
    day = clock.now() - timedelta(days=3)
    with clock.at(day.replace(hour=10)):
        story.submitted()
    with clock.at(day.replace(hour=22)):
        story.submitted()
    tell_the_past()
    early, late = Delivery.objects.filter(channel="sms").order_by("message__happened_at")
    assert {early.state, late.state} == {"delivered"}
    assert early.sent_at.astimezone(clock.CHINA).hour == 10 and early.ended_at - early.sent_at < timedelta(minutes=1)
    assert late.sent_at.astimezone(clock.CHINA) == (day + timedelta(days=1)).replace(
        hour=8, minute=1, second=0, microsecond=0
    )
    told = Message.objects.count()
    relay()
    assert Message.objects.count() == told
