"""One timeline: where it is, who has it, by when, what comes next; and what the public may see of it."""

import dataclasses

import pytest

from tests import story
from tests.topics.cases.verbs import ALLOWANCE, CARD, RESTAURANT, brought
from zhengtong.foundation.codes.case_number import CaseNumberInvalid
from zhengtong.foundation.refusals import NotFound
from zhengtong.topics.cases import queries
from zhengtong.topics.cases.models import Case

pytestmark = pytest.mark.usefixtures("district")


def told(case: Case) -> list[tuple[str, str, str]]:
    page = queries.case_page(
        story.citizen(case.item_code), queries.case_for(story.citizen(case.item_code), case.number)
    )
    return [(m.title, m.state, m.who) for m in page.moments]


def test_just_submitted() -> None:
    case = brought(RESTAURANT)
    assert told(case) == [
        ("提交申请", "done", ""),
        ("受理", "now", "区政务服务中心"),
        ("审查与现场核查", "ahead", "区市场监管局"),
        ("决定", "ahead", "区市场监管局"),
    ]
    moments = queries.case_page(story.citizen(RESTAURANT), case).moments
    assert moments[1].by == case.accept_due


def test_under_review_with_its_day() -> None:
    case = brought(RESTAURANT, "receive", "accept", "review")
    assert told(case) == [
        ("提交申请", "done", ""),
        ("收件", "done", "区政务服务中心"),
        ("受理", "done", "区政务服务中心"),
        ("审查与现场核查", "done", "区市场监管局"),
        ("决定", "now", "区市场监管局"),
    ]
    moments = queries.case_page(story.citizen(RESTAURANT), case).moments
    assert moments[-1].by == case.promised_due
    assert all(moment.at is not None for moment in moments[:-1])


def test_waiting_for_the_applicant() -> None:
    assert told(brought(RESTAURANT, "request_correction"))[-3:] == [
        ("等待您补正", "now", ""),
        ("受理", "ahead", "区政务服务中心"),
        ("决定", "ahead", "区市场监管局"),
    ]


def test_refused_with_its_reason() -> None:
    case = brought(RESTAURANT, "accept", "review", "refuse")
    last = queries.case_page(story.citizen(RESTAURANT), case).moments[-1]
    assert (last.title, last.state, last.note) == ("不予", "refused", "现场不符合条件")


def test_an_inner_opinion_is_not_told_to_the_applicant() -> None:
    case = brought(RESTAURANT, "accept", "review")
    assert all(not moment.note for moment in queries.case_page(story.citizen(RESTAURANT), case).moments)


def test_on_the_spot_and_to_the_end() -> None:
    case = brought(ALLOWANCE, "handle_on_the_spot", "deliver", "archive")
    assert [title for title, _, _ in told(case)] == ["提交申请", "受理", "准予", "送达", "归档"]


def test_with_the_province() -> None:
    case = brought(CARD, "forward")
    assert told(case)[-1] == ("待上级系统接收", "now", "省社会保障卡业务系统")


def test_the_public_sees_state_and_dates_only() -> None:
    case = brought(RESTAURANT, "accept")
    shown = queries.public_status(case.number)
    assert {field.name for field in dataclasses.fields(shown)} == {
        "number", "status", "submitted_at", "due", "provisional",
    }  # fmt: skip
    assert (shown.status, shown.due) == ("accepted", case.promised_due)


def test_more_needs_the_last_four_digits_of_the_phone() -> None:
    case = brought(RESTAURANT, "accept")
    assert queries.may_open_by_phone(case.number, "0000") is None
    assert queries.may_open_by_phone(case.number, "") is None
    opened = queries.may_open_by_phone(case.number, "1028")
    assert opened is not None
    assert opened[0].pk == case.pk


@pytest.mark.parametrize("number", ["2611220000010", "abc", "", "２６１１２２００００００１"])
def test_a_mistyped_number_is_told_apart_from_an_unknown_one(number: str) -> None:
    with pytest.raises(CaseNumberInvalid):
        queries.public_status(number)


def test_an_unknown_number() -> None:
    number = story.submitted().number
    Case.objects.filter(number=number).update(number="1" * 13)
    with pytest.raises(NotFound):
        queries.public_status(number)
