"""A small flow of a library book: nothing of the platform's own lives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.engines.flows.rules import Flow, FlowBroken, FlowEnded, Transition, TransitionRefused

STATES = {"shelf": "在架", "out": "借出", "late": "逾期", "gone": "注销"}
BOOK = Flow(
    "book",
    STATES,
    (
        Transition("lend", "shelf", "out", "books.lend", "借出"),
        Transition("renew", "out", "out", "books.lend", "续借"),
        Transition("fall_due", "out", "late", title="转为逾期"),
        Transition("return", ("out", "late"), "shelf", "books.take", "还书"),
        Transition("discard", ("shelf", "late"), "gone", "books.discard", "注销"),
    ),
)


def test_a_possible_verb_gives_its_row() -> None:
    row = BOOK.check("late", "return")
    assert (row.target, row.permission, row.title) == ("shelf", "books.take", "还书")
    assert BOOK.may("late", "return") and not BOOK.may("late", "renew")


def test_a_refusal_says_where_we_are_and_what_is_possible() -> None:
    with pytest.raises(TransitionRefused) as refused:
        BOOK.check("late", "renew")
    assert str(refused.value) == "当前状态是「逾期」，不能续借。"
    assert refused.value.remedy.format(**refused.value.data) == "现在可以：还书、注销。"
    assert refused.value.data["state_code"] == "late"
    assert refused.value.data["possible_codes"] == ["return", "discard"]
    assert refused.value.status == 409


def test_at_the_end_it_says_that_nothing_follows() -> None:
    with pytest.raises(FlowEnded) as refused:
        BOOK.check("gone", "lend")
    assert str(refused.value) == "当前状态是「注销」，不能借出。"
    assert "最后一步" in refused.value.remedy


def test_an_unknown_verb_is_refused_like_an_impossible_one() -> None:
    with pytest.raises(TransitionRefused, match="不能burn"):
        BOOK.check("shelf", "burn")


def test_what_the_table_tells() -> None:
    assert [row.verb for row in BOOK.verbs_from("out")] == ["renew", "fall_due", "return"]
    assert BOOK.sources_of("discard") == {"shelf", "late"}
    assert (BOOK.first, BOOK.ends) == ("shelf", {"gone"})


def test_the_table_in_print() -> None:
    assert BOOK.table().splitlines()[0] == "| 操作 | 从 | 到 | 权限 |"
    assert "| 还书 `return` | 借出、逾期 | 在架 | `books.take` |" in BOOK.table()
    assert "| 转为逾期 `fall_due` | 借出 | 逾期 |  |" in BOOK.table()


def test_the_diagram() -> None:
    drawn = BOOK.mermaid().splitlines()
    assert drawn[0] == "stateDiagram-v2"
    assert '    state "在架" as shelf' in drawn
    assert "    [*] --> shelf" in drawn
    assert "    late --> shelf: 还书" in drawn
    assert drawn[-1] == "    gone --> [*]"


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ((Transition("lend", "shelf", "moon"),), "unknown state 'moon'"),
        ((Transition("lend", ("shelf", "moon"), "out"),), "unknown state 'moon'"),
        ((*BOOK.transitions, Transition("lend", "shelf", "gone")), "lend leaves 'shelf' twice"),
        (BOOK.transitions[:1], r"nothing leads to \['gone', 'late'\]"),
    ],
)
def test_a_broken_table_is_found_when_it_is_written(rows: tuple[Transition, ...], fault: str) -> None:
    with pytest.raises(FlowBroken, match=fault):
        Flow("book", STATES, rows)


@given(st.sampled_from([*STATES, "moon"]), st.text(max_size=8) | st.sampled_from(["lend", "renew", "return"]))
def test_check_and_the_lists_agree(state: str, verb: str) -> None:
    listed = [row for row in BOOK.verbs_from(state) if row.verb == verb]
    if BOOK.may(state, verb):
        assert [BOOK.check(state, verb)] == listed
        assert state in BOOK.sources_of(verb)
    else:
        assert listed == []
        with pytest.raises(TransitionRefused):
            BOOK.check(state, verb)
