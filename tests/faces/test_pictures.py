"""Pictures of every page in every look, for a person to look at: `zt test -m pictures` writes var/pictures/index.html.

Not part of the usual run. Nothing is asserted but that each page could be drawn.
"""

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

import pytest

from tests.faces import seen
from tests.sites import Site
from zhengtong.main.places import VAR

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURES = VAR / "pictures"
LOOKS = {"light": "light.standard.on", "dark": "dark.standard.on", "elder": "light.elder.on"}
WIDTHS = (1440, 390)
STYLE = """body { font: 15px sans-serif; margin: 24px } section { margin-bottom: 48px } div { display: flex; gap: 12px;
align-items: start; overflow-x: auto } figure { margin: 0 } img { border: 1px solid #ccc; height: 480px }"""


@pytest.mark.pictures
def test_every_page_is_drawn(chromium: "Browser", district_site: Site) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    pages = sorted(seen.pages(), key=lambda page: page.login)
    for look, cookie in LOOKS.items():
        for login, theirs in groupby(pages, key=lambda page: page.login):
            with seen.tab_of(chromium, district_site, login, look=cookie) as tab:
                for page in theirs:
                    tab.set_viewport_size({"width": WIDTHS[0], "height": 900})
                    tab.goto(page.path)
                    for width in WIDTHS:
                        tab.set_viewport_size({"width": width, "height": 900})
                        path = PICTURES / _file(page, look, width)
                        tab.screenshot(path=path, full_page=True, type="jpeg", quality=60)
    (PICTURES / "index.html").write_text(_sheet(pages), "utf-8")


def _file(page: seen.Seen, look: str, width: int) -> str:
    return f"{page.name or 'home'}.{look}.{width}.jpg"


def _sheet(pages: list[seen.Seen]) -> str:
    """All pictures of a page in one row."""
    rows = []
    for page in pages:
        pictures = "".join(
            f'<figure><a href="{name}"><img src="{name}" alt="" loading="lazy"></a>'
            f"<figcaption>{look} {width}</figcaption></figure>"
            for look in LOOKS
            for width in WIDTHS
            for name in [escape(_file(page, look, width))]
        )
        rows.append(f"<section><h2>{escape(page.path)} · {page.login or '—'}</h2><div>{pictures}</div></section>")
    return (
        f'<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>Pages</title><style>{STYLE}</style>'
        f"{''.join(rows)}</html>"
    )
