"""What operators and functions do with values; whatever does not fit together is null, nothing raises."""

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zhengtong.foundation import clock

LARGEST = Decimal(10) ** 24


def look_up(values: Mapping[str, Any], path: tuple[str, ...], full: str) -> Any:
    """The value of a name; a dotted name is looked up whole, then step by step. Missing is null."""
    if full in values:
        return values[full]
    found: Any = values
    for part in path:
        if not isinstance(found, Mapping):
            return None
        found = found.get(part)
    return found


def number(value: Any) -> int | Decimal | None:
    """A number fit for arithmetic: whole or decimal, never binary, never endless."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        value = Decimal(repr(value)) if math.isfinite(value) else None
    if isinstance(value, int | Decimal) and (isinstance(value, int) or value.is_finite()):
        return value if -LARGEST <= value <= LARGEST else None
    return None


def day(value: Any) -> date | None:
    """A date, also from a moment or its ISO text."""
    try:
        if isinstance(value, datetime):
            return value.astimezone(clock.CHINA).date() if value.tzinfo else value.date()
        if isinstance(value, str) and value[10:11] in ("", "T", " "):
            return date.fromisoformat(value[:10])
    except (ValueError, OverflowError):
        return None
    return value if isinstance(value, date) else None


def truth(value: Any) -> bool:
    """Null, false, zero and whatever is empty do not hold."""
    if value is None or isinstance(value, bool):
        return bool(value)
    if isinstance(value, str | list | tuple | Mapping):
        return len(value) > 0
    as_number = number(value)
    return as_number is None or as_number != 0


def _pair(left: Any, right: Any) -> tuple[Any, Any] | None:
    """Both sides as comparable values of one kind, or None."""
    if isinstance(left, str) and isinstance(right, str):
        return left, right
    one, two = number(left), number(right)
    if one is not None and two is not None:
        return one, two
    if isinstance(left, date) or isinstance(right, date):
        start, end = day(left), day(right)
        return (start, end) if start is not None and end is not None else None
    return None


def equal(left: Any, right: Any) -> bool:
    """Equal single values of one kind; a truth value equals only a truth value, a list nothing."""
    if pair := _pair(left, right):
        return bool(pair[0] == pair[1])
    return isinstance(left, bool) and isinstance(right, bool) and left == right


def unequal(left: Any, right: Any) -> bool:
    """Known on both sides and not equal."""
    return left is not None and right is not None and not equal(left, right)


def ordered(holds: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """A comparison of order over numbers, dates and texts."""

    def compare(left: Any, right: Any) -> bool:
        pair = _pair(left, right)
        return pair is not None and holds(*pair)

    return compare


def within(left: Any, right: Any) -> bool:
    """Whether the right side, a list or a text, contains the left."""
    if left is None:
        return False
    if isinstance(right, str):
        return isinstance(left, str) and left in right
    return isinstance(right, list | tuple) and any(equal(left, one) for one in right)


def arithmetic(compute: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """An operation on two numbers."""

    def apply(left: Any, right: Any) -> int | Decimal | None:
        one, two = number(left), number(right)
        if one is None or two is None:
            return None
        try:
            return number(compute(one, two))
        except ArithmeticError:
            return None

    return apply


def add(left: Any, right: Any) -> Any:
    """Two numbers added, two texts joined."""
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    return _sum(left, right)


_sum = arithmetic(lambda one, two: one + two)
subtract = arithmetic(lambda one, two: one - two)
multiply = arithmetic(lambda one, two: one * two)
divide = arithmetic(lambda one, two: Decimal(one) / Decimal(two))


def present(value: Any) -> bool:
    """Whether something was given; zero and false are something."""
    return value is not None and not (isinstance(value, str) and not value.strip()) and value not in ([], (), {})


def length(value: Any) -> int | None:
    """How many characters or entries."""
    return len(value) if isinstance(value, str | list | tuple | Mapping) else None


def age(born: Any) -> int | None:
    """Full years today; born on 29 February, a year is full on the last day of February (民法典 Art. 202)."""
    start, today = day(born), clock.today()
    if start is None or start > today:
        return None
    month, day_of_month = start.month, start.day
    if (month, day_of_month) == (2, 29) and not _is_leap(today.year):
        day_of_month = 28
    return today.year - start.year - ((today.month, today.day) < (month, day_of_month))


def days_between(first: Any, second: Any) -> int | None:
    """Days from the first date to the second."""
    start, end = day(first), day(second)
    return (end - start).days if start is not None and end is not None else None


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


# Name, how many arguments, what it does: the whole of what a condition may call.
FUNCTIONS: dict[str, tuple[int, Callable[..., Any]]] = {
    "present": (1, present),
    "len": (1, length),
    "age": (1, age),
    "days_between": (2, days_between),
}
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": equal,
    "!=": unequal,
    "<": ordered(lambda one, two: one < two),
    "<=": ordered(lambda one, two: one <= two),
    ">": ordered(lambda one, two: one > two),
    ">=": ordered(lambda one, two: one >= two),
    "in": within,
}
OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {"+": add, "-": subtract, "*": multiply, "/": divide}
