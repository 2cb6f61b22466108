"""Files that a spreadsheet opens: nothing in them runs, dates are dates, no row is lost between sheets."""

import csv
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from zhengtong.foundation import clock
from zhengtong.foundation.tables import writing
from zhengtong.foundation.tables.declared import Cell

MOMENT = datetime(2026, 11, 22, 14, 3, tzinfo=clock.CHINA)
ROWS: list[list[Cell]] = [["=1+1", 7, date(2026, 11, 26)], ["𬭚店", -2, MOMENT], ["a\x0bb", None, None]]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\tx"])
def test_nothing_in_a_cell_is_computed(text: str) -> None:
    assert writing.harmless(text) == "'" + text


def test_a_csv_with_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    writing.write_csv(path, title="办件清单", head=["名称", "数", "日期"], rows=ROWS)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        found = list(csv.reader(lines))
    assert found[1] == ["'=1+1", "7", "2026-11-26"]
    assert found[2] == ["𬭚店", "-2", "2026-11-22 14:03"]


def test_a_workbook_over_several_sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "ROWS_A_SHEET", 2)
    path = tmp_path / "a.xlsx"
    writing.write_xlsx(path, title="办件清单", head=["名称", "数", "日期"], rows=ROWS)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["办件清单", "办件清单 2"]
    first = list(book["办件清单"].values)
    assert first[1] == ("'=1+1", 7, datetime(2026, 11, 26))  # noqa: DTZ001 - a workbook's days have no zone
    assert first[2] == ("𬭚店", -2, datetime(2026, 11, 22, 14, 3))  # noqa: DTZ001
    assert list(book["办件清单 2"].values)[1] == ("ab", None, None)
