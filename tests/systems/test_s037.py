"""S037 受审分离与统一出件: files go from the front counter to the department and back to one issuing window, signed for
at each hand-over, and whoever accepted or decided does not hand out the result."""

from datetime import timedelta

import pytest

from tests import story
from tests.topics.deliveries.hands import account_of, drawn, piece, relayed
from zhengtong.foundation import clock
from zhengtong.foundation.audit.queries import verify
from zhengtong.foundation.refusals import Forbidden
from zhengtong.topics.cases import actions as cases
from zhengtong.topics.cases.models import Case
from zhengtong.topics.deliveries import actions, queries
from zhengtong.topics.deliveries.actions import Answer, Original, Receiver
from zhengtong.topics.deliveries.rules import IssuerNotSeparate, NotReady, OwnSlip, PieceNotHeld

pytestmark = [pytest.mark.system("S037"), pytest.mark.usefixtures("committed_district")]
CLERK, REVIEWER, HEAD, ISSUER = "zhoumin", "zhengweidong", "xujing", "ouyanglan"
OWNER = Receiver("陈志远", "449906198607231598")


def at_the_counter() -> Case:
    """The restaurant's papers, taken in over the counter and accepted there."""
    clerk = story.actor(CLERK)
    told = cases.submit_case(story.filing(by=clerk))
    return relayed(cases.accept_case(Case.objects.get(pk=told.case_id), actor=clerk))


def test_from_the_counter_to_the_department_and_back_to_one_window() -> None:
    clerk, reviewer, head, issuer = map(story.actor, (CLERK, REVIEWER, HEAD, ISSUER))
    case = at_the_counter()
    custody = actions.take_originals(
        case, originals=[Original("营业执照副本"), Original("租赁合同", 2)], signature=drawn(clerk), actor=clerk
    )
    assert queries.signature_holds(custody, queries.content_of(custody))
    file, licence, lease = piece(case, "file"), piece(case, "original", "营业"), piece(case, "original", "租赁")
    assert {each.holder_name for each in (file, licence, lease)} == {"周敏"}

    # Counter → department: nothing is anybody else's until it is signed for; what lacks stays where it was.
    slip = actions.hand_over([file.pk, licence.pk, lease.pk], to=case.department_id, actor=clerk)
    assert piece(case, "file").state == "moving" and piece(case, "file").holder_id == "hall-central"
    with pytest.raises(PieceNotHeld):
        actions.hand_over([file.pk], to=case.department_id, actor=clerk)
    with pytest.raises((OwnSlip, Forbidden)):
        actions.sign_slip(slip, answers={}, signature=account_of(clerk), actor=clerk)
    short = slip.lines.get(piece=lease).pk
    slip = actions.sign_slip(
        slip, answers={short: Answer(False, "少一份")}, signature=account_of(reviewer), actor=reviewer
    )
    assert piece(case, "file").holder_name == "郑卫东"
    assert piece(case, "original", "租赁").holder_name == "周敏"
    assert slip.lines.get(pk=short).reason == "少一份"

    # Reviewed and decided there by two others; the result is not at the window before the window has signed for it.
    case = cases.review_case(case, opinion="材料齐全，建议准予。", actor=reviewer)
    case = relayed(cases.grant_case(case, opinion="同意。", actor=head))
    waiting = queries.delivery_for(issuer, case.number)
    assert waiting.state == "awaited"
    with pytest.raises(NotReady):
        actions.issue_result(waiting, receiver=OWNER, signature=drawn(issuer), actor=issuer)
    back = actions.hand_over([piece(case, "result").pk, licence.pk], to=case.acceptor_id, actor=reviewer)
    actions.sign_slip(back, answers={}, signature=account_of(issuer), actor=issuer)
    assert piece(case, "result").holder_name == piece(case, "original", "营业").holder_name == "欧阳岚"

    # Out of the house: by none of those who accepted, reviewed or decided.
    ready = queries.delivery_for(issuer, case.number)
    with pytest.raises(IssuerNotSeparate, match="受理"):
        actions.issue_result(ready, receiver=OWNER, signature=drawn(clerk), actor=clerk)
    for other in (reviewer, head):
        with pytest.raises(Forbidden):
            actions.issue_result(ready, receiver=OWNER, signature=drawn(issuer), actor=other)
    done = actions.issue_result(ready, receiver=OWNER, signature=drawn(issuer), actor=issuer)
    assert queries.signature_holds(done, queries.proof_content(done))
    assert Case.objects.get(pk=case.pk).status == "delivered"
    hands = {step.verb: step.actor for step in case.steps.all()}
    assert len({hands["accept"], hands["review"], hands["grant"], hands["deliver"]}) == 4
    actions.return_originals(case, pieces=[licence.pk], signature=drawn(issuer), actor=issuer)
    for pdf in (queries.slip_pdf(custody), queries.slip_pdf(slip), queries.slip_pdf(back), queries.proof_pdf(done)):
        assert pdf.startswith(b"%PDF")
    assert not verify().faults


def test_the_counter_cannot_review_and_the_reviewer_cannot_decide() -> None:
    case = story.accepted()
    with pytest.raises(Forbidden):
        cases.review_case(case, opinion="同意。", actor=story.actor(CLERK))
    case = cases.review_case(case, opinion="材料齐全。", actor=story.actor(REVIEWER))
    with pytest.raises(Forbidden):
        cases.grant_case(case, actor=story.actor(REVIEWER))


def test_what_nobody_fetches_is_listed_for_a_reminder() -> None:
    issuer = story.actor(ISSUER)
    case = relayed(story.granted())
    assert not queries.deliveries_for(issuer, pile="late").exists()
    with clock.at(clock.now() + timedelta(days=11)):
        assert [late.case_id for late in queries.deliveries_for(issuer, pile="late")] == [case.pk]


def test_the_evening_squares() -> None:
    clerk = story.actor(CLERK)
    actions.take_originals(at_the_counter(), originals=[Original("租赁合同", 2)], signature=drawn(clerk), actor=clerk)
    today = clock.today()
    figures = queries.figures_of(clerk, today)
    assert (figures.opening, figures.taken, figures.given, figures.expected, figures.receipts) == (0, 2, 0, 2, 1)
    with pytest.raises(Exception, match="差异"):
        actions.close_day(today, organisation="hall-central", counted=1, actor=clerk)
    actions.close_day(today, organisation="hall-central", counted=1, reason="一份夹在别的案卷里，明早找", actor=clerk)
    assert queries.figures_of(clerk, today + timedelta(days=1)).opening == 1
