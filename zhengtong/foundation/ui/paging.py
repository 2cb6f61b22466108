"""Twenty rows a page; how many there are in all is never counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

ROWS = 20
FARTHEST = 2_000


@dataclass(frozen=True)
class Paged:
    """One page of rows and the cursors of its neighbours; `is_cut` where nobody pages any farther."""

    rows: Sequence[Any]
    previous: str = ""
    next: str = ""
    is_cut: bool = False


def paged(request: HttpRequest, rows: QuerySet[Any], *, size: int = ROWS) -> Paged:
    """The page that `?cursor=` asks for; a cursor is the number of rows before it."""
    cursor = request.GET.get("cursor", "")
    start = min(int(cursor), FARTHEST) if cursor.isascii() and cursor.isdigit() and len(cursor) < 9 else 0
    found = list(rows[start : start + size + 1])
    has_more = len(found) > size
    return Paged(
        found[:size],
        previous=str(max(start - size, 0)) if start else "",
        next=str(start + size) if has_more and start < FARTHEST else "",
        is_cut=has_more and start >= FARTHEST,
    )
