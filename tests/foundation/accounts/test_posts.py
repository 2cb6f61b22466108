"""Posts give what their roles say: where, for which item, from when to when."""

from datetime import date, datetime
from typing import Any

import pytest

from tests import story
from zhengtong.foundation import clock
from zhengtong.foundation.access import Grant, system_actor
from zhengtong.foundation.accounts import actions, queries
from zhengtong.foundation.accounts.models import Role
from zhengtong.foundation.audit.queries import leaves_of, verify
from zhengtong.foundation.clock import CHINA
from zhengtong.foundation.directory.models import Post
from zhengtong.foundation.refusals import Forbidden

pytestmark = pytest.mark.usefixtures("district")
SECURITY = system_actor("security", "accounts.manage")
MARKET = "11449906MF99060141"


def on(day: str) -> Any:
    return clock.at(datetime.combine(date.fromisoformat(day), datetime.min.time(), CHINA).replace(hour=9))


def assign(
    post: str, *, since: str = "2026-03-02", until: str | None = None, login: str = "majun", **bounds: Any
) -> None:
    actions.assign_post(
        queries.account(login), post=post, valid_from=date.fromisoformat(since),
        valid_to=date.fromisoformat(until) if until else None, actor=SECURITY, **bounds,
    )  # fmt: skip


def roles(*codes: str) -> set[str]:
    """What roles give, as the pack says."""
    return {permission for role in Role.objects.filter(pk__in=codes) for permission in role.permissions}


def permissions(login: str, organisation: str | None) -> set[str]:
    return {grant.permission for grant in story.actor(login).grants if grant.organisation == organisation}


def test_a_post_gives_its_roles_permissions_in_its_organisation() -> None:
    assert permissions("zhengweidong", MARKET) == roles("reviewer")
    assert "cases.review" in roles("reviewer")
    assert {grant.organisation for grant in story.actor("zhengweidong").grants} == {MARKET}


def test_the_bureau_reaches_over_the_whole_district() -> None:
    assert story.actor("jiangtao").granted("cases.view") == (Grant("cases.view"),)


def test_a_citizen_has_no_grants_but_a_subject() -> None:
    citizen = story.actor("chenzhiyuan")
    assert (citizen.grants, citizen.subject_id) == ((), story.subject("chen-zhiyuan").pk)


@pytest.mark.parametrize(
    ("day", "holds"), [("2026-03-01", False), ("2026-03-02", True), ("2026-03-31", True), ("2026-04-01", False)]
)
def test_from_the_first_day_to_the_last(day: str, holds: bool) -> None:
    assign("scjg-review", until="2026-03-31")
    with on(day):
        assert (permissions("majun", MARKET) == roles("reviewer")) == holds


def test_bound_to_an_area_and_an_item() -> None:
    assign("scjg-review", area="449906003", item="food-business-restaurant")
    (grant,) = [g for g in story.actor("majun").granted("cases.review") if g.organisation == MARKET]
    assert (grant.area, grant.item) == ("449906003", "food-business-restaurant")
    here = {"organisation": MARKET, "area": "449906003002", "item": "food-business-restaurant"}
    assert grant.covers(**here)
    for elsewhere in ({"area": "449906001001"}, {"item": "prepackaged-food-filing"}, {"organisation": "x"}):
        assert not grant.covers(**{**here, **elsewhere})


def test_two_posts_add_up() -> None:
    assign("scjg-review")
    assign("scjg-head")
    assert permissions("majun", MARKET) == roles("reviewer", "head")


def test_an_ended_post_or_role_gives_nothing_any_more() -> None:
    Post.objects.filter(pk="scjg-review").update(ended_at=clock.now())
    assert story.actor("zhengweidong").grants == ()
    Role.objects.filter(pk="head").update(ended_at=clock.now())
    assert story.actor("xujing").grants == ()


@pytest.mark.parametrize("login", ["zhoumin", "jiangtao", "shilei", "yanming", "gaojie", "chenzhiyuan"])
def test_only_the_security_administrator_gives_posts(login: str) -> None:
    with pytest.raises(Forbidden):
        actions.assign_post(
            queries.account("majun"), post="scjg-head", valid_from=date(2026, 3, 2), actor=story.actor(login)
        )  # fmt: skip
    actions.assign_post(
        queries.account("majun"), post="scjg-head", valid_from=date(2026, 3, 2), actor=story.actor("songan")
    )


def test_every_change_of_a_post_is_in_the_trail_and_a_repetition_is_not() -> None:
    account = queries.account("majun")
    before = leaves_of(account).count()
    for until in (None, None, "2026-04-01", "2026-04-01"):
        assign("scjg-review", until=until)
    said = [leaf.data["valid_to"] for leaf in leaves_of(account)[before:]]
    assert said == ["", "2026-04-01"]
    assert account.holdings.filter(post="scjg-review").count() == 1
    assert not verify(account.audit_stream).faults


def test_the_three_administrators_share_no_permission_and_touch_no_case() -> None:
    held = [{grant.permission for grant in story.actor(login).grants} for login in ("shilei", "songan", "yanming")]
    assert held[1:] == [{"accounts.manage"}, {"audit.view"}]
    assert {"packs.apply", "directory.manage"} <= held[0]
    assert not held[0] & (held[1] | held[2])
    assert not [one for each in held for one in each if one.startswith("cases.")]


def test_whom_work_can_be_handed_to() -> None:
    assert {a.login for a in queries.holders_with("cases.accept", "hall-central")} == {"zhoumin", "wujiayi", "hejia"}
    assign("scjg-review", until="2026-03-31")
    with on("2026-03-10"):
        assert {a.login for a in queries.holders_with("cases.review", MARKET)} == {"zhengweidong", "majun"}
    with on("2026-04-10"):
        assert {a.login for a in queries.holders_with("cases.review", MARKET)} == {"zhengweidong"}
