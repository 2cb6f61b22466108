"""The portal in Chromium: pages without a fault of access in every look, saving while typing, uploads, no scripts."""

from typing import TYPE_CHECKING, Any

from tests import story
from tests.faces.conftest import Open
from tests.faces.portal.citizens import ALLOWANCE, FAMILY, OWNER, RESTAURANT, correction_asked, invited
from tests.foundation.ui.looks import violations
from tests.journeys.walking import papers
from zhengtong.topics.cases import actions
from zhengtong.topics.cases.models import Case
from zhengtong.topics.credentials.models import Credential

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

LOOKS = (("light.standard.on", 1440), ("dark.standard.on", 1440), ("light.standard.on", 390), ("light.elder.on", 390))


def press(tab: "Page", words: str) -> None:
    """Press a button or link and wait for the page it leads to."""
    with tab.expect_navigation():
        tab.locator(f"main button:has-text('{words}'):visible, main a:has-text('{words}'):visible").first.click()


def test_accessible_in_every_look(open_portal: Open) -> None:
    waiting, running, ended = correction_asked(), story.accepted(), invited(story.granted())
    draft = actions.start_draft(
        RESTAURANT, applicant=story.subject("weizhenyuan").pk, actor=story.actor(OWNER)
    )  # fmt: skip
    code = Credential.objects.get().verify_code
    everybody = [
        "/", "/items/?q=食品", "/items/?q=nothing-at-all", f"/items/{RESTAURANT}/", "/accounts/sign-in/",
        "/accounts/register/", "/t/", f"/t/{running.number}", "/v/", f"/v/{code}",
    ]  # fmt: skip
    mine = [
        "/", "/cases/", "/cases/?heap=ended", f"/cases/{waiting.number}/", f"/cases/{running.number}/",
        f"/cases/{ended.number}/", f"/cases/{waiting.number}/correction/", f"/cases/{running.number}/withdraw/",
        f"/cases/{running.number}/submitted/", f"/cases/new/{RESTAURANT}/", f"/cases/drafts/{draft.pk}/",
        f"/cases/drafts/{draft.pk}/form/operator/", f"/cases/drafts/{draft.pk}/form/people/",
        f"/cases/drafts/{draft.pk}/materials/", f"/cases/drafts/{draft.pk}/check/", "/subjects/",
        "/subjects/entities/new/", "/subjects/help/", "/subjects/contact/", "/materials/",
        "/materials/new/", "/accounts/password/", "/credentials/",
        f"/credentials/{Credential.objects.get().pk}/", f"/ratings/{ended.number}/",
    ]  # fmt: skip
    faults = {}
    for turn, (look, width) in enumerate(LOOKS):
        for login, paths in (("", everybody), (OWNER, mine)):
            tab = open_portal(login, look=look, width=width)
            # Every page in two looks of the four.
            for path in paths[turn % 2 :: 2]:
                tab.goto(path)
                if found := violations(tab):
                    faults[f"{path} {look} {width}"] = found
    assert not faults


def type_and_wait(tab: "Page", words: str) -> None:
    """Type the shop's name and wait until the page has tried to save it."""
    with tab.expect_response(lambda response: "/save/" in response.url):
        tab.fill("[name=shop_name]", words)
        tab.press("[name=shop_name]", "Tab")


def test_what_was_typed_is_there_on_the_next_device(open_portal: Open) -> None:
    tab = open_portal(OWNER, width=390)
    tab.goto(f"/cases/new/{RESTAURANT}/")
    press(tab, "开始填写")
    tab.goto(f"{tab.url}form/premises/")
    type_and_wait(tab, "味真园梅园店")
    elsewhere = open_portal(OWNER)
    elsewhere.goto(tab.url)
    assert elsewhere.input_value("[name=shop_name]") == "味真园梅园店"
    type_and_wait(elsewhere, "味真园湖边店")
    type_and_wait(tab, "不该盖掉")
    tab.get_by_text("另一处已经改过这份草稿").wait_for()
    elsewhere.reload()
    assert elsewhere.input_value("[name=shop_name]") == "味真园湖边店"


def test_a_file_is_checked_as_soon_as_it_is_chosen(open_portal: Open, tmp_path: "Path") -> None:
    tab = open_portal(OWNER, width=390)
    tab.goto(f"/cases/new/{RESTAURANT}/")
    press(tab, "开始填写")
    tab.goto(f"{tab.url}materials/")
    broken = tmp_path / "布局图.pdf"
    broken.write_bytes(b"%PDF-1.7 broken")
    tab.set_input_files("#material-layout-plan-file", broken)
    tab.locator("#material-layout-plan-error").wait_for()
    assert tab.get_by_text("还差 3 份必须交的材料").is_visible()
    tab.set_input_files("#material-layout-plan-file", papers(tmp_path, "好的布局图"))
    tab.get_by_role("link", name="好的布局图.pdf").wait_for()
    assert tab.get_by_text("还差 2 份必须交的材料").is_visible()
    assert not violations(tab)


def test_the_allowance_is_filed_without_scripts(open_portal: Open, tmp_path: "Path") -> None:
    answers = story.answers(ALLOWANCE)
    tab = open_portal(FAMILY, width=390, js=False)
    tab.goto(f"/items/{ALLOWANCE}/")
    press(tab, "在线办理")
    tab.locator("main label:has-text('何桂兰')").click()
    press(tab, "开始填写")
    overview = tab.url
    press(tab, "开始填写")
    for _ in range(20):
        if "/form/" not in tab.url:
            break
        for name, value in answers.items():
            plain(tab, name, value)
        press(tab, "保存并继续")
    tab.goto(f"{overview}materials/")
    while "还差" in tab.locator("#papers-left").inner_text():
        form = tab.locator("section:has-text('必须交') form[enctype]").first
        form.locator("input[type=file]").set_input_files(papers(tmp_path, "材料"))
        with tab.expect_navigation():
            form.locator("button").click()
    press(tab, "继续，核对内容")
    press(tab, "确认无误")
    assert tab.get_by_role("heading", name="提交成功").is_visible()
    assert Case.objects.filter(item_code=ALLOWANCE).count() == 1


def plain(tab: "Page", name: str, value: Any) -> None:
    """Answer one field as a browser without scripts lets one."""
    field = tab.locator(f"main [name='{name}']")
    if not field.count():
        return
    kind = field.first.get_attribute("type") or field.first.evaluate("e => e.tagName.toLowerCase()")
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if kind in ("radio", "checkbox"):
        choice = tab.locator(f"main [name='{name}'][value='{text}']")
        choice.focus()
        if not choice.is_checked():
            tab.keyboard.press("Space")
        assert choice.is_checked()
    elif kind == "select":
        field.first.select_option(text)
    else:
        field.first.fill(text)
