"""Lists of cases: scope, search, filter, pages."""

import pytest

from tests import story
from tests.faces.desk.desks import (
    ALLOWANCE,
    CLERK,
    KEEPER,
    LEADER,
    MOST_QUERIES,
    REPAIR,
    RESTAURANT,
    REVIEWER,
    STRANGER,
    Desk,
    words,
)  # fmt: skip

pytestmark = pytest.mark.usefixtures("district")


def test_everybody_sees_the_cases_of_his_own() -> None:
    restaurant, repair, allowance = story.submitted(), story.submitted(REPAIR), story.submitted(ALLOWANCE)
    seen = {
        CLERK: {restaurant, repair},
        REVIEWER: {restaurant},
        STRANGER: set(),
        LEADER: {restaurant, repair, allowance},
    }
    for login, mine in seen.items():
        page = words(Desk(login).page("/desk/cases/"))
        assert {case for case in (restaurant, repair, allowance) if case.number in page} == mine, login


def test_who_looks_after_items_has_no_cases() -> None:
    assert Desk(KEEPER).get("/desk/cases/").status_code == 403


def test_a_whole_number_opens_the_case() -> None:
    case, other = story.submitted(), story.submitted(ALLOWANCE)
    clerk = Desk(CLERK)
    assert clerk.get(f"/desk/cases/?q={case.number}")["Location"] == f"/desk/cases/{case.number}/"
    assert "没有符合条件的办件" in words(clerk.page(f"/desk/cases/?q={other.number}"))


def test_by_name_status_and_item() -> None:
    submitted, accepted = story.submitted(), story.accepted()
    repair = story.submitted(REPAIR)
    clerk = Desk(CLERK)

    def found(query: str) -> set[str]:
        page = words(clerk.page(f"/desk/cases/?{query}"))
        return {case.number for case in (submitted, accepted, repair) if case.number in page}

    assert found("q=云州市捷顺") == {repair.number}
    assert found("status=accepted") == {accepted.number}
    assert found("status=nonsense") == {submitted.number, accepted.number, repair.number}
    assert found(f"item={RESTAURANT}") == {submitted.number, accepted.number}
    assert found(f"item={RESTAURANT}&status=submitted&q=番江区味真园") == {submitted.number}
    assert "只看事项 食品经营许可" in words(clerk.page(f"/desk/cases/?item={RESTAURANT}"))


def test_no_cases_says_so() -> None:
    assert "还没有办件" in words(Desk(STRANGER).page("/desk/cases/"))


def test_pages_without_a_count_in_a_fixed_number_of_queries() -> None:
    clerk = Desk(CLERK)
    few = clerk.queries("/desk/cases/")
    for _ in range(22):
        story.submitted()
    first = clerk.page("/desk/cases/?status=submitted")
    assert first.count("data-key-row") == 20
    assert "status=submitted&amp;cursor=20" in first
    assert clerk.page("/desk/cases/?cursor=20").count("data-key-row") == 2
    assert "还没有办件" in words(clerk.page("/desk/cases/?cursor=1999999"))
    assert clerk.queries("/desk/cases/") <= min(few + 1, MOST_QUERIES)


def test_htmx_takes_the_rows_alone() -> None:
    case = story.submitted()
    part = Desk(CLERK).get("/desk/cases/", headers={"HX-Request": "true"}).content.decode()
    assert case.number in part
    assert "<html" not in part
