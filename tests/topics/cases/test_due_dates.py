"""Both clocks of real cases, against the reference's dates of 2026."""

from datetime import date, datetime

import pytest

from tests import story
from tests.topics.cases.verbs import ALLOWANCE, REPAIR, RESTAURANT, do
from zhengtong.engines.tasks.models import Task
from zhengtong.foundation import clock
from zhengtong.foundation.clock import CHINA
from zhengtong.topics.cases import actions
from zhengtong.topics.cases.models import Case

pytestmark = pytest.mark.usefixtures("district")
ADVERTISING, STAFFING, AID = "outdoor-advertising", "human-resources-service-permit", "legal-aid"


def at(day: str, hour: int = 10) -> object:
    moment = datetime.combine(date.fromisoformat(day), datetime.min.time(), CHINA)
    return clock.at(moment.replace(hour=hour))


def accepted(item: str, submitted: str, on: str, hour: int = 10) -> Case:
    with at(submitted):
        case = story.submitted(item)
    with at(on, hour):
        return actions.accept_case(case, actor=story.actor("zhoumin"))


@pytest.mark.parametrize(
    ("on", "promised", "statutory"),
    [
        ("2026-02-12", "2026-02-26", "2026-03-04"),  # + 5 over the Spring Festival
        ("2026-02-14", "2026-02-28", "2026-03-06"),  # a working Saturday + 5 ends on a working Saturday
        ("2026-04-29", "2026-05-09", "2026-05-15"),  # + 5 over the May holidays
        ("2026-09-18", "2026-09-24", "2026-10-09"),  # + 10 over the National Day
    ],
)
def test_promised_five_and_statutory_ten_days(on: str, promised: str, statutory: str) -> None:
    case = accepted(RESTAURANT, on, on)
    assert (str(case.promised_due), str(case.statutory_due)) == (promised, statutory)
    assert not case.due_provisional


@pytest.mark.parametrize(("on", "statutory"), [("2026-02-12", "2026-03-18"), ("2026-06-18", "2026-07-17")])
def test_statutory_twenty_days(on: str, statutory: str) -> None:
    assert str(accepted(ADVERTISING, on, on).statutory_due) == statutory


def test_the_clock_runs_from_acceptance_not_from_submission() -> None:
    case = accepted(ADVERTISING, "2026-02-10", "2026-02-12")
    assert str(case.statutory_due) == "2026-03-18"


def test_a_minute_before_midnight_is_still_that_day() -> None:
    assert str(accepted(ADVERTISING, "2026-02-12", "2026-02-12", 23).statutory_due) == "2026-03-18"


def test_where_the_law_counts_from_the_application_the_counter_gains_nothing_by_waiting() -> None:
    case = accepted(STAFFING, "2026-02-12", "2026-03-02")
    assert str(case.statutory_due) == "2026-03-18"


def test_and_from_the_answer_where_it_had_to_be_corrected() -> None:
    with at("2026-02-02"):
        case = story.submitted(STAFFING)
        case = do("request_correction", case)
    with at("2026-02-12"):
        case = do("answer_correction", case)
    with at("2026-02-24"):
        case = actions.accept_case(case, actor=story.actor("zhoumin"))
    assert str(case.statutory_due) == "2026-03-18"


def test_correction_time_does_not_count() -> None:
    with at("2026-01-05"):
        case = do("request_correction", story.submitted())
    with at("2026-02-11"):
        case = do("answer_correction", case)
    with at("2026-02-12"):
        case = do("accept", case)
    assert str(case.promised_due) == "2026-02-26"


def test_where_the_law_sets_no_limit_only_the_promise_counts() -> None:
    with at("2026-03-02"):
        case = do("handle_on_the_spot", story.submitted(ALLOWANCE))
    assert (case.statutory_due, str(case.promised_due)) == (None, "2026-03-02")


def test_a_filing_is_due_on_the_day_its_papers_are_complete() -> None:
    with at("2026-03-02"):
        case = do("handle_on_the_spot", story.submitted(REPAIR))
    assert (str(case.statutory_due), str(case.promised_due)) == ("2026-03-02", "2026-03-02")


def test_dates_in_a_year_without_calendar_are_provisional_and_say_so() -> None:
    case = accepted(ADVERTISING, "2026-12-21", "2026-12-21")
    assert case.due_provisional
    assert case.statutory_due is not None
    assert case.statutory_due.year == 2027
    assert case.notices.get(kind="accepted").body["provisional"] is True


def test_the_applicant_hears_within_five_working_days() -> None:
    with at("2026-02-12"):
        case = story.submitted()
    assert str(case.accept_due) == "2026-02-26"
    assert str(Task.objects.get(about=case.pk).due) == "2026-02-26"


def test_the_reviewers_task_bears_the_promised_day() -> None:
    case = accepted(RESTAURANT, "2026-02-12", "2026-02-12")
    waiting = Task.objects.exclude(state="closed").get(about=case.pk)
    assert (waiting.kind, str(waiting.due)) == ("cases.review", "2026-02-26")
