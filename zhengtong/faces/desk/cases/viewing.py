"""The viewer: one material at a time, page by page, as pictures; beside it, on request, the version it replaced."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from zhengtong.foundation.files import previews
from zhengtong.topics.cases import queries as cases


@dataclass(frozen=True)
class Sheet:
    """One version of a material, open at a page."""

    line: Any
    page: int
    count: int
    picture: str
    previous: str = ""
    next: str = ""


@dataclass(frozen=True)
class Choice:
    """A material that can be looked at."""

    line: Any
    path: str
    is_here: bool
    is_new: bool


@dataclass(frozen=True)
class Viewer:
    """What is looked at now, and what can be looked at."""

    sheet: Sheet
    choices: list[Choice]
    previous: str
    next: str
    earlier: Sheet | None
    compare: str
    alone: str

    @property
    def place(self) -> int:
        return next(number for number, choice in enumerate(self.choices, 1) if choice.is_here)


def viewer(request: HttpRequest, page: cases.CasePage, *, looked: Any = None) -> Viewer | None:
    """By `?m=<material>&p=<page>&with=before`; None where nothing can be shown as a picture."""
    lines = [line for line in page.materials if line.file is not None and previews.is_drawn(line.file_kind)]
    if not lines:
        return None
    asked = request.GET.get("m", "")
    at = next((number for number, line in enumerate(lines) if line.code == asked), 0)
    line, base = lines[at], reverse("desk-case", args=[page.case.number])
    before = next((one for one in line.earlier if one.file and previews.is_drawn(one.file_kind)), None)
    is_beside = before is not None and request.GET.get("with") == "before"

    def path(code: str, **more: Any) -> str:
        return f"{base}?{urlencode({'m': code, **more})}#look"

    def sheet(one: Any) -> Sheet:
        count = previews.page_count(one.file)
        number = min(max(_whole(request.GET.get("p", "")), 1), max(count, 1))
        turned = {"with": "before"} if is_beside else {}
        picture = reverse("desk-file-page", args=[one.file_id, number])
        return Sheet(
            one, number, count, picture,
            path(line.code, p=number - 1, **turned) if number > 1 else "",
            path(line.code, p=number + 1, **turned) if number < count else "",
        )  # fmt: skip

    return Viewer(
        sheet=sheet(line),
        choices=[
            Choice(each, path(each.code), each is line, bool(looked and each.provided_at and each.provided_at > looked))
            for each in lines
        ],
        previous=path(lines[at - 1].code) if at else "",
        next=path(lines[at + 1].code) if at + 1 < len(lines) else "",
        earlier=sheet(before) if is_beside else None,
        compare=path(line.code, **{"with": "before"}) if before and not is_beside else "",
        alone=path(line.code) if is_beside else "",
    )


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 1
