"""The head's page: exceptions first, the rest signed one action each, what is refused said beside its row."""

import pytest

from tests import story
from tests.faces.desk.desks import HEAD, MOST_QUERIES, REVIEWER, Desk, fresh, words
from zhengtong.foundation.codes import uuid7
from zhengtong.topics.cases import actions
from zhengtong.topics.cases.models import Step

pytestmark = pytest.mark.usefixtures("district")
PATH = "/desk/cases/signing/"


def test_one_refusal_holds_up_none_of_the_others_and_a_second_press_signs_nothing_twice() -> None:
    head, key = Desk(HEAD), str(uuid7())
    ordinary, doubtful = story.reviewed(), story.accepted()
    actions.review_case(doubtful, opinion="不合格。", proposal="refuse", actor=story.actor(REVIEWER))
    page = head.page(PATH)
    assert page.index(doubtful.number) < page.index(ordinary.number)
    assert " checked" not in page
    sent = {"case": [ordinary.number, doubtful.number], "opinion": "同意。"}
    for _ in range(2):
        answer = head.post(PATH, sent, key=key)
        assert "已签批 1 件" in words(answer)
        assert "这件不能批量签批：建议不予" in words(answer)
    assert fresh(ordinary).status == "granted"
    assert fresh(doubtful).status == "in_review"
    assert Step.objects.filter(case=ordinary, verb="grant").count() == 1
    assert ordinary.number in words(head.page(f"{PATH}signed/"))
    assert "这一天没有签批" in words(head.page(f"{PATH}signed/?day=2020-01-01"))


def test_nothing_chosen_and_no_reason_are_told() -> None:
    case, head = story.reviewed(), Desk(HEAD)
    assert "请先勾选" in words(head.post(PATH, {"opinion": "同意。"}))
    silent = head.post(PATH, {"case": [case.number]})
    assert silent.status_code == 422
    assert "请写一句签批意见" in words(silent)
    assert f'id="case-{case.number}" checked' in silent.content.decode()
    assert fresh(case).status == "in_review"


def test_the_page_takes_a_fixed_number_of_queries() -> None:
    story.reviewed()
    head = Desk(HEAD)
    few = head.queries(PATH)
    for _ in range(3):
        story.reviewed()
    assert head.queries(PATH) == few <= MOST_QUERIES


def test_a_page_of_a_material_is_for_those_who_may_read_it() -> None:
    case = story.submitted()
    file = case.materials.get(code="layout-plan").file_id
    path = f"/desk/files/{file}/pages/1.jpg"
    assert path in Desk(REVIEWER).page(f"/desk/cases/{case.number}/?m=layout-plan")
    answer = Desk(REVIEWER).get(path)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer.content.startswith(b"\xff\xd8\xff")
    assert "no-store" in answer["Cache-Control"]
    assert Desk(REVIEWER).get(f"/desk/files/{file}/pages/2.jpg").status_code == 404
    assert Desk("dengfang").get(path).status_code == 404


def test_a_value_is_shown_to_carry_across_and_the_number_is_kept() -> None:
    case, reviewer = story.accepted(), Desk(REVIEWER)
    path = f"/desk/cases/{case.number}/elsewhere/"
    number = case.applicant.phone
    assert number not in words(reviewer.page(path))
    assert number in words(reviewer.post(path, {"show": "applicant.phone"}))
    assert reviewer.post(path, {"system": "省食品许可系统", "number": " "}).status_code == 422
    answer = reviewer.post(path, {"system": "省食品许可系统", "number": "YC2026001", "outcome": "准予"})
    assert "YC2026001" in words(reviewer.page(answer["Location"]))
    assert reviewer.queries(path) <= MOST_QUERIES
