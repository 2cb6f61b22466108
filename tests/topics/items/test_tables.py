"""Foreign files: every format reads alike; what cannot be read is refused with a place and a way out."""

import io

import pytest

from tests.topics.items.libraries import COLUMNS, as_csv, as_json, as_xlsx, how, library
from zhengtong.topics.items import rules


def read(content: bytes, name: str, **changes):
    return list(rules.rows(io.BytesIO(content), name=name, how=how(**changes)))


def mapped(content: bytes, name: str, **changes):
    return [rules.mapped(number, row, how(**changes)) for number, row in read(content, name, **changes)]


def test_the_same_library_in_every_format():
    rows = library()
    expected = [(row.code, row.entry, row.digest) for row in mapped(as_json(rows), "x.json")]
    assert len(expected) == 10
    jsonl = b"\n".join(as_json([row]).replace(b"\n", b"")[1:-1] for row in rows)
    wrapped = b'{"data": {"list": ' + as_json(rows) + b"}}"
    for content, name, changes in (
        (as_csv(rows), "x.csv", {}),
        (as_csv(rows, "gb18030"), "x.CSV", {"encoding": "gb18030"}),
        (as_xlsx(rows), "x.xlsx", {}),
        (as_xlsx(rows), "x.xlsx", {"rows": "清单"}),
        (jsonl, "x.jsonl", {}),
        (wrapped, "x.json", {"rows": "data.list"}),
    ):
        assert [(row.code, row.entry, row.digest) for row in mapped(content, name, **changes)] == expected, name


BAD = as_json(library())


@pytest.mark.parametrize(
    ("content", "name", "said", "changes"),
    [
        (BAD.decode()[:-20].encode(), "x.json", "不是正确的 JSON", {}),
        (BAD[: BAD.rindex(b"]")], "x.json", "文件可能没有传完整", {}),
        (b'{"a": 1}', "x.json", "最外层应当是列表", {}),
        (b'{"data": {}}', "x.json", "在“data.list”处没有找到列表", {"rows": "data.list"}),
        (b"[]", "x.json", "文件是空的", {}),
        (b"[1]", "x.json", "第 1 条不是", {}),
        (b'[{"a": [[[' * 5_000, "x.json", "不是正确的 JSON", {}),
        (as_json([{"名称": "a"}]), "x.json", "缺少映射要用的列：主体代码、主项、类型、编码、部门", {}),
        (b"", "x.csv", "文件是空的", {}),
        (as_csv(library(), "gb18030"), "x.csv", "第 1 行不是 utf-8 编码。如果是 GBK", {}),
        (as_csv(library()), "x.csv", "编码", {"encoding": "gb18030"}),
        (as_csv(library()) + b"a,b\r\n", "x.csv", "第 12 行有 2 列，表头是 6 列", {}),
        (as_csv(library()).replace("部门,".encode(), "名称,".encode()), "x.csv", "“名称”出现多次", {}),
        (as_csv(library()) + b'"a', "x.csv", "写法不通", {}),
        (b"name\0x", "x.csv", "空字节", {}),
        (b"PK\x03\x04 not a zip", "x.xlsx", "不是正确的 XLSX", {}),
        (as_xlsx(library()), "x.xlsx", "没有名为“别的”的工作表，有：清单", {"rows": "别的"}),
        (BAD, "x.pdf", "不支持这种格式", {}),
        (BAD, "x", "不支持这种格式", {}),
    ],
)
def test_what_stops_the_whole_file(content, name, said, changes):
    with pytest.raises(rules.ImportUnreadable) as refused:
        read(content, name, **changes)
    assert said in str(refused.value)
    assert "未作任何改动" in str(refused.value)


def test_blank_lines_and_missing_keys_are_not_faults_of_the_file():
    text = as_csv(library()[:1]) + b"\r\n,,,,,\r\n"
    assert len(read(text, "x.csv")) == 1
    rows = [*library(), {"名称": "只有名称", "编码": "x-1"}]
    assert mapped(as_json(rows), "x.json")[-1].entry == {
        "exercise_level": "4",
        "name": "只有名称",
        "local_code": "x-1",
        "code": "x-1",
    }


def test_numbers_are_those_a_person_sees():
    assert [number for number, _ in read(as_csv(library()[:2]), "x.csv")] == [2, 3]
    assert [number for number, _ in read(as_xlsx(library()[:2]), "x.xlsx")] == [2, 3]
    assert [number for number, _ in read(as_json(library()[:2]), "x.json")] == [1, 2]
    assert set(COLUMNS) == set(read(as_csv(library()), "x.csv")[0][1])
