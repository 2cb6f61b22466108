"""Moments, sizes and amounts as people read them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import translation

from zhengtong.foundation import clock
from zhengtong.foundation.ui import formats

SUNDAY = datetime(2026, 11, 22, 14, 3, tzinfo=clock.CHINA)


@pytest.fixture(autouse=True)
def _in_2026() -> object:
    with clock.at(SUNDAY):
        yield


def test_moments() -> None:
    assert formats.moment(SUNDAY) == "11月22日 周日 14:03"
    assert formats.moment(datetime(2026, 11, 22, 18, 30, tzinfo=UTC)) == "11月23日 周一 02:30"
    assert formats.moment(date(2026, 1, 2)) == "1月2日 周五"
    assert formats.day(date(2027, 1, 2)) == "2027年1月2日 周六"
    assert formats.full_day(SUNDAY) == "2026年11月22日"
    assert formats.hour(SUNDAY) == "14:03"


@pytest.mark.parametrize("write", [formats.moment, formats.day, formats.full_day, formats.hour, formats.capped])
def test_nothing_is_written_as_nothing(write: object) -> None:
    assert write(None) == ""


def test_moments_and_amounts_in_english() -> None:
    with translation.override("en"):
        assert formats.moment(SUNDAY) == "Sun 22 November 14:03"
        assert formats.day(date(2027, 1, 2)) == "Sat 2 January 2027"
        assert formats.full_day(SUNDAY) == "22 November 2026"
        assert formats.money("1234.5") == "1,234.50 yuan"


@pytest.mark.parametrize(
    ("amount", "unit", "chinese", "english"),
    [
        (5, "working_day", "5 个工作日", "5 working days"),
        (1, "working_day", "1 个工作日", "1 working day"),
        (60, "calendar_day", "60 日", "60 days"),
        (6, "month", "6 个月", "6 months"),
        (1, "year", "1 年", "1 year"),
        (2, "hour", "2 小时", "2 hours"),
        (0, "working_day", "当场", "on the spot"),
        (None, "", "", ""),
    ],
)
def test_lengths_of_time(amount: int | None, unit: str, chinese: str, english: str) -> None:
    limit = SimpleNamespace(amount=amount, unit=unit)
    assert formats.duration(limit) == chinese
    with translation.override("en"):
        assert formats.duration(limit) == english


def test_sizes() -> None:
    sizes = {0: "0 B", 1023: "1023 B", 849_920: "830 KB", 2_516_582: "2.4 MB", 3 << 30: "3.0 GB"}
    assert {size: formats.file_size(size) for size in sizes} == sizes


def test_money_is_exact() -> None:
    assert formats.money("1234.5") == "1,234.50 元"
    assert formats.money(Decimal("0.10")) == "0.10 元"
    assert formats.money(0) == "0.00 元"
    assert formats.money(None) == ""


def test_nothing_is_counted_past_a_thousand() -> None:
    assert [formats.capped(count) for count in (0, 999, 1000, 1001)] == ["0", "999", "1000", "1000+"]
