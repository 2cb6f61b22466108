"""Every page a person can open, with an address that has something to show and somebody who may see it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.test import Client

from tests.faces.requests import OBJECTS, request_for
from tests.faces.test_matrix import ROLES, ROWS, address
from tests.sites import Site
from zhengtong.foundation.accounts import queries as accounts

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# Whoever has the most to see comes first.
VIEWERS = ("owner", "clerk", "reviewer", "head", "item administrator", "leader", "audit administrator",
           "security administrator", "system administrator", "anonymous")  # fmt: skip
# Answers that are no page: papers, pictures, streams, lists for scripts.
NO_PAGES = ("api/", "files/", "health", "s/", "sw.js", "manifest", "robots.txt")


@dataclass(frozen=True)
class Seen:
    """A page: how files and tests call it, its address and who looks at it."""

    name: str
    path: str
    login: str


def pages() -> list[Seen]:
    """All pages, one for each object that the matrix names; the objects are made now, each once."""
    made: dict[str, dict[str, Any]] = {}
    found = []
    for row in ROWS:
        told = dict(zip(ROLES, row.told, strict=True))
        viewer = next((one for one in VIEWERS if told[one] == "200"), None)
        if row.method != "GET" or viewer is None or row.route.startswith(NO_PAGES) or "<slug:verb>" in row.route:
            continue
        if row.thing not in made:
            made[row.thing] = request_for(row.route, "GET", row.thing).values if row.thing in OBJECTS else {}
        path = address(row.route, made[row.thing])
        if is_page(path, ROLES[viewer]):
            name = "-".join(re.findall(r"\w+", f"{row.route} {row.thing}"))
            found.append(Seen(name, path, ROLES[viewer]))
    return found


def is_page(path: str, login: str) -> bool:
    """Whether the answer is a whole page of HTML."""
    client = Client()
    if login:
        client.force_login(accounts.account(login))
    answer = client.get(path)
    is_html = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    return is_html and not answer.streaming and b"<html" in answer.content[:300]


def cookie(site: Site, login: str) -> dict[str, str]:
    """The session of somebody who has signed in."""
    client = Client()
    client.force_login(accounts.account(login), backend=settings.AUTHENTICATION_BACKENDS[0])
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": site.url}


@contextmanager
def tab_of(browser: "Browser", site: Site, login: str, *, look: str = "light.standard.on", width: int = 1440,
           script: str = "") -> "Iterator[Page]":  # fmt: skip
    """A window of somebody's; the script runs before each page of its own."""
    context = browser.new_context(
        base_url=site.url, locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": width, "height": 900}
    )
    context.add_cookies([{"name": "zt_look", "value": look, "url": site.url}])
    if login:
        context.add_cookies([cookie(site, login)])  # type: ignore[list-item]
    if script:
        context.add_init_script(script)
    yield context.new_page()
    context.close()
