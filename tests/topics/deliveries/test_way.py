"""The finer points of the way of the papers; the whole way is S037's."""

from datetime import timedelta

import pytest

from tests import story
from tests.faces.desk.desks import CLERK, COLLEAGUE, HEAD, REPAIR, REVIEWER
from tests.topics.deliveries import hands
from zhengtong.foundation import clock
from zhengtong.foundation.audit.queries import verify
from zhengtong.foundation.refusals import Refused
from zhengtong.topics.cases import actions as cases
from zhengtong.topics.cases.models import Case
from zhengtong.topics.deliveries import actions, queries
from zhengtong.topics.deliveries import rules as said
from zhengtong.topics.deliveries.actions import Answer, Original, Receiver, Signature, Way
from zhengtong.topics.deliveries.models import Delivery, Line

pytestmark = pytest.mark.usefixtures("district")
ISSUER = "ouyanglan"


def waiting() -> Delivery:
    """A restaurant's licence at the window, applied for online."""
    return hands.ready(story.granted())


def test_what_was_signed_cannot_be_changed_unnoticed() -> None:
    clerk, case = story.actor(CLERK), hands.at_the_counter()
    slip = actions.take_originals(case, originals=[Original("房产证")], signature=hands.drawn(clerk), actor=clerk)
    assert queries.signature_holds(slip, queries.content_of(slip))
    leaf = slip.audit_head
    Line.objects.filter(slip=slip).update(copies=2)
    assert not queries.signature_holds(slip, queries.content_of(slip))
    assert leaf is not None


@pytest.mark.parametrize(
    ("originals", "signature", "refused"),
    [
        ([], Signature("陈志远", Way.SPOKEN), said.NothingChosen),
        ([Original("房产证", 0)], Signature("陈志远", Way.SPOKEN), said.CopiesUnlikely),
        ([Original("房产证")], Signature(" ", Way.SPOKEN), said.SignerMissing),
        ([Original("房产证")], Signature("陈志远", Way.DRAWN), said.SignatureMissing),
    ],
)
def test_nothing_is_taken_unsigned(originals: list[Original], signature: Signature, refused: type[Refused]) -> None:
    with pytest.raises(refused):
        actions.take_originals(
            hands.at_the_counter(), originals=originals, signature=signature, actor=story.actor(CLERK)
        )  # fmt: skip


def test_a_line_is_refused_only_with_a_reason_and_a_slip_signed_once() -> None:
    slip, reviewer = hands.handed_over(), story.actor(REVIEWER)
    line = slip.lines.get().pk
    signature = hands.account_of(reviewer)
    with pytest.raises(said.LineReasonMissing):
        actions.sign_slip(slip, answers={line: Answer(False)}, signature=signature, actor=reviewer)
    actions.sign_slip(slip, answers={line: Answer(False, "少一份")}, signature=signature, actor=reviewer)
    with pytest.raises(said.SlipSigned):
        actions.sign_slip(slip, answers={}, signature=signature, actor=reviewer)
    assert slip.lines.get().piece.holder_name == "周敏"


def test_the_card_decides_who_may_have_it() -> None:
    delivery, issuer = waiting(), story.actor(ISSUER)
    stranger = Receiver("黄建业", "449906197905110175")
    with pytest.raises(said.ReceiverUnknown):
        actions.issue_result(delivery, receiver=stranger, signature=hands.spoken("黄建业"), actor=issuer)
    agent = Receiver(stranger.name, stranger.number, is_agent=True)
    done = actions.issue_result(delivery, receiver=agent, signature=hands.spoken("黄建业"), actor=issuer)
    assert (done.receiver_right, done.way) == ("凭委托书代领", "窗口领取")
    assert verify().faults == ()
    assert Case.objects.get(pk=delivery.case_id).status == "delivered"
    with pytest.raises(said.NotReady):
        actions.issue_result(delivery, receiver=agent, signature=hands.spoken(), actor=issuer)


def test_found_by_number_telephone_and_code() -> None:
    delivery, issuer = waiting(), story.actor(ISSUER)
    for text in (delivery.case.number, delivery.code, "91449906MA9900378N", "19906601028"):
        assert [one.pk for one in queries.deliveries_for(issuer, text=text)] == [delivery.pk], text
    assert not queries.deliveries_for(issuer, text="449906197905110175").exists()
    assert not queries.deliveries_for(story.actor("luohao"), text=delivery.case.number).exists()


def test_posted_or_delivered_otherwise_it_waits_no_longer() -> None:
    posted, issuer = waiting(), story.actor(ISSUER)
    with pytest.raises(said.TrackingMissing):
        actions.post_result(posted, tracking=" ", actor=issuer)
    assert actions.post_result(posted, tracking="EMS 1", actor=issuer).state == "issued"
    other = waiting()
    cases.deliver_case(other.case, way="电子送达", actor=story.actor(CLERK))
    actions.close_delivery(other.case.number, way="电子送达", actor=hands.OPENER)
    assert Delivery.objects.get(pk=other.pk).way == "电子送达"
    assert not queries.pieces_for(issuer, kind="result").exists()


def test_on_the_spot_the_same_hands_may_hand_out_unless_the_item_separates() -> None:
    clerk = story.actor(CLERK)
    filing = cases.handle_on_the_spot(story.submitted(REPAIR), actor=clerk)
    owner = Receiver("黄建业", "449906197905110175")
    done = actions.issue_result(hands.ready(filing), receiver=owner, signature=hands.spoken("黄建业"), actor=clerk)
    assert done.state == "issued"
    with pytest.raises(said.IssuerNotSeparate, match="受理"):
        actions.issue_result(waiting(), receiver=owner, signature=hands.spoken(), actor=clerk)
    assert queries.hands_before(story.actor(COLLEAGUE), waiting()) == ""


def test_told_twice_it_happened_once() -> None:
    case = hands.at_the_counter()
    assert hands.file_of(case).pk == hands.file_of(case).pk
    case = cases.review_case(case, opinion="齐全。", actor=story.actor(REVIEWER))
    case = cases.grant_case(case, actor=story.actor(HEAD))
    assert hands.ready(case).pk == hands.ready(case).pk
    assert actions.open_file(story.submitted().number, actor=hands.OPENER) is None


def test_a_day_is_signed_once_and_the_next_opens_with_what_was_counted() -> None:
    clerk, today = story.actor(CLERK), clock.today()
    case = hands.at_the_counter()
    taken = actions.take_originals(case, originals=[Original("房产证", 3)], signature=hands.spoken(), actor=clerk)
    actions.close_day(today, organisation="hall-central", counted=3, actor=clerk)
    with pytest.raises(said.DayClosed):
        actions.close_day(today, organisation="hall-central", counted=3, actor=clerk)
    with clock.at(clock.now() + timedelta(days=1)):
        actions.return_originals(
            case, pieces=[line.piece_id for line in taken.lines.all()], signature=hands.spoken(), actor=clerk
        )  # fmt: skip
        figures = queries.figures_of(clerk, clock.today())
    assert (figures.opening, figures.given, figures.expected) == (3, 3, 0)
    assert queries.day_pdf(queries.day_for(clerk, today)).startswith(b"%PDF")
