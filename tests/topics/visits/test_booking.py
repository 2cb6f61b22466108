"""Book, change, cancel within the rules; each refusal says what to do instead."""

from datetime import date, timedelta

import pytest

from tests import story
from tests.topics.visits.calling import GENERAL, LAW, LEGAL, RESTAURANT, at, book, clerk, left, on, person
from zhengtong.engines.slots import queries as slots
from zhengtong.engines.slots.rules import SlotFull
from zhengtong.foundation.audit.models import Leaf
from zhengtong.foundation.outbox.models import EventRow
from zhengtong.foundation.refusals import Forbidden, Refused
from zhengtong.topics.visits import actions, queries, rules

pytestmark = pytest.mark.usefixtures("district")


def events() -> list[str]:
    rows = EventRow.objects.filter(name__startswith="visits.").order_by("pk")
    return [name.removeprefix("visits.Appointment") for name in rows.values_list("name", flat=True)]


def test_booked_changed_cancelled() -> None:
    with on():
        one = person(1)
        made = book(one, at(24, 9))
        assert (made.state, made.item_code, left(at(24, 9))) == ("booked", LEGAL, 0)
        with pytest.raises(SlotFull):
            book(person(2), at(24, 9))
        actions.change_appointment(made, starts_at=at(24, 10), actor=one)
        assert (left(at(24, 9)), left(at(24, 10))) == (1, 0)
        third = book(person(3), at(24, 9))
        with pytest.raises(SlotFull):
            actions.change_appointment(third, starts_at=at(24, 10), actor=clerk("zhoumin"))
        actions.cancel_appointment(queries.appointment_for(one, made.number), actor=one)
        assert (left(at(24, 9)), left(at(24, 10))) == (0, 1)
    assert events() == ["Booked", "Changed", "Booked", "Cancelled"]
    trail = Leaf.objects.filter(stream=f"appointment:{made.pk}").order_by("seq").values_list("verb", flat=True)
    assert [verb.rpartition(".")[2] for verb in trail] == ["booked", "changed", "cancelled"]
    assert not slots.miscounted()


def test_what_is_refused_and_why() -> None:
    with on():
        one = person(1)
        for starts_at, refusal in (
            (at(23, 8), rules.TimePassed), (at(24, 8), rules.TimeNotOffered), (at(28, 9), rules.TimeNotOffered),
            (at(24, 12, 30), rules.TimeNotOffered), (at(24, 9) + timedelta(days=14), rules.TooFarAhead),
        ):  # fmt: skip
            with pytest.raises(refusal) as caught:
                book(one, starts_at)
            assert caught.value.remedy
        with pytest.raises(rules.NotTakenHere):
            book(one, at(24, 9), item=LEGAL, group=GENERAL)
        first = book(one, at(24, 9))
        with pytest.raises(rules.AlreadyBooked) as told:
            book(one, at(24, 10))
        assert told.value.data["number"] == first.number
        # Another item is another matter.
        assert book(one, at(24, 10), item=RESTAURANT, group=GENERAL).state == "booked"


def test_a_saturday_is_open_where_the_hall_is() -> None:
    with on():
        assert book(person(1), at(28, 9), item=RESTAURANT, group=GENERAL).starts_at.weekday() == 5


def test_too_late_for_whoever_booked_not_for_the_hall() -> None:
    with on():
        one = person(1)
        made = book(one, at(24, 9))
    with on(24, 8, 1):
        assert not queries.chance_of(made).may_change
        with pytest.raises(rules.TooLateToChange) as told:
            actions.cancel_appointment(made, actor=one)
        assert told.value.data["phone"] == "0660-5550188"
        assert actions.change_appointment(made, starts_at=at(24, 10), actor=clerk("zhoumin")).starts_at == at(24, 10)


def test_for_those_one_stands_for_and_for_nobody_else() -> None:
    daughter, grandmother = story.actor("linxiaoyu"), story.subject("he-guilan")
    with on():
        made = book(
            daughter, at(24, 9), item="senior-allowance", group="hall-wangjiang-welfare", visitor=grandmother.pk
        )  # fmt: skip
        assert made.for_another and queries.appointment_for(daughter, made.number) == made
        assert queries.has_priority(grandmother) and not queries.has_priority(story.subject("lin-xiaoyu"))
        with pytest.raises(Forbidden):
            book(story.actor("huangjianye"), at(24, 10), visitor=grandmother.pk)
        for stranger in ("huangjianye",):
            with pytest.raises(rules.AppointmentUnknown):
                queries.appointment_for(story.actor(stranger), made.number)
            with pytest.raises(Forbidden):
                actions.cancel_appointment(made, actor=story.actor(stranger))


def test_by_telephone_at_ones_own_hall_only() -> None:
    with on():
        caller = person(1)
        made = book(clerk("zhoumin"), at(24, 9), visitor=caller.subject_id)
        assert (made.channel, made.booker_id) == ("phone", None)
        assert queries.appointment_for(caller, made.number) == made
        with pytest.raises(Forbidden):
            book(clerk("liangxiuying"), at(24, 10), visitor=person(2).subject_id)


def test_three_times_not_come_and_no_more_booking_online_for_a_while() -> None:
    one, hall = person(1), clerk("zhoumin")
    for day in (23, 24, 25):
        with on(day, 8):
            made = book(one, at(day, 9))
        with on(day, 9, 30):
            actions.mark_missed(made, actor=hall)
    with on(26):
        assert queries.blocked_until(one) == date(2026, 12, 25)
        with pytest.raises(rules.BookingBlocked) as told:
            book(one, at(27, 9))
        assert "现场取号" in told.value.remedy
        # Whoever calls is helped by a person; and nobody else is touched.
        assert book(hall, at(27, 9), visitor=one.subject_id).state == "booked"
        assert book(person(2), at(27, 10)).state == "booked"


def test_every_refusal_of_the_rules_knows_a_way_on() -> None:
    refusals = [each for each in vars(rules).values() if isinstance(each, type) and issubclass(each, Refused)]
    silent = {each.__name__ for each in refusals if not each.remedy and each not in (Refused, rules.ReasonMissing)}
    assert silent <= {"NotFound"}


def test_the_law_group_is_where_the_item_says() -> None:
    assert [one.group.pk for one in queries.counters_of(LEGAL)] == [LAW]
