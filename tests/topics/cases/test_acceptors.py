"""Where an application is accepted, when several offices accept its item."""

from dataclasses import replace

import pytest

from tests import story
from tests.topics.cases.verbs import ALLOWANCE
from zhengtong.engines.tasks.models import Task
from zhengtong.foundation.refusals import Forbidden
from zhengtong.topics.cases import actions
from zhengtong.topics.cases.models import Case

pytestmark = pytest.mark.usefixtures("district")
WANGJIANG, QINGCHUAN, SHITAN = "11449906MF9906612W", "11449906MF9906639L", "11449906MF9906655A"


@pytest.mark.parametrize(
    ("division", "acceptor"),
    [("449906001008", WANGJIANG), ("449906003005", QINGCHUAN), ("449906100201", SHITAN), ("", WANGJIANG)],
)
def test_an_application_goes_to_the_office_that_serves_the_place(division: str, acceptor: str) -> None:
    told = actions.submit_case(replace(story.filing(ALLOWANCE), division=division))
    case = Case.objects.get(pk=told.case_id)
    assert case.acceptor_id == acceptor
    assert Task.objects.get(about=case.pk).organisation == acceptor


def test_papers_handed_in_at_a_counter_are_accepted_there() -> None:
    clerk = story.actor("guozhiqiang")
    filing = replace(story.filing(ALLOWANCE, by=clerk), division="449906001008")
    assert Case.objects.get(pk=actions.submit_case(filing).case_id).acceptor_id == SHITAN


def test_a_counter_that_does_not_accept_the_item_takes_nothing() -> None:
    with pytest.raises(Forbidden):
        actions.submit_case(story.filing(ALLOWANCE, by=story.actor("zhoumin")))
