"""Paying in Chromium, from the case to the provider's page and back; without a fault of access, at the desk too."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faces.portal.citizens import OWNER
from tests.faces.requests import OBJECTS
from tests.foundation.ui.looks import violations
from tests.journeys.walking import sign_in
from tests.sites import Site
from tests.topics.payments.tills import FINANCE, state_of
from zhengtong.topics.payments import wiring

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LOOKS = (("light.standard.on", 390), ("dark.standard.on", 1440), ("light.elder.on", 390))


@pytest.fixture(autouse=True)
def _own_book(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One book for the site and the test, and for nobody else: numbers begin anew with every district."""
    monkeypatch.setenv("ZHENGTONG_SIMULATED", str(tmp_path / "simulated"))


def test_paying_and_its_pages(chromium: "Browser", district_site: Site) -> None:
    bill, paid = OBJECTS["bill"]()["bill"], OBJECTS["paid bill"]()["bill"]
    faults = {}
    desk = ("/desk/payments/", f"/desk/payments/{bill.number}/", f"/desk/payments/{paid.number}/",
            "/desk/payments/statements/")  # fmt: skip
    mine = (f"/payments/{bill.number}/", f"/payments/{paid.number}/", f"/cases/{bill.case.number}/", "/subjects/")
    visits = {OWNER: mine, FINANCE: desk, "jiangtao": ("/desk/cases/online/",)}
    for login, paths in visits.items():
        context = chromium.new_context(base_url=district_site.url, locale="zh-CN")
        tab = context.new_page()
        sign_in(tab, login, desk=login != OWNER)
        for turn, (look, width) in enumerate(LOOKS):
            context.add_cookies([{"name": "zt_look", "value": look, "url": district_site.url}])
            tab.set_viewport_size({"width": width, "height": 900})
            # Every page in two looks of the four.
            for path in paths[turn % 2 :: 2]:
                tab.goto(path)
                if found := violations(tab):
                    faults[f"{path} {look} {width}"] = found
        if login == OWNER:
            tab.goto(mine[0])
            tab.get_by_role("link", name="去缴款").click()
            assert not violations(tab)
            tab.get_by_role("button", name="确认付款").click()
            tab.wait_for_url(f"**/payments/{bill.number}/**")
            wiring.ask(f"{bill.number}-1")
            assert state_of(bill) == "paid"
            tab.get_by_text("流水号").wait_for()
        context.close()
    assert not faults
