"""The applicant says how it was: once, freely, in time; nobody else says it for her."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.topics.ratings.district import LAST_DAY, MARKET, NUMBER, after, citizen, invite, on, person, rate, staff
from zhengtong.foundation import clock
from zhengtong.foundation.access import ANONYMOUS, system_actor
from zhengtong.foundation.audit import queries as audit
from zhengtong.foundation.outbox.models import EventRow
from zhengtong.foundation.refusals import Forbidden
from zhengtong.topics.ratings import actions, queries, rules
from zhengtong.topics.ratings.models import Rating, RatingInvitation
from zhengtong.topics.subjects import actions as subjects
from zhengtong.topics.subjects.models import Subject


def events() -> list[str]:
    rows = EventRow.objects.filter(name__startswith="ratings.").order_by("pk")
    return [name.removeprefix("ratings.") for name in rows.values_list("name", flat=True)]


def test_she_rates_her_case(zhang: Subject) -> None:
    actor = citizen(zhang)
    made = rate(actor, level=1, labels=["kind", "fast"], text=" 很快，谢谢 ", channel="mobile")
    stored = Rating.objects.get()
    assert (stored.level, stored.labels, stored.text) == (1, ["fast", "kind"], "很快，谢谢")
    assert (stored.case_number, stored.serial, stored.organisation_id) == (NUMBER, 1, MARKET)
    assert (stored.channel_words, stored.label_words) == ("移动端", ["办得快", "态度好"])
    assert (stored.naming, stored.rated_by, stored.is_bad, stored.is_default) == ("named", actor.key, False, False)
    assert RatingInvitation.objects.get().state == "answered"
    leaf = audit.leaves_of(made).get()
    assert "谢谢" not in str(leaf.data)
    assert audit.verify().faults == ()
    assert events() == ["RatingGiven"]


@pytest.mark.parametrize("level", [4, 5])
def test_a_bad_one_is_heard(zhang: Subject, level: int) -> None:
    rate(citizen(zhang), level=level, labels=[], text="", naming="anonymous")
    assert events() == ["RatingGiven", "BadRatingGiven"]
    told = EventRow.objects.get(name="ratings.BadRatingGiven").payload
    assert told["naming"] == "anonymous"
    assert str(zhang.pk) not in str(told)


def test_once(zhang: Subject) -> None:
    rate(citizen(zhang))
    with pytest.raises(rules.AlreadyRated):
        rate(citizen(zhang), level=5)
    assert Rating.objects.count() == 1


def test_whoever_acts_for_her_may_rate(zhang: Subject) -> None:
    daughter = person("李敏", 14)
    with pytest.raises(Forbidden):
        rate(citizen(daughter))
    subjects.add_representation(
        zhang,
        person=daughter,
        right="helper",
        valid_from=clock.today() - timedelta(days=1),
        actor=system_actor("test", "cases.submit_for_visitor"),
    )
    rate(citizen(daughter))
    own = queries.rating_of(citizen(zhang), NUMBER)
    assert own is not None
    assert own.level == 2


def test_staff_never_rate_not_even_with_every_permission(zhang: Subject) -> None:
    everything = ("ratings.view", "ratings.rate", "cases.accept", "cases.submit_for_visitor")
    for actor in (staff(*everything), staff(subject=zhang.pk)):
        with pytest.raises(rules.StaffMayNotRate):
            rate(actor)
        with pytest.raises(rules.StaffMayNotRate):
            actions.amend_rating(NUMBER, level=1, actor=actor)


def test_no_stranger_rates(zhang: Subject) -> None:
    for actor in (citizen(person("王强", 31)), citizen(None), ANONYMOUS, system_actor("ratings", "ratings.rate")):
        with pytest.raises(Forbidden):
            rate(actor)


def test_a_case_that_has_not_ended_is_not_rated(zhang: Subject) -> None:
    with pytest.raises(rules.RatingNotOpen):
        rate(citizen(zhang), number="2603020000025")
    with pytest.raises(rules.RatingNotOpen):
        queries.chance_for(citizen(zhang), "2603020000025")


def test_until_the_last_minute_of_the_last_day(zhang: Subject) -> None:
    with on(LAST_DAY + timedelta(days=1), hour=0), pytest.raises(rules.RatingWindowClosed):
        rate(citizen(zhang))
    with on(LAST_DAY, hour=23):
        assert rate(citizen(zhang)).level == 2


def test_amended_once_and_the_first_word_is_kept(zhang: Subject) -> None:
    rate(citizen(zhang), level=1, labels=["fast"], text="快")
    made = actions.amend_rating(NUMBER, level=4, labels=["late"], text="证一直没寄到", actor=citizen(zhang))
    assert (made.level, made.text, made.first_level, made.first_labels, made.first_text) == (
        4, "证一直没寄到", 1, ["fast"], "快",
    )  # fmt: skip
    assert events() == ["RatingGiven", "RatingAmended", "BadRatingGiven"]
    assert EventRow.objects.get(name="ratings.RatingAmended").payload["level_before"] == 1
    with pytest.raises(rules.AlreadyAmended):
        actions.amend_rating(NUMBER, level=1, actor=citizen(zhang))
    assert Rating.objects.get().level == 4
    assert audit.verify().faults == ()


def test_a_bad_word_that_stays_bad_is_told_once(zhang: Subject) -> None:
    rate(citizen(zhang), level=5)
    actions.amend_rating(NUMBER, level=4, actor=citizen(zhang))
    assert events() == ["RatingGiven", "BadRatingGiven", "RatingAmended"]


def test_there_must_be_something_to_amend_and_time_for_it(zhang: Subject) -> None:
    with pytest.raises(rules.NotRatedYet):
        actions.amend_rating(NUMBER, level=1, actor=citizen(zhang))
    rate(citizen(zhang))
    with pytest.raises(Forbidden):
        actions.amend_rating(NUMBER, level=1, actor=citizen(person("王强", 31)))
    with on(LAST_DAY + timedelta(days=1)), pytest.raises(rules.RatingWindowClosed):
        actions.amend_rating(NUMBER, level=1, actor=citizen(zhang))


def test_nonsense_leaves_nothing_behind(zhang: Subject) -> None:
    for wrong in ({"level": 6}, {"labels": ["x"]}, {"text": "一" * 501}, {"channel": "none"}):
        with pytest.raises((rules.LevelUnknown, rules.LabelUnknown, rules.TextTooLong, rules.ChannelUnknown)):
            rate(citizen(zhang), **wrong)
    assert not Rating.objects.exists()
    assert RatingInvitation.objects.get().state == "open"


def test_the_page_knows_what_may_be_done(zhang: Subject) -> None:
    chance = queries.chance_for(citizen(zhang), NUMBER)
    assert (chance.may_rate, chance.may_amend, chance.rating) == (True, False, None)
    assert chance.levels[0] == (1, "非常满意")
    assert (chance.organisation_name, chance.open_until) == ("番江区市场监督管理局", LAST_DAY)
    assert "late" in chance.labels(5)
    assert "late" not in chance.labels(1)
    made = rate(citizen(zhang))
    chance = queries.chance_for(citizen(zhang), NUMBER)
    assert (chance.may_rate, chance.may_amend, chance.rating) == (False, True, made)
    with after(40):
        chance = queries.chance_for(citizen(zhang), NUMBER)
        assert (chance.may_rate, chance.may_amend) == (False, False)


def test_what_still_waits_for_a_word(zhang: Subject) -> None:
    invite(zhang, "2603020000025")
    rate(citizen(zhang))
    assert [row.case_number for row in queries.cases_to_rate(citizen(zhang))] == ["2603020000025"]
    assert not queries.cases_to_rate(citizen(person("王强", 31)))
    with after(40):
        assert not queries.cases_to_rate(citizen(zhang))


def test_told_twice_the_first_time_counts(zhang: Subject) -> None:
    invite(zhang, outcome="archived", ended_at=clock.now())
    invitation = RatingInvitation.objects.get()
    assert (invitation.outcome, invitation.open_until) == ("granted", LAST_DAY)
    assert audit.leaves_of(invitation).count() == 1
    with pytest.raises(Forbidden):
        invite(zhang, "2603020000025", actor=citizen(zhang))


def test_the_database_itself_knows_silence(zhang: Subject) -> None:
    made = rate(citizen(zhang))
    for change in ({"level": None}, {"is_default": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Rating.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        made.pk = uuid4()
        made.save(force_insert=True)
