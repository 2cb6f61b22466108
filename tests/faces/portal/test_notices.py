"""The portal's messages: read, unread, of one case; what I hear and where; the proof on the page of the case."""

import pytest

from tests import story
from tests.faces.portal.citizens import MOST_QUERIES, OWNER, Citizen, correction_asked
from zhengtong.engines.notices.models import Delivery, Message
from zhengtong.foundation.outbox.models import EventRow
from zhengtong.foundation.outbox.relay import subscribers

pytestmark = pytest.mark.usefixtures("district")


def hear() -> None:
    """Hand on what has happened, as the relay does after commit; and again, which changes nothing."""
    for _ in range(2):
        for _name, subscriber in subscribers.items():
            rows = EventRow.objects.filter(name=subscriber.event.name()).order_by("pk")
            if rows and ("tell" in _name or "invite" in _name):
                subscriber.hear([subscriber.event.of(row.payload) for row in rows])


def test_a_case_is_told_step_by_step_and_each_step_once() -> None:
    case = correction_asked()
    granted = story.granted()
    hear()
    one = Citizen(OWNER)
    told = Message.objects.filter(recipient=one.actor.subject_id)
    assert sorted(told.filter(number=case.number).values_list("template", flat=True)) == [
        "cases.correction_requested", "cases.submitted",
    ]  # fmt: skip
    assert {"cases.granted", "cases.licence_ready", "ratings.invited"} <= set(
        told.filter(number=granted.number).values_list("template", flat=True)
    )
    sms = Delivery.objects.get(channel="sms", message__number=case.number, message__template="cases.submitted")
    assert sms.text.startswith("【番江政务服务】您的“食品经营许可") and sms.text.endswith(f"/t/{case.number}")
    page = one.page("/notices/")
    assert "需要补正" in page and "条没读" in page
    assert one.queries("/notices/") <= MOST_QUERIES
    assert "需要补正" not in one.page(f"/notices/?number={granted.number}")
    proof = one.page(f"/cases/{case.number}/")
    assert "告知记录" in proof and "站内消息：已送达" in proof


def test_reading_one_leads_to_its_case_and_reading_all_empties_the_mark() -> None:
    case = correction_asked()
    hear()
    one, stranger = Citizen(OWNER), Citizen("huangjianye")
    message = Message.objects.filter(number=case.number, recipient=one.actor.subject_id).first()
    path = f"/notices/{message.pk}/read/"
    assert stranger.post(path).status_code == 404
    assert one.post(path, {"then": "go"})["Location"] == f"/cases/{case.number}/"
    assert one.post("/notices/read/").status_code == 303
    assert "未读" not in one.page("/notices/")
    assert "还没有消息" in stranger.page("/notices/")


def test_preferences_and_an_address_confirmed_by_its_code() -> None:
    one = Citizen(OWNER)
    assert one.post("/notices/preferences/", {"on": ["email", "wechat"]}).status_code == 303
    case = story.submitted()
    hear()
    assert not Message.objects.filter(number=case.number, recipient=one.actor.subject_id).exists()  # all left out
    assert one.post("/notices/preferences/", {"on": ["sms", "cases.submitted"]}).status_code == 303
    assert one.post("/notices/preferences/email/", {"do": "add", "email": "x"}).status_code == 422
    assert one.post("/notices/preferences/email/", {"do": "add", "email": "chen@example.com"}).status_code == 303
    assert one.post("/notices/preferences/email/", {"do": "add", "email": "b@example.com"}).status_code == 429
    code = Delivery.objects.get(channel="email").text[7:13]
    wrong = "000000" if code != "000000" else "111111"
    assert one.post("/notices/preferences/email/", {"do": "confirm", "code": wrong}).status_code == 422
    assert one.post("/notices/preferences/email/", {"do": "confirm", "code": code}).status_code == 303
    assert "c***@example.com" in one.page("/notices/preferences/")
    assert one.queries("/notices/preferences/") <= MOST_QUERIES
    assert one.post("/notices/preferences/email/", {"do": "forget"}).status_code == 303
    assert "c***@" not in one.page("/notices/preferences/")


def test_a_code_is_guessed_a_few_times_only() -> None:
    one = Citizen(OWNER)
    one.post("/notices/preferences/email/", {"do": "add", "email": "chen@example.com"})
    told = [
        one.post("/notices/preferences/email/", {"do": "confirm", "code": "x"}).status_code for _ in range(7)
    ]  # fmt: skip
    assert told[:5] == [422] * 5 and told[-1] == 429
