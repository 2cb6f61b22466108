"""Window groups as a pack section, the nightly closing of lists, looks, sentences of the trail, telling people."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from zhengtong.engines.notices import actions as notices
from zhengtong.engines.notices.rules import Fact, Happening, happenings
from zhengtong.foundation import clock
from zhengtong.foundation.access import system_actor
from zhengtong.foundation.audit.sentences import sentences
from zhengtong.foundation.outbox.jobs import job
from zhengtong.foundation.outbox.relay import subscribe_to_many
from zhengtong.foundation.refusals import N_, Refused
from zhengtong.foundation.ui.tones import Status, Tone, tones
from zhengtong.foundation.wiring.sections import Entry, Fault, Known, Section, sections
from zhengtong.topics.subjects import queries as subjects

from . import actions, queries, rules
from .events import AppointmentBooked, AppointmentCancelled, AppointmentChanged, AppointmentEvent

CLOSER = system_actor("visits", "visits.close")
TIME = {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}
HOURS = {
    "type": "object",
    "required": ["days", "from", "to", "places"],
    "additionalProperties": False,
    "properties": {
        "days": {"enum": list(rules.Days)},
        "from": TIME,
        "to": TIME,
        "places": {"type": "integer", "minimum": 1, "maximum": 500},
    },
}


def _check(entry: Entry, known: Known) -> Iterable[Fault]:
    if not known.has("organisations", entry["hall"]):
        yield Fault(("hall",), f"大厅“{entry['hall']}”没有登记。")
    try:
        rules.check_hours(entry["hours"])
    except Refused as refusal:
        yield Fault(("hours",), str(refusal))


sections.add(
    "window_groups",
    Section(
        name="window_groups",
        title="预约窗口组",
        after=("organisations", "params", "calendar"),
        schema={
            "type": "object",
            "required": ["code", "hall", "name", "hours"],
            "additionalProperties": False,
            "properties": {
                "code": {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$", "maxLength": 60},
                "hall": {"type": "string"},
                "name": {"type": "string", "minLength": 1, "maxLength": 60},
                "windows": {"type": "string", "maxLength": 120},
                "directions": {"type": "string", "maxLength": 300},
                "hours": {"type": "array", "items": HOURS, "minItems": 1},
                "closed_days": {"type": "array", "items": {"type": "string", "format": "date"}, "uniqueItems": True},
            },
        },
        canonical=queries.in_order,
        check=_check,
        current=queries.groups_in_pack_words,
        create=actions.put_from_pack,
        update=actions.put_from_pack,
        end=actions.end_from_pack,
    ),
)


@job("visits.close", every="20 17 * * *")
def close(timestamp: int = 0) -> None:
    """After midnight: what nobody noted the day before."""
    actions.close_past(actor=CLOSER)


for verb, words in {
    "appointment.booked": "预约",
    "appointment.changed": "改预约时间",
    "appointment.cancelled": "取消预约",
    "appointment.called_off": "大厅取消预约",
    "appointment.arrived": "到场",
    "appointment.missed": "未到场",
    "appointment.unrecorded": "到期，大厅未登记",
    "windowgroup.hours_changed": "设定预约窗口组的开放时间",
    "windowgroup.ended": "停止预约",
}.items():
    sentences.add(f"visits.{verb}", words)

LOOKS = {
    "booked": (Tone.PRIMARY, "calendar-event"), "arrived": (Tone.SUCCESS, "circle-check"),
    "missed": (Tone.WARNING, "circle-x"), "unrecorded": (Tone.NEUTRAL, "circle-dashed"),
    "cancelled": (Tone.NEUTRAL, "minus"), "called_off": (Tone.DANGER, "ban"),
}  # fmt: skip
for state, (tone, icon) in LOOKS.items():
    tones.add(f"visits.{state}", Status(rules.STATES[state], tone, icon))


# -- telling people ----------------------------------------------------------------------------------------------------

TELLER = system_actor("visits-teller", "notices.make")
ABOUT_A_VISIT = {
    "number": Fact(N_("预约号"), "204518736"), "item": Fact(N_("事项名称"), "食品经营许可"),
    "when": Fact(N_("预约时间"), "11月24日 09:00"), "hall": Fact(N_("大厅"), "区政务服务中心"),
    "windows": Fact(N_("窗口"), "综合窗口 3—8 号"), "phone": Fact(N_("大厅电话"), "0660-5550188"),
}  # fmt: skip
for code, title, more in (
    ("booked", N_("预约成功"), {}),
    ("changed", N_("预约时间已改"), {}),
    ("called_off", N_("大厅取消了预约"), {"reason": Fact(N_("原因"), "窗口检修")}),
    ("tomorrow", N_("明天的预约"), {}),
):
    happenings.add(f"visits.{code}", Happening(f"visits.{code}", title, {**ABOUT_A_VISIT, **more}))


def _telling(happening: str, event: AppointmentEvent, at: datetime, people: Any, **more: str) -> notices.Telling:
    starts_at = datetime.fromisoformat(event.starts_at)
    facts = {
        "number": event.number, "item": event.item_name, "when": rules.in_words(starts_at), "hall": event.hall_name,
        "windows": event.windows, "phone": event.phone, **more,
    }  # fmt: skip
    return notices.Telling(
        f"visits.{happening}", f"{event.appointment_id}@{event.starts_at}", at, people, facts, event.number,
        path=f"/visits/{event.number}/", last_day=starts_at.date(),
    )  # fmt: skip


def _people(events: Iterable[AppointmentEvent]) -> dict[str, tuple[notices.Addressee, ...]]:
    """By appointment: who comes, and who booked for him."""
    events = list(events)
    contacts = subjects.contacts_of({UUID(who) for e in events for who in (e.visitor, e.booker) if who})
    return {
        event.appointment_id: tuple(
            dict.fromkeys(
                notices.Addressee(one.id, one.name, phone=one.phone, has_account=one.has_account)
                for who in (event.visitor, event.booker)
                if who
                for one in contacts.get(UUID(who), ())
            )
        )
        for event in events
    }


def tell_booked(events: Sequence[AppointmentBooked]) -> None:
    """Number, time and place, to keep."""
    _tell("booked", events)


def tell_changed(events: Sequence[AppointmentChanged]) -> None:
    """The new time."""
    _tell("changed", events)


def tell_called_off(events: Sequence[AppointmentCancelled]) -> None:
    """The hall cannot receive him: why, and what he may do. Whoever cancelled himself knows."""
    _tell("called_off", [event for event in events if event.by == "hall"])


def _tell(happening: str, events: Sequence[Any]) -> None:
    people = _people(events)
    told = [
        _telling(happening, event, clock.now(), people[event.appointment_id],
                 **({"reason": event.reason} if happening == "called_off" else {}))
        for event in events
    ]  # fmt: skip
    notices.make_messages(told, actor=TELLER)


@job("visits.remind", every="0 10 * * *")
def remind(timestamp: int = 0) -> None:
    """At six in the evening: who is expected tomorrow."""
    _tell("tomorrow", [AppointmentEvent(**told) for told in queries.expected_tomorrow()])


subscribe_to_many(AppointmentBooked, tell_booked, name="visits.tell_booked")
subscribe_to_many(AppointmentChanged, tell_changed, name="visits.tell_changed")
subscribe_to_many(AppointmentCancelled, tell_called_off, name="visits.tell_called_off")
