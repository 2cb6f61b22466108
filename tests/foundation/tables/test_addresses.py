"""What an address says about a table: pure, never an error, always written in one way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.foundation.tables.rules import Known, ViewNameMissing, clean_name, columns_of, read, read_query

KNOWN = Known(
    filters={"q": None, "status": {"accepted", "granted"}},
    sorts={"number"},
    columns=["item", "number", "due"],
    fixed={"item"},
)


def test_what_is_known_is_taken_and_the_rest_left() -> None:
    asked = read({"q": " 味真园 ", "status": "accepted", "sort": "-number", "page": "7", "utm": "x"}, KNOWN)
    assert asked.filters == {"q": "味真园", "status": "accepted"}
    assert asked.sort == "-number"
    assert read({"status": "burnt", "sort": "due", "columns": "salary"}, KNOWN) == read({}, KNOWN)


@pytest.mark.parametrize("sort", ["--number", "-", "number,due", "number;drop", "-due"])
def test_no_order_but_those_declared(sort: str) -> None:
    assert read({"sort": sort}, KNOWN).sort == ""


def test_columns_in_the_tables_order_with_those_that_always_show() -> None:
    assert columns_of(["due", "nonsense", "number"], KNOWN) == ("item", "number", "due")
    assert columns_of(["nonsense"], KNOWN) == ()
    assert columns_of([""], KNOWN) == ()


def test_one_way_to_write_it() -> None:
    one = read_query("status=accepted&q=a&columns=number&sort=number", KNOWN).query()
    other = read_query("sort=number&columns=item,number&q=a&junk=1&status=accepted", KNOWN).query()
    assert one == other == "q=a&status=accepted&sort=number&columns=item%2Cnumber"
    assert read_query(one, KNOWN).query(status="granted", sort="") == "q=a&status=granted&columns=item%2Cnumber"


@given(st.dictionaries(st.sampled_from(["q", "status", "sort", "columns", "view", "x"]), st.text(max_size=200)))
def test_any_address_is_read_and_reads_the_same_again(sent: dict[str, str]) -> None:
    asked = read(sent, KNOWN)
    assert len(asked.get("q")) <= 120
    again = read_query(asked.query(view=""), KNOWN)
    assert (again.filters, again.sort, again.columns) == (asked.filters, asked.sort, asked.columns)


def test_a_views_name_is_one_short_line() -> None:
    assert clean_name("  待补正的 \n 办件 ") == "待补正的 办件"
    for name in ("", "  ", "长" * 31):
        with pytest.raises(ViewNameMissing):
            clean_name(name)
