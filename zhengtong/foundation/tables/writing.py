"""Rows into a spreadsheet's file: a mark that tells Excel the encoding, dates as dates, nothing that runs."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from openpyxl import Workbook

from zhengtong.foundation import clock

from .declared import Cell

BYTE_ORDER_MARK = "\ufeff"
# A cell that begins so would be computed by the spreadsheet (CWE-1236).
COMPUTED = ("=", "+", "-", "@", "\t", "\r")
# A sheet of Excel ends at 1,048,576 rows; what is more goes on in the next one.
ROWS_A_SHEET = 1_000_000
LONGEST_CELL = 32_000


class Write(Protocol):
    """Writes the head and all rows to a path."""

    def __call__(self, path: Path, *, title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None: ...


def harmless(cell: str) -> str:
    """The text as a spreadsheet shows it and never computes it."""
    return f"'{cell}" if cell.startswith(COMPUTED) else cell


def as_text(cell: Cell) -> str:
    """One cell of a CSV."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.astimezone(clock.CHINA).strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    return harmless(cell) if isinstance(cell, str) else str(cell)


def as_cell(cell: Cell) -> Cell:
    """One cell of a workbook: numbers and dates stay what they are; a workbook's moments have no zone."""
    if isinstance(cell, datetime):
        return cell.astimezone(clock.CHINA).replace(tzinfo=None)
    if isinstance(cell, str):
        seen = "".join(sign for sign in cell if sign.isprintable() or sign == "\n")
        return harmless(seen)[:LONGEST_CELL]
    return cell


def write_csv(path: Path, *, title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """UTF-8 with a mark, so that Excel reads it right."""
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(BYTE_ORDER_MARK)
        writer = csv.writer(out)
        writer.writerow(head)
        for row in rows:
            writer.writerow([as_text(cell) for cell in row])


def write_xlsx(path: Path, *, title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """A workbook written row by row; its rows lie on disk, not in memory."""
    book = Workbook(write_only=True)
    waiting = iter(rows)
    number = 1
    while True:
        sheet = book.create_sheet(title[:25] if number == 1 else f"{title[:25]} {number}")
        sheet.freeze_panes = "A2"
        sheet.append(list(head))
        if _fill(sheet.append, waiting) < ROWS_A_SHEET:
            break
        number += 1
    book.save(path)


def _fill(append: object, waiting: Iterator[Sequence[Cell]]) -> int:
    count = 0
    for row in waiting:
        append([as_cell(cell) for cell in row])  # type: ignore[operator]
        count += 1
        if count == ROWS_A_SHEET:
            break
    return count


FORMATS: dict[str, Write] = {"csv": write_csv, "xlsx": write_xlsx}
