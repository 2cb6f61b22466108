"""The desk in Chromium: a visitor served by the keyboard alone, pages without a fault of access, narrow ones too."""

from tests import story
from tests.faces.conftest import Open
from tests.faces.desk.desks import CLERK, HEAD, KEEPER, REPAIR, REVIEWER
from tests.foundation.ui.looks import violations
from tests.journeys import keyboard
from zhengtong.topics.cases import actions

LOOKS = (("light.standard.on", 1440), ("dark.standard.on", 1440), ("light.standard.on", 390), ("light.elder.on", 1440))


def test_accessible_in_every_look(open_desk: Open) -> None:
    waiting, reviewed, granted = story.submitted(), story.reviewed(), story.granted()
    corrected = actions.request_correction(
        story.submitted(), materials={"layout-plan": "请补画。"}, fields={"business_area": "请核对。"},
        actor=story.actor(CLERK),
    )  # fmt: skip
    draft = actions.start_draft(REPAIR, applicant=story.subject("jieshun").pk, actor=story.actor(CLERK))
    pages = {
        CLERK: [
            "/desk/", "/desk/?heap=mine", "/desk/cases/", "/desk/cases/?q=nobody", "/desk/accounts/password/",
            "/desk/cases/new/", f"/desk/cases/new/?item={REPAIR}", f"/desk/cases/drafts/{draft.pk}/",
            f"/desk/cases/{waiting.number}/",
            f"/desk/cases/{waiting.number}/correction/", f"/desk/cases/{waiting.number}/decline/",
            f"/desk/cases/{corrected.number}/answer_correction/", f"/desk/cases/{granted.number}/?said=accept",
        ],
        HEAD: [f"/desk/cases/{reviewed.number}/", f"/desk/cases/{reviewed.number}/refuse/"],
        KEEPER: ["/desk/items/", "/desk/items/import/", f"/desk/items/{REPAIR}/"],
    }  # fmt: skip
    faults = {}
    for look, width in LOOKS:
        for login, paths in pages.items():
            tab = open_desk(login, look=look, width=width)
            # Every page in two looks of the four, the page of a case in all.
            own = [path for number, path in enumerate(paths) if (number + LOOKS.index((look, width))) % 2 == 0]
            for path in {*own, f"/desk/cases/{granted.number}/"} if login == CLERK else own:
                tab.goto(path)
                if found := violations(tab):
                    faults[f"{path} {look} {width}"] = found
    assert not faults


def test_a_visitor_is_served_by_the_keyboard_alone(open_desk: Open) -> None:
    tab = open_desk(CLERK)
    keys = tab.keyboard
    tab.goto("/desk/cases/new/")
    keyboard.type_into(tab, "#q", "修车")
    with tab.expect_navigation():
        keys.press("Enter")
    tab.locator("[data-key-open]:focus").wait_for()  # the first that was found
    with tab.expect_navigation():
        keys.press("Enter")
    keyboard.type_into(tab, "#applicant-id_number", "91449906MA9900749D")
    keys.press("Tab")
    tab.get_by_text("以前来过").wait_for()
    with tab.expect_navigation():
        keys.press("Enter")
    assert tab.url.rstrip("/").split("/")[-2] == "drafts"
    answers = story.answers(REPAIR)
    keyboard.fill(tab, answers)
    keyboard.press(tab, "button[name=_all_paper]")
    tab.locator("#paper-premises-plan:checked").wait_for()
    tab.locator("#f-contact_name").focus()
    with tab.expect_navigation():
        keys.press("Enter")  # checks, files nothing
    assert tab.evaluate("document.activeElement.innerText").strip() == "受理并当场办结"
    with tab.expect_navigation():
        keys.press("Enter")
    assert tab.get_by_text("已受理并当场办结").is_visible()
    assert tab.evaluate("document.activeElement.innerText").strip() == "收件凭证"
    assert "said=" not in tab.url
    assert tab.locator(".desk-panel").get_by_role("link", name="备案通知书").is_visible()


def test_the_inbox_by_keys(open_desk: Open) -> None:
    case = story.accepted()
    tab = open_desk(REVIEWER)
    tab.keyboard.press("j")
    assert tab.locator("[data-key-row].is-here").count() == 1
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert case.number in tab.url
    tab.keyboard.press("/")
    keyboard.type_into(tab, "#quick-search", case.number)
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert tab.url.endswith(f"/desk/cases/{case.number}/")


def test_a_review_without_scripts(open_desk: Open) -> None:
    case = story.accepted()
    tab = open_desk(REVIEWER, js=False)
    tab.goto(f"/desk/cases/{case.number}/")
    tab.locator("#verdict-0-ok").check(force=True)
    tab.get_by_label("审查意见").fill("合格，建议准予。")
    with tab.expect_navigation():
        tab.get_by_role("button", name="提交审查意见").click()
    assert tab.get_by_text("审查意见已提交").is_visible()
    assert tab.get_by_text("统一社会信用代码与营业执照核验一致").is_visible()
