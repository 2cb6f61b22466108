"""Dates, amounts and numbers as they stand on a paper."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.engines.papers import rules
from zhengtong.foundation.clock import CHINA


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 22), "二〇二六年十一月二十二日"),
        (date(2030, 1, 1), "二〇三〇年一月一日"),
        (date(2026, 10, 10), "二〇二六年十月十日"),
        (date(2026, 12, 30), "二〇二六年十二月三十日"),
        (date(2026, 2, 21), "二〇二六年二月二十一日"),
    ],
)
def test_chinese_dates(day: date, said: str) -> None:
    assert rules.chinese_date(day) == said


def test_plain_dates_have_no_leading_zeros() -> None:
    assert rules.plain_date(date(2026, 2, 3)) == "2026年2月3日"
    assert rules.plain_moment(datetime(2026, 2, 3, 9, 5, tzinfo=CHINA)) == "2026年2月3日 9时05分"


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0", "零元整"),
        ("1", "壹元整"),
        ("10", "壹拾元整"),
        ("105", "壹佰零伍元整"),
        ("1005.50", "壹仟零伍元伍角"),
        ("1000.05", "壹仟元零伍分"),
        ("0.05", "伍分"),
        ("0.50", "伍角"),
        ("1234567.89", "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分"),
        ("10000", "壹万元整"),
        ("100010", "壹拾万零壹拾元整"),
        ("100000000", "壹亿元整"),
        ("100001000", "壹亿零壹仟元整"),
        ("1000000001", "壹拾亿零壹元整"),
        ("20304050", "贰仟零叁拾万零肆仟零伍拾元整"),
        ("0.005", "壹分"),
    ],
)
def test_amounts_in_capitals(amount: str, said: str) -> None:
    assert rules.money_capital(Decimal(amount)) == said


@pytest.mark.parametrize("amount", ["-0.01", "1000000000000", "999999999999.999"])
def test_amounts_that_cannot_be_written(amount: str) -> None:
    with pytest.raises(rules.AmountInvalid):
        rules.money_capital(Decimal(amount))


DIGITS = {said: digit for digit, said in enumerate(rules.MONEY_DIGITS)}


def read_back(said: str) -> int:
    """Cents, read as a person would."""
    whole, _, rest = said.rpartition("元") if "元" in said else ("", "", said)
    total = section = digit = 0
    for letter in whole:
        if letter in DIGITS:
            digit = DIGITS[letter]
        elif letter in "万亿":
            total = (total + section + digit) * {"万": 10**4, "亿": 10**8}[letter]
            section = digit = 0
        else:
            section += digit * {"拾": 10, "佰": 100, "仟": 1000}[letter]
            digit = 0
    cents = (total + section + digit) * 100
    for letter in rest:
        digit = DIGITS.get(letter, digit)
        cents += digit * {"角": 10, "分": 1}.get(letter, 0)
    return cents


@given(st.integers(0, 10**10 - 1))
def test_capitals_read_back(cents: int) -> None:
    said = rules.money_capital(Decimal(cents) / 100)
    assert read_back(said) == cents
    assert "零零" not in said


def test_a_number_in_groups() -> None:
    assert rules.grouped("2611220001236") == "261122 0001 236"
    assert rules.grouped("JY2449906") == "JY2449906"


def test_qr_is_a_plain_drawing() -> None:
    drawn = rules.qr_svg("https://example.test/v/8F3K")
    assert drawn.startswith("<svg") and "<path" in drawn
    assert "script" not in drawn


def test_a_paper_says_what_it_lacks() -> None:
    with pytest.raises(rules.PaperIncomplete, match="signed_on"):
        rules.told("notice", {"title": "受理通知书", "organ": "某局", "paragraphs": []})
    with pytest.raises(rules.PaperIncomplete, match="colour"):
        rules.told("notice", {"title": "t", "organ": "o", "paragraphs": [], "signed_on": date(2026, 1, 1), "colour": 1})
    with pytest.raises(rules.PaperIncomplete, match="没有这种文书"):
        rules.told("poster", {})
    with pytest.raises(rules.PaperIncomplete):
        rules.told("notice", {"title": "t", "organ": "o", "paragraphs": [], "signed_on": "2026-01-01"})


def test_what_cannot_be_seen_is_left_out() -> None:
    said = rules.told(
        "notice",
        {
            "title": "a\x00b\u202ec\ufeff",
            "organ": "\ud800某局",
            "paragraphs": ["一\n二\u200b"],
            "signed_on": date(2026, 1, 1),
        },
    )
    assert (said["title"], said["organ"], said["paragraphs"]) == ("abc", "某局", ["一\n二"])
