"""The owner of a small restaurant: from a search in her own words to the licence in her hand and her verdict."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests import story
from tests.journeys.walking import TICK, fill, papers, picture, sign_in, tab
from tests.sites import Site


def test_from_search_to_rating(district_site: Site, chromium: Browser, tmp_path: Path) -> None:
    page = tab(chromium, district_site, width=390)
    number = _apply(page, tmp_path)
    _decide(chromium, district_site, number)
    page.goto(f"/cases/{number}/")
    picture(page, "restaurant-granted")
    page.get_by_role("link", name="查看证照").first.click()
    with page.expect_response(re.compile(r"file\.pdf$")) as answered:
        page.evaluate("() => fetch(location.pathname + 'file.pdf')")
    assert answered.value.status in (200, 503)  # 503 says that the paper is still being made
    page.goto("/credentials/")
    assert page.get_by_text("食品经营许可证").count()
    _rate(page, number)


def _apply(page: Page, folder: Path) -> str:
    page.goto("/")
    page.locator("main [name=q], header [name=q]").first.fill("开饭店")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="食品经营许可（新办，餐饮服务）").first.click()
    picture(page, "restaurant-guide")
    page.goto("/accounts/sign-in/?next=/cases/new/food-business-restaurant/")
    page.fill("[name=login]", "chenzhiyuan")
    page.fill("[name=password]", story.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/new/**")
    page.get_by_label(re.compile("味真园")).first.evaluate(TICK)
    page.locator("main form button").last.click()
    page.wait_for_url("**/cases/drafts/**")
    draft = page.url
    _fill_sections(page, draft)
    page.goto(draft + "materials/")
    _upload_all(page, folder)
    page.goto(draft + "check/")
    picture(page, "restaurant-check")
    page.get_by_role("button", name=re.compile("提交申请")).click()
    page.wait_for_url("**/submitted/**")
    picture(page, "restaurant-submitted")
    found = re.search(r"/cases/(\d{13})/", page.url)
    assert found
    return found[1]


def _fill_sections(page: Page, draft: str) -> None:
    given = story.answers("food-business-restaurant")
    page.goto(draft)
    links = page.locator("main a[href*='/form/']").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    for path in dict.fromkeys(links):
        page.goto(path.split("?")[0])
        for _ in range(2):  # what one answer brings up is answered the second time
            fill(page, given)
            page.wait_for_load_state("networkidle")
        page.get_by_role("button", name="保存并继续").click()
        page.wait_for_url(lambda url, path=path: path not in url)


def _upload_all(page: Page, folder: Path) -> None:
    for left in range(20):
        card = page.locator("section[data-upload]", has_text="必须交").first
        if not page.locator("section[data-upload]", has_text="必须交").count():
            return
        name = card.get_attribute("id")
        card.locator("input[type=file]").set_input_files(papers(folder, f"paper-{left}"))
        page.locator(f"#{name}", has_text="已上传").wait_for()
    raise AssertionError("there is always one more paper to hand in")


def _decide(chromium: Browser, site: Site, number: str) -> None:
    for login, verb in (("zhoumin", "受理"), ("zhengweidong", "提交审查意见"), ("xujing", "准予许可")):
        page = tab(chromium, site)
        sign_in(page, login, desk=True)
        page.goto(f"/desk/cases/{number}/")
        picture(page, f"restaurant-desk-{login}")
        _press(page, verb)
        page.context.close()


def _press(page: Page, verb: str) -> None:
    opinion = page.locator("main [name=opinion]:visible")
    if opinion.count():
        opinion.first.fill("材料齐全，符合条件。")
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.status == 303):
        page.get_by_role("button", name=verb).first.click()
    page.wait_for_load_state()


def _rate(page: Page, number: str) -> None:
    page.goto(f"/ratings/{number}/")
    page.locator("input[name=level][value='1']").evaluate(TICK)
    picture(page, "restaurant-rating")
    page.get_by_role("button", name="提交评价").click()
    page.wait_for_url(f"**/cases/{number}/**")
    assert page.get_by_text("谢谢您的评价").count()
