"""Who may, and which rows: the two answers of a rule agree for every set of grants; what nobody declared is denied."""

from typing import Any

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhengtong.foundation.access import (
    ANONYMOUS,
    Actor,
    Grant,
    Rule,
    allow,
    by_grant,
    may,
    require,
    rules,
    system_actor,
    visible,
)
from zhengtong.foundation.directory.models import Division, Organisation
from zhengtong.foundation.refusals import Forbidden

AREAS = ["440000000000", "449906000000", "449906001000", "449906001001", "449906002000", "4_9906000000"]
KINDS = ["department", "hall"]
VERB = "tests.see"
IN_ALL_DIMENSIONS = by_grant("tests.see", organisation="short_name", area="address", item="kind")
WITHOUT_AREA = by_grant("tests.see", organisation="short_name", item="kind")
ONLY_ORGANISATION = by_grant("tests.see", organisation="short_name")
THROUGH_A_RELATION = by_grant("tests.see", organisation="short_name", area="division__code")
NO_DIMENSION = by_grant("tests.see")
MINE = Rule(may=lambda actor, row: row.name == actor.name, rows=lambda actor: Q(name=actor.name))
RULES = {
    "all dimensions": IN_ALL_DIMENSIONS,
    "without area": WITHOUT_AREA,
    "only organisation": ONLY_ORGANISATION,
    "through a relation": THROUGH_A_RELATION,
    "no dimension": NO_DIMENSION,
    "mine or by grant": MINE | ONLY_ORGANISATION,
    "by two grants": ONLY_ORGANISATION | by_grant("tests.other", organisation="name"),
}
grants = st.builds(
    Grant,
    permission=st.sampled_from(["tests.see", "tests.other"]),
    organisation=st.sampled_from([None, "a", "b", "nobody", ""]),
    area=st.sampled_from([None, "44", "449906", "449906001", "449906001001", "4_", "%", ""]),
    item=st.sampled_from([None, *KINDS, ""]),
)


@pytest.fixture
def places(db: None) -> list[Organisation]:
    """Rows in every combination of the dimensions."""
    Division.objects.bulk_create(
        Division(code=code, name=code, level="district", owner="tests", audit_count=0) for code in AREAS
    )
    made = [
        Organisation(
            code=f"{short}-{area}-{kind}", name=short, short_name=short, kind=kind, level="4", division_id=area,
            address=area, owner="tests",
        )
        for short in ("a", "b")
        for area in AREAS
        for kind in KINDS
    ]  # fmt: skip
    return Organisation.objects.bulk_create(made)


@pytest.mark.parametrize("name", RULES)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=st.lists(grants, max_size=4), called=st.sampled_from(["a", "nobody"]))
def test_one_row_and_many_rows_are_decided_alike(
    places: list[Organisation], name: str, held: list[Grant], called: str
) -> None:
    actor = Actor(key="account:1", kind="staff", name=called, grants=tuple(held))
    with rules.registered(VERB, RULES[name]):
        one_by_one = {row.code for row in places if may(actor, VERB, row)}
        in_the_query = set(visible(actor, VERB, Organisation.objects.all()).values_list("code", flat=True))
    assert one_by_one == in_the_query


def test_a_grant_covers_what_lies_within_all_its_dimensions() -> None:
    grant = Grant("tests.see", organisation="a", area="449906", item="hall")
    assert grant.covers(organisation="a", area="449906001001", item="hall")
    assert not grant.covers(organisation="b", area="449906001001", item="hall")
    assert not grant.covers(organisation="a", area="449907", item="hall")
    assert not grant.covers(organisation="a", area=None, item="hall")
    assert not grant.covers(organisation="a", area="449906")
    assert Grant("tests.see").covers()


def test_a_permission_held_for_one_thing_is_held_for_menus_only() -> None:
    actor = Actor(key="account:1", kind="staff", grants=(Grant("tests.see", organisation="a"),))
    assert actor.may("tests.see")
    assert not actor.may("tests.other")
    with rules.registered(VERB, ONLY_ORGANISATION):
        assert not may(actor, VERB, Organisation(short_name="b"))


@pytest.mark.django_db
def test_what_nobody_declared_is_denied_even_to_the_platform_itself(places: list[Organisation]) -> None:
    everything: Any = system_actor("tests", "tests.see", "tests.undeclared")
    assert not may(everything, "tests.undeclared", places[0])
    assert not visible(everything, "tests.undeclared", Organisation.objects.all()).exists()
    with pytest.raises(Forbidden):
        require(everything, "tests.undeclared", places[0])


def test_a_verb_is_declared_once() -> None:
    with rules.registered(VERB, MINE), pytest.raises(ValueError, match=VERB):
        allow(VERB, NO_DIMENSION)


def test_nobody_has_no_grant_and_a_name_that_no_account_has() -> None:
    assert ANONYMOUS.grants == ()
    assert not ANONYMOUS.is_signed_in
    assert system_actor("nightly").key == "system:nightly"
    assert not system_actor("nightly").is_staff


def test_the_refusal_is_a_plain_403() -> None:
    with rules.registered(VERB, NO_DIMENSION), pytest.raises(Forbidden) as refusal:
        require(ANONYMOUS, VERB, None)
    assert (refusal.value.status, refusal.value.code) == (403, "forbidden")
