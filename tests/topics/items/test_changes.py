"""What a new version changes, in words: nothing that differs is left out, nothing that is the same is told."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.topics.items.entries import BODY, HALL, OTHER_BODY, entry
from zhengtong.topics.items import rules
from zhengtong.topics.items.rules.definition import DEFAULTS, PARTS, ROWS
from zhengtong.topics.items.rules.labels import FIELDS, UNTOLD, Reader
from zhengtong.topics.items.rules.labels import ROWS as TOLD_ROWS

NAMES = {BODY: "区市场监管局", OTHER_BODY: "区卫健局", HALL: "区政务中心"}
OLD = rules.canonical(entry())


def told(**changes: Any) -> list[tuple[str, str, str, str]]:
    new = rules.canonical({**entry(), **changes})
    return [(one.title, str(one.kind), one.before, one.after) for one in rules.changes(OLD, new, reader=Reader(NAMES))]


def test_the_same_is_no_change() -> None:
    assert told() == []
    assert told(version=2, valid_from="2027-01-01") == []


def test_every_element_has_a_name() -> None:
    paths = set(FIELDS) | set(TOLD_ROWS)
    for name in set(DEFAULTS) - set(UNTOLD):
        known = name in paths or any(path.startswith(f"{name}.") for path in paths)
        assert known, name
        if name in PARTS and name not in paths:
            assert {f"{name}.{inner}" for inner in PARTS[name]} <= paths, name
    for name, blank in ROWS.items():
        assert set(blank) <= set(TOLD_ROWS[name].columns) | {"article"}, name


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "茶楼许可"}, ("名称", "changed", "茶馆经营许可（新办）", "茶楼许可")),
        ({"promised_limit": {"amount": 3, "unit": "working_day"}}, ("承诺期限", "changed", "5 个工作日", "3 个工作日")),
        ({"promised_limit": {"amount": 0, "unit": "working_day"}}, ("承诺期限", "changed", "5 个工作日", "当场")),
        ({"statutory_limit": {"none": True, "note": "没有规定"}},
         ("法定期限", "changed", "20 个工作日；依据：某条例第一条", "法律未作规定；没有规定")),
        ({"organisation": OTHER_BODY}, ("实施主体", "changed", "区市场监管局", "区卫健局")),
        ({"also_accepted_by": ["hall-x"]}, ("同时受理的单位", "added", "", "hall-x")),
        ({"conditions": []}, ("受理条件", "removed", "有固定的经营场所", "")),
        ({"channels": ["window"]}, ("办理形式", "changed", "窗口办理、网上办理", "窗口办理")),
        ({"result": {"kind": "none"}}, ("结果类型", "changed", "批文", "无纸质结果")),
        ({"separate": False}, ("受理、审查、决定由不同的人办理", "changed", "是", "否")),
        ({"fees": {"charged": True, "rows": [{"name": "工本费", "standard": "10 元"}]}},
         ("工本费", "added", "", "标准：10 元")),
        ({"places": [{"organisation": HALL, "window": "9 号窗口"}]},
         ("办理地点“区政务中心”：窗口", "changed", "3 号窗口", "9 号窗口")),
        ({"services": {"kiosk": True}}, ("自助终端", "changed", "否", "是")),
        ({"extra": {"x": 1}}, ("其他登记内容", "added", "", "x：1")),
    ],
)  # fmt: skip
def test_in_words(changes: dict[str, Any], said: tuple[str, str, str, str]) -> None:
    assert said in told(**changes)


def materials(change: Callable[[list[dict[str, Any]]], object]) -> list[tuple[str, str, str, str]]:
    rows = entry()["materials"]
    change(rows)
    return told(materials=rows)


def test_materials_by_their_codes() -> None:
    assert materials(lambda rows: rows.append({"code": "photo", "name": "照片"})) == [
        ("照片", "added", "", "是否必要：必要；来源：申请人自备")
    ]
    assert [one[:2] for one in materials(lambda rows: rows.pop(0))] == [("场所平面图", "removed")]
    renamed = materials(lambda rows: rows[0].update(name="布局图", necessity="optional"))
    assert renamed == [
        ("布局图：名称", "changed", "场所平面图", "布局图"), ("布局图：是否必要", "changed", "必要", "非必要"),
    ]  # fmt: skip
    assert materials(lambda rows: rows.reverse()) == [
        ("排列顺序", "changed", "场所平面图、授权委托书", "授权委托书、场所平面图")
    ]
    assert [one[0] for one in told(materials=None)] == ["场所平面图", "授权委托书"]


def test_questions_of_the_form_within_groups_too() -> None:
    form = entry()["form"]
    fields = form["sections"][0]["fields"]
    fields[1] |= {"required": True, "schema": {"type": "integer", "minimum": 1}}
    fields.append({"key": "staff", "title": "从业人员", "repeat": {"max": 5}, "fields": [
        {"key": "role", "title": "岗位", "options": ["店长", {"value": "b", "label": "服务员"}]}]})  # fmt: skip
    found = told(form=form)
    assert ("餐位数：必填", "added", "", "是") in found
    assert ("餐位数：填写要求", "changed", "类型 integer，最小 0", "类型 integer，最小 1") in found
    assert [one[:2] for one in found if one[1] == "added"][1:] == [("从业人员", "added"), ("从业人员 › 岗位", "added")]
    moved = entry()["form"]
    moved["sections"][0]["title"] = "门店"
    assert told(form=moved) == [("部分“门店”：标题", "changed", "店铺", "门店")]


def test_two_alike_are_told_apart() -> None:
    twice = [{"organisation": HALL, "window": "1"}, {"organisation": HALL, "window": "2"}]
    old = rules.canonical(entry(places=twice))
    new = rules.canonical(entry(places=twice[:1]))
    assert [(one.title, str(one.kind)) for one in rules.changes(old, new, reader=Reader(NAMES))] == [
        ("办理地点“区政务中心”", "removed")
    ]


def test_in_the_order_of_an_items_parts() -> None:
    new = rules.canonical(entry(name="x", consult_phone="12345", conditions=[], promised_limit=None))
    assert [one.part for one in rules.changes(OLD, new)] == ["事项", "期限", "依据和条件", "办事指引"]
