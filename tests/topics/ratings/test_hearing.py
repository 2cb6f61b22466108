"""A case has ended, its event is handed on, the case may be rated; handed on again, nothing changes."""

from tests.topics.ratings.district import MARKET, NUMBER, after, citizen, furnish, person, rate
from zhengtong.foundation import clock
from zhengtong.foundation.audit import queries as audit
from zhengtong.foundation.outbox.models import EventRow
from zhengtong.foundation.outbox.relay import subscribers
from zhengtong.topics.cases.events import CaseEnded
from zhengtong.topics.ratings.models import RatingInvitation


def test_the_end_of_a_case_opens_its_rating(db: None) -> None:
    furnish()
    with after(0):
        applicant = person("张桂芳", 12)
        CaseEnded(
            case_id="0192f000-0000-7000-8000-000000000001", number=NUMBER, item_code="food-business-restaurant",
            item_name="食品经营许可", department=MARKET, applicant=str(applicant.pk), outcome="granted",
            ended_at=clock.now().isoformat(),
        ).publish()  # fmt: skip
        subscriber = subscribers.get("ratings.invite")
        row = EventRow.objects.get(name=subscriber.event.name())
        for _ in range(2):
            subscriber.handle(subscriber.event.of(row.payload))
        invitation = RatingInvitation.objects.get()
        assert (invitation.case_number, invitation.applicant, invitation.state) == (NUMBER, applicant, "open")
        assert rate(citizen(applicant)).invitation == invitation
    assert audit.verify().faults == ()
