"""A hall's day: who has come, who has not; other hours, and those whom they leave without a place."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from tests.topics.visits.calling import GENERAL, LAW, RESTAURANT, at, book, clerk, left, on, person
from zhengtong.engines.slots import queries as slots
from zhengtong.engines.slots.rules import OpeningsInvalid
from zhengtong.foundation.access import system_actor
from zhengtong.foundation.outbox.models import EventRow
from zhengtong.foundation.refusals import Forbidden
from zhengtong.topics.visits import actions, queries, rules
from zhengtong.topics.visits.models import Appointment

pytestmark = pytest.mark.usefixtures("district")
CLOSER, PACK = system_actor("visits", "visits.close"), system_actor("packs", "packs.apply")


def state(appointment: Appointment) -> str:
    return Appointment.objects.get(pk=appointment.pk).state


def test_checked_in_late_and_not_at_another_hall() -> None:
    with on():
        made = book(person(1), at(23, 9))
        with pytest.raises(Forbidden):
            actions.check_in(made, actor=clerk("liangxiuying"))
        with pytest.raises(rules.NotYetMissed):
            actions.mark_missed(made, actor=clerk("zhoumin"))
    with on(23, 9, 40):
        actions.mark_missed(made, actor=clerk("zhoumin"))
        actions.check_in(made, actor=clerk("zhoumin"))
        assert state(made) == "arrived"
        with pytest.raises(rules.AppointmentOver):
            actions.check_in(made, actor=clerk("zhoumin"))


def test_found_by_number_scan_identity_and_telephone() -> None:
    with on():
        made, hall = book(person(1), at(24, 9)), clerk("zhoumin")
        for text in (made.number, f"https://hall.example/desk/visits/?q={made.number}", made.visitor.id_number):
            assert queries.appointments_found(hall, text) == [made]
        assert queries.appointments_found(clerk("liangxiuying"), made.number) == []
        assert queries.appointments_found(hall, "000000000") == []


def test_a_hall_that_kept_no_list_has_missed_nobody() -> None:
    with on():
        came, absent = (book(person(n), at(23, hour)) for n, hour in ((1, 9), (2, 10)))
        elsewhere = book(person(3), at(23, 9), item=RESTAURANT, group=GENERAL)
    with on(23, 10):
        actions.check_in(came, actor=clerk("zhoumin"))
    with on(24, 1):
        assert actions.close_past(actor=CLOSER) == 2
        assert actions.close_past(actor=CLOSER) == 0
    assert [state(one) for one in (came, absent, elsewhere)] == ["arrived", "missed", "unrecorded"]


def _changed(rows: list[Mapping[str, Any]], places: int) -> list[dict[str, Any]]:
    return [{**row, "places": places} for row in rows]


def test_fewer_places_name_those_who_would_fall_out_and_tell_them_why() -> None:
    keeper = clerk("gaojie")
    with on():
        made = [book(person(n), at(24, 9), item=RESTAURANT, group=GENERAL) for n in range(1, 5)]
        other = book(person(9), at(24, 10), item=RESTAURANT, group=GENERAL)
        group = queries.window_group(GENERAL)
        hours = _changed(group.hours, 2)
        affected = queries.affected_by(group, hours, [])
        assert affected == made[2:]  # the last to book
        seen = queries.seen_of(group, affected)
        change = {"hours": hours, "closed_days": [], "seen": seen, "actor": keeper}
        with pytest.raises(Forbidden):
            actions.change_hours(GENERAL, **{**change, "actor": clerk("zhoumin")}, reason="检修")
        with pytest.raises(rules.ReasonMissing):
            actions.change_hours(GENERAL, **change, reason=" ")
        late = book(person(5), at(24, 10), item=RESTAURANT, group=GENERAL)
        more = [book(person(n), at(24, 10), item=RESTAURANT, group=GENERAL) for n in (6, 7)]
        with pytest.raises(rules.EffectChanged):
            actions.change_hours(GENERAL, **change, reason="检修")
        for one in more:
            actions.cancel_appointment(one, actor=clerk("zhoumin"))
        actions.change_hours(GENERAL, **change, reason="窗口检修")
        assert [state(one) for one in (*made, other, late)] == ["booked"] * 2 + ["called_off"] * 2 + ["booked"] * 2
        assert (left(at(24, 9), GENERAL), left(at(24, 11), GENERAL)) == (0, 2)
        told = EventRow.objects.filter(name="visits.AppointmentCancelled", payload__by="hall")
        assert {row.payload["reason"] for row in told} == {"窗口检修"} and told.count() == 2
        assert not slots.miscounted()


def test_a_day_closed_and_more_places() -> None:
    keeper = clerk("gaojie")
    with on():
        made = book(person(1), at(24, 9))
        group = queries.window_group(LAW)
        seen = queries.seen_of(group, queries.affected_by(group, _changed(group.hours, 3), [date(2026, 11, 25)]))
        actions.change_hours(
            LAW, hours=_changed(group.hours, 3), closed_days=[date(2026, 11, 25)], seen=seen, reason="", actor=keeper
        )
        assert (state(made), left(at(24, 9))) == ("booked", 2)
        assert date(2026, 11, 25) not in {day.day for day in queries.days(queries.window_group(LAW))}
        # A pack does not overwrite what the desk has set: the plan shows the drift.
        assert queries.window_group(LAW).owner == "desk"


def test_overlapping_hours_are_refused() -> None:
    rows = [{"days": "workday", "from": "08:30", "to": "12:00", "places": 1},
            {"days": "workday", "from": "11:30", "to": "14:00", "places": 1}]  # fmt: skip
    with pytest.raises(OpeningsInvalid):
        rules.check_hours(rows)


def test_ended_groups_take_nobody_and_their_bookings_are_called_off() -> None:
    with on():
        made = book(person(1), at(24, 9))
        actions.end_from_pack(queries.entry_of(queries.window_group(LAW)), pack="demo", actor=PACK)
        assert state(made) == "called_off"
        with pytest.raises(rules.GroupUnknown):
            book(person(2), at(24, 9))
