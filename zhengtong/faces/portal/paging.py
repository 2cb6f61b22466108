"""Twenty rows a page; how many there are in all is never counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

ROWS = 20
FARTHEST = 10_000


@dataclass(frozen=True)
class Paged:
    """One page of rows and the cursors of its neighbours."""

    rows: Sequence[Any]
    previous: str = ""
    next: str = ""


def paged(request: HttpRequest, rows: QuerySet[Any], *, size: int = ROWS) -> Paged:
    """The page that `?cursor=` asks for; a cursor is the number of rows before it."""
    cursor = request.GET.get("cursor", "")
    start = min(int(cursor), FARTHEST) if cursor.isascii() and cursor.isdigit() else 0
    found = list(rows[start : start + size + 1])
    return Paged(
        found[:size],
        previous=str(max(start - size, 0)) if start else "",
        next=str(start + size) if len(found) > size else "",
    )
