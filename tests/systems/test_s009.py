"""S009 网上办事大厅: apply, upload, track and receive the result without a visit."""

import pytest

from tests import story
from zhengtong.topics.cases import actions as cases
from zhengtong.topics.cases import queries as case_queries
from zhengtong.topics.credentials import queries as credentials

pytestmark = [
    pytest.mark.system(
        "S009", partial="checked identities; booking; payment; the measured share of cases really handled online"
    ),
    pytest.mark.usefixtures("district"),
]


def test_without_a_visit() -> None:
    """Nobody but staff at their desks touches the case after the applicant has sent it off online."""
    owner = story.actor("chenzhiyuan")
    case = story.granted()
    assert case.channel == "online"
    page = case_queries.case_page(owner, case_queries.case_for(owner, case.number))
    assert [moment.state for moment in page.moments] == ["done"] * 4
    licence = credentials.credential_of_case(owner, case.number)
    assert licence is not None
    assert licence.number == case.result_number
    cases.deliver_case(case, way="电子送达", actor=story.actor("zhoumin"))
    assert case_queries.case_for(owner, case.number).status == "delivered"
