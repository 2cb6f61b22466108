"""Green, yellow, red."""

from datetime import date, datetime
from fractions import Fraction

import pytest

from tests.engines.deadlines.published import CALENDAR
from zhengtong.engines.deadlines.rules import Calendar, Light, Limit, Pause, Thresholds, days_left, due, light
from zhengtong.foundation.clock import CHINA


def noon(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("now", "left", "colour"),
    [
        ((3, 2), 20, Light.GREEN),
        ((3, 19), 7, Light.GREEN),
        ((3, 20), 6, Light.YELLOW),
        ((3, 30), 0, Light.YELLOW),
        ((3, 31), -1, Light.RED),
    ],
)
def test_twenty_working_days(now: tuple[int, int], left: int, colour: Light) -> None:
    found = due(date(2026, 3, 2), Limit(20, "working_day"), CALENDAR)
    assert found.date == date(2026, 3, 30)
    assert days_left(found, noon(*now), CALENDAR) == left
    assert light(found, noon(*now), CALENDAR) is colour


def test_two_working_days_are_always_yellow() -> None:
    found = due(date(2026, 3, 2), Limit(5, "working_day"), CALENDAR)
    assert light(found, noon(3, 4), CALENDAR) is Light.GREEN
    assert light(found, noon(3, 5), CALENDAR) is Light.YELLOW


def test_calendar_days_by_share_and_by_working_days() -> None:
    found = due(date(2026, 9, 1), Limit(60, "calendar_day"), CALENDAR)
    assert found.date == date(2026, 11, 2)
    assert light(found, noon(10, 12), CALENDAR) is Light.GREEN
    assert light(found, noon(10, 13), CALENDAR) is Light.YELLOW
    holiday = due(date(2026, 9, 21), Limit(15, "calendar_day"), CALENDAR)
    assert light(holiday, noon(9, 29), CALENDAR) is Light.YELLOW, "two working days left, though nine days"


def test_hours_by_share() -> None:
    found = due(noon(3, 2), Limit(24, "hour"), CALENDAR)
    assert light(found, datetime(2026, 3, 3, 3, tzinfo=CHINA), CALENDAR) is Light.GREEN
    assert light(found, datetime(2026, 3, 3, 4, tzinfo=CHINA), CALENDAR) is Light.YELLOW
    assert light(found, datetime(2026, 3, 3, 12, 1, tzinfo=CHINA), CALENDAR) is Light.RED


def test_a_third_written_as_a_decimal_is_a_third() -> None:
    found = due(date(2026, 3, 2), Limit(30, "working_day"), CALENDAR)
    exact, written = Thresholds(Fraction(1, 3), 0), Thresholds(0.3333, 0)
    for day in range(2, 31):
        assert light(found, noon(3, day), CALENDAR, exact) is light(found, noon(3, day), CALENDAR, written)


def test_paused_days_are_not_left() -> None:
    found = due(date(2026, 3, 2), Limit(10, "working_day"), CALENDAR, [Pause(date(2026, 3, 5), date(2026, 3, 6))])
    assert days_left(found, noon(3, 4), CALENDAR) == 8


def test_a_provisional_date_turns_red_but_nothing_lapses() -> None:
    found = due(date(2026, 3, 2), Limit(5, "working_day"), Calendar())
    assert light(found, noon(6, 1), Calendar()) is Light.RED
    assert not found.has_lapsed(noon(6, 1))
