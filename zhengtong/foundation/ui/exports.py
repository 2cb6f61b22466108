"""Lists on their way into a spreadsheet: streamed, with a mark that tells Excel the encoding, nothing that runs."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

BYTE_ORDER_MARK = "\ufeff"
# A cell that begins so would be computed by the spreadsheet (CWE-1236).
COMPUTED = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """What `csv` writes into: gives each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_response(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> StreamingHttpResponse:
    """A file to be saved under a Chinese name."""
    response = StreamingHttpResponse(_lines(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.csv") or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def _lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK + writer.writerow(head)
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def harmless(cell: str) -> str:
    """The text as a spreadsheet shows it and never computes it."""
    return f"'{cell}" if cell.startswith(COMPUTED) else cell
