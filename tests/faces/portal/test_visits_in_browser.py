"""Booking in Chromium: from the guide to the slip without scripts on a phone; every page without a fault of access."""

from typing import TYPE_CHECKING

from tests import story
from tests.faces.portal.citizens import FATHER, OWNER, RESTAURANT
from tests.foundation.ui.looks import violations
from tests.journeys.walking import sign_in
from tests.sites import Site
from tests.topics.visits.calling import GENERAL, LEGAL, book, next_open
from zhengtong.topics.visits.models import Appointment

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LOOKS = (("light.standard.on", 1440), ("dark.standard.on", 390), ("light.elder.on", 390), ("dark.standard.on", 1440))


def opened(chromium: "Browser", site: Site, login: str, *, look: str, width: int, js: bool = True) -> "Page":
    context = chromium.new_context(
        base_url=site.url, locale="zh-CN", timezone_id="Asia/Shanghai", java_script_enabled=js,
        viewport={"width": width, "height": 900},
    )  # fmt: skip
    context.add_cookies([{"name": "zt_look", "value": look, "url": site.url}])
    tab = context.new_page()
    sign_in(tab, login, desk=login in ("zhoumin", "gaojie"))
    return tab


def test_a_man_of_seventy_two_books_on_his_phone_without_scripts(chromium: "Browser", district_site: Site) -> None:
    tab = opened(chromium, district_site, FATHER, look="light.elder.on", width=390, js=False)
    tab.goto(f"/items/{LEGAL}/")
    tab.locator("main #where").get_by_role("link", name="预约到大厅办").click()
    assert tab.get_by_text("60 周岁以上的老年人和残疾人随到随办").is_visible()
    tab.locator("main a.zt-slot").nth(1).click()
    tab.locator("main a.zt-slot").first.click()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    tab.locator("main label:has-text('林国栋')").click()
    tab.get_by_role("button", name="确认预约").click()
    made = Appointment.objects.get()
    assert tab.locator("main").get_by_text(made.number).first.is_visible()
    assert tab.locator("main img[src^='data:image/svg']").is_visible()
    tab.locator("main").get_by_role("link", name="改时间").click()
    tab.locator("main a.zt-slot").nth(2).click()
    tab.locator("main a.zt-slot").nth(1).click()
    tab.get_by_role("button", name="确认改时间").click()
    before, made = made.starts_at, Appointment.objects.get()
    assert made.starts_at > before
    tab.locator("main").get_by_role("button", name="取消预约").first.click()
    tab.locator("main #cancel button", has_text="取消预约").click()
    assert Appointment.objects.get().state == "cancelled"


def test_accessible_in_every_look(chromium: "Browser", district_site: Site) -> None:
    starts_at = next_open(GENERAL, days=1)
    firm = story.subject("weizhenyuan").pk
    made = book(story.actor(OWNER), starts_at, item=RESTAURANT, group=GENERAL, visitor=firm)
    day = f"{starts_at:%Y-%m-%d}"
    asked = f"/visits/new/?item={RESTAURANT}&hall=hall-central"
    pages = {
        OWNER: [f"/items/{RESTAURANT}/", f"/visits/new/?item={RESTAURANT}", asked, f"{asked}&day={day}",
                f"{asked}&day={day}&time={starts_at:%H:%M}", "/visits/", f"/visits/{made.number}/",
                f"/visits/{made.number}/change/?day={day}&time=11:30"],
        "zhoumin": [f"/desk/visits/?day={day}", f"/desk/visits/{made.number}/", f"/desk/visits/{made.number}/change/",
                    "/desk/visits/new/", f"/desk/visits/new/?item={LEGAL}"],
        "gaojie": ["/desk/visits/hours/", f"/desk/visits/hours/{GENERAL}/"],
    }  # fmt: skip
    faults = {}
    for turn, (look, width) in enumerate(LOOKS):
        for login, paths in pages.items():
            tab = opened(chromium, district_site, login, look=look, width=width)
            # Every page in two looks of the four.
            for path in paths[turn % 2 :: 2]:
                tab.goto(path)
                assert tab.locator("main h1").count() == 1, path
                if found := violations(tab):
                    faults[f"{path} {look} {width}"] = found
            if tab.url.endswith(f"/hours/{GENERAL}/"):
                tab.get_by_role("button", name="看看有什么影响").click()
                tab.get_by_text("没有预约受影响").wait_for()
                if found := violations(tab):
                    faults[f"effect {look} {width}"] = found
            tab.context.close()
    assert not faults
