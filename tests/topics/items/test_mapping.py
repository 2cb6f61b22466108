"""Column maps: what they may say, and what becomes of a cell."""

import pytest

from tests.topics.items.libraries import how
from zhengtong.topics.items import queries, rules
from zhengtong.topics.items.rules.mapping import slug


def mapped(row, **fields):
    made = rules.column_map("m", {"source": "s", "code": "id", "fields": {"name": "n", **fields}})
    return rules.mapped(1, {"id": "X-1", "n": "名称", **row}, made)


def test_lists_numbers_flags_and_nested_fields():
    row = mapped(
        {"ch": "1^2^", "days": "20", "fee": "否", "mb": "2.5", "dept": 123.0},
        channels={"from": "ch", "split": "^", "values": {"1": "window", "2": "online"}},
        **{
            "statutory_limit.amount": {"from": "days", "as": "integer"},
            "fees.charged": {"from": "fee", "as": "boolean"},
            "extra.size": {"from": "mb", "as": "number"},
            "organisation": "dept",
        },
    )
    assert row.defects == ()
    assert row.entry == {
        "name": "名称",
        "channels": ["window", "online"],
        "statutory_limit": {"amount": 20},
        "fees": {"charged": False},
        "extra": {"size": 2.5},
        "organisation": "123",
        "code": "x-1",
    }


def test_what_cannot_be_understood_is_a_defect_of_the_row():
    row = mapped(
        {"t": "77", "d": "二十", "m": "未分类"},
        type={"from": "t", "values": {"1": "01"}},
        main_item={"from": "m", "empty": ["未分类"]},
        **{"statutory_limit.amount": {"from": "d", "as": "integer"}},
    )
    assert [(defect.kind, defect.is_blocking) for defect in row.defects] == [
        ("import_value_unknown", True),
        ("import_value_says_nothing", False),
        ("import_value_malformed", True),
    ]
    assert row.entry == {"name": "名称", "code": "x-1"}


def test_a_row_without_a_code_is_told_apart_by_what_it_says():
    first, second = mapped({"id": ""}), mapped({"id": None, "n": "另一个"})
    assert first.code != second.code
    assert first.code == mapped({"id": " "}).code
    assert [defect.kind for defect in first.defects] == ["import_no_code"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("511A-01_x", "511a-01-x"), ("  A  ", "a"), ("", ""), ("--", "row-"), ("事项一", "row-"), ("a" * 200, "a" * 120)],
)
def test_codes_in_urls(text, expected):
    assert slug(text).startswith(expected)
    assert slug(text) == slug(text)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"source": "Bad Name"}, "source 应当是"),
        ({"colour": 1}, "不认识的“colour”"),
        ({"code": None}, "code：请写明来自哪一列"),
        ({"fields": {"organisation": "x"}}, "至少要有 name"),
        ({"fields": {"name": "n", "nope": "x"}}, "没有名为“nope”的事项要素"),
        ({"fields": {"name": "n", "fees.colour": "x"}}, "没有名为“fees.colour”的事项要素"),
        ({"fields": {"name": {"form": "n"}}}, "name：请写明来自哪一列"),
        ({"fields": {"name": "n", "visits": {"from": "v", "as": "hours"}}}, "visits：as 只能是"),
        ({"fields": {"name": "n", "local_code": {"from": "v", "parts": "("}}}, "不是正确的正则表达式"),
        ({"encoding": "latin-1"}, "encoding 只能是"),
        ({"constants": {"planet": "x"}}, "没有名为“planet”的事项要素"),
    ],
)
def test_a_map_is_checked_before_anything_is_read(changes, said):
    with pytest.raises(rules.MapInvalid) as refused:
        how(**changes)
    assert said in str(refused.value)


def test_maps_come_as_yaml_or_json():
    yaml = b"source: s\ncode: {from: id}\nfields:\n  name: n\n  type: {from: t, values: {1: 01, '20': '20'}}\n"
    made = queries.column_map(yaml, name="m.yaml")
    assert made.fields[1].values == {"1": "01", "20": "20"}
    assert queries.column_map(b'{"source": "s", "code": "id", "fields": {"name": "n"}}', name="m").columns == {
        "id",
        "n",
    }
    with pytest.raises(rules.MapInvalid):
        queries.column_map(b"\xff\xfe", name="m")


def test_the_map_in_contrib_is_sound():
    from zhengtong.main.places import ROOT

    for file in (ROOT / "contrib" / "import-maps").glob("*.yaml"):
        assert queries.column_map(file.read_bytes(), name=file.name).fields
