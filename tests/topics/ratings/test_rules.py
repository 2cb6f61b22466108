"""Levels, the window, the ready answers, and how ratings are counted."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.topics.ratings import rules
from zhengtong.topics.ratings.rules import Scale, Tally

SCALE = Scale({1: "非常满意", 2: "满意", 3: "基本满意", 4: "不满意", 5: "非常不满意"}, bad_from=4, longest_text=10)


def test_one_to_three_are_good_four_and_five_bad() -> None:
    assert [SCALE.is_bad(level) for level in (1, 2, 3, 4, 5)] == [False, False, False, True, True]


def test_the_window_ends_with_its_last_day() -> None:
    until = rules.last_day(date(2026, 3, 2), 30)
    assert until == date(2026, 4, 1)
    rules.check_in_window("1", until=until, today=until)
    with pytest.raises(rules.RatingWindowClosed, match=r"2026 年 4 月 1 日"):
        rules.check_in_window("1", until=until, today=date(2026, 4, 2))


@pytest.mark.parametrize("level", [0, 6, -1])
def test_there_are_five_levels(level: int) -> None:
    with pytest.raises(rules.LevelUnknown) as refusal:
        rules.check_content(SCALE, level=level, labels=[], text="")
    assert "level" in refusal.value.fields


def test_nothing_but_the_level_is_demanded() -> None:
    assert rules.check_content(SCALE, level=5, labels=[], text="  ") == ""
    assert rules.check_content(SCALE, level=5, labels=["late"], text=" 拖了两周 ") == "拖了两周"


def test_what_is_too_much_is_refused() -> None:
    with pytest.raises(rules.LabelUnknown):
        rules.check_content(SCALE, level=5, labels=["corrupt"], text="")
    with pytest.raises(rules.TextTooLong) as refusal:
        rules.check_content(SCALE, level=5, labels=[], text="一" * 11)
    assert refusal.value.fields["text"] == ["最多写 10 个字，您写了 11 个字。"]
    with pytest.raises(rules.ChannelUnknown):
        rules.check_channel("none")
    with pytest.raises(rules.ChannelUnknown):
        rules.check_channel("window")


def test_ready_answers_fit_the_level() -> None:
    assert rules.offered(1, bad_from=4) == rules.PRAISE
    assert rules.offered(5, bad_from=4) == rules.BLAME
    assert rules.offered(3, bad_from=4) == rules.offered(None, bad_from=4) == rules.LABELS
    assert not rules.PRAISE.keys() & rules.BLAME.keys()


def tally(*counts: int, unanswered: int = 0) -> Tally:
    return Tally("A", "甲局", dict(enumerate(counts, 1)), unanswered, bad_from=4, small_below=30)


def test_silence_is_not_praise() -> None:
    seen = tally(8, 1, 0, 1, 0, unanswered=90)
    assert (seen.given, seen.good, seen.bad) == (10, 9, 1)
    assert seen.good_rate == Decimal("90.0")
    assert seen.answer_rate == Decimal("10.0")
    assert seen.note == "评价较少，比率仅供参考。"


def test_of_nothing_there_is_no_rate() -> None:
    seen = tally(0, 0, 0, 0, 0, unanswered=5)
    assert seen.good_rate is None
    assert seen.note == "还没有人评价。"
    assert tally(30, 0, 0, 0, 0).note == ""


@given(st.lists(st.tuples(st.sampled_from("甲乙丙"), st.sampled_from([1, 2, 3, 4, 5, None]), st.integers(1, 50))))
def test_no_rating_is_lost_in_folding(rows: list[tuple[str, int | None, int]]) -> None:
    found = rules.tallies(
        [(name, f"{name}局", level, count) for name, level, count in rows],
        bad_from=4, small_below=30, levels=SCALE.words,
    )  # fmt: skip
    assert sum(seen.given + seen.unanswered for seen in found) == sum(count for _, _, count in rows)
    assert all(seen.good + seen.bad == seen.given for seen in found)
    assert all(list(seen.by_level) == [1, 2, 3, 4, 5] for seen in found)
    assert all(seen.good_rate is None or 0 <= seen.good_rate <= 100 for seen in found)


@pytest.mark.parametrize(("part", "whole", "shown"), [(1, 3, "33.3"), (2, 3, "66.7"), (1, 8, "12.5"), (1, 2000, "0.1")])
def test_percent(part: int, whole: int, shown: str) -> None:
    assert rules.percent(part, whole) == Decimal(shown)
