"""A list in Chromium: by keys, many rows at once, a pane beside it, a file at the end; and without scripts."""

from tests import story
from tests.faces.conftest import Open
from tests.faces.desk.desks import COLLEAGUE
from tests.foundation.ui.looks import violations
from tests.journeys.walking import AT_REST
from zhengtong.engines.tasks import actions as tasks
from zhengtong.engines.tasks.models import Task

SHIFTS = """() => { window.shifted = 0; new PerformanceObserver((list) => { for (const one of list.getEntries())
    if (!one.hadRecentInput) window.shifted += one.value; }).observe({ type: "layout-shift", buffered: true }); }"""
# What moved in the last frame is told in the one after it.
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"


def test_a_day_at_the_list(open_desk: Open) -> None:
    cases = [story.submitted() for _ in range(5)]
    taken = Task.objects.exclude(state="closed").get(about=cases[2].pk)
    tasks.claim_task(taken, actor=story.actor(COLLEAGUE))
    tab = open_desk()
    keys = tab.keyboard
    tab.goto("/desk/")
    tab.evaluate(SHIFTS)
    # The pane opens by a key and follows the row; the address can be sent to a colleague.
    keys.press("j")
    keys.press("p")
    tab.locator("#inbox-pane").get_by_text(cases[0].number).first.wait_for()
    keys.press("j")
    tab.locator("#inbox-pane").get_by_text(cases[1].number).first.wait_for()
    assert "preview=" in tab.url
    assert not violations(tab)
    keys.press("p")
    tab.locator("[data-pane-close]").wait_for(state="detached")
    # x chooses, shift and a click choose all between.
    keys.press("x")
    assert tab.locator("[data-chosen-count]").inner_text() == "1"
    boxes = tab.locator("[data-key-row] input[name=row]")
    boxes.nth(0).click(modifiers=["Shift"])
    boxes.nth(3).click(modifiers=["Shift"])
    assert tab.locator("[data-chosen-count]").inner_text() == "4"
    tab.goto("/desk/?heap=others")
    assert tab.locator("[data-key-row]").count() == 1
    tab.locator("[data-choose-all]").click()
    tab.get_by_role("button", name="领办", exact=True).hover()
    assert "领办之后由您来办" in tab.locator("[data-chosen-does]").inner_text()
    with tab.expect_navigation():
        tab.get_by_role("button", name="领办", exact=True).click()
    assert tab.get_by_text("0 件已办，1 件没有办成").is_visible()
    assert tab.get_by_text("已由吴佳怡领办").is_visible()
    # A press on a head sorts where one is; the head keeps the focus.
    tab.goto("/desk/cases/")
    tab.evaluate(SHIFTS)
    tab.locator("#cases-sort-number").focus()
    keys.press("Enter")
    tab.locator("th[aria-sort=ascending]").wait_for()
    assert tab.evaluate("document.activeElement.id") == "cases-sort-number"
    tab.wait_for_function(AT_REST)
    tab.evaluate(TWO_FRAMES)
    assert tab.evaluate("window.shifted") < 0.02
    # Out as a workbook.
    tab.locator("#cases-export").click()
    with tab.expect_navigation():
        tab.get_by_role("button", name="Excel 表格（xlsx）").click()
    assert tab.url.endswith("/desk/exports/")
    tab.get_by_role("link", name="下载").wait_for(timeout=30_000)
    assert not violations(tab)
    with tab.expect_download() as waiting:
        tab.get_by_role("link", name="下载").click()
    assert waiting.value.suggested_filename.startswith("办件清单")
    assert waiting.value.suggested_filename.endswith(".xlsx")


def test_without_scripts_and_on_the_phone(open_desk: Open) -> None:
    story.submitted()
    tab = open_desk(js=False, width=390)
    tab.goto("/desk/?work=cases.accept")
    tab.locator("[data-key-row] input[name=row]").check()
    with tab.expect_navigation():
        tab.locator("#inbox-chosen").get_by_role("button", name="领办").click()
    assert tab.get_by_text("对所选的 1 件").is_visible()
    with tab.expect_navigation():
        tab.get_by_role("button", name="领办").click()
    assert tab.get_by_text("1 件都已办").is_visible()
    tab.goto("/desk/cases/?status=submitted")
    tab.locator("#cases-views").click()
    tab.get_by_label("把现在的筛选和次序存为视图").fill("刚来的")
    with tab.expect_navigation():
        tab.get_by_role("button", name="保存视图").click()
    assert tab.locator("#cases-views").inner_text().strip() == "刚来的"


def test_accessible_in_every_look(open_desk: Open) -> None:
    case = story.submitted()
    faults = {}
    for look, width in (("dark.standard.on", 1440), ("light.elder.on", 1440), ("light.standard.on", 390)):
        tab = open_desk(look=look, width=width)
        for path in ("/desk/", f"/desk/cases/?preview={case.number}", "/desk/exports/", "/desk/tables/cases/views/"):
            tab.goto(path)
            for menu in tab.locator(".zt-listing-menus > .zt-menu > summary").all():
                menu.click()
                if found := violations(tab):
                    faults[f"{path} {look} {width}"] = found
    assert not faults
