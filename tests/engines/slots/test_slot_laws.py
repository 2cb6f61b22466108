"""Half hours never overlap, places never add up to more than was said, and only those too many fall out."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.engines.slots.rules import (
    LENGTH,
    Opening,
    OpeningsInvalid,
    Time,
    check_openings,
    falling_out,
    number_of,
    starts_at,
    times,
)

DAY = date(2026, 11, 24)
EDGES = [time(hour, minute) for hour in range(24) for minute in (0, 30)]
edges = st.sampled_from(EDGES)
openings = st.lists(st.builds(Opening, start=edges, end=edges, places=st.integers(1, 9)), max_size=6)


def sound(rows: list[Opening]) -> list[Opening]:
    """As many of the openings as fit beside each other."""
    kept: list[Opening] = []
    for row in sorted(rows):
        if row.start < row.end and (not kept or kept[-1].end <= row.start):
            kept.append(row)
    return kept


@given(openings.map(sound), st.integers(0, 24 * 60 - 1))
def test_at_every_instant_there_are_the_places_of_the_opening_and_no_more(rows: list[Opening], minute: int) -> None:
    offered = times(DAY, rows)
    instant = starts_at(number_of(starts_at(0).replace(year=2026, month=11, day=24, hour=0, minute=0)))
    instant += timedelta(minutes=minute)
    here = [time for time in offered if time.starts_at <= instant < time.ends_at]
    said = [row.places for row in rows if row.start <= instant.time() < row.end]
    assert [time.places for time in here] == said and len(said) <= 1


@given(openings.map(sound))
def test_half_hours_are_whole_in_order_and_apart(rows: list[Opening]) -> None:
    offered = times(DAY, rows)
    assert [time.number for time in offered] == sorted({time.number for time in offered})
    assert all(number_of(time.starts_at) == time.number and time.ends_at - time.starts_at == LENGTH for time in offered)


@given(openings)
def test_openings_that_overlap_or_run_backwards_are_refused(rows: list[Opening]) -> None:
    if len(sound(rows)) == len(rows):
        assert list(check_openings(rows)) == sorted(rows)
    else:
        with pytest.raises(OpeningsInvalid):
            check_openings(rows)


@pytest.mark.parametrize(
    "row", [Opening(time(8, 45), time(12), 1), Opening(time(9), time(9), 1), Opening(time(9), time(10), 0)]
)
def test_what_cannot_be_cut_is_refused(row: Opening) -> None:
    with pytest.raises(OpeningsInvalid):
        check_openings([row])


slots = st.dictionaries(st.integers(0, 20), st.integers(0, 5), max_size=8)


@given(slots, slots)
def test_those_who_stay_fit_and_nobody_falls_out_in_vain(held: dict[int, int], offered: dict[int, int]) -> None:
    taken = {number: [(number, order) for order in range(count)] for number, count in held.items()}
    out = falling_out(taken, [Time(number, places) for number, places in offered.items()])
    for number, holders in taken.items():
        stay = [one for one in holders if one not in out]
        assert len(stay) == min(len(holders), offered.get(number, 0))
        assert stay == holders[: len(stay)]  # the first to come stay
