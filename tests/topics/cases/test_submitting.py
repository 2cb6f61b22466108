"""Submitting, one and many: what is demanded, what is written, and what a key is worth."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from tests import story
from tests.topics.cases.verbs import ALLOWANCE, CARD, REPAIR, RESTAURANT
from zhengtong.engines.forms.rules.definition import AnswersInvalid
from zhengtong.engines.tasks.models import Task
from zhengtong.foundation import clock
from zhengtong.foundation.access import system_actor
from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.accounts import queries as known_accounts
from zhengtong.foundation.audit.queries import leaves_of, verify
from zhengtong.foundation.clock import CHINA
from zhengtong.foundation.codes import case_number
from zhengtong.foundation.idempotency.actions import KeyReused
from zhengtong.foundation.idempotency.models import Turn
from zhengtong.foundation.outbox.models import EventRow
from zhengtong.foundation.refusals import Forbidden, Refused
from zhengtong.topics.cases import actions, rules
from zhengtong.topics.cases.actions import Filing, Submitted
from zhengtong.topics.cases.models import Case
from zhengtong.topics.cases.rules import Channel, Provided
from zhengtong.topics.items import actions as item_actions
from zhengtong.topics.items import queries as items

PACKS = system_actor("packs", "packs.apply", "items.manage")


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Case, Task, EventRow, Turn))


# -- what is written -----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize("item", story.ITEMS)
def test_every_item_can_be_filed(item: str) -> None:
    told = actions.submit_case(story.filing(item))
    case = Case.objects.get(pk=told.case_id)
    version = items.current_version(item)
    assert (case.number, case.status) == (told.number, "submitted")
    assert case_number.is_valid_case_number(case.number)
    assert case.official_number.startswith(version.handling_code)
    assert (case.item_version_id, case.item_name) == (version.id, version.name)
    assert (case.department_id, case.acceptor_id) == (version.organisation, version.accepted_by)
    assert not verify(case.audit_stream).faults
    assert [leaf.verb for leaf in leaves_of(case)] == ["cases.case.submitted"]
    task = Task.objects.get(about=case.pk)
    assert (task.permission, task.organisation, task.number) == ("cases.accept", case.acceptor_id, case.number)
    assert EventRow.objects.filter(name="cases.CaseSubmitted", payload__number=case.number).count() == 1


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize(
    ("channel", "status"), [(Channel.WINDOW, "received"), (Channel.VIDEO, "received"), (Channel.POST, "received")]
)
def test_where_a_clerk_takes_the_papers_submitted_and_received_are_one_moment(channel: Channel, status: str) -> None:
    case = story.submitted(by=story.actor("zhoumin"), channel=channel)
    assert (case.status, case.received_at) == (status, case.submitted_at)
    assert set(case.materials.values_list("taken_as", flat=True)) == {"paper"}


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize("channel", [Channel.ONLINE, Channel.MOBILE, Channel.KIOSK])
def test_where_people_serve_themselves_the_counter_receives_later(channel: Channel) -> None:
    case = story.submitted(channel=channel)
    assert (case.status, case.received_at) == ("submitted", None)


# -- what is demanded ----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("district")
def test_missing_materials_are_all_named_at_once() -> None:
    filing = story.filing()
    wanted = items.current_version(RESTAURANT).material_by_code
    with pytest.raises(rules.MaterialsIncomplete) as refused:
        actions.submit_case(replace(filing, materials=()))
    assert refused.value.data["missing"] == "、".join(wanted[m.code].name for m in filing.materials)


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize("part", [{"on_paper": True}, {}])
def test_a_citizen_cannot_hand_in_paper_or_nothing_online(part: dict[str, Any]) -> None:
    filing = story.filing()
    with pytest.raises(rules.MaterialsIncomplete):
        actions.submit_case(replace(filing, materials=tuple(Provided(m.code, **part) for m in filing.materials)))


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize("whose", ["somebody else's", "nobody's", "of the wrong kind"])
def test_a_file_must_be_ones_own_and_of_the_right_kind(whose: str) -> None:
    filing = story.filing()
    plan, *others = filing.materials
    file = {
        "somebody else's": lambda: story.upload(story.actor("huangjianye")),
        "nobody's": uuid4,
        "of the wrong kind": lambda: story.upload(filing.actor, "表格.xlsx", story.workbook()),
    }[whose]()
    name = items.current_version(RESTAURANT).material_by_code[plan.code].name
    with pytest.raises(rules.MaterialUnusable, match=name):
        actions.submit_case(replace(filing, materials=(Provided(plan.code, file=file), *others)))


@pytest.mark.usefixtures("district")
def test_materials_nobody_asked_for_are_left_out() -> None:
    filing = story.filing()
    more = Provided("agent-letter-that-nobody-wants", file=story.upload(filing.actor))
    told = actions.submit_case(replace(filing, materials=(*filing.materials, more)))
    assert Case.objects.get(pk=told.case_id).materials.count() == len(filing.materials)


@pytest.mark.usefixtures("district")
def test_answers_are_checked_on_the_server() -> None:
    with pytest.raises(AnswersInvalid) as refused:
        actions.submit_case(story.filing(changes={"seats": -1, "contact_mobile": "12345"}))
    assert {"seats", "contact_mobile"} <= set(refused.value.fields)


@pytest.mark.usefixtures("district")
def test_only_the_right_kind_of_applicant() -> None:
    filing = story.filing()
    with pytest.raises(rules.ApplicantUnfit, match="企业"):
        actions.submit_case(replace(filing, applicant=story.subject("chen-zhiyuan").pk))


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize(
    ("login", "item"),
    [
        ("huangjianye", RESTAURANT),  # a stranger to the firm
        ("luohao", RESTAURANT),  # a clerk of another hall
        ("zhengweidong", RESTAURANT),  # a reviewer takes nothing in
        ("zhoumin", ALLOWANCE),  # accepted by a street office
        ("weixiu-system", RESTAURANT),  # a system bound to another item
        ("jiangtao", RESTAURANT),
    ],
)
def test_who_may_not_file(login: str, item: str) -> None:
    usual = story.filing(item)
    with pytest.raises(Forbidden):
        actions.submit_case(replace(usual, actor=story.actor(login)))


@pytest.mark.usefixtures("district")
def test_a_citizen_names_nobody_else_as_the_one_who_handles_it() -> None:
    filing = story.filing(ALLOWANCE)
    other = story.subject("huang-jianye").pk
    with pytest.raises(Forbidden):
        actions.submit_case(replace(filing, operator=other))
    assert actions.submit_case(replace(filing, operator=filing.actor.subject_id)).number


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize(
    ("login", "item", "channel"),
    [
        ("chenzhiyuan", RESTAURANT, Channel.WINDOW),
        ("chenzhiyuan", RESTAURANT, Channel.API),
        ("zhoumin", RESTAURANT, Channel.ONLINE),
        ("weixiu-system", REPAIR, Channel.WINDOW),
    ],
)
def test_nobody_comes_by_another_ones_way(login: str, item: str, channel: Channel) -> None:
    with pytest.raises(rules.ChannelClosed, match=channel.words):
        actions.submit_case(story.filing(item, by=story.actor(login), channel=channel))


@pytest.mark.usefixtures("district")
def test_the_department_s_own_system_files_its_own_item() -> None:
    case = story.submitted(REPAIR, by=story.actor("weixiu-system"))
    assert (case.channel, case.status) == ("api", "submitted")


@pytest.mark.usefixtures("district")
def test_an_ended_item_takes_nothing_even_from_those_who_began_before() -> None:
    filing = story.filing()
    item_actions.end_item(RESTAURANT, actor=story.actor("gaojie"))
    with pytest.raises(rules.ItemClosed):
        actions.submit_case(filing)


@pytest.mark.usefixtures("district")
def test_after_a_new_version_the_old_one_takes_nothing_but_running_cases_keep_it() -> None:
    running = story.submitted()
    filing = story.filing()
    with clock.at(clock.now() + timedelta(days=1)):
        _publish_next(RESTAURANT, clock.today())
        with pytest.raises(rules.VersionReplaced):
            actions.submit_case(filing)
        accepted = actions.accept_case(running, actor=story.actor("zhoumin"))
        assert accepted.item_version_id == filing.item
        assert story.submitted().item_version_id != filing.item


@pytest.mark.usefixtures("district")
def test_a_version_of_tomorrow_takes_nothing_today() -> None:
    filing = story.filing()
    tomorrow = _publish_next(RESTAURANT, clock.today() + timedelta(days=1))
    with pytest.raises(rules.VersionReplaced):
        actions.submit_case(replace(filing, item=tomorrow))
    assert actions.submit_case(filing).number


def _publish_next(code: str, day: date) -> Any:
    administrator = story.actor("gaojie")
    entry = next(e for e in items.items_in_pack_words([code], ["pack:demo"]).values()).entry
    item_actions.save_draft_version({**entry, "valid_from": day.isoformat()}, actor=administrator)
    return item_actions.publish_version(code, actor=administrator).pk


# -- a set ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("district")
def test_outcomes_stand_in_order_and_one_refused_holds_back_nobody() -> None:
    good, bad, other, closed = (
        story.filing(), story.filing(changes={"seats": -1}), story.filing(REPAIR), story.filing(CARD),
    )  # fmt: skip
    outcomes = actions.submit_cases([good, bad, other, replace(closed, materials=()), story.filing(CARD)])
    assert [type(outcome) for outcome in outcomes] == [
        Submitted, AnswersInvalid, Submitted, rules.MaterialsIncomplete, Submitted,
    ]  # fmt: skip
    filed = [o.number for o in outcomes if isinstance(o, Submitted)]
    assert [Case.objects.get(number=n).item_code for n in filed] == [RESTAURANT, REPAIR, CARD]
    assert len(set(filed)) == 3


@pytest.mark.usefixtures("district")
def test_a_set_of_none_and_a_set_of_refused() -> None:
    before = counts()
    assert actions.submit_cases([]) == []
    assert isinstance(actions.submit_cases([story.filing(changes={"seats": -1})])[0], Refused)
    assert counts() == before


@pytest.mark.usefixtures("district")
def test_a_set_writes_in_a_fixed_number_of_statements(django_assert_max_num_queries: Any) -> None:
    filings = [story.filing(key=f"k{index}") for index in range(5)]
    with django_assert_max_num_queries(40) as one:
        actions.submit_cases(filings[:1])
    with django_assert_max_num_queries(40) as four:
        actions.submit_cases(filings[1:])
    # Beside whose files they are, nothing is asked filing by filing.
    assert len(four) - len(one) <= 3 * 4


# -- keys ----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("district")
def test_the_same_key_again_is_the_same_answer() -> None:
    filing = story.filing(key="once")
    first, again = actions.submit_case(filing), actions.submit_case(filing)
    assert (again.number, again.case_id, again.submitted_at) == (first.number, first.case_id, first.submitted_at)
    assert (first.again, again.again) == (False, True)
    assert Case.objects.filter(number=first.number).count() == 1


CHANGES: dict[str, Callable[[Filing], Filing]] = {
    "channel": lambda filing: replace(filing, channel=Channel.MOBILE),
    "files": lambda filing: replace(filing, materials=story.filing().materials),
    "place": lambda filing: replace(filing, division=""),
    "operator": lambda filing: replace(filing, operator=filing.actor.subject_id),
    "answers": lambda filing: replace(filing, answers={**filing.answers, "seats": 5}),
}


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize("what", CHANGES)
def test_the_same_key_for_something_else_is_refused(what: str) -> None:
    filing = story.filing(key="once")
    actions.submit_case(filing)
    with pytest.raises(KeyReused):
        actions.submit_case(CHANGES[what](filing))
    assert Case.objects.count() == 1


@pytest.mark.usefixtures("district")
def test_the_same_key_for_another_item_is_refused() -> None:
    actions.submit_case(story.filing(CARD, key="once"))
    with pytest.raises(KeyReused):
        actions.submit_case(story.filing(ALLOWANCE, key="once"))


@pytest.mark.usefixtures("district")
def test_one_key_twice_in_a_set_gives_one_case() -> None:
    filing = story.filing(key="once")
    same, changed, alone = filing, replace(filing, channel=Channel.MOBILE), story.filing(key="twice")
    outcomes = actions.submit_cases([filing, same, changed, alone])
    assert [type(o) for o in outcomes] == [Submitted, Submitted, KeyReused, Submitted]
    first, again, _, other = outcomes
    assert isinstance(first, Submitted)
    assert isinstance(again, Submitted)
    assert isinstance(other, Submitted)
    assert (first.number, first.again, again.again) == (again.number, False, True)
    assert other.number != first.number
    assert Case.objects.count() == 2


@pytest.mark.usefixtures("district")
def test_two_people_may_use_one_key() -> None:
    one, two = story.filing(key="k"), story.filing(REPAIR, key="k")
    outcomes = actions.submit_cases([one, two])
    assert len({o.number for o in outcomes if isinstance(o, Submitted)}) == 2


@pytest.mark.usefixtures("district")
def test_a_refused_filing_does_not_use_up_its_key() -> None:
    filing = story.filing(key="once")
    with pytest.raises(rules.MaterialsIncomplete):
        actions.submit_case(replace(filing, materials=()))
    assert not actions.submit_case(filing).again


@pytest.mark.usefixtures("district")
def test_a_try_that_was_rolled_back_does_not_use_up_its_key() -> None:
    filing = story.filing(key="once")
    before = counts()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        lost = actions.submit_case(filing)
        raise ZeroDivisionError
    assert counts() == before
    told = actions.submit_case(filing)
    assert (told.again, told.number == lost.number) == (False, False)


@pytest.mark.usefixtures("committed_district")
def test_a_key_pressed_at_once_from_many_places_gives_one_case() -> None:
    filing = story.filing(key="once")

    def press(_: int) -> Submitted:
        try:
            return actions.submit_case(filing)
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as hands:
        told = list(hands.map(press, range(50)))
    assert len({one.number for one in told}) == 1
    assert sum(not one.again for one in told) == 1
    assert Case.objects.count() == Task.objects.count() == 1
    assert not verify().faults


@pytest.mark.usefixtures("committed_district")
def test_sets_that_meet_with_the_same_keys_in_other_order_do_not_block_each_other() -> None:
    filings = [story.filing(key=f"k{index}") for index in range(6)]

    def press(turn: int) -> list[Any]:
        try:
            return actions.submit_cases(filings if turn % 2 else filings[::-1])
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as hands:
        told = list(hands.map(press, range(8)))
    assert all(isinstance(o, Submitted) for outcomes in told for o in outcomes)
    assert Case.objects.count() == 6


# -- grants bound to an area or a time --------------------------------------------------------------------------------


@pytest.mark.usefixtures("district")
def test_a_clerk_bound_to_an_area_files_for_that_area_only() -> None:
    accounts.assign_post(
        known_accounts.account("hejia"), post="wangjiang-window", area="449906001", valid_from=date(2026, 1, 1),
        actor=system_actor("security", "accounts.manage"),
    )  # fmt: skip
    clerk = story.actor("hejia")
    inside = story.filing(ALLOWANCE, by=clerk)
    assert actions.submit_case(inside).status == "received"
    with pytest.raises(Forbidden):
        actions.submit_case(replace(inside, division="449906003002"))


# -- papers with a life of their own -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("district")
def test_a_paper_bears_its_last_day_where_the_item_sets_one() -> None:
    with clock.at(datetime(2026, 3, 2, 9, tzinfo=CHINA)):
        case = story.submitted("public-place-health-permit")
    report = case.materials.get(code="test-report")
    assert str(report.valid_to) == "2027-03-02"
    assert set(case.materials.exclude(code="test-report").values_list("valid_to", flat=True)) == {None}
