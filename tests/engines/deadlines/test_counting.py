"""The count against the published vectors, and its laws whatever the numbers."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.deadlines.published import CALENDAR
from zhengtong.engines.deadlines.rules import (
    Calendar,
    CalendarInvalid,
    Kind,
    Limit,
    LimitInvalid,
    Mark,
    Pause,
    PauseInvalid,
    StartUnclear,
    Year,
    days,
    due,
    proof,
    working_days_between,
)
from zhengtong.foundation.clock import CHINA


def day(text: str) -> date:
    return date.fromisoformat(text if len(text) == 10 else f"2026-{text}")


def wd(amount: int) -> Limit:
    return Limit(amount, "working_day")


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        ("02-12", 5, "02-26"),
        ("02-12", 20, "03-18"),
        ("04-29", 5, "05-09"),
        ("09-18", 10, "10-09"),
        ("09-30", 1, "10-08"),
        ("06-18", 20, "07-17"),
        ("02-14", 5, "02-28"),
    ],
)
def test_working_days_of_2026(start: str, amount: int, end: str) -> None:
    found = due(day(start), wd(amount), CALENDAR)
    assert found.date == day(end)
    assert found.binding
    assert found.calendar == "2026.1"


@pytest.mark.parametrize(
    ("start", "amount", "unit", "end", "why"),
    [
        ("03-02", 15, "calendar_day", "03-17", "an ordinary end"),
        ("09-19", 10, "calendar_day", "09-29", "rest days inside the period count"),
        ("09-21", 15, "calendar_day", "10-08", "ends 6 October, in the holiday"),
        ("01-24", 15, "calendar_day", "02-09", "ends Sunday 8 February"),
        ("02-01", 27, "calendar_day", "02-28", "ends on a Saturday that is worked"),
        ("01-31", 1, "month", "02-28", "no 31 February: the last day, a worked Saturday"),
        ("2024-01-31", 1, "month", "2024-02-29", "leap year"),
        ("04-07", 6, "month", "10-08", "ends 7 October, in the holiday"),
        ("2024-02-29", 1, "year", "2025-02-28", "no 29 February"),
        ("2024-11-22", 2, "year", "2026-11-23", "ends on a Sunday"),
        ("11-30", 0, "working_day", "11-30", "on the spot"),
        ("11-29", 0, "calendar_day", "11-29", "on the spot, even on a Sunday"),
    ],
)
def test_calendar_days_and_months_end_on_a_working_day(start: str, amount: int, unit: str, end: str, why: str) -> None:
    assert due(day(start), Limit(amount, unit), CALENDAR).date == day(end), why


def test_hours_run_by_the_clock_through_nights_and_holidays() -> None:
    start = datetime(2026, 9, 30, 22, 30, tzinfo=CHINA)
    found = due(start, Limit(24, "hour"), CALENDAR)
    assert found.moment == datetime(2026, 10, 1, 22, 30, tzinfo=CHINA)
    assert found.is_met_by(found.moment) and not found.is_met_by(found.moment + timedelta(seconds=1))
    assert found.binding


def test_a_day_ends_at_midnight_in_china() -> None:
    found = due(day("02-12"), wd(5), CALENDAR)
    assert found.is_met_by(datetime(2026, 2, 26, 23, 59, 59, tzinfo=CHINA))
    assert found.has_lapsed(datetime(2026, 2, 27, 0, 0, tzinfo=CHINA))
    assert found.is_met_by(datetime.fromisoformat("2026-02-26T15:59:59+00:00"))
    assert found.has_lapsed(datetime.fromisoformat("2026-02-26T16:00:00+00:00"))


def test_the_starting_day_is_china_s_day() -> None:
    evening_in_greenwich = datetime.fromisoformat("2026-02-11T17:00:00+00:00")
    assert due(evening_in_greenwich, wd(5), CALENDAR).date == day("02-26")


def test_an_unpublished_year_counts_monday_to_friday_without_legal_effect() -> None:
    found = due(day("12-30"), wd(3), CALENDAR)
    assert found.date == day("2027-01-04")
    assert found.provisional and not found.binding
    assert found.calendar == "2026.1 2027.0"
    assert not found.has_lapsed(datetime(2027, 6, 1, tzinfo=CHINA))


@pytest.mark.parametrize(
    ("start", "limit", "provisional"),
    [
        ("12-30", wd(1), False),
        ("12-30", wd(2), True),
        ("12-01", Limit(30, "calendar_day"), False),
        ("12-01", Limit(31, "calendar_day"), True),
        ("10-08", Limit(3, "month"), True),
        ("2023-12-20", Limit(30, "calendar_day"), False),
        ("2023-12-28", wd(5), True),
        ("2023-12-29", wd(5), True),
        ("2023-12-31", wd(5), False),
        ("2027-03-01", wd(0), False),
    ],
)
def test_only_days_that_the_count_leans_on_make_it_provisional(start: str, limit: Limit, provisional: bool) -> None:
    assert due(day(start), limit, CALENDAR).provisional is provisional


def test_a_year_published_later_makes_the_date_binding() -> None:
    later = Calendar.of([*CALENDAR.years.values(), Year(2027, (day("2027-01-01"),), (day("2027-01-03"),))])
    found = due(day("12-30"), wd(3), later)
    assert (found.date, found.binding) == (day("2027-01-04"), True)


def test_paused_days_do_not_count_and_overlaps_count_once() -> None:
    pauses = [Pause(day("02-24"), day("02-26")), Pause(day("02-26"), day("02-27"))]
    found = due(day("02-12"), wd(5), CALENDAR, pauses)
    assert found.date == day("03-03")
    assert [d.date for d in days(found, CALENDAR) if d.mark is Mark.PAUSED] == [
        day(f"02-{n}") for n in (24, 25, 26, 27)
    ]


def test_paused_calendar_days_and_months_are_added() -> None:
    pause = [Pause(day("03-03"), day("03-05"))]
    assert due(day("03-02"), Limit(15, "calendar_day"), CALENDAR, pause).date == day("03-20")
    assert due(day("03-02"), Limit(1, "month"), CALENDAR, pause).date == day("04-07"), "2 April + 3 is in the holiday"


def test_paused_hours_stand_still() -> None:
    start = datetime(2026, 3, 2, 20, 0, tzinfo=CHINA)
    found = due(start, Limit(24, "hour"), CALENDAR, [Pause(day("03-03"), day("03-03"))])
    assert found.moment == datetime(2026, 3, 4, 20, 0, tzinfo=CHINA)
    assert [d.mark for d in days(found, CALENDAR)] == [Mark.COUNTED, Mark.PAUSED, Mark.LAST]


def test_the_proof_names_every_day() -> None:
    told = proof({"start": "2026-09-30", "amount": 2, "unit": "working_day"}, CALENDAR)
    assert told["due"] == "2026-10-09"
    assert told["ends_at"] == "2026-10-10T00:00:00+08:00"
    assert [(d["date"][5:], d["kind"], d["mark"], d["number"]) for d in told["days"]] == [
        ("09-30", "workday", "start", None),
        *((f"10-0{n}", "holiday", "skipped", None) for n in range(1, 8)),
        ("10-08", "workday", "counted", 1),
        ("10-09", "workday", "last", 2),
    ]


def test_a_period_that_ends_on_a_rest_day_shows_how_it_moved() -> None:
    found = due(day("09-21"), Limit(15, "calendar_day"), CALENDAR)
    assert [(d.date, d.mark, d.number) for d in days(found, CALENDAR)[-3:]] == [
        (day("10-06"), Mark.MOVED, 15),
        (day("10-07"), Mark.MOVED, None),
        (day("10-08"), Mark.LAST, None),
    ]


def test_what_kind_of_day_it_is() -> None:
    kinds = {"02-14": Kind.MAKE_UP, "02-16": Kind.HOLIDAY, "02-27": Kind.WORKDAY, "03-01": Kind.WEEKEND}
    assert {text: CALENDAR.kind(day(text)) for text in kinds} == kinds


def test_working_days_used() -> None:
    assert working_days_between(day("02-12"), day("02-26"), CALENDAR) == 5
    assert working_days_between(day("02-26"), day("02-12"), CALENDAR) == -5
    assert working_days_between(day("02-12"), day("02-12"), CALENDAR) == 0
    assert working_days_between(day("02-12"), day("02-26"), CALENDAR, [Pause(day("02-14"), day("02-24"))]) == 3


def test_an_extension_is_the_same_clock_made_longer() -> None:
    assert wd(20) + wd(10) == wd(30)
    with pytest.raises(LimitInvalid):
        wd(20) + Limit(10, "calendar_day")


@pytest.mark.parametrize(
    "entry", [{}, {"amount": -1, "unit": "month"}, {"amount": 1.5, "unit": "month"}, {"amount": True, "unit": "hour"},
              {"amount": 5, "unit": "weeks"}, {"amount": 10_001, "unit": "year"}]
)  # fmt: skip
def test_what_is_no_limit(entry: dict[str, object]) -> None:
    with pytest.raises(LimitInvalid):
        Limit.of(entry)


@pytest.mark.parametrize(
    ("start", "limit"),
    [
        (datetime.fromisoformat("2026-03-02T09:00"), wd(5)),
        (date(2026, 3, 2), Limit(24, "hour")),
        (datetime.fromisoformat("2026-03-02T09:00"), Limit(24, "hour")),
        (date(9999, 12, 30), wd(5)),
        (date(2026, 3, 2), Limit(9_000, "year")),
        (date(9999, 12, 1), Limit(1, "month")),
    ],
)
def test_what_is_no_start(start: date | datetime, limit: Limit) -> None:
    with pytest.raises(StartUnclear):
        due(start, limit, CALENDAR)


@pytest.mark.parametrize("entry", [{"start": None}, {"start": "02-12"}, {"start": "2026-13-01"}, {}])
def test_a_start_that_is_no_day(entry: dict[str, object]) -> None:
    with pytest.raises(StartUnclear):
        proof({"amount": 5, "unit": "working_day", **entry}, CALENDAR)


def test_a_pause_has_its_ends_in_order() -> None:
    with pytest.raises(PauseInvalid):
        Pause(day("03-05"), day("03-02"))


@pytest.mark.parametrize(
    ("rest", "work"),
    [([], []), (["2025-12-31"], []), (["01-01", "01-01"], []), (["01-04"], ["01-04"]), (["01-01"], ["01-05"])],
)
def test_a_year_does_not_contradict_itself(rest: list[str], work: list[str]) -> None:
    with pytest.raises(CalendarInvalid):
        Year(2026, tuple(map(day, rest)), tuple(map(day, work)))


starts = st.dates(date(2023, 1, 1), date(2028, 12, 31))
units = st.sampled_from(["working_day", "calendar_day", "month"])
pause = st.builds(
    lambda first, length: Pause(first, first + timedelta(days=length)), starts, st.integers(min_value=0, max_value=20)
)


def is_worked(one: date) -> bool:
    """Said a second time, in the words of the law."""
    if one in CALENDAR.rest_days:
        return False
    return one in CALENDAR.workdays or one.isoweekday() <= 5


@given(starts, st.integers(1, 60), st.lists(pause, max_size=3))
def test_the_nth_working_day_is_the_nth(start: date, amount: int, pauses: list[Pause]) -> None:
    found = due(start, wd(amount), CALENDAR, pauses)
    between = [start + timedelta(days=n) for n in range(1, (found.date - start).days + 1)]
    worked = [one for one in between if is_worked(one) and not any(p.start <= one <= p.end for p in pauses)]
    assert len(worked) == amount and worked[-1] == found.date
    assert working_days_between(start, found.date, CALENDAR, pauses) == amount


@given(starts, st.integers(1, 60), units, st.lists(pause, max_size=3))
def test_a_due_day_is_worked_later_and_never_paused(start: date, amount: int, unit: str, pauses: list[Pause]) -> None:
    found = due(start, Limit(amount, unit), CALENDAR, pauses)
    assert found.date > start
    assert is_worked(found.date)
    assert not any(found.date in pause for pause in pauses)
    assert due(start, Limit(amount + 1, unit), CALENDAR, pauses).date >= found.date
    assert found.date >= due(start, Limit(amount, unit), CALENDAR).date


@given(starts, st.integers(0, 60), units, st.lists(pause, max_size=3))
def test_the_proof_leads_to_the_date(start: date, amount: int, unit: str, pauses: list[Pause]) -> None:
    found = due(start, Limit(amount, unit), CALENDAR, pauses)
    line = days(found, CALENDAR)
    assert [one.date for one in line] == [start + timedelta(days=n) for n in range((found.date - start).days + 1)]
    assert line[-1].date == found.date and line[-1].mark is Mark.LAST
    numbers = [one.number for one in line if one.number]
    assert numbers == list(range(1, len(numbers) + 1))


@given(starts, starts, starts)
def test_working_days_add_up(one: date, two: date, three: date) -> None:
    parts = working_days_between(one, two, CALENDAR) + working_days_between(two, three, CALENDAR)
    assert parts == working_days_between(one, three, CALENDAR)


@given(starts, st.integers(1, 40), units)
def test_a_binding_date_does_not_change_when_more_years_are_published(start: date, amount: int, unit: str) -> None:
    before = due(start, Limit(amount, unit), CALENDAR)
    other = [Year(year, (date(year, 1, 1), date(year, 1, 2)), ()) for year in (2023, 2027, 2028, 2029)]
    after = due(start, Limit(amount, unit), Calendar.of([*CALENDAR.years.values(), *other]))
    if before.binding:
        assert after.date == before.date
