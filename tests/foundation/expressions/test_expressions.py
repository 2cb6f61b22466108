"""The condition grammar: what it means, what it refuses and where, and that it never raises anything else."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.foundation import clock
from zhengtong.foundation.expressions import ExpressionInvalid, compile_expression

NOON = datetime(2026, 11, 22, 12, tzinfo=clock.CHINA)


@pytest.mark.parametrize(
    ("text", "values", "result"),
    [
        ("1 + 2 * 3", {}, 7),
        ("(1 + 2) * 3", {}, 9),
        ("7 - 2 - 1", {}, 4),
        ("1 / 4", {}, Decimal("0.25")),
        ("-area + 1", {"area": 3}, -2),
        ("0.1 + 0.2 == 0.3", {}, True),
        ("rate == 0.1", {"rate": 0.1}, True),
        ("'a' + name", {"name": "乙"}, "a乙"),
        ("'it\\'s'", {}, "it's"),
        ('"双引号"', {}, "双引号"),
        ("经营面积 >= 200", {"经营面积": 200}, True),
        ("firm.kind == 'x'", {"firm": {"kind": "x"}}, True),
        ("firm.kind == 'x'", {"firm.kind": "x"}, True),
        ("firm.kind.deep == 'x'", {"firm": "x"}, False),
        ("a and b", {"a": 1, "b": ""}, False),
        ("a or b", {"a": [], "b": 0.5}, True),
        ("not a == 'x'", {}, True),
        ("not not true", {}, True),
        ("true and not false or false", {}, True),
        ("kind in ['a', 'b']", {"kind": "b"}, True),
        ("kind not in ['a', 'b']", {"kind": "c"}, True),
        ("kind not in ['a', 'b']", {}, False),
        ("'鱼' in dish", {"dish": "水煮鱼"}, True),
        ("'a' in chosen", {"chosen": ["a", "c"]}, True),
        ("present(x)", {"x": 0}, True),
        ("present(x)", {"x": False}, True),
        ("present(x)", {"x": "  "}, False),
        ("present(x)", {"x": []}, False),
        ("len(staff) > 1", {"staff": [{}, {}]}, True),
        ("len(n)", {"n": 5}, None),
        ("days_between(a, b)", {"a": "2026-02-27", "b": date(2026, 3, 1)}, 2),
        ("born < '1960-01-01'", {"born": date(1954, 5, 6)}, True),
        ("x == null", {}, True),
        ("x != null", {"x": 0}, True),
        ("null == x", {"x": 0}, False),
        ("flag == true", {"flag": True}, True),
        ("flag == 1", {"flag": True}, False),
        ("[1, x]", {"x": 2}, [1, 2]),
    ],
)
def test_means(text, values, result):
    assert compile_expression(text)(values) == result


@pytest.mark.parametrize("sign", ["==", "!=", "<", "<=", ">", ">=", "in"])
@pytest.mark.parametrize("text", ["missing {} 1", "1 {} missing", "missing {} other"])
def test_a_comparison_with_null_is_false(text, sign):
    assert compile_expression(text.format(sign))({}) is False


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("'a' * 99999999", {}),
        ("x / 0", {"x": 1}),
        ("x * x", {"x": 10**23}),
        ("x + 1", {"x": 10**30}),
        ("x + 1", {"x": float("nan")}),
        ("x + 1", {"x": float("inf")}),
        ("x + 1", {"x": Decimal("sNaN")}),
        ("true + 1", {}),
        ("age(x)", {"x": "not a date"}),
        ("age(x)", {"x": "2999-01-01"}),
        ("age(x)", {"x": 5}),
        ("days_between(x, x)", {"x": "2026-02-30"}),
    ],
)
def test_what_does_not_fit_is_null(text, values):
    assert compile_expression(text)(values) is None


@pytest.mark.parametrize(
    ("born", "today", "years"),
    [
        ("1956-11-22", "2026-11-22", 70),
        ("1956-11-23", "2026-11-22", 69),
        ("2004-02-29", "2026-02-27", 21),
        ("2004-02-29", "2026-02-28", 22),
        ("2004-02-29", "2024-02-28", 19),
        ("2026-11-22", "2026-11-22", 0),
    ],
)
def test_age_counts_full_years(born, today, years):
    with clock.at(datetime.fromisoformat(f"{today}T00:00+08:00")):
        assert compile_expression("age(born)")({"born": born}) == years


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 1), ("   ", 4), ("a ==", 5), ("a == 'x", 6), ("(a", 3), ("[a, ", 5), ("a b", 3), ("a = b", 3), ("$", 1),
        ("len(a, b)", 1), ("open('x')", 1), ("a < b < c", 7), ("a.b.", 4), ("1.2.3", 4), ("and", 1), ("a not b", 3),
        ("not in [1]", 5), ("lambda: 1", 7), ("a[0]", 2), ("a if b else c", 3), ("'\\n'", 1), ("１", 1),
    ],
)  # fmt: skip
def test_a_fault_has_a_place(text, position):
    with pytest.raises(ExpressionInvalid) as refused:
        compile_expression(text)
    assert refused.value.data["position"] == position
    assert refused.value.data["problem"] in str(refused.value)


@pytest.mark.parametrize("text", [None, True, 5, ["a"], {"a": 1}])
def test_what_is_no_text_is_refused(text):
    with pytest.raises(ExpressionInvalid):
        compile_expression(text)


@pytest.mark.parametrize(
    "text",
    ["(" * 1_000 + "a" + ")" * 999, "not " * 499 + "a", "-" * 1_999 + "1", "[" * 1_999, "a" * 2_001, "len(" * 400],
)
def test_endless_nesting_is_refused(text):
    with pytest.raises(ExpressionInvalid):
        compile_expression(text)


def test_long_chains_are_computed():
    assert compile_expression("+".join(["1"] * 999))({}) == 999
    assert compile_expression(" or ".join(["a"] * 390) + " or b")({"b": 1}) is True


def test_names():
    assert compile_expression("a.b > len(c) and (d or not e) and 'f' in [g, -h]").names == {
        "a.b", "c", "d", "e", "g", "h"
    }  # fmt: skip


class TestExplain:
    TEXT = "who == 'firm' and (area > 200 or present(kitchen)) and not closed"

    def reasons(self, **values):
        return [(reason.text, reason.seen) for reason in compile_expression(self.TEXT).explain(values)]

    def test_nothing_when_it_holds(self):
        assert self.reasons(who="firm", area=300) == []

    def test_of_and_what_failed_of_or_every_branch(self):
        assert self.reasons(who="firm", area=20, closed=True) == [
            ("area > 200", {"area": 20}),
            ("present(kitchen)", {"kitchen": None}),
            ("not closed", {"closed": True}),
        ]

    def test_without_and(self):
        assert compile_expression("(a)").explain({})[0].text == "(a)"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.dates() | st.datetimes()
    | st.decimals() | st.sampled_from(["2026-02-29", "2026-02-28T23:59:59+08:00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
WORDS = [
    "a",
    "b",
    "c",
    "a.b",
    "and",
    "or",
    "not",
    "in",
    "==",
    "!=",
    "<",
    ">=",
    "+",
    "-",
    "*",
    "/",
    "(",
    ")",
    "[",
    "]",
    ",",
    "1",
    "0",
    "2.5",
    "'x'",
    "'2026-01-01'",
    "true",
    "null",
    "len(",
    "present(",
    "age(",
    "days_between(",
    "'",
]


@given(st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join), st.data())
def test_compiling_refuses_or_gives_what_never_raises(text, data):
    try:
        expression = compile_expression(text)
    except ExpressionInvalid as refused:
        position = refused.data["position"]
        expression = None
    if expression is None:
        assert 1 <= position <= len(text) + 1
        return
    values = data.draw(st.dictionaries(st.sampled_from(["a", "b", "c"]), VALUES))
    expression(values)
    assert (expression.explain(values) == ()) is expression.holds(values)


SIDES = st.sampled_from(["a", "b", "1", "2.5", "'x'", "a + 1", "len(b)", "-b", "null", "(a)"])
COMPARED = st.tuples(SIDES, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), SIDES).map(" ".join)
CONDITIONS = st.recursive(
    COMPARED,
    lambda inner: (
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda p: f"({p[0]}) {p[1]} ({p[2]})")
        | inner.map(lambda one: f"not ({one})")
    ),
    max_leaves=8,
)


@given(CONDITIONS, st.dictionaries(st.sampled_from("ab"), VALUES))
def test_well_formed_conditions_compile_and_hold_or_explain(text, values):
    expression = compile_expression(text)
    assert expression(values) in (True, False)
    assert (expression.explain(values) == ()) is expression.holds(values)


@given(st.integers(-9999, 9999), st.integers(-9999, 9999), st.integers(1, 99))
def test_arithmetic_is_exact(a, b, c):
    from fractions import Fraction

    assert compile_expression("a * b - c + a")({"a": a, "b": b, "c": c}) == a * b - c + a
    result = compile_expression("a / c")({"a": a, "c": c})
    assert abs(Fraction(result) - Fraction(a, c)) < Fraction(1, 10**20)
