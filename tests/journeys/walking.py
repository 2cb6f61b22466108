"""How a person walks through the pages: signs in, fills in what is asked, presses the button with these words."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests import story
from tests.sites import Site
from zhengtong.main.places import VAR

PICTURES = VAR / "journeys"
# A page is at rest when no part of it is being asked for or replaced.
AT_REST = "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling, .htmx-added')"
# The box itself is hidden under its drawn twin, so it is clicked without looking for it.
TICK = "box => box.checked || box.click()"


def tab(chromium: Browser, site: Site, *, width: int = 1280) -> Page:
    """Somebody's own browser window."""
    context = chromium.new_context(
        base_url=site.url, locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": width, "height": 900}
    )
    return context.new_page()


def picture(page: Page, name: str) -> None:
    """Kept for whoever wants to see what the test saw."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def sign_in(page: Page, login: str, *, desk: bool = False) -> None:
    """As a member of the cast."""
    page.goto(f"{'/desk' if desk else ''}/accounts/sign-in/")
    page.fill("[name=login]", login)
    page.fill("[name=password]", story.PASSWORD)
    page.locator("main button[type=submit], main button:not([type])").first.click()
    page.wait_for_url(lambda url: "sign-in" not in url)


def fill(page: Page, answers: Mapping[str, Any]) -> None:
    """Answer every question on the page that has an answer; again, when an answer brought up another question."""
    for name, value in flat(answers).items():
        for part in value if isinstance(value, list) else [value]:
            answer(page, name, part)


def flat(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Rows of repeats under the names that their fields have on the page."""
    found: dict[str, Any] = {}
    for key, value in answers.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            for number, row in enumerate(value):
                found |= {f"{key}-{number}-{inner}": said for inner, said in row.items()}
        else:
            found[key] = value
    return found


def answer(page: Page, name: str, value: Any) -> None:
    """Fill in, choose or tick one field, if it is on the page."""
    page.wait_for_function(AT_REST)
    field = page.locator(f"main [name='{name}']:visible, main input[type=radio][name='{name}'], "
                         f"main input[type=checkbox][name='{name}']")  # fmt: skip
    if not field.count():
        return
    kind = field.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
    text = {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    if kind == "select":
        field.first.select_option(text)
    elif kind in ("radio", "checkbox"):
        chosen = page.locator(f"main [name='{name}'][value='{text}']")
        if chosen.count():
            chosen.first.evaluate(TICK)
        elif value is True:
            field.first.evaluate(TICK)
    else:
        field.first.fill(text)


def papers(folder: Path, name: str) -> Path:
    """A small PDF to upload."""
    path = folder / f"{name}.pdf"
    path.write_bytes(story.pdf(name))
    return path
