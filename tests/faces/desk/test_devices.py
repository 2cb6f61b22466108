"""The counter with its devices, by the keyboard alone; and without them, by hand, with one line that says so."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import databases, story
from tests.bridges import Bridge
from tests.faces.desk.desks import CLERK, Desk
from tests.foundation.ui.looks import violations
from tests.journeys import keyboard
from tests.journeys.walking import picture, sign_in, tab
from tests.sites import Site
from zhengtong.main.places import free_port
from zhengtong.topics.cases.models import Case, Material
from zhengtong.topics.deliveries.models import Slip

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ITEM = "legal-aid"
BUDGET = 60.0


@pytest.fixture
def counter(committed_district: databases.Clone, tmp_path: Path) -> Iterator[tuple[Site, int]]:
    """A site whose desk looks for devices at a port where nothing answers yet."""
    site, port = Site(committed_district, tmp_path), free_port(18801)
    site.environment["ZHENGTONG_BRIDGE"] = f"http://127.0.0.1:{port}"
    site.start()
    site.start_worker()
    yield site, port
    site.stop()


def test_an_intake_with_the_devices_by_the_keyboard_alone(
    counter: tuple[Site, int], chromium: "Browser", tmp_path: Path
) -> None:
    site, port = counter
    page = tab(chromium, site)
    sign_in(page, CLERK, desk=True)
    page.goto(f"/desk/cases/new/?item={ITEM}")
    page.get_by_text("本机设备没有连接，照常手工办理。").wait_for()
    assert page.locator("[data-bridge-read]").is_hidden()
    assert not violations(page)

    bridge = Bridge(site.url, tmp_path / "bridge", port)
    try:
        page.reload()
        page.get_by_text("还没有配对").wait_for()
        page.locator("#pairing").focus()
        page.keyboard.type(bridge.code.lower())
        page.keyboard.press("Enter")
        page.locator("#devices[data-state=ready]").wait_for()
        started = time.monotonic()
        _with_devices(page, bridge)
        assert time.monotonic() - started < BUDGET
    finally:
        bridge.stop()
    page.reload()
    page.get_by_text("照常手工办理").wait_for()


def _with_devices(page: "Page", bridge: Bridge) -> None:
    keys = page.keyboard
    keys.press("F2")  # the card: whoever it is has been here before
    page.get_by_text("以前来过：黄建业").wait_for()
    assert page.input_value("#applicant-id_number") == "449906197905110175"
    picture(page, "devices-visitor")
    with page.expect_navigation():
        keys.press("Enter")
    page.locator("#devices[data-state=ready]").wait_for()
    keyboard.fill(page, story.answers(ITEM))
    keys.press("F4")  # the camera, for the first paper that lacks one
    page.locator(".desk-paper-file").first.wait_for()
    keyboard.press(page, "button[name=_all_paper]")
    page.locator("#intake button:not([name])").last.focus()
    picture(page, "devices-intake")
    page.locator("button[name=_then]").first.focus()
    with page.expect_navigation():
        keys.press("Enter")
    page.locator("#devices[data-state=ready]").wait_for()
    keys.press("F8")  # the receipt
    page.get_by_text("已送打印").wait_for()
    assert next(path.name for path in (bridge.folder / "printed").iterdir()).startswith("0001-收件凭证")
    case = Case.objects.get()
    assert Material.objects.filter(case=case).exclude(file=None).get().file.kind in ("image/png", "image/jpeg")  # type: ignore[union-attr]

    page.get_by_role("link", name="收下或退还原件").focus()
    with page.expect_navigation():
        keys.press("Enter")
    page.locator("#devices[data-state=ready]").wait_for()
    page.locator("#original-0").focus()
    keys.press("Space")
    keys.press("F9")  # the pad
    page.wait_for_function("() => document.querySelector('[data-signature-value]').value.startsWith('data:image/png')")
    picture(page, "devices-custody")
    assert not violations(page)
    page.get_by_role("button", name="收下并生成清单").focus()
    with page.expect_navigation():
        keys.press("Enter")
    page.get_by_text("原件已收下，清单已签字").wait_for()
    picture(page, "devices-slip")
    slip = Slip.objects.get()
    assert (slip.signed_way, slip.signer) == ("drawn", "黄建业") and slip.signature is not None


def test_a_signature_by_the_mouse_and_a_word_without_scripts(counter: tuple[Site, int], chromium: "Browser") -> None:
    site, _ = counter
    page = tab(chromium, site)
    sign_in(page, CLERK, desk=True)
    page.goto("/desk/components/forms/")
    field = page.locator("fieldset:has(#sign-new)")
    field.locator("canvas").scroll_into_view_if_needed()
    box = field.locator("canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 100, steps=12)
    page.mouse.up()
    assert field.locator("[data-signature-value]").input_value().startswith("data:image/png;base64,")
    assert field.get_by_text("已签字").is_visible()
    field.get_by_role("button", name="重签").press("Enter")
    assert field.locator("[data-signature-value]").input_value() == ""
    field.locator("[value=drawn]").focus()
    page.keyboard.press("ArrowDown")
    assert field.locator("canvas").is_hidden()
    assert field.locator("[value=spoken]").is_checked()


@pytest.mark.usefixtures("district")
def test_only_the_desks_pages_may_talk_to_the_bridge(settings: object) -> None:
    clerk, policy = Desk(CLERK), "Content-Security-Policy"
    path = f"/desk/cases/new/?item={ITEM}"
    assert "connect-src" not in clerk.get(path)[policy]
    assert "data-bridge=" not in clerk.page(path)
    settings.BRIDGE = "http://127.0.0.1:8701"  # type: ignore[attr-defined]
    assert "connect-src 'self' http://127.0.0.1:8701" in clerk.get(path)[policy]
    assert "data-bridge=" in clerk.page(path)
    for other in ("/", "/desk/", "/desk/items/", "/desk/accounts/password/"):
        assert "8701" not in clerk.get(other).get(policy, "")
