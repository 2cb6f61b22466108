"""The week so far beside the same days of another time, so that Tuesday is not measured by a Sunday."""

from dataclasses import dataclass
from datetime import date, timedelta

# Fifty-two weeks ago the same days of the week were the same days of the week.
YEAR, WEEK = timedelta(weeks=52), timedelta(weeks=1)


@dataclass(frozen=True)
class Days:
    """From a day to a day, both included."""

    since: date
    until: date

    def before(self, by: timedelta) -> "Days":
        return Days(self.since - by, self.until - by)


def week_so_far(today: date) -> Days:
    """From Monday to today."""
    return Days(today - timedelta(days=today.weekday()), today)
