"""A template, a person, a happening; and carriers that do what they are told."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from tests.foundation.links.test_calls import Neighbour
from zhengtong.engines.notices import actions, rules
from zhengtong.engines.notices.models import Delivery, Message
from zhengtong.engines.notices.rules import Channel, Fact, Happening
from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, system_actor
from zhengtong.foundation.links.ports import simulators
from zhengtong.foundation.params import actions as params

TELLER = system_actor("teller", "notices.make")
SENDER = system_actor("sender", "notices.send", "links.call")
PACKER = system_actor("packer", "packs.apply", "notices.bind")
NOON = datetime(2026, 11, 24, 12, tzinfo=clock.CHINA)
NIGHT = NOON.replace(hour=23)
ZHANG = UUID("0192f000-0000-7000-8000-0000000000a1")
ROAD = Happening("tests.road", "开路", {"number": Fact("编号", "1"), "due": Fact("日期", "2026年12月3日"),
                                         "status_address": Fact("地址", "https://x.example/t/1")})  # fmt: skip


def citizen(pk: UUID = ZHANG) -> Actor:
    return Actor(key=f"account:{pk}", kind="citizen", name="张桂芳", account_id=pk, subject_id=pk)


def person(pk: UUID = ZHANG, **more: Any) -> actions.Addressee:
    return actions.Addressee(**{"id": pk, "name": "张桂芳", "phone": "13800138000", **more})


@contextmanager
def furnished(**texts: Any) -> Iterator[None]:
    """One template in force, quiet hours from nine to eight."""
    for key, value in (("quiet_hours", {"from": "21:00", "until": "08:00"}), ("give_up_hours", 72)):
        entry = {"key": f"notices.{key}", "value": value, "valid_from": "2026-01-01"}
        params.put_from_pack(entry, pack="tests", actor=PACKER)
    with rules.happenings.registered("tests.road", ROAD):
        entry = {
            "code": "tests.road", "title": "路通了 {number}", "site": "路通了，编号 {number}。",
            "sms": "路通了，见{status_address}",
            "email": "路通了。", "wechat": "thing1={number}", "wechat_template": "T1", "must_tell": False, "basis": "",
        }  # fmt: skip
        actions.define_from_pack(entry | texts, pack="tests", actor=PACKER)
        yield


def tell(key: str = "1", *people: actions.Addressee, at: datetime = NOON, **more: Any) -> int:
    facts = {"number": key, "due": "2026年12月3日", "status_address": f"https://x.example/t/{key}"}
    one = actions.Telling("tests.road", key, at, people or (person(),), facts, f"N{key}", **more)
    with clock.at(at):
        return actions.make_messages([one], actor=TELLER)


def sent(channel: Channel = Channel.SMS, at: datetime = NOON) -> int:
    with clock.at(at):
        return actions.send_due(channel, actor=SENDER)


def delivery(channel: Channel = Channel.SMS, key: str = "1") -> Delivery:
    return Delivery.objects.get(channel=channel, message__number=f"N{key}")


def channels() -> set[str]:
    return set(Delivery.objects.filter(message__in=Message.objects.all()).values_list("channel", flat=True))


@contextmanager
def carrier(port: str, *answers: Any) -> Iterator[Neighbour]:
    """In place of a carrier's simulator, a program that answers what it is told to."""
    program = Neighbour(*answers)
    with ExitStack() as stack:
        stack.enter_context(simulators.registered(port, program))
        yield program
