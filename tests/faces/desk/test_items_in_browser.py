"""The item administrator's pages in Chromium: without a fault of access in every look, and without scripts."""

from typing import TYPE_CHECKING

import pytest

from tests.faces.conftest import Open
from tests.faces.desk.desks import KEEPER, RESTAURANT
from tests.faces.desk.test_in_browser import LOOKS
from tests.faces.desk.test_items_publishing import changed_entry, drafted
from tests.foundation.ui.looks import violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

ITEM, CONTACTS = f"/desk/items/{RESTAURANT}/", "/desk/items/contacts/"


def look_over(tab: "Page") -> None:
    """Choose the items of a hall and look at what a new window would change."""
    tab.goto(f"{CONTACTS}?place=hall-central")
    tab.select_option("#part", "window")
    tab.fill("#value", "综合窗口 1—20 号")
    with tab.expect_navigation():
        tab.get_by_role("button", name="看看会怎样改").click()


@pytest.mark.parametrize(("look", "width"), LOOKS)
def test_accessible_in_every_look(open_desk: Open, look: str, width: int) -> None:
    drafted(**changed_entry())
    tab, faults = open_desk(KEEPER, look=look, width=width), {}
    for path in (ITEM, f"{ITEM}publish/", f"{ITEM}edit/", CONTACTS, f"{CONTACTS}?place=hall-central"):
        tab.goto(path)
        faults[path] = violations(tab)
    look_over(tab)
    faults["preview"] = violations(tab)
    tab.goto(f"{ITEM}edit/")
    tab.fill("#consult_phone", "打不通")
    with tab.expect_navigation():
        tab.get_by_role("button", name="保存", exact=True).last.click()
    faults["told what is wrong"] = violations(tab)
    assert not {path: found for path, found in faults.items() if found}


def test_without_scripts(open_desk: Open) -> None:
    drafted(**changed_entry())
    tab = open_desk(KEEPER, js=False)
    tab.goto(f"{ITEM}edit/")
    places = tab.locator("fieldset legend", has_text="个地点").count()
    with tab.expect_navigation():
        tab.get_by_role("button", name="增加地点").click()
    tab.select_option(f"#places-{places}-organisation", "hall-shitan")
    tab.fill(f"#places-{places}-window", "便民窗口")
    tab.press(f"#places-{places}-window", "Enter")
    assert tab.get_by_text("已保存，办事指南现在就按新的内容显示").is_visible()
    look_over(tab)
    with tab.expect_navigation():
        tab.get_by_role("button", name="写入").click()
    assert tab.get_by_text("已批量修改").is_visible()
    tab.goto(ITEM)
    with tab.expect_navigation():
        tab.get_by_role("link", name="核对变化并发布").click()
    with tab.expect_navigation():
        tab.get_by_role("button", name="发布第 2 版").click()
    assert tab.get_by_text("已发布。新版从施行日期起适用").is_visible()
