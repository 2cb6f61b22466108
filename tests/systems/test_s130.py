"""S130 国省垂系统对接: a case decided elsewhere keeps both numbers and follows what the other system says."""

from datetime import timedelta

import pytest

from tests import story
from zhengtong.foundation import clock
from zhengtong.foundation.links.models import Exchange
from zhengtong.topics.cases import actions as cases
from zhengtong.topics.cases import queries as case_queries
from zhengtong.topics.cases import wiring
from zhengtong.topics.cases.rules import DecidedElsewhere

pytestmark = [
    pytest.mark.system("S130", partial="test status per batch and item; cases that begin in the other system"),
    pytest.mark.usefixtures("district"),
]


def test_handed_over_and_mirrored() -> None:
    clerk = story.actor("luohao")
    case = story.submitted("social-security-card")
    with pytest.raises(DecidedElsewhere):
        cases.accept_case(case, actor=clerk)
    case = cases.forward_case(case, actor=clerk)
    wiring.hand_over(str(case.pk))
    case.refresh_from_db()
    assert case.elsewhere_number
    with clock.at(clock.now() + timedelta(minutes=10)):
        wiring.mirror(timestamp=0)
    mine = case_queries.case_for(story.actor("linxiaoyu"), case.number)
    assert (mine.status, mine.elsewhere_status) == ("granted_elsewhere", "已办结")
    assert list(Exchange.objects.values_list("state", flat=True)) == ["done", "done"]
