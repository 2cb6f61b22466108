"""What each step of a case demands, as pure decisions."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.topics.cases import rules
from zhengtong.topics.cases.rules import FLOW, Channel, Provided, Status


@dataclass(frozen=True)
class Step:
    key: str
    name: str
    permission: str


@dataclass(frozen=True)
class Wanted:
    code: str
    name: str
    is_required: bool = True


FIRST = Step("first", "初审", "cases.review")
SECOND = Step("second", "复审", "cases.review")
DECIDE = Step("decide", "决定", "cases.decide")


def test_life_begins_with_submission_and_ends_in_the_archive() -> None:
    assert FLOW.first == Status.SUBMITTED
    assert FLOW.ends == {Status.ARCHIVED}


def test_from_everywhere_a_case_can_reach_the_archive() -> None:
    reaching = {Status.ARCHIVED}
    while more := {s for row in FLOW.transitions if row.target in reaching for s in row.sources} - reaching:
        reaching |= more
    assert reaching == set(Status)


def test_nobody_withdraws_after_the_decision() -> None:
    assert not FLOW.sources_of("withdraw") & rules.ENDED


def test_what_has_ended_never_comes_back_to_life() -> None:
    for row in FLOW.transitions:
        if set(row.sources) & rules.ENDED:
            assert row.target in rules.ENDED


def test_correction_is_asked_for_before_acceptance_only() -> None:
    assert FLOW.sources_of("request_correction") == {Status.SUBMITTED, Status.RECEIVED}


def test_every_state_channel_and_verb_has_words() -> None:
    assert all(Status(state).words for state in Status)
    assert all(channel.words for channel in Channel)
    assert all(row.title for row in FLOW.transitions)


@pytest.mark.parametrize(
    ("kind", "channels"),
    [
        ("citizen", {"online", "mobile", "kiosk"}),
        ("staff", {"window", "video", "post"}),
        ("client", {"api", "online", "mobile", "kiosk", "video"}),
        ("anonymous", set()),
    ],
)
def test_every_way_in_is_open_to_its_own_kind_of_actor_only(kind: str, channels: set[str]) -> None:
    for channel in Channel:
        if channel in channels:
            rules.check_channel(channel, kind)
        else:
            with pytest.raises(rules.ChannelClosed):
                rules.check_channel(channel, kind)


def test_missing_materials_are_named_all_at_once_in_the_order_of_the_guide() -> None:
    wanted = [Wanted("b", "布局图"), Wanted("a", "申请书"), Wanted("c", "说明", is_required=False)]
    assert rules.missing_materials(wanted, []) == ["布局图", "申请书"]
    assert rules.missing_materials(wanted, [Provided("b", file=1)]) == ["申请书"]
    assert rules.missing_materials(wanted, [Provided("b", file=1), Provided("a", file=2)]) == []


@pytest.mark.parametrize(
    ("part", "in_hand", "there"),
    [
        (Provided("a", file=1), False, True),
        (Provided("a", on_paper=True), True, True),
        (Provided("a", on_paper=True), False, False),
        (Provided("a"), True, False),
    ],
)
def test_paper_counts_only_where_somebody_takes_it(part: Provided, in_hand: bool, there: bool) -> None:
    assert part.is_handed_in(in_hand=in_hand) is there


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 3, 15), 12, date(2027, 3, 15)),
        (date(2026, 3, 15), None, None),
    ],
)
def test_how_long_a_paper_may_be_used_again(day: date, months: int | None, last: date | None) -> None:
    assert rules.paper_valid_to(day, months) == last


TITLES = {"plan": "布局图", "health": "健康证明", "area": "经营面积"}


@pytest.mark.parametrize("demands", [{}, {"plan": ""}, {"plan": "  "}, {"plan": "看不清", "health": " "}])
def test_a_correction_names_something_and_says_what_is_wrong_with_it(demands: dict[str, str]) -> None:
    with pytest.raises(rules.CorrectionEmpty):
        rules.check_correction(demands, TITLES, faulty_before=None)


def test_a_correction_names_only_what_belongs_to_the_item() -> None:
    with pytest.raises(rules.CorrectionUnknown, match="bribe"):
        rules.check_correction({"plan": "看不清", "bribe": "一份"}, TITLES, faulty_before=None)


def test_a_second_correction_may_not_ask_for_what_the_first_found_good() -> None:
    rules.check_correction({"plan": "还是看不清"}, TITLES, faulty_before=["plan", "area"])
    with pytest.raises(rules.CorrectionRepeats, match="健康证明") as refused:
        rules.check_correction({"plan": "还是看不清", "health": "过期"}, TITLES, faulty_before=["plan"])
    assert "布局图" not in str(refused.value)


def test_hands_are_separate() -> None:
    rules.check_separate({"account:a": "受理"}, "account:b")
    with pytest.raises(rules.HandsNotSeparate, match="受理"):
        rules.check_separate({"account:a": "受理"}, "account:a")


@pytest.mark.parametrize(
    ("steps", "current", "following"),
    [
        ([FIRST, SECOND, DECIDE], "", FIRST),
        ([FIRST, SECOND, DECIDE], "first", SECOND),
        ([FIRST, SECOND, DECIDE], "second", DECIDE),
        ([FIRST, SECOND, DECIDE], "decide", None),
        ([DECIDE], "", DECIDE),
        # Without a configured decision one follows all the same: no case may wait for nobody.
        ([], "", rules.DECISION),
        ([FIRST], "first", rules.DECISION),
        ([], "decide", None),
    ],
)
def test_which_step_comes_next(steps: list[Step], current: str, following: Step | None) -> None:
    assert rules.next_step(steps, current) == following


def test_a_step_is_taken_only_when_the_case_waits_for_it() -> None:
    rules.check_step(FIRST, "cases.review", "已受理")
    with pytest.raises(rules.StepWrong, match="初审"):
        rules.check_step(FIRST, "cases.decide", "已受理")
    with pytest.raises(rules.StepWrong, match="已受理"):
        rules.check_step(None, "cases.decide", "已受理")


@pytest.mark.parametrize("opinion", ["", "   ", "\n\t"])
def test_a_reason_is_words_and_is_asked_for_beside_its_field(opinion: str) -> None:
    with pytest.raises(rules.OpinionMissing) as refused:
        rules.check_opinion(opinion)
    assert refused.value.fields == {"opinion": [rules.OpinionMissing.message]}


@given(st.text())
def test_a_reason_is_kept_as_it_was_written(opinion: str) -> None:
    if opinion.strip():
        assert rules.check_opinion(f" {opinion}\n") == opinion.strip()
