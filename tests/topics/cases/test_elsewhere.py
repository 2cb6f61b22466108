from datetime import timedelta

from tests import story
from zhengtong.foundation import clock
from zhengtong.topics.cases import actions, wiring


def test_it(district):
    case = story.submitted("social-security-card")
    case = actions.forward_case(case, actor=story.actor("luohao"))
    wiring.hand_over(str(case.pk))
    case.refresh_from_db()
    assert case.elsewhere_number, case.elsewhere_status
    with clock.at(clock.now() + timedelta(minutes=10)):
        wiring.mirror(timestamp=0)
    case.refresh_from_db()
    print(case.status, case.elsewhere_status)
    assert case.status == "granted_elsewhere"
