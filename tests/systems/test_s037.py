"""S037 受审分离: accepted, reviewed and decided by different people, whatever posts they hold."""

import pytest

from tests import story
from zhengtong.foundation.refusals import Forbidden
from zhengtong.topics.cases import actions as cases

pytestmark = [
    pytest.mark.system("S037", partial="custody receipts at each hand-over; one issuing window; supervision"),
    pytest.mark.usefixtures("district"),
]


def test_three_pairs_of_hands() -> None:
    case = story.granted()
    hands = {step.verb: step.actor for step in case.steps.all()}
    assert len({hands["accept"], hands["review"], hands["grant"]}) == 3


def test_the_counter_cannot_review_and_the_reviewer_cannot_decide() -> None:
    case = story.accepted()
    with pytest.raises(Forbidden):
        cases.review_case(case, opinion="同意。", actor=story.actor("zhoumin"))
    case = cases.review_case(case, opinion="材料齐全。", actor=story.actor("zhengweidong"))
    with pytest.raises(Forbidden):
        cases.grant_case(case, actor=story.actor("zhengweidong"))
