"""Reviewing and signing in Chromium: a material by keys, the checklist that keeps itself, words by Alt and a digit."""

from tests import story
from tests.faces.conftest import Open
from tests.faces.desk.desks import CLERK, HEAD, REVIEWER, fresh
from tests.foundation.ui.looks import violations
from zhengtong.topics.cases import actions
from zhengtong.topics.cases.models import Case, Notice

LOOKS = (("light.standard.on", 1440), ("dark.standard.on", 1440), ("light.standard.on", 390), ("light.elder.on", 1440))


def corrected() -> Case:
    """A case whose layout plan and seats were put right."""
    case = actions.request_correction(
        story.submitted(), materials={"layout-plan": "没有尺寸"}, fields={"seats": "不符"}, actor=story.actor(CLERK)
    )
    owner = story.actor("chenzhiyuan")
    plan = [actions.Provided("layout-plan", file=story.upload(owner, "布局图.pdf"))]
    return actions.answer_correction(case, materials=plan, answers={"seats": 30}, actor=owner)


def test_accessible_in_every_look(open_desk: Open) -> None:
    noted, beside, doubtful = story.submitted(), corrected(), story.accepted()
    actions.note_gap(noted, key="layout-plan", what="没有标注尺寸", actor=story.actor(REVIEWER))
    actions.review_case(doubtful, opinion="不合格。", proposal="refuse", actor=story.actor(REVIEWER))
    story.reviewed()
    reviewing = story.accepted()
    pages = {
        CLERK: [
            f"/desk/cases/{noted.number}/", f"/desk/cases/{beside.number}/?m=layout-plan&with=before",
            f"/desk/cases/{noted.number}/correction/",
        ],
        REVIEWER: [
            f"/desk/cases/{reviewing.number}/", f"/desk/cases/{reviewing.number}/elsewhere/", "/desk/cases/phrases/",
        ],
        HEAD: ["/desk/cases/signing/", "/desk/cases/signing/signed/", f"/desk/cases/{doubtful.number}/"],
    }  # fmt: skip
    faults = {}
    for turn, (look, width) in enumerate(LOOKS):
        for login, paths in pages.items():
            tab = open_desk(login, look=look, width=width)
            # Every page in two looks of the four.
            for path in paths[turn % 2 :: 2]:
                tab.goto(path)
                if found := violations(tab):
                    faults[f"{path} {look} {width}"] = found
    assert not faults


def test_a_material_by_keys_and_a_review_by_keyboard(open_desk: Open) -> None:
    case = story.accepted()
    tab = open_desk(REVIEWER)
    tab.goto(f"/desk/cases/{case.number}/")
    picture = tab.locator("[data-sheet]")
    picture.wait_for()
    tab.wait_for_function("() => document.querySelector('[data-sheet]').naturalWidth > 0")
    at_first = picture.bounding_box()
    first = tab.locator("#look-title").inner_text()
    tab.keyboard.press("+")
    tab.keyboard.press("+")
    assert picture.bounding_box()["width"] > at_first["width"] * 1.4
    tab.wait_for_function("() => document.querySelector('[data-sheet]').src.endsWith('close')")
    tab.keyboard.press("0")
    tab.wait_for_function("() => document.querySelector('[data-sheet]').naturalWidth > 0")
    tab.keyboard.press("r")
    turned = picture.bounding_box()
    assert abs(turned["width"] - at_first["width"]) < 2
    assert turned["height"] < turned["width"]
    tab.keyboard.press("ArrowRight")
    tab.wait_for_function("words => document.getElementById('look-title').innerText !== words", arg=first)
    assert "m=" in tab.url
    tab.keyboard.press("ArrowLeft")
    tab.wait_for_function("words => document.getElementById('look-title').innerText === words", arg=first)

    tab.locator("#verdict-0-ok").check()
    tab.locator("#verdict-1-not_ok").check()
    tab.locator("[name=remark-1]").fill("地址与图不符")
    tab.get_by_text("已保存", exact=True).wait_for()
    tab.reload()
    assert tab.locator("#verdict-1-not_ok").is_checked()
    assert tab.locator("[name=remark-1]").input_value() == "地址与图不符"
    tab.locator("#proposal-refuse").check()
    tab.locator("#opinion").focus()
    tab.keyboard.press("Alt+3")
    assert tab.locator("#opinion").input_value() == "不符合规定条件，建议不予。"
    tab.get_by_role("button", name="存为常用语").click()
    with tab.expect_navigation():
        tab.get_by_role("button", name="提交审查意见").click()
    assert tab.get_by_text("审查意见已提交").is_visible()
    assert fresh(case).steps.get(verb="review").proposal == "refuse"


def test_what_two_found_leaves_in_one_notice(open_desk: Open) -> None:
    case = story.submitted()
    for login, what in ((REVIEWER, "没有标注尺寸"), (CLERK, "没有标注尺寸。")):
        tab = open_desk(login)
        tab.goto(f"/desk/cases/{case.number}/")
        tab.select_option("#gap-key", "layout-plan")
        tab.fill("#gap-what", what)
        tab.press("#gap-what", "Enter")
        tab.locator(".desk-gap-list").get_by_text(what, exact=True).wait_for()
    with tab.expect_navigation():
        tab.get_by_role("link", name="合并成一份补正告知书").click()
    assert tab.locator("#what-material-layout-plan").input_value() == "没有标注尺寸"
    assert tab.get_by_text("郑卫东、周敏").is_visible()
    with tab.expect_navigation():
        tab.get_by_role("button", name="发出补正告知书").click()
    assert len(Notice.objects.get(case=case, kind="correction").body["entries"]) == 1


def test_signed_by_keys_and_an_exception_alone(open_desk: Open) -> None:
    doubtful, one, other = story.accepted(), story.reviewed(), story.reviewed()
    actions.review_case(doubtful, opinion="不合格。", proposal="refuse", actor=story.actor(REVIEWER))
    tab = open_desk(HEAD)
    tab.goto("/desk/cases/signing/")
    assert tab.locator("input[name=case]:checked").count() == 0
    keys = tab.keyboard
    keys.press("j")
    assert doubtful.number in tab.locator(".is-here").inner_text()
    keys.press("x")
    assert tab.locator("input[name=case]:checked").count() == 0
    for _ in range(2):
        keys.press("j")
        keys.press("x")
    assert tab.locator("input[name=case]:checked").count() == 2
    tab.locator("#opinion").focus()
    keys.press("Alt+2")
    with tab.expect_navigation():
        keys.press("Enter")
    assert tab.get_by_text("已签批 2 件").is_visible()
    assert {fresh(each).status for each in (one, other)} == {"granted"}
    assert fresh(doubtful).status == "in_review"
    keys.press("j")
    with tab.expect_navigation():
        keys.press("Enter")
    assert doubtful.number in tab.url
