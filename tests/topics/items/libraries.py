"""An invented library of items with the kinds of defects that real ones have, in every format."""

import csv
import io
import json
from typing import Any

import openpyxl

from tests.topics.items.entries import BODY, OTHER_BODY
from zhengtong.foundation.codes.credit_code import make_credit_code
from zhengtong.topics.items import rules

STRANGER = make_credit_code("11", "449906", "MF990677")
LOCAL = "511A{n:05d}000-449906000000-000-{body}-1-00"
PARTS = (
    r"^(?P<catalogue>[0-9A-Z]{12})-(?P<division>\d{12})-(?P<branch>\d{3})-(?P<body>[0-9A-Z]{18})"
    r"-(?P<kind>\d)-(?P<sequence>\d{2})$"
)
COLUMNS = ("部门", "主项", "名称", "编码", "类型", "主体代码")
MAP: dict[str, Any] = {
    "source": "library",
    "code": {"from": "编码"},
    "fields": {
        "name": "名称",
        "main_item": {"from": "主项", "empty": ["未分类"]},
        "organisation": "主体代码",
        "organisation_name": "部门",
        "type": {"from": "类型", "values": {"1": "01", "5": "05", "7": "07", "10": "10", "20": "20"}},
        "nature": {"from": "类型", "values": {"1": "permit", "5": "benefit", "20": "public_service"}, "otherwise": ""},
        "local_code": {"from": "编码", "parts": PARTS},
    },
    "constants": {"exercise_level": "4"},
}


def row(
    n: int, department: str, name: str, body: str, *, type: str = "1", main: str = "某主项", code: str = ""
) -> dict[str, str]:
    return dict(zip(COLUMNS, (department, main, name, code or LOCAL.format(n=n, body=BODY), type, body), strict=True))


def library() -> list[dict[str, str]]:
    """Ten rows, each with another fault; none has limits, materials or a basis, as in real exports."""
    return [
        row(1, "区市监局", "登记在册的事项", BODY),
        row(2, "区市监局", "没有登记的单位", STRANGER),
        row(3, "区市监局", "九位旧代码", BODY[8:17]),
        row(4, "区市监局", "校验位不对", BODY[:-1] + ("0" if BODY[-1] != "0" else "1")),
        row(5, "区公安局", "少一位", BODY[:-1]),
        row(6, "区人社局", "带后缀", BODY[:-1] + "_5143"),
        row(7, "区医保局", "系统流水号", "4148481895459659776", main="未分类"),
        row(8, "区民政局", "同名事项", OTHER_BODY, type="20"),
        row(9, "区民政局", "同名事项", OTHER_BODY, type="20"),
        row(10, "区民政局", "编码拆不开", OTHER_BODY, type="99", code="G-000007-4499"),
    ]


def how(**changes: Any) -> rules.ColumnMap:
    return rules.column_map("map.yaml", {**MAP, **changes})


def as_json(rows: list[dict[str, Any]]) -> bytes:
    return json.dumps(rows, ensure_ascii=False, indent=1).encode()


def as_csv(rows: list[dict[str, str]], encoding: str = "utf-8-sig") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(rows: list[dict[str, str]], sheet: str = "清单") -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    page.append(list(COLUMNS))
    for one in rows:
        # Excel makes numbers of what looks like one.
        page.append([int(value) if value.isdigit() and len(value) < 15 else value for value in one.values()])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
