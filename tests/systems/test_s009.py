"""S009 网上办事大厅: be known, book, apply, upload, pay, track, receive without a visit; and measure it."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests import story
from tests.topics.cases.verbs import do
from tests.topics.payments import tills
from tests.topics.visits.calling import RESTAURANT, book, next_open
from zhengtong.foundation import clock
from zhengtong.foundation.links import paying
from zhengtong.topics.cases import actions as cases
from zhengtong.topics.cases import queries as case_queries
from zhengtong.topics.cases.rules import IdentityUnproved
from zhengtong.topics.credentials import queries as credentials
from zhengtong.topics.items import queries as items
from zhengtong.topics.payments import queries as payments
from zhengtong.topics.payments import wiring as money
from zhengtong.topics.payments.models import Order, Payment
from zhengtong.topics.payments.rules import MoneyDue
from zhengtong.topics.subjects import actions as subjects
from zhengtong.topics.subjects import queries as known
from zhengtong.topics.subjects.wiring import check_identity
from zhengtong.topics.visits import queries as visits

pytestmark = [
    pytest.mark.system("S009"),
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


def test_booked_for_the_counter() -> None:
    """Whoever would rather come books his time online, at a window that takes the item."""
    owner = story.actor("chenzhiyuan")
    counter = visits.counters_of(RESTAURANT)[0]
    starts_at = next_open(counter.group.pk, days=1)
    made = book(owner, starts_at, item=RESTAURANT, group=counter.group.pk, visitor=story.subject("weizhenyuan").pk)
    assert [one.number for one in visits.coming_up(owner)] == [made.number]


@pytest.fixture
def _own_book(settings: Any, tmp_path: Path) -> None:
    """The simulated payment provider and treasury keep their books in a folder of the test's."""
    settings.VAR = tmp_path


def test_known_by_name_and_number_before_an_item_that_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever files is compared at the province's identity service, once; without it he is told what to do."""
    owner = story.actor("chenzhiyuan")
    monkeypatch.setitem(items.current_version(RESTAURANT).definition, "identity_level", "basic")
    filing = story.filing(RESTAURANT)
    with pytest.raises(IdentityUnproved) as refused:
        cases.submit_case(filing)
    assert "实名核验" in refused.value.remedy
    check = subjects.ask_identity_check(story.subject("chen-zhiyuan"), actor=owner)
    check_identity(str(check.pk))
    assert owner.subject_id is not None
    assert known.identity_standing(owner.subject_id).level == "basic"
    assert cases.submit_case(filing).status == "submitted"


@pytest.mark.usefixtures("_own_book")
def test_paid_online_and_nobody_came() -> None:
    """Bill, order, the provider's page, its signed letter, the treasury's receipt; then the licence goes out, and the
    case counts as handled online to the end. One that was paid in cash does not."""
    leader, today = story.actor("jiangtao"), clock.today()
    before = case_queries.online_share(leader, since=today, until=today).whole.real
    bill = tills.billed()
    with pytest.raises(MoneyDue):
        do("deliver", bill.case)
    money.place_order(str(bill.pk))
    order = Order.objects.get(bill=bill)
    paying.pay(order.number)
    told, headers = paying.letter(paying.order(order.number) or {})
    heard = Client().post("/api/payments/notifications", told, content_type="application/json", headers=headers)
    assert heard.status_code == 200
    money.issue_receipt(str(Payment.objects.get(bill=bill).pk))
    payer = story.citizen(tills.ROAD)
    page = payments.bill_page(payer, payments.bill_for(payer, bill.number))
    assert page.receipt is not None
    assert (page.bill.state, bool(page.receipt.check_code)) == ("paid", True)
    cases.deliver_case(bill.case, way="电子送达", actor=story.actor("zhoumin"))
    other = tills.billed()
    tills.take(other)
    cases.deliver_case(other.case, way="电子送达", actor=story.actor("zhoumin"))
    share = case_queries.online_share(leader, since=today, until=today)
    assert (share.whole.real.part, share.whole.real.whole) == (before.part + 1, before.whole + 2)
    behind = case_queries.cases_behind(leader, since=today, until=today, heap="online", item=tills.ROAD)
    assert [case.number for case in behind] == [bill.case.number]
    assert share.whole.could_to_the_end.whole == len(share.rows) > share.whole.could_to_the_end.part > 0
