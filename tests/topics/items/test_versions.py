"""Which version is in force, and what a new one may be."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.topics.items import rules


@dataclass
class V:
    number: int
    valid_from: date
    valid_to: date | None = None
    closed_on: date | None = None


TODAY = date(2026, 6, 1)
FIRST = V(1, date(2026, 1, 1), closed_on=date(2026, 5, 31))
SECOND = V(2, date(2026, 6, 1), valid_to=date(2026, 12, 31))


@pytest.mark.parametrize(
    ("on", "number"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 1, 1), 1),
        (date(2026, 5, 31), 1),
        (date(2026, 6, 1), 2),
        (date(2026, 12, 31), 2),
        (date(2027, 1, 1), None),
    ],
)
def test_the_version_of_a_day(on, number):
    version = rules.effective_version([FIRST, SECOND], on)
    assert (version.number if version else None) == number


def test_a_version_replaced_on_its_first_day_was_never_in_force():
    gone = V(1, TODAY, closed_on=date(2026, 5, 31))
    assert rules.effective_version([gone, V(2, TODAY)], TODAY).number == 2
    assert not rules.is_in_force(gone, TODAY)


def check(published, valid_from):
    rules.check_succession("茶馆", published, valid_from=valid_from, today=TODAY)


def test_the_first_version_may_have_begun_long_ago():
    check([], date(2004, 7, 1))


def test_a_later_version_begins_today_or_later():
    check([FIRST], TODAY)
    with pytest.raises(rules.VersionBackdated, match="不能从过去的 2026-05-31 起施行"):
        check([FIRST], date(2026, 5, 31))


def test_a_version_does_not_slip_in_before_one_that_is_waiting():
    waiting = V(3, date(2026, 9, 1))
    check([FIRST, waiting], date(2026, 9, 1))
    with pytest.raises(rules.VersionOutOfOrder, match="2026-09-01"):
        check([FIRST, waiting], date(2026, 8, 1))


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(st.lists(days, min_size=1, max_size=8), days)
def test_published_one_after_the_other_at_most_one_is_in_force(starts, on):
    versions = []
    for number, start in enumerate(sorted(starts), start=1):
        for before in versions:
            last = rules.last_day(before)
            if last is None or last >= start:
                before.closed_on = date.fromordinal(start.toordinal() - 1)
        versions.append(V(number, start))
    in_force = [version for version in versions if rules.is_in_force(version, on)]
    assert len(in_force) == (1 if on >= min(starts) else 0)
