"""Dated values: which one is in force, how one follows another, what is refused."""

from datetime import date, datetime
from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction

from zhengtong.foundation import clock
from zhengtong.foundation.access import ANONYMOUS, system_actor
from zhengtong.foundation.audit.queries import leaves_of, verify
from zhengtong.foundation.params import actions, queries, rules
from zhengtong.foundation.params.models import Parameter
from zhengtong.foundation.refusals import Forbidden

STEWARD = system_actor("test", "params.manage")
NOON = datetime(2026, 6, 1, 12, tzinfo=clock.CHINA)


@pytest.fixture(autouse=True)
def june():
    with clock.at(NOON):
        yield


def set_(key="test.days", value=20, valid_from=date(2026, 6, 1), **more):
    return actions.set_parameter(key, value=value, actor=STEWARD, valid_from=valid_from, **more)


def test_the_value_in_force_on_a_day(db):
    set_(value=20, valid_from=date(2004, 7, 1), basis="行政许可法第四十二条")
    set_(value=15, valid_from=date(2026, 9, 1))
    assert queries.parameter("test.days").value == 20
    assert queries.parameter("test.days", date(2026, 8, 31)).valid_to == date(2026, 8, 31)
    assert queries.integer("test.days", date(2026, 9, 1)) == 15
    assert queries.parameter("test.days", date(2026, 8, 31)).basis == "行政许可法第四十二条"
    with pytest.raises(rules.ParameterMissing, match=r"test\.days"):
        queries.parameter("test.days", date(2004, 6, 30))


def test_it_follows_the_clock(db):
    set_(value=1)
    set_(value=2, valid_from=date(2027, 1, 1))
    with clock.at(datetime(2027, 1, 1, 0, 0, tzinfo=clock.CHINA)):
        assert queries.integer("test.days") == 2


def test_the_past_is_not_rewritten(db):
    set_(value=20, valid_from=date(2020, 1, 1))
    with pytest.raises(rules.ParameterAlreadyInForce):
        set_(value=10, valid_from=date(2025, 1, 1))
    with pytest.raises(rules.PeriodBackwards):
        set_(valid_from=date(2026, 7, 2), valid_to=date(2026, 7, 1))


def test_a_later_value_that_is_waiting_is_not_run_over(db):
    set_(value=20)
    set_(value=15, valid_from=date(2026, 9, 1))
    with pytest.raises(rules.ParameterOverlaps):
        set_(value=18, valid_from=date(2026, 7, 1))
    set_(value=18, valid_from=date(2026, 7, 1), valid_to=date(2026, 8, 31))
    assert [queries.integer("test.days", date(2026, m, 1)) for m in (6, 7, 8, 9)] == [20, 18, 18, 15]


def test_the_database_itself_refuses_overlaps(db):
    set_(value=20)
    with pytest.raises(IntegrityError, match="no_overlap"), transaction.atomic():
        Parameter.objects.create(key="test.days", value=1, valid_from=date(2026, 12, 1), owner="desk")


def test_only_a_steward_sets_and_the_trail_tells(db):
    with pytest.raises(Forbidden):
        actions.set_parameter("test.days", value=1, actor=ANONYMOUS, valid_from=date(2026, 6, 1))
    row = set_(value={"amount": 20, "rate": 0.5})
    assert [leaf.verb for leaf in leaves_of(row)] == ["params.parameter.set"]
    assert leaves_of(row)[0].data["value"] == {"amount": 20, "rate": "0.5"}
    assert not verify(row.audit_stream).faults


@pytest.mark.parametrize("value", [True, "20", 2.5, {"amount": 1}])
def test_integer_is_strict(db, value):
    set_(value=value)
    with pytest.raises(rules.ParameterNotWhole):
        queries.integer("test.days")


def test_all_under_a_prefix(db):
    set_("deadlines.A", 1)
    set_("deadlines.B", 2)
    set_("deadlines.C", 3, valid_from=date(2026, 7, 1))
    set_("other.A", 4)
    assert {key: row.value for key, row in queries.parameters_under("deadlines.").items()} == {
        "deadlines.A": 1,
        "deadlines.B": 2,
    }


def test_what_is_rolled_back_is_never_kept(committed_db):
    set_(value=1)
    assert queries.integer("test.days") == 1
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        set_(value=2)
        assert queries.integer("test.days") == 2
        1 / 0  # noqa: B018
    assert queries.integer("test.days") == 1


def test_another_process_is_noticed_and_reading_is_free_until_then(committed_db, django_assert_num_queries):
    set_(value=1)
    queries.in_memory.forget()
    assert queries.integer("test.days") == 1
    with django_assert_num_queries(0):
        for _ in range(100):
            assert queries.integer("test.days") == 1
    # As another process would: its change bumps the stamp, our snapshot does not know yet.
    held = queries.in_memory._held
    set_(value=2)
    queries.in_memory._held = held
    assert queries.integer("test.days") == 1
    with patch("zhengtong.foundation.params.snapshots.monotonic", return_value=held.checked_at + 1.1):
        assert queries.integer("test.days") == 2
