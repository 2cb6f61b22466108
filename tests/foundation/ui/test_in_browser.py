"""The sample pages in Chromium: accessible in every look, nothing sticks out, small enough, and alive by keyboard."""

import gzip
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.foundation.ui.looks import LOOKS, WIDTHS, violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGES = ("/", "/desk/", "/sign-in/?wrong=1", "/refused/", "/missing/", "/broken/", "/offline/", "/accessibility/")
CITIZEN_BUDGET = 75_000
SMALL = """(least) => [...document.querySelectorAll(
    'button, .btn, .zt-tool, .form-control, .form-select, .zt-choice, .zt-bar a, .zt-task, .zt-menu-item')]
    .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < least - 0.5)
    .map(e => e.outerHTML.slice(0, 80))"""
Open = Callable[..., "Page"]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("look", LOOKS)
def test_accessible_and_nothing_sticks_out(open_page: Open, look: str, width: int) -> None:
    faults = {}
    tab = open_page("/", look=look, width=width)
    for path in PAGES:
        tab.goto(path)
        faults[path] = violations(tab, enhanced="elder" in look)
        if "elder" in look and path != "/desk/":
            faults[path] += tab.evaluate(SMALL, 60)
    assert not {path: list_ for path, list_ in faults.items() if list_}


def test_readable_at_twice_the_size(open_page: Open) -> None:
    """200 % zoom on a desk's screen leaves 720 px."""
    for path in ("/", "/desk/"):
        tab = open_page(path, width=720)
        assert not tab.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_a_citizens_page_is_small(open_page: Open) -> None:
    tab = open_page("/accessibility/")
    sizes = {}
    tab.on("response", lambda answer: sizes.update({answer.url: len(gzip.compress(answer.body(), 9))}))
    for path, budget in (("/accessibility/", CITIZEN_BUDGET - 5_000), ("/", CITIZEN_BUDGET)):
        sizes.clear()
        tab.goto(path, wait_until="networkidle")
        assert sum(sizes.values()) <= budget, sizes


def test_preferences_work_without_javascript(open_page: Open) -> None:
    tab = open_page("/accessibility/?a=1", js=False)
    tab.get_by_role("button", name="长辈版").click()
    assert tab.locator("html").get_attribute("data-mode") == "elder"
    assert tab.url.endswith("/accessibility/?a=1")
    tab.get_by_role("button", name="深色显示").click()
    assert tab.locator("html[data-bs-theme=dark][data-mode=elder]").count() == 1
    tab.get_by_role("button", name="标准版").click()
    assert tab.locator("html[data-bs-theme=dark][data-mode=standard]").count() == 1


def test_dialog_takes_and_gives_back_the_focus(open_page: Open) -> None:
    tab = open_page("/")
    opener = tab.get_by_role("button", name="撤回申请")
    opener.focus()
    tab.keyboard.press("Space")
    assert tab.locator("#withdraw").evaluate("e => e.open && e.contains(document.activeElement)")
    tab.keyboard.press("Escape")
    assert opener.evaluate("e => e === document.activeElement")


def test_dialog_opens_without_javascript(open_page: Open) -> None:
    tab = open_page("/", js=False)
    assert not tab.locator("#withdraw").is_visible()
    tab.get_by_role("button", name="撤回申请").click()
    assert tab.locator("#withdraw form").is_visible()
    tab.get_by_role("button", name="取消").click()
    assert not tab.locator("#withdraw").is_visible()


def test_error_summary_has_the_focus(open_page: Open) -> None:
    tab = open_page("/")
    assert tab.evaluate("document.activeElement.className") == "zt-error-summary"
    tab.get_by_role("link", name="请填写经营面积").click()
    assert tab.evaluate("document.activeElement.id") == "area"


def test_suggestions_by_keyboard(open_page: Open) -> None:
    tab = open_page("/")
    box = tab.get_by_role("combobox", name="搜事项")
    box.fill("开饭店")
    tab.get_by_role("option").first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    box.press("ArrowDown")
    chosen = tab.locator("[role=option][aria-selected=true]")
    assert chosen.inner_text() == "开办餐饮店一件事"
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"


def test_desk_by_keys(open_page: Open) -> None:
    tab = open_page("/desk/")
    for key in ("j", "j", "k", "j", "x"):
        tab.keyboard.press(key)
    here = tab.locator("tr.is-here")
    assert "高龄津贴" in here.inner_text() and here.locator("input").is_checked()
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") == "quick-search"
    tab.keyboard.type("jx?")
    assert tab.locator("#quick-search").input_value() == "jx?"
    tab.keyboard.press("Escape")
    tab.keyboard.press("?")
    assert tab.locator("#keys-help").evaluate("e => e.open")
    tab.keyboard.press("Escape")
    here.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/desk/cases/2611220000146/")


def test_keys_can_be_switched_off(open_page: Open) -> None:
    tab = open_page("/desk/", look="light.standard.off")
    tab.keyboard.press("j")
    assert tab.locator("tr.is-here").count() == 0


def test_desk_navigation_on_the_phone_without_javascript(open_page: Open) -> None:
    tab = open_page("/desk/", width=390, js=False)
    assert tab.locator("#desk-side").is_hidden()
    tab.get_by_role("button", name="打开导航").click()
    assert tab.locator("#desk-side").is_visible()


def test_autosave_saves_after_quiet_and_says_so(open_page: Open) -> None:
    tab = open_page("/")
    said = tab.locator("[data-autosave-words]")
    tab.locator("#note").fill("靠近小学")
    with tab.expect_response("**/autosave/") as saved:
        pass
    assert "version" in (saved.value.request.post_data or "")
    tab.get_by_text("已保存 10:32").wait_for()
    assert tab.locator("form[data-autosave]").get_attribute("data-version") == "4"
    tab.locator("#note").fill("stale")
    tab.locator("#note").blur()
    tab.get_by_text("另一处已经改过这份草稿").wait_for()
    assert said.get_attribute("data-state") == "failed"


def test_autosave_says_when_there_is_no_network(open_page: Open) -> None:
    tab = open_page("/")
    tab.context.set_offline(True)
    tab.locator("#note").fill("靠近小学")
    tab.locator("#note").blur()
    tab.get_by_text("未能保存，请检查网络").wait_for()
    with tab.expect_response("**/autosave/"):
        tab.context.set_offline(False)
    tab.get_by_text("已保存 10:32").wait_for()


def test_a_refusal_of_htmx_is_said_at_the_head_and_leaves_the_form(open_page: Open) -> None:
    tab = open_page("/")
    tab.locator("#note").fill("已经填的")
    tab.locator("#refused-fragment").click()
    flash = tab.locator("#flash [role=alert]")
    flash.wait_for()
    assert "这件事已经作出决定" in flash.inner_text() and "too_late" in flash.inner_text()
    assert tab.locator("#note").input_value() == "已经填的"
    tab.context.set_offline(True)
    tab.locator("#refused-fragment").click()
    tab.locator("#flash").get_by_text("没有连上").wait_for()
