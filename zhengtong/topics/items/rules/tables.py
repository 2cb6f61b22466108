"""Read the rows of a foreign file, whatever its format; what cannot be read is refused as a whole."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

import openpyxl

from .mapping import ColumnMap, text_of
from .refusals import ImportUnreadable

FORMATS = ("json", "jsonl", "csv", "xlsx")
Row = tuple[int, dict[str, Any]]


def format_of(name: str) -> str:
    """The format by the ending of a file's name."""
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    return "jsonl" if ending == "ndjson" else ending


def rows(stream: BinaryIO, *, name: str, how: ColumnMap) -> Iterator[Row]:
    """Each row with its number (of the line, of the sheet's row, or in the list, from 1)."""
    kind = format_of(name)
    readers = {"json": _json, "jsonl": _jsonl, "csv": _csv, "xlsx": _xlsx}
    if kind not in readers:
        raise ImportUnreadable(name=name, reason=f"不支持这种格式，可以导入 {'、'.join(FORMATS)}。")
    return readers[kind](stream, name, how)


def _text(stream: BinaryIO, name: str, encoding: str) -> str:
    raw = stream.read()
    try:
        text = raw.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        hint = (
            "如果是 GBK 或 GB18030 编码，请在映射中写 encoding: gb18030。"
            if encoding == "utf-8"
            else "请另存为 UTF-8。"
        )
        raise ImportUnreadable(name=name, reason=f"第 {line} 行不是 {encoding} 编码。{hint}") from None
    if "\0" in text:
        raise ImportUnreadable(name=name, reason="文件里有空字节，不是文本文件。")
    return text


def _json(stream: BinaryIO, name: str, how: ColumnMap) -> Iterator[Row]:
    """Objects of a list, decoded one after the other."""
    text = _text(stream, name, how.encoding)
    if how.rows:
        yield from _objects(_at_path(_whole(text, name), how, name), name, how)
        return
    decoder, at = json.JSONDecoder(), _skip(text, 0)
    if at >= len(text) or text[at] != "[":
        raise ImportUnreadable(name=name, reason="最外层应当是列表；列表在里层的，请在映射中写 rows。")
    yield from _objects(_elements(text, at + 1, decoder, name), name, how)


def _elements(text: str, at: int, decoder: json.JSONDecoder, name: str) -> Iterator[Any]:
    at = _skip(text, at)
    if text[at : at + 1] == "]":
        return
    while True:
        try:
            value, at = decoder.raw_decode(text, at)
        except (json.JSONDecodeError, RecursionError) as error:
            line = text.count("\n", 0, getattr(error, "pos", at)) + 1
            raise ImportUnreadable(name=name, reason=f"第 {line} 行起不是正确的 JSON。") from None
        yield value
        at = _skip(text, at)
        if text[at : at + 1] == "]":
            return
        if text[at : at + 1] != ",":
            line = text.count("\n", 0, at) + 1
            raise ImportUnreadable(name=name, reason=f"第 {line} 行起不是正确的 JSON，文件可能没有传完整。")
        at = _skip(text, at + 1)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def _whole(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ImportUnreadable(name=name, reason=f"第 {getattr(error, 'lineno', 1)} 行起不是正确的 JSON。") from None


def _at_path(value: Any, how: ColumnMap, name: str) -> Iterator[Any]:
    for part in how.rows.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    if not isinstance(value, list):
        raise ImportUnreadable(name=name, reason=f"在“{how.rows}”处没有找到列表。")
    yield from value


def _jsonl(stream: BinaryIO, name: str, how: ColumnMap) -> Iterator[Row]:
    lines = [line for line in _text(stream, name, how.encoding).splitlines() if line.strip()]
    yield from _objects((_whole(line, name) for line in lines), name, how)


def _objects(values: Iterator[Any], name: str, how: ColumnMap) -> Iterator[Row]:
    seen: set[str] = set()
    held: list[Row] = []
    for number, value in enumerate(values, start=1):
        if not isinstance(value, dict):
            raise ImportUnreadable(name=name, reason=f"第 {number} 条不是“名称: 内容”。")
        seen |= value.keys()
        held.append((number, value))
    # A key may be left out of single objects; one that stands in none is a wrong map or a wrong file.
    _check_columns(seen, name, how, empty=not held)
    yield from held


def _csv(stream: BinaryIO, name: str, how: ColumnMap) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(_text(stream, name, how.encoding), newline=""), strict=True)
    try:
        head = [cell.strip() for cell in next(reader, [])]
        _check_head(head, name, how)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(head):
                said = f"第 {reader.line_num} 行有 {len(cells)} 列，表头是 {len(head)} 列。"
                raise ImportUnreadable(name=name, reason=said)
            yield reader.line_num, dict(zip(head, cells, strict=True))
    except csv.Error as error:
        raise ImportUnreadable(name=name, reason=f"第 {reader.line_num} 行的写法不通（{error}）。") from None


def _xlsx(stream: BinaryIO, name: str, how: ColumnMap) -> Iterator[Row]:
    try:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError) as error:
        raise ImportUnreadable(name=name, reason="不是正确的 XLSX 文件，或已加密。") from error
    if how.rows and how.rows not in book.sheetnames:
        raise ImportUnreadable(name=name, reason=f"没有名为“{how.rows}”的工作表，有：{'、'.join(book.sheetnames)}。")
    sheet = book[how.rows] if how.rows else book.worksheets[0]
    cells = sheet.iter_rows(values_only=True)
    head = [text_of(cell) for cell in next(cells, ())]
    while head and not head[-1]:
        head.pop()
    _check_head(head, name, how)
    for number, row in enumerate(cells, start=2):
        if any(text_of(cell) for cell in row):
            yield number, dict(zip(head, row, strict=False))
    book.close()


def _check_head(head: list[str], name: str, how: ColumnMap) -> None:
    repeated = {cell for cell in head if cell and head.count(cell) > 1}
    if repeated & how.columns:
        raise ImportUnreadable(name=name, reason=f"表头里“{'、'.join(sorted(repeated))}”出现多次，分不清用哪一列。")
    _check_columns(set(head), name, how, empty=not head)


def _check_columns(seen: set[str], name: str, how: ColumnMap, *, empty: bool) -> None:
    if empty:
        raise ImportUnreadable(name=name, reason="文件是空的。")
    missing = how.columns - seen
    if missing:
        said = f"缺少映射要用的列：{'、'.join(sorted(missing))}。文件里有：{'、'.join(sorted(seen)[:30])}。"
        raise ImportUnreadable(name=name, reason=said)
