"""The rules of booking, on their own."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.engines.deadlines.rules import Kind
from zhengtong.foundation import clock
from zhengtong.topics.visits import rules
from zhengtong.topics.visits.rules import State, Terms

TERMS = Terms(
    open_days=14, cancel_minutes=60, late_minutes=30, misses=3, misses_months=3, block_days=30, priority_age=60
)  # fmt: skip
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=clock.CHINA)
HOURS = [
    {"days": "saturday", "from": "09:00", "to": "12:00", "places": 2},
    {"days": "workday", "from": "08:30", "to": "12:00", "places": 4},
]


@pytest.mark.parametrize(
    ("missed", "until"),
    [
        ([], None),
        ([date(2026, 9, 1), date(2026, 9, 2)], None),
        ([date(2026, 9, 1), date(2026, 9, 2), date(2026, 10, 1)], date(2026, 10, 31)),
        ([date(2026, 6, 1), date(2026, 9, 2), date(2026, 10, 1)], None),
        # What led to one block leads to no other.
        ([date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 3), date(2026, 10, 9)], date(2026, 10, 3)),
    ],
)
def test_three_times_missed(missed: list[date], until: date | None) -> None:
    assert rules.blocked_until(missed, TERMS) == until


@given(st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=12))
def test_a_block_needs_three_misses_close_together(missed: list[date]) -> None:
    until = rules.blocked_until(missed, TERMS)
    days = sorted(missed)
    close = any(last <= rules.months_after(first, 3) for first, last in zip(days, days[2:], strict=False))
    assert (until is not None) == close
    if until:
        assert until - timedelta(days=30) in missed


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 900))
def test_months_go_on_in_order(day: date, months: int) -> None:
    several = [rules.months_after(day, months + step) for step in range(3)]
    assert all(before < after for before, after in pairwise(several))
    assert all(one.day <= day.day for one in several)


def test_when_one_may_book() -> None:
    rules.check_time(NOW + timedelta(minutes=30), now=NOW, terms=TERMS)
    rules.check_time(NOW + timedelta(days=14), now=NOW, terms=TERMS)
    for wrong, refusal in ((NOW, rules.TimePassed), (NOW + timedelta(days=15), rules.TooFarAhead)):
        with pytest.raises(refusal) as caught:
            rules.check_time(wrong, now=NOW, terms=TERMS)
        assert caught.value.remedy


def test_until_when_one_may_change() -> None:
    until = rules.change_until(NOW + timedelta(hours=2), TERMS)
    assert until == NOW + timedelta(hours=1)
    rules.check_changeable(State.BOOKED, NOW + timedelta(hours=1), now=NOW, terms=TERMS, phone="")
    with pytest.raises(rules.TooLateToChange):
        rules.check_changeable(State.BOOKED, NOW + timedelta(minutes=59), now=NOW, terms=TERMS, phone="")
    with pytest.raises(rules.AppointmentOver):
        rules.check_changeable(State.CANCELLED, NOW + timedelta(days=1), now=NOW, terms=TERMS, phone="")


def test_late_is_not_missed_until_half_an_hour_and_may_still_come() -> None:
    with pytest.raises(rules.NotYetMissed):
        rules.check_missed(State.BOOKED, NOW, now=NOW + timedelta(minutes=29), terms=TERMS)
    rules.check_missed(State.BOOKED, NOW, now=NOW + timedelta(minutes=30), terms=TERMS)
    rules.check_arrival(State.MISSED, NOW, now=NOW + timedelta(hours=5))
    with pytest.raises(rules.NotToday):
        rules.check_arrival(State.BOOKED, NOW, now=NOW + timedelta(days=1))


@pytest.mark.parametrize(
    ("day", "kind", "opened"),
    [
        (date(2026, 11, 23), Kind.WORKDAY, 1), (date(2026, 11, 21), Kind.WEEKEND, 1),
        (date(2026, 11, 22), Kind.WEEKEND, 0), (date(2026, 10, 1), Kind.HOLIDAY, 0),
        (date(2026, 10, 3), Kind.HOLIDAY, 0),  # a Saturday in the holidays
        (date(2026, 10, 10), Kind.MAKE_UP, 1),  # a Saturday that is worked
        (date(2026, 11, 24), Kind.WORKDAY, 0),
    ],
)  # fmt: skip
def test_which_openings_a_day_has(day: date, kind: Kind, opened: int) -> None:
    found = rules.openings_on(day, kind, HOURS, [date(2026, 11, 24)])
    assert len(found) == opened
    if kind is Kind.MAKE_UP:
        assert found[0].places == 4


def test_sixty_years_old_today() -> None:
    today = date(2026, 2, 28)
    assert rules.has_priority(date(1966, 2, 28), today=today, terms=TERMS)
    assert not rules.has_priority(date(1966, 3, 1), today=today, terms=TERMS)
    assert not rules.has_priority(None, today=today, terms=TERMS)


@given(st.integers(0, 10**rules.DIGITS - 1))
def test_a_number_is_found_in_what_was_typed_or_scanned(serial: int) -> None:
    number = rules.make_number(serial)
    said = f"{number[:3]} {number[3:6]} {number[6:]}"
    assert rules.number_in(number) == rules.number_in(said) == number
    assert rules.number_in(f"http://127.0.0.1:8000/desk/visits/?q={number}") == number
    slip = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert rules.number_in(slip) == ""
