"""Numbers, days, states and words of credentials."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.foundation.codes import resident_id
from zhengtong.topics.credentials import rules
from zhengtong.topics.credentials.rules import State, StateOn

FOOD = "JY2{division6}{serial6}{check}"
DAY = date(2026, 3, 2)
days = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def number(pattern: str, serial: int, division: str = "449906001003") -> str:
    return rules.credential_number(pattern, division=division, issued_on=DAY, serial=serial)


def test_a_food_licence_has_fourteen_digits_after_its_letters() -> None:
    assert number(FOOD, 1).startswith("JY2449906000001")
    assert len(number(FOOD, 1)) == 2 + 14


def test_the_check_digit_is_mod_11_10_over_all_digits() -> None:
    # 0794 has the check digit 5 in the standard itself
    assert rules.credential_number("X{serial4}{check}", division="", issued_on=DAY, serial=794) == "X07945"


@given(st.integers(1, 999_999), st.integers(2, 14), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(serial: int, place: int, shift: int) -> None:
    good = number(FOOD, serial)
    bad = good[:place] + str((int(good[place]) + shift) % 10) + good[place + 1 :]
    body, check = bad[:-1], bad[-1]
    assert rules.mod_11_10("".join(c for c in body if c.isdigit())) != check


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("粤卫公证字〔{year}〕{division6}第{serial5}号", "粤卫公证字〔2026〕449906第00007号"),
        ("({division6})人服证字〔{year}〕第{serial5}号", "(449906)人服证字〔2026〕第00007号"),
        ("番道许〔{year}〕{serial4}号", "番道许〔2026〕0007号"),
        ("农宅字{division6}{year}{serial5}号", "农宅字449906202600007号"),
    ],
)
def test_patterns_of_the_demo(pattern: str, expected: str) -> None:
    assert rules.pattern_fault(pattern) == ""
    assert number(pattern, 7) == expected


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("第{serial5号", "花括号"),
        ("JY{division6}", "顺序号"),
        ("{serial4}{serial4}", "顺序号"),
        ("{serial}", "serial"),
        ("{county}{serial4}", "county"),
        ("{check}{serial4}", "最后"),
        ("", "顺序号"),
    ],
)
def test_a_bad_pattern_is_named(pattern: str, said: str) -> None:
    assert said in rules.pattern_fault(pattern)


def test_a_series_begins_anew_with_year_and_division() -> None:
    pattern = "农宅字{division6}{year}{serial5}号"
    one = rules.series(pattern, division="449906001003", issued_on=DAY)
    assert one == rules.series(pattern, division="449906002001", issued_on=date(2026, 12, 31))
    assert one != rules.series(pattern, division="449907001001", issued_on=DAY)
    assert one != rules.series(pattern, division="449906001003", issued_on=date(2027, 1, 1))


def test_a_serial_that_outgrows_its_width_does_not_fit() -> None:
    assert rules.fits("{serial4}", 9_999)
    assert not rules.fits("{serial4}", 10_000)


@pytest.mark.parametrize(
    ("number", "serial"),
    [
        ("JY24499060000017", "JY24499060000017"),
        ("粤卫公证字〔2026〕449906第00007号", "202644990600007"),
        ("（449906）人服证字〔2026〕第00007号", "449906202600007"),
    ],
)
def test_the_serial_of_the_identifier(number: str, serial: str) -> None:
    assert rules.identifier_serial(number) == serial


@pytest.mark.parametrize(
    ("first", "amount", "unit", "last"),
    [
        (date(2026, 3, 2), 5, "year", date(2031, 3, 1)),
        (date(2024, 2, 29), 5, "year", date(2029, 2, 28)),
        (date(2024, 2, 29), 4, "year", date(2028, 2, 28)),
        (date(2026, 1, 1), 1, "year", date(2026, 12, 31)),
        (date(2026, 1, 31), 1, "month", date(2026, 2, 28)),
        (date(2026, 8, 31), 6, "month", date(2027, 2, 28)),
        (date(2026, 12, 1), 1, "month", date(2026, 12, 31)),
        (date(2026, 3, 2), 30, "day", date(2026, 3, 31)),
        (date(2026, 3, 2), 1, "day", date(2026, 3, 2)),
    ],
)
def test_the_last_day(first: date, amount: int, unit: str, last: date) -> None:
    assert rules.last_day(first, amount, unit) == last


@given(days, st.integers(1, 40))
def test_years_are_months_by_twelve_and_never_too_long(first: date, years: int) -> None:
    last = rules.last_day(first, years, "year")
    assert last == rules.last_day(first, 12 * years, "month")
    assert last + timedelta(days=1) <= date(first.year + years, 3, 1) if first.month == 2 else True
    assert last.year - first.year in (years, years - 1)


def test_a_period_taken_from_the_application() -> None:
    validity = {"from": "period_from", "to": "period_to"}
    data = {"period_from": "2026-04-01", "period_to": "2026年4月30日"}
    found = rules.period(validity, issued_on=DAY, data=data, type="占道许可证")
    assert found == (date(2026, 4, 1), date(2026, 4, 30))
    for broken in ({}, {**data, "period_to": "2026-02-31"}, {**data, "period_to": "2026-03-31"}):
        with pytest.raises(rules.PeriodMissing):
            rules.period(validity, issued_on=DAY, data=broken, type="占道许可证")
    assert rules.period(None, issued_on=DAY, data={}, type="") == (DAY, None)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 3, 1), StateOn.UPCOMING),
        (date(2026, 3, 2), StateOn.VALID),
        (date(2031, 3, 1), StateOn.VALID),
        (date(2031, 3, 2), StateOn.EXPIRED),
    ],
)
def test_the_state_is_a_matter_of_the_day(day: date, expected: StateOn) -> None:
    assert rules.state_on(State.VALID, DAY, date(2031, 3, 1), day) == expected
    assert rules.state_on(State.REVOKED, DAY, date(2031, 3, 1), day) == StateOn.REVOKED


def test_every_state_has_words() -> None:
    assert all(state.words for state in StateOn)
    assert {state.value for state in State} <= {state.value for state in StateOn}


def test_what_it_says() -> None:
    person = resident_id.make_resident_id("440101", date(1954, 3, 8), 12)
    fields = [{"key": key, "title": key.upper(), "from": f"answer_{key}"} for key in "abcdefgh"]
    data = {
        "answer_a": "  张记小馆 ", "answer_b": ["热食", "冷食"], "answer_c": 86.0, "answer_d": "2026-04-01",
        "answer_e": person, "answer_f": "13800138000", "answer_g": True, "answer_x": "not asked for",
    }  # fmt: skip
    said = {line["key"]: line["text"] for line in rules.lines(fields, data)}
    assert said == {
        "a": "张记小馆", "b": "热食、冷食", "c": "86", "d": "2026年4月1日",
        "e": resident_id.mask(person), "f": "138****8000", "g": "是", "h": "",
    }  # fmt: skip


def test_a_person_is_masked_and_a_firm_is_not() -> None:
    assert rules.shown_holder("张桂芳", "resident_id") == "张**"
    assert rules.shown_holder("番江张记餐饮有限公司", "credit_code") == "番江张记餐饮有限公司"
    assert rules.masked_number("11449906MF99060141", "credit_code") == "11449906MF99060141"
    assert rules.masked_number("E12345678", "passport") == "E1*****78"
    assert rules.masked_number("1234", "other") == "****"


def test_a_code_is_read_as_people_type_it() -> None:
    assert rules.normal_code(" acd3-4679-efgh k ") == "ACD34679EFGHK"
    assert rules.shown_code("ACD34679EFGHK") == "ACD3-4679-EFGHK"
    assert rules.is_code("ACD34679EFGHK")
    assert not rules.is_code("ACD34679EFGH0")
    assert not rules.is_code("ACD3")
