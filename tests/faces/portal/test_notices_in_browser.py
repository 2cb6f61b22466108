"""Told in life: the worker hears of a case, the simulated carrier takes the SMS, citizen and desk read it."""

import time
from typing import TYPE_CHECKING

from tests import story
from tests.faces.portal.citizens import OWNER
from tests.foundation.ui.looks import violations
from tests.journeys.walking import sign_in
from tests.sites import Site
from zhengtong.engines.notices.models import Delivery

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LOOKS = (("light.standard.on", 390), ("dark.standard.on", 1440), ("light.elder.on", 390))
PORTAL = ("/notices/", "/notices/preferences/")
DESK = ("/desk/notices/?channel=sms", "/desk/notices/templates/", "/desk/notices/templates/cases.accepted/",
        "/desk/notices/mine/")  # fmt: skip


def _faults(tab: "Page", site: Site, paths: tuple[str, ...]) -> dict[str, list[str]]:
    found = {}
    for look, width in LOOKS:
        tab.context.add_cookies([{"name": "zt_look", "value": look, "url": site.url}])
        tab.set_viewport_size({"width": width, "height": 900})
        for path in paths:
            tab.goto(path)
            found[f"{path} {look} {width}"] = violations(tab, enhanced="elder" in look)
    tab.context.add_cookies([{"name": "zt_look", "value": "light.standard.on", "url": site.url}])
    tab.set_viewport_size({"width": 1280, "height": 900})
    return {name: faults for name, faults in found.items() if faults}


def test_a_case_is_told_and_everybody_can_read_it(chromium: "Browser", district_site: Site) -> None:
    case = story.submitted()
    end = time.monotonic() + 120
    while not Delivery.objects.filter(message__number=case.number, channel="sms", state__in=("sent", "held")):
        assert time.monotonic() < end, "the worker did not tell"
        time.sleep(0.2)
    citizen, keeper = (
        chromium.new_context(base_url=district_site.url, locale="zh-CN", timezone_id="Asia/Shanghai").new_page()
        for _ in range(2)
    )
    sign_in(citizen, OWNER)
    assert _faults(citizen, district_site, PORTAL) == {}
    citizen.goto("/notices/")
    citizen.get_by_role("button", name="去看这件办件").first.click()
    citizen.wait_for_url(f"**/cases/{case.number}/")
    assert "告知记录" in citizen.inner_text("main")
    sign_in(keeper, "gaojie")
    keeper.goto(f"/desk/notices/?number={case.number}")
    assert "【番江政务服务】" in keeper.inner_text("main")
    assert _faults(keeper, district_site, DESK) == {}
    keeper.goto(DESK[2])
    keeper.fill("#sms", "请登录 evil.com 查看")
    keeper.get_by_role("button", name="保存").last.click()
    assert "不能写网址" in keeper.inner_text("main")
    for tab in (citizen, keeper):
        tab.context.close()
