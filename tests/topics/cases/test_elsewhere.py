"""Cases of the provincial system: handed over once, mirrored, shown among one's own, never decided here."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests import story
from tests.topics.cases.verbs import CARD, MIRROR, brought, do, traces
from zhengtong.engines.tasks.models import Task
from zhengtong.foundation import clock
from zhengtong.foundation.audit.queries import leaves_of, verify
from zhengtong.foundation.links.models import Exchange
from zhengtong.foundation.links.ports import simulators
from zhengtong.foundation.links.rules import NeighbourAway
from zhengtong.foundation.outbox.models import EventRow
from zhengtong.topics.cases import actions, queries, wiring
from zhengtong.topics.cases.models import Case

pytestmark = pytest.mark.usefixtures("district")


def handed_over() -> Case:
    case = brought(CARD, "forward")
    wiring.hand_over(str(case.pk))
    case.refresh_from_db()
    return case


def later(case: Case, minutes: int) -> Case:
    with clock.at(clock.now() + timedelta(minutes=minutes)):
        wiring.mirror(timestamp=0)
    case.refresh_from_db()
    return case


def test_both_numbers_are_kept() -> None:
    case = handed_over()
    assert case.status == "forwarded"
    assert case.elsewhere_number.endswith(case.number)
    assert case.elsewhere_status == "已接收"
    assert case.elsewhere_system == "省社会保障卡业务系统"
    assert not Task.objects.filter(about=case.pk).exclude(state="closed").exists()


def test_the_status_there_is_repeated_here_until_its_end() -> None:
    case = later(handed_over(), 3)
    assert (case.status, case.elsewhere_status, case.ended_at) == ("forwarded", "审查中", None)
    case = later(case, 10)
    assert (case.status, case.elsewhere_status) == ("granted_elsewhere", "已办结")
    assert case.ended_at is not None
    assert EventRow.objects.filter(name="cases.CaseEnded", payload__number=case.number).count() == 1
    assert not verify(case.audit_stream).faults


def test_no_news_is_not_written_down() -> None:
    case = handed_over()
    before = traces(case)
    assert traces(later(case, 0)) == before
    case = later(case, 3)
    verbs = [leaf.verb for leaf in leaves_of(case)]
    assert verbs[-1] == "cases.case.mirrored"
    assert traces(later(case, 3)) == traces(case)


def test_handing_over_twice_is_handing_over_once() -> None:
    case = handed_over()
    before = traces(case)
    wiring.hand_over(str(case.pk))
    assert traces(case) == before
    assert Exchange.objects.filter(operation="hand_over").count() == 1


def test_it_is_among_the_applicants_cases_with_the_words_of_the_province() -> None:
    case = later(handed_over(), 3)
    applicant = story.citizen(CARD)
    assert case in queries.cases_of(applicant)
    now = queries.case_page(applicant, case).moments[-1]
    assert (now.title, now.who, now.state) == ("审查中", "省社会保障卡业务系统", "now")


def test_refused_there() -> None:
    case = handed_over()
    actions.mirror_status(case.pk, status="照片不合格，未予制卡", outcome="refused", actor=MIRROR)
    case.refresh_from_db()
    assert case.status == "refused_elsewhere"
    assert queries.case_page(story.citizen(CARD), case).moments[-1].note == "照片不合格，未予制卡"
    assert not case.notices.filter(kind="refused").exists()


@pytest.fixture
def silence() -> Iterator[None]:
    """The province does not answer."""

    def broken(environ: Any, start: Any) -> Any:
        start("503 Service Unavailable", [("Content-Type", "text/plain")])
        return [b"tired"]

    with simulators.registered(wiring.PROVINCE, broken):
        yield


def test_a_silent_province_costs_nothing_but_time(silence: None) -> None:
    case = brought(CARD, "forward")
    before = traces(case)
    with pytest.raises(NeighbourAway):
        wiring.hand_over(str(case.pk))
    assert traces(case) == before
    assert Exchange.objects.get(operation="hand_over").state == "failed"
    assert queries.case_page(story.citizen(CARD), case).moments[-1].title == "待上级系统接收"


def test_one_case_the_province_does_not_know_does_not_hold_up_the_others() -> None:
    lost, other = handed_over(), handed_over()
    Case.objects.filter(pk=lost.pk).update(elsewhere_number="S0", submitted_at=clock.now() - timedelta(days=1))
    assert later(other, 10).status == "granted_elsewhere"
    assert Exchange.objects.get(operation="status", about=f"case:{lost.pk}").state == "failed"


def test_after_that_it_is_archived_here() -> None:
    assert do("archive", later(handed_over(), 10)).status == "archived"
