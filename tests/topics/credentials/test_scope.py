"""Who sees which credentials, and what the public page tells."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

import pytest

from tests.topics.credentials.district import HEALTH, MARKET, ZHANG, ZHANG_ID, citizen, staff
from zhengtong.foundation import clock
from zhengtong.foundation.access import ANONYMOUS
from zhengtong.foundation.refusals import NotFound
from zhengtong.topics.credentials import actions, queries, rules
from zhengtong.topics.credentials.models import Credential

Issue = Callable[..., Credential]
FIRM = UUID("0192f000-0000-7000-8000-0000000000ff")


@pytest.fixture
def two(issue: Issue) -> tuple[Credential, Credential]:
    """Zhang's own, and one of a firm."""
    own = issue("2603020000017")
    firm = issue(
        "2603020000025", holder_id=FIRM, holder_name="番江张记餐饮有限公司", holder_id_type="credit_code",
        holder_id_number="91449906MA0000001X",
    )  # fmt: skip
    return own, firm


def test_the_holder_sees_his_own(two: tuple[Credential, Credential]) -> None:
    own, firm = two
    with queries.acting_for.filled_with(lambda actor: frozenset({actor.subject_id or uuid4()})):
        assert list(queries.credentials_of(citizen())) == [own]
        assert queries.credential_for(citizen(), own.pk) == own
        with pytest.raises(NotFound):
            queries.credential_for(citizen(), firm.pk)
        for nobody in (ANONYMOUS, citizen(None), citizen(uuid4())):
            assert not queries.credentials_of(nobody)


def test_whoever_acts_for_the_firm_sees_the_firms(two: tuple[Credential, Credential]) -> None:
    own, firm = two
    with queries.acting_for.filled_with(lambda actor: frozenset({ZHANG, FIRM})):
        assert list(queries.credentials_of(citizen())) == [firm, own]
        assert list(queries.credentials_held_by(citizen(), [FIRM])) == [firm]
        assert queries.credential_of_case(citizen(), "2603020000025") == firm
    with queries.acting_for.filled_with(lambda actor: frozenset({ZHANG})):
        assert not queries.credentials_held_by(citizen(), [FIRM])


def test_staff_see_those_of_their_own_organ(two: tuple[Credential, Credential]) -> None:
    assert queries.credentials_for(staff("credentials.view", organisation=MARKET)).count() == 2
    assert queries.credentials_for(staff("credentials.view")).count() == 2
    assert queries.credentials_for(staff("credentials.view", organisation=HEALTH)).count() == 0
    assert queries.credentials_for(staff("credentials.view", area="449906001")).count() == 2
    assert queries.credentials_for(staff("credentials.view", area="449906002")).count() == 0
    assert queries.credentials_for(staff("cases.view", organisation=MARKET)).count() == 0
    assert not queries.credentials_of(staff("credentials.view"))


def test_the_public_page_masks_a_person_and_says_the_state(two: tuple[Credential, Credential]) -> None:
    own, firm = two
    with clock.at(datetime(2031, 3, 1, 23, 59, tzinfo=clock.CHINA)):
        seen = queries.verify(own.verify_code.lower())
        assert (seen.holder, seen.number, seen.issuer) == ("张**", own.number, "番江区市场监督管理局")
        assert seen.is_valid
        assert seen.state_words == "有效"
    with clock.at(datetime(2031, 3, 2, 0, 0, tzinfo=clock.CHINA)):
        assert queries.verify(own.verify_code).state_words == "已过有效期"
    assert queries.verify(firm.verify_code).holder == "番江张记餐饮有限公司"
    told = str(queries.verify(own.verify_code))
    assert ZHANG_ID not in told
    assert "张桂芳" not in told


def test_the_public_page_says_when_it_was_revoked(two: tuple[Credential, Credential]) -> None:
    own, _ = two
    judge = staff("credentials.end", organisation=MARKET)
    actions.end_credential(own, ending="annulled", reason="申请材料不实", actor=judge)
    assert queries.verify(own.verify_code).state_words == "已撤销"


@pytest.mark.parametrize("code", ["", "3", "AAAAAAAAAAAAA", "3" * 13, "' OR 1=1 --", "\x00" * 13, "０" * 13])
def test_a_wrong_code_finds_nothing(district: None, code: str) -> None:
    with pytest.raises(rules.CredentialUnknown):
        queries.verify(code)
