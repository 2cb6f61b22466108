"""What those responsible read: every word, every level, silence apart; never whose word it was."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from procrastinate.contrib.django import app

from tests.topics.ratings.district import (
    CLOSER,
    HEALTH,
    LAST_DAY,
    MARKET,
    NUMBER,
    citizen,
    invite,
    on,
    person,
    rate,
    staff,
)
from zhengtong.foundation.access import ANONYMOUS
from zhengtong.foundation.audit import queries as audit
from zhengtong.foundation.refusals import Forbidden
from zhengtong.foundation.wiring import commands
from zhengtong.topics.ratings import actions, queries, rules
from zhengtong.topics.ratings.models import Rating, RatingInvitation
from zhengtong.topics.subjects.models import Subject

MARCH = {"since": date(2026, 3, 1), "until": date(2026, 3, 31)}
SPRING = {"since": date(2026, 3, 1), "until": date(2026, 5, 31)}
LEADER = ("ratings.view",)


@pytest.fixture
def town(zhang: Subject) -> Subject:
    """Market: levels 1, 1, 4 and two silent; health: one 5."""
    for index, level in enumerate((1, 1, 4)):
        invite(zhang, f"26030200{index}")
        rate(citizen(zhang), f"26030200{index}", level=level)
    invite(zhang, "26030201", organisation=HEALTH)
    rate(citizen(zhang), "26030201", level=5, text="等了三个小时")
    invite(zhang, "26030202")
    return zhang


def test_per_organisation(town: Subject) -> None:
    market, health = queries.rating_tallies(staff(*LEADER), **MARCH)
    assert (market.organisation_name, market.given, market.good, market.bad) == ("番江区市场监督管理局", 3, 2, 1)
    assert market.by_level == {1: 2, 2: 0, 3: 0, 4: 1, 5: 0}
    assert market.good_rate == Decimal("66.7")
    assert market.is_small
    assert (health.given, health.good_rate) == (1, Decimal("0.0"))
    assert queries.rating_tallies(staff(*LEADER), since=date(2026, 2, 1), until=date(2026, 2, 28)) == []


def test_scope(town: Subject) -> None:
    assert [t.organisation for t in queries.rating_tallies(staff(*LEADER, organisation=HEALTH), **MARCH)] == [HEALTH]
    assert queries.ratings_for(staff(*LEADER)).count() == 4
    assert queries.ratings_for(staff(*LEADER, organisation=MARKET)).count() == 3
    assert [row.level for row in queries.bad_ratings_for(staff(*LEADER, organisation=MARKET))] == [4]
    for stranger in (staff("cases.view"), citizen(town), ANONYMOUS):
        assert not queries.ratings_for(stranger)
        assert queries.rating_tallies(stranger, **MARCH) == []
    assert queries.rating_of(citizen(person("王强", 31)), "26030201") is None


def test_whose_word_it_was_is_not_in_the_query(town: Subject) -> None:
    rows = queries.ratings_for(staff(*LEADER))
    assert "rated_by" not in str(rows.query).split("FROM")[0]
    assert rows.first() is not None


def test_silence_is_recorded_after_the_window(town: Subject) -> None:
    with on(LAST_DAY):
        assert actions.record_unanswered(actor=CLOSER) == 0
    with on(LAST_DAY + timedelta(days=1)):
        with pytest.raises(Forbidden):
            actions.record_unanswered(actor=staff(*LEADER))
        assert actions.record_unanswered(actor=CLOSER) == 2
        assert actions.record_unanswered(actor=CLOSER) == 0
        with pytest.raises(rules.RatingWindowClosed):
            rate(citizen(town))
    silent = Rating.objects.filter(is_default=True)
    assert {row.case_number for row in silent} == {NUMBER, "26030202"}
    assert {row.level for row in silent} == {None}
    assert set(RatingInvitation.objects.values_list("state", flat=True)) == {"answered", "unanswered"}
    market = queries.rating_tallies(staff(*LEADER, organisation=MARKET), **SPRING)[0]
    assert (market.given, market.unanswered, market.good_rate) == (3, 2, Decimal("66.7"))
    assert market.answer_rate == Decimal("60.0")
    assert queries.ratings_for(staff(*LEADER)).count() == 4
    assert queries.rating_of(citizen(town), NUMBER) is None
    assert audit.verify().faults == ()


def test_more_than_a_batch(zhang: Subject, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)
    for index in range(4):
        invite(zhang, f"2603020{index}")
    run: Callable[[list[str]], int] = commands.get("ratings").run
    with on(LAST_DAY + timedelta(days=1)):
        assert run([]) == 2
        assert run(["close"]) == 0
    assert "5 件" in capsys.readouterr().out
    assert Rating.objects.filter(is_default=True).count() == 5


def test_a_page_of_ratings_takes_one_query(
    town: Subject, django_assert_max_num_queries: Callable[[int], "object"]
) -> None:
    with django_assert_max_num_queries(1):  # type: ignore[attr-defined]
        shown = [(row.level, row.organisation.name, row.label_words) for row in queries.ratings_for(staff(*LEADER))]
    assert len(shown) == 4


def test_the_windows_are_closed_by_themselves(zhang: Subject) -> None:
    planned = [plan for plan in app.periodic_registry.periodic_tasks.values() if plan.task.name == "ratings.close"]
    assert len(planned) == 1
    with on(LAST_DAY + timedelta(days=1)):
        planned[0].task.func(timestamp=0)
    assert Rating.objects.get().is_default
