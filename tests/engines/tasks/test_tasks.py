"""Waiting work: claimed, given back, handed over, taken on by a stand-in."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests import story
from tests.topics.cases.verbs import RESTAURANT, brought, do
from zhengtong.engines.tasks import actions, queries, rules
from zhengtong.engines.tasks.models import Task
from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, Grant, may, system_actor
from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.accounts import queries as known_accounts
from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.audit.queries import leaves_of, verify
from zhengtong.foundation.refusals import Forbidden, NotFound
from zhengtong.topics.cases.models import Case

pytestmark = pytest.mark.usefixtures("district")
SECURITY = system_actor("security", "accounts.manage")


def waiting(case: Case | None = None) -> Task:
    return Task.objects.exclude(state="closed").get(about=(case or story.submitted()).pk)


def id_of(login: str) -> Any:
    return known_accounts.account(login).pk


def assign(login: str, post: str, **bounds: Any) -> None:
    since = bounds.pop("valid_from", date(2026, 1, 1))
    accounts.assign_post(known_accounts.account(login), post=post, valid_from=since, actor=SECURITY, **bounds)


# -- the pure rules --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "holder", "me", "refusal"),
    [
        ("open", None, 1, None),
        ("claimed", 1, 1, None),
        ("claimed", 2, 1, rules.TaskTaken),
        ("closed", None, 1, rules.TaskClosed),
        ("closed", 1, 1, rules.TaskClosed),
    ],
)
def test_who_may_claim(state: str, holder: Any, me: Any, refusal: type[Exception] | None) -> None:
    if refusal is None:
        rules.check_claimable(state, holder, "吴佳怡", me)
    else:
        with pytest.raises(refusal):
            rules.check_claimable(state, holder, "吴佳怡", me)


@pytest.mark.parametrize(
    ("state", "holder", "refusal"),
    [
        ("claimed", 1, None),
        ("open", None, rules.TaskNotYours),
        ("claimed", 2, rules.TaskNotYours),
        ("closed", 1, rules.TaskClosed),
    ],
)
def test_only_the_holder_gives_back_or_hands_over(state: str, holder: Any, refusal: type[Exception] | None) -> None:
    if refusal is None:
        rules.check_mine(state, holder, 1)
    else:
        with pytest.raises(refusal):
            rules.check_mine(state, holder, 1)


# -- claim and return ------------------------------------------------------------------------------------------------


def test_claimed_by_one_and_not_by_another() -> None:
    task = actions.claim_task(waiting(), actor=story.actor("zhoumin"))
    assert (task.state, task.holder_id) == ("claimed", id_of("zhoumin"))
    with pytest.raises(rules.TaskTaken, match="周敏"):
        actions.claim_task(task, actor=story.actor("wujiayi"))


def test_claiming_twice_is_claiming_once() -> None:
    case = story.submitted()
    task, me = waiting(case), story.actor("zhoumin")
    actions.claim_task(task, actor=me)
    actions.claim_task(task, actor=me)
    case.refresh_from_db()
    assert [leaf.verb for leaf in leaves_of(case)].count("tasks.task.claimed") == 1


def test_given_back_it_waits_for_everybody_again() -> None:
    task = actions.claim_task(waiting(), actor=story.actor("zhoumin"))
    with pytest.raises(rules.TaskNotYours):
        actions.return_task(task, actor=story.actor("wujiayi"))
    task = actions.return_task(task, actor=story.actor("zhoumin"))
    assert (task.state, task.holder_id, task.claimed_at) == ("open", None, None)
    assert actions.claim_task(task, actor=story.actor("wujiayi")).holder_id == id_of("wujiayi")


def test_what_is_nobodys_cannot_be_given_back() -> None:
    with pytest.raises(rules.TaskNotYours):
        actions.return_task(waiting(), actor=story.actor("zhoumin"))


@pytest.mark.parametrize("login", ["luohao", "zhengweidong", "xujing", "jiangtao", "chenzhiyuan", "gaojie"])
def test_only_its_own_post_claims(login: str) -> None:
    task = waiting()
    with pytest.raises(Forbidden):
        actions.claim_task(task, actor=story.actor(login))
    with pytest.raises(NotFound):
        queries.task_for(story.actor(login), task.pk)


def test_done_is_done() -> None:
    case = story.submitted()
    task = waiting(case)
    do("accept", case)
    with pytest.raises(rules.TaskClosed):
        actions.claim_task(task, actor=story.actor("wujiayi"))


# -- hand over -------------------------------------------------------------------------------------------------------


def test_handed_over_to_a_colleague_on_such_a_post() -> None:
    case = story.submitted()
    task = actions.claim_task(waiting(case), actor=story.actor("zhoumin"))
    task = actions.hand_over_task(task, to=id_of("hejia"), actor=story.actor("zhoumin"))
    assert (task.state, task.holder_id) == ("claimed", id_of("hejia"))
    case.refresh_from_db()
    leaf = leaves_of(case).last()
    assert leaf is not None
    assert (leaf.verb, leaf.data["to"]) == ("tasks.task.handed_over", str(id_of("hejia")))
    assert not verify(case.audit_stream).faults


@pytest.mark.parametrize("login", ["luohao", "zhengweidong", "jiangtao", "chenzhiyuan"])
def test_not_to_somebody_who_may_not_do_it(login: str) -> None:
    task = actions.claim_task(waiting(), actor=story.actor("zhoumin"))
    with pytest.raises(rules.ReceiverUnfit):
        actions.hand_over_task(task, to=id_of(login), actor=story.actor("zhoumin"))


def test_not_to_a_closed_account_nor_to_nobody() -> None:
    task = actions.claim_task(waiting(), actor=story.actor("zhoumin"))
    Account.objects.filter(login="hejia").update(is_active=False)
    with pytest.raises(rules.ReceiverUnfit):
        actions.hand_over_task(task, to=id_of("hejia"), actor=story.actor("zhoumin"))
    with pytest.raises(NotFound):
        actions.hand_over_task(task, to=story.subject("lin-xiaoyu").pk, actor=story.actor("zhoumin"))


def test_only_by_its_holder() -> None:
    task = actions.claim_task(waiting(), actor=story.actor("zhoumin"))
    with pytest.raises(rules.TaskNotYours):
        actions.hand_over_task(task, to=id_of("hejia"), actor=story.actor("wujiayi"))


# -- stand-in --------------------------------------------------------------------------------------------------------


def test_a_stand_in_does_the_work_of_a_post_for_its_days() -> None:
    case = brought(RESTAURANT, "accept")
    today = clock.today()
    assign("majun", "scjg-review", valid_from=today + timedelta(days=1), valid_to=today + timedelta(days=3))
    for days, stands_in in ((0, False), (1, True), (3, True), (4, False)):
        with clock.at(clock.now() + timedelta(days=days)):
            stand_in = story.actor("majun")
            assert (case.number in {t.number for t in queries.tasks_for(stand_in)}) == stands_in, days
            assert may(stand_in, "tasks.claim", waiting(case)) == stands_in, days


def test_work_held_by_somebody_whose_post_has_ended_can_be_taken_on() -> None:
    case = brought(RESTAURANT, "accept")
    actions.claim_task(waiting(case), actor=story.actor("zhengweidong"))
    today = clock.today()
    assign("majun", "scjg-review", valid_from=today)
    with pytest.raises(rules.TaskTaken):
        actions.claim_task(waiting(case), actor=story.actor("majun"))
    assign("zhengweidong", "scjg-review", valid_to=today)
    with clock.at(clock.now() + timedelta(days=1)):
        task = actions.claim_task(waiting(case), actor=story.actor("majun"))
    assert task.holder_id == id_of("majun")


def test_and_work_held_by_a_closed_account() -> None:
    task = actions.claim_task(waiting(), actor=story.actor("zhoumin"))
    Account.objects.filter(login="zhoumin").update(is_active=False)
    assert actions.claim_task(task, actor=story.actor("wujiayi")).holder_id == id_of("wujiayi")


# -- whose it was, and in what order it waits ------------------------------------------------------------------------


def test_whoever_did_it_stands_beside_it() -> None:
    case = story.submitted()
    actions.claim_task(waiting(case), actor=story.actor("zhoumin"))
    do("accept", case, story.actor("wujiayi"))
    assert {t.number for t in queries.closed_tasks_of(story.actor("wujiayi"))} == {case.number}
    assert not queries.closed_tasks_of(story.actor("zhoumin")).exists()


def test_an_applicant_who_withdraws_has_done_no_work() -> None:
    case = story.submitted()
    task = waiting(case)
    do("withdraw", case)
    task.refresh_from_db()
    assert (task.state, task.holder_id) == ("closed", None)


def test_nearest_due_first_then_first_come() -> None:
    with clock.at(clock.now() - timedelta(days=20)):
        old = story.submitted()
    first, second = story.submitted(), story.submitted()
    assert [t.number for t in queries.tasks_for(story.actor("zhoumin"))] == [old.number, first.number, second.number]
    actions.claim_task(waiting(first), actor=story.actor("zhoumin"))
    me = story.actor("zhoumin")
    assert [t.number for t in queries.tasks_for(me, mine=True)] == [first.number]
    assert [t.number for t in queries.tasks_for(me, mine=False)] == [old.number, second.number]


@pytest.mark.parametrize(
    ("grant", "sees"),
    [
        (Grant("cases.accept", "hall-central"), True),
        (Grant("cases.accept"), True),
        (Grant("cases.accept", "hall-central", item=RESTAURANT), True),
        (Grant("cases.accept", "hall-central", area="449906003"), True),
        (Grant("cases.accept", "hall-central", item="vehicle-repair-filing"), False),
        (Grant("cases.accept", "hall-central", area="449906001"), False),
        (Grant("cases.accept", "hall-north"), False),
        (Grant("cases.review", "hall-central"), False),
        (Grant("items.manage", None), False),
    ],
)
def test_list_and_single_task_follow_the_grant_in_all_its_dimensions(grant: Grant, sees: bool) -> None:
    task = waiting()
    who = Actor(key="account:x", kind="staff", account_id=id_of("zhoumin"), grants=(grant,))
    assert (task in queries.tasks_for(who)) == may(who, "tasks.claim", task) == sees
