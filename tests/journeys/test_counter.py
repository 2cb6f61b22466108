"""A clerk with a visitor before her: papers taken in by the keyboard, and in the end the licence handed over."""

import re

from playwright.sync_api import Browser, Page

from tests import story
from tests.journeys import keyboard
from tests.journeys.walking import AT_REST, picture, sign_in, tab
from tests.sites import Site

FIRM = "91449906MA9900378N"


def test_from_the_counter_to_delivery(district_site: Site, chromium: Browser) -> None:
    clerk = tab(chromium, district_site)
    sign_in(clerk, "zhoumin", desk=True)
    number = _take_in(clerk)
    for login, button in (("zhengweidong", "提交审查意见"), ("xujing", "准予许可")):
        _next_step(tab(chromium, district_site), login, number, button)
    _deliver(clerk, number)


def _take_in(page: Page) -> str:
    page.goto("/desk/cases/new/?item=food-business-restaurant")
    keyboard.type_into(page, "#applicant-id_number", FIRM)
    page.keyboard.press("Tab")
    page.get_by_text("以前来过").wait_for()
    page.wait_for_function(AT_REST)
    page.locator("#applicant-name:focus").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/cases/drafts/**")
    keyboard.fill(page, story.answers("food-business-restaurant"))
    keyboard.press(page, "button[name=_all_paper]")
    page.locator("#paper-layout-plan:checked").wait_for()
    picture(page, "counter-intake")
    page.locator("#intake button[name=_then][value=submit]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.innerText").strip() == "收件凭证"
    picture(page, "counter-received")
    with page.expect_navigation():
        page.get_by_role("button", name="受理").press("Enter")
    picture(page, "counter-accepted")
    found = re.search(r"/desk/cases/(\d{13})/", page.url)
    assert found
    return found[1]


def _next_step(page: Page, login: str, number: str, button: str) -> None:
    sign_in(page, login, desk=True)
    page.keyboard.press("/")
    keyboard.type_into(page, "#quick-search", number)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("#opinion").fill("材料齐全，符合条件。")
    with page.expect_navigation():
        page.get_by_role("button", name=button).first.press("Enter")
    page.context.close()


def _deliver(page: Page, number: str) -> None:
    page.goto(f"/desk/cases/{number}/")
    page.get_by_label("签收人或邮单号").fill("陈志远")
    picture(page, "counter-granted")
    with page.expect_navigation():
        page.get_by_role("button", name="送达").first.press("Enter")
    assert page.get_by_text("已送达").count()
    picture(page, "counter-delivered")
