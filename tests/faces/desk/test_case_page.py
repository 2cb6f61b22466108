"""The page of one case: who sees it, what stands on it, which buttons it offers, its papers and files."""

from collections.abc import Callable

import pytest

from tests import story
from tests.faces.desk.desks import (
    ALLOWANCE,
    CARD,
    CLERK,
    HEAD,
    INSURANCE,
    LEADER,
    MOST_QUERIES,
    REPAIR,
    REVIEWER,
    STRANGER,
    TOWN,
    Desk,
    fresh,
    verbs_on,
    words,
)  # fmt: skip
from zhengtong.foundation.access import system_actor
from zhengtong.topics.cases import actions, queries
from zhengtong.topics.cases.models import Case
from zhengtong.topics.credentials import actions as credentials
from zhengtong.topics.credentials import queries as known_credentials
from zhengtong.topics.items import queries as items

pytestmark = pytest.mark.usefixtures("district")

STAGES: dict[str, Callable[[], Case]] = {
    "submitted": story.submitted,
    "accepted": story.accepted,
    "reviewed": story.reviewed,
    "granted": story.granted,
    "on the spot": lambda: story.submitted(REPAIR),
    "elsewhere": lambda: story.submitted(CARD),
    "benefit": lambda: story.submitted(ALLOWANCE),
}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("login", [CLERK, TOWN, INSURANCE, REVIEWER, HEAD, STRANGER, LEADER])
def test_the_panel_offers_exactly_what_may_be_done(stage: str, login: str) -> None:
    case = fresh(STAGES[stage]())
    desk = Desk(login)
    answer = desk.get(f"/desk/cases/{case.number}/")
    may_see = queries.cases_on_desk(desk.actor).filter(pk=case.pk).exists()
    assert answer.status_code == (200 if may_see else 404)
    if may_see:
        expected = queries.what_i_may_do(desk.actor, case, items.version(case.item_version_id))
        assert verbs_on(answer.content.decode(), case) == expected


def test_a_case_of_another_department_is_not_there() -> None:
    case, stranger = story.granted(), Desk(STRANGER)
    for path in ("", "receipt.pdf", "notices/granted.pdf", "correction/", "accept/", "grant/", "answer_correction/"):
        assert stranger.get(f"/desk/cases/{case.number}/{path}").status_code == 404, path
    assert stranger.act(case, "deliver").status_code == 404
    assert fresh(case).status == "granted"


def test_who_what_by_when_and_in_what_words() -> None:
    case = story.reviewed()
    page = words(Desk(HEAD).page(f"/desk/cases/{case.number}/"))
    for text in (
        case.number, case.official_number, "番江区味真园餐饮有限公司", "914499********378N", "经营面积",
        "经营场所布局图", "承诺办结", "法定期限", "材料齐全，建议准予。", "郑卫东", "受理通知书", "审查与现场核查",
        "准予许可", "不予许可",
    ):  # fmt: skip
        assert text in page, text
    assert "91449906MA9900378N" not in page.split("申请表")[0]
    assert "19906601018" not in page


def test_places_are_named() -> None:
    case = story.submitted()
    assert "晴川街道" in words(Desk(CLERK).page(f"/desk/cases/{case.number}/")).split("场所所在地")[-1][:20]


def test_a_leader_looks_and_does_nothing() -> None:
    case, leader = story.submitted(), Desk(LEADER)
    page = leader.page(f"/desk/cases/{case.number}/")
    assert verbs_on(page, case) == set()
    assert "现在没有需要您办理的步骤" in words(page)
    assert leader.act(case, "accept").status_code == 403


def test_materials_open_in_the_browser() -> None:
    case = story.submitted()
    material = case.materials.get(code="layout-plan")
    path = f"/desk/files/{material.file_id}/"
    assert path in Desk(CLERK).page(f"/desk/cases/{case.number}/")
    answer = Desk(REVIEWER).get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert Desk(STRANGER).get(path).status_code == 404


def test_papers_are_printed_from_the_page() -> None:
    case, clerk = story.granted(), Desk(CLERK)
    page = clerk.page(f"/desk/cases/{case.number}/")
    assert "准予行政许可决定书" in words(page)
    for path in ("receipt.pdf", "notices/accepted.pdf", "notices/granted.pdf"):
        assert f"/desk/cases/{case.number}/{path}" in page
        answer = clerk.get(f"/desk/cases/{case.number}/{path}")
        assert answer.content.startswith(b"%PDF")
        assert answer["Content-Disposition"].startswith("inline")
    assert clerk.get(f"/desk/cases/{case.number}/notices/refused.pdf").status_code == 404


def test_the_counter_prints_the_licence_it_hands_over() -> None:
    case, clerk = story.granted(), Desk(CLERK)
    assert "食品经营许可证正在制作" in words(clerk.page(f"/desk/cases/{case.number}/"))
    issued = known_credentials.issued_on_case(case.number)
    assert issued is not None
    credentials.render_credential(issued.pk, actor=system_actor("papers", "credentials.render"))
    file = known_credentials.issued_on_case(case.number).file_id
    assert f"/desk/files/{file}/" in clerk.page(f"/desk/cases/{case.number}/")
    assert clerk.get(f"/desk/files/{file}/").status_code == 200
    assert Desk(STRANGER).get(f"/desk/files/{file}/").status_code == 404


def test_one_screen_prints_everything_of_a_case_done_on_the_spot() -> None:
    case, clerk = story.submitted(REPAIR), Desk(CLERK)
    answer = clerk.act(case, "handle_on_the_spot")
    page = clerk.page(answer["Location"])
    assert "已受理并当场办结" in words(page)
    for paper in ("收件凭证", "受理通知书", "备案通知书"):
        assert paper in words(page)


def test_after_a_correction_was_asked_for_the_faulty_paper_says_so() -> None:
    case = story.submitted()
    actions.request_correction(case, materials={"layout-plan": "请补画下水方向。"}, actor=story.actor(CLERK))
    page = Desk(CLERK).page(f"/desk/cases/{case.number}/")
    assert "要求补正" in words(page)
    assert verbs_on(page, fresh(case)) == {"answer_correction", "withdraw"}


@pytest.mark.parametrize("stage", ["submitted", "granted"])
def test_a_page_takes_a_fixed_number_of_queries(stage: str) -> None:
    case = STAGES[stage]()
    assert Desk(CLERK).queries(f"/desk/cases/{case.number}/") <= MOST_QUERIES
    assert Desk(HEAD).queries(f"/desk/cases/{case.number}/") <= MOST_QUERIES


def test_the_help_for_keys_tells_those_of_the_viewer_where_it_is() -> None:
    desk = Desk(REVIEWER)
    case, inbox = (desk.page(path) for path in (f"/desk/cases/{story.accepted().number}/", "/desk/"))
    for told in ("放大、缩小正在看的材料", "上一页、下一页", "把常用意见写进意见栏"):
        assert told in case and told not in inbox
