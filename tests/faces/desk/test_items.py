"""The catalogue at the desk: lists, defects, imports."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.faces.desk.desks import CLERK, KEEPER, MOST_QUERIES, RESTAURANT, Desk, words
from zhengtong.foundation.codes import uuid7
from zhengtong.topics.items.models import Item

pytestmark = pytest.mark.usefixtures("district")
ITEMS, IMPORT = "/desk/items/", "/desk/items/import/"
MAP = "source: old-library\ncode: {from: no}\nfields:\n  name: title\n  organisation: body\n"
ROWS = [
    {"no": "A-1", "title": "临时占道审批", "body": "nobody"},
    {"no": "A-2", "title": "演出备案", "body": "nobody"},
    {"no": "A-3", "title": "演出备案", "body": "nobody"},
]  # fmt: skip


def library(rows: object = ROWS, *, said: str = MAP) -> dict[str, SimpleUploadedFile]:
    return {
        "file": SimpleUploadedFile("事项.json", json.dumps(rows, ensure_ascii=False).encode()),
        "map": SimpleUploadedFile("map.yaml", said.encode()),
    }


@pytest.fixture
def keeper() -> Desk:
    return Desk(KEEPER)


def test_published_items_by_name_and_code(keeper: Desk) -> None:
    page = words(keeper.page(ITEMS))
    assert "食品经营许可（新办，餐饮服务）" in page
    assert "已发布" in page
    assert "区市场监管局" in page
    assert "资料包 demo" in page
    found = words(keeper.page(f"{ITEMS}?q=高龄"))
    assert "高龄津贴" in found
    assert "食品经营许可" not in found
    assert "没有符合条件的事项" in words(keeper.page(f"{ITEMS}?q=没有这种事"))
    assert "这里还没有事项" in words(keeper.page(f"{ITEMS}?shelf=draft"))


def test_an_item_in_force(keeper: Desk) -> None:
    page = words(keeper.page(f"{ITEMS}{RESTAURANT}/"))
    for text in (
        "正在施行（第 1 版）",
        "10 个工作日",
        "5 个工作日",
        "审查与现场核查 → 决定",
        "经营场所布局图",
        "审查要点",
    ):
        assert text in page, text
    assert keeper.get(f"{ITEMS}nothing/").status_code == 404


def test_rehearsed_first(keeper: Desk) -> None:
    answer = keeper.post(IMPORT, {"rehearse": "1", **library()})
    assert answer.status_code == 200
    page = words(answer)
    assert "试运行结果（没有写入）" in page
    assert "共 3 行" in page
    assert "每一行都有着落" in page
    assert not Item.objects.filter(owner="import:old-library").exists()


def test_imported_with_its_defects(keeper: Desk) -> None:
    key = str(uuid7())
    page = words(keeper.post(IMPORT, library(), key=key))
    assert "导入结果" in page
    assert "新增草稿 3" in page
    assert "都叫“演出备案”" in page
    assert words(keeper.post(IMPORT, library(), key=key)).count("新增草稿 3") == 1
    assert "没有变化 3" in words(keeper.post(IMPORT, library()))
    shelf = words(keeper.page(f"{ITEMS}?shelf=draft"))
    assert "临时占道审批" in shelf
    assert "处必须改正" in shelf
    assert "导入 old-library" in shelf
    item = words(keeper.page(f"{ITEMS}a-1/"))
    assert "草稿（第 1 版）" in item
    assert "必须改正" in item
    assert "没有写明由谁受理" in item


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "请选择要导入的文件"),
        ({"file": SimpleUploadedFile("a.json", b"[]")}, "请选择字段映射文件"),
        ({**library("这不是一张表")}, "未作任何改动"),
        ({**library(said="source: X")}, "字段映射“map.yaml”有误"),
        ({**library([ROWS[0], ROWS[0]])}, "编码相同"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_changes(keeper: Desk, sent: dict[str, object], said: str) -> None:
    for upload in sent.values():
        upload.seek(0)  # type: ignore[attr-defined]
    answer = keeper.post(IMPORT, sent)
    assert answer.status_code == 422
    assert said in words(answer)
    assert not Item.objects.filter(owner__startswith="import:").exists()


def test_only_for_those_who_keep_items() -> None:
    clerk = Desk(CLERK)
    for path in (ITEMS, IMPORT, f"{ITEMS}{RESTAURANT}/"):
        assert clerk.get(path).status_code == 403
    assert clerk.post(IMPORT, library()).status_code == 403


def test_the_pages_take_a_fixed_number_of_queries(keeper: Desk) -> None:
    keeper.post(IMPORT, library([{**ROWS[0], "no": f"B-{n}", "title": f"事项 {n}"} for n in range(40)]))
    for path in (ITEMS, f"{ITEMS}?shelf=draft", f"{ITEMS}b-7/", f"{ITEMS}{RESTAURANT}/", IMPORT):
        assert keeper.queries(path) <= MOST_QUERIES, path
    assert keeper.page(f"{ITEMS}?shelf=draft").count("data-key-row") == 20
