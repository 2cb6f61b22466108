"""Tabs of people at the portal and at the desk, in Chromium; each closed after its test."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.faces.desk.desks import CLERK
from tests.journeys.walking import sign_in
from tests.sites import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Open = Callable[..., "Page"]


@pytest.fixture
def open_portal(chromium: "Browser", district_site: Site) -> Iterator[Open]:
    """A tab; of somebody who has signed in by the page, where a login is given."""
    contexts = []

    def opened(
        login: str = "", *, desk: bool = False, look: str = "light.standard.on", width: int = 1440, js: bool = True
    ) -> "Page":
        context = chromium.new_context(
            base_url=district_site.url, locale="zh-CN", timezone_id="Asia/Shanghai", java_script_enabled=js,
            viewport={"width": width, "height": 900},
        )  # fmt: skip
        context.add_cookies([{"name": "zt_look", "value": look, "url": district_site.url}])
        contexts.append(context)
        tab = context.new_page()
        if login:
            sign_in(tab, login, desk=desk)
        return tab

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def open_desk(open_portal: Open) -> Open:
    """A tab at the desk, of the clerk unless somebody else is named."""

    def opened(login: str = CLERK, *, look: str = "light.standard.on", width: int = 1440, js: bool = True) -> "Page":
        return open_portal(login, desk=True, look=look, width=width, js=js)

    return opened
