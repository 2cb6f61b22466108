"""Persons, entities, and who may act for whom from when to when."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests import canaries, story
from zhengtong.foundation import clock
from zhengtong.foundation.access import ANONYMOUS, Actor, system_actor
from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.audit.queries import leaves_of, verify
from zhengtong.foundation.refusals import Forbidden, NotFound, SignInRequired
from zhengtong.topics.cases import actions as cases
from zhengtong.topics.subjects import actions, queries, rules
from zhengtong.topics.subjects.models import Representation, Subject

ID, OTHER_ID = "11010519491231002X", "440524188001010014"
FIRM = "91350100M000100Y43"
COUNTER = system_actor("counter", "cases.submit_for_visitor")


def person(name: str = "方晓", number: str = ID, *, actor: Actor = ANONYMOUS, **more: Any) -> Subject:
    return actions.register_subject(
        kind="person", name=name, id_type="resident_id", id_number=number, actor=actor, **more
    )  # fmt: skip


def firm(name: str = "晓方面馆", number: str = FIRM, *, actor: Actor = COUNTER) -> Subject:
    return actions.register_subject(kind="entity", name=name, id_type="credit_code", id_number=number, actor=actor)


def citizen(subject: Subject) -> Actor:
    return Actor(key=f"subject:{subject.pk}", kind="citizen", name=subject.name, subject_id=subject.pk)


# -- identity --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "id_type", "number", "valid"),
    [
        ("person", "resident_id", ID, True),
        ("person", "resident_id", "110105194912310021", False),  # the check character is X
        ("person", "resident_id", "11010519491331002X", False),  # no thirteenth month
        ("person", "credit_code", FIRM, False),
        ("entity", "credit_code", FIRM, True),
        ("entity", "credit_code", "91350100M000100Y44", False),
        ("entity", "resident_id", ID, False),
        ("person", "passport", "E12345678", True),
        ("person", "passport", "E1", False),
    ],
)
def test_a_number_passes_the_check_of_its_kind(kind: str, id_type: str, number: str, valid: bool) -> None:
    if valid:
        rules.check_identity(kind=kind, id_type=id_type, id_number=number)
    else:
        with pytest.raises(rules.IdentityInvalid) as refused:
            rules.check_identity(kind=kind, id_type=id_type, id_number=number)
        assert "id_number" in refused.value.fields


def test_one_number_is_one_person_however_it_is_typed(db: None) -> None:
    first = person()
    assert person(number=" 110105 19491231 002x ").pk == first.pk
    assert Subject.objects.count() == 1
    assert [leaf.verb for leaf in leaves_of(first)] == ["subjects.subject.registered"]


def test_a_number_under_another_name_is_refused(db: None) -> None:
    person()
    with pytest.raises(rules.NameDiffers):
        person("方小")


def test_a_phone_is_taken_once_and_not_replaced_by_strangers(db: None) -> None:
    subject = person()
    person(phone="13800138000")
    person(phone="13900139000")
    subject.refresh_from_db()
    assert subject.phone == "13800138000"
    stranger = person("李四", OTHER_ID)
    with pytest.raises(Forbidden):
        actions.change_contact(subject, phone="13900139000", actor=citizen(stranger))
    actions.change_contact(subject, phone="13900139000", actor=citizen(subject))
    assert Subject.objects.get(pk=subject.pk).phone == "13900139000"


def test_numbers_are_sealed_and_found_by_their_blind_index(db: None) -> None:
    subject = person(phone="13800138000")
    assert canaries.found({ID, "13800138000"}) == []
    found = queries.subject_by_number(citizen(subject), id_type="resident_id", id_number=ID.lower())
    assert found is not None
    assert (found.pk, found.id_number) == (subject.pk, ID)
    assert not verify(subject.audit_stream).faults


def test_a_login_belongs_to_one_person_and_a_person_has_one(district: None) -> None:
    subject = person()
    ids = [
        accounts.register_account(
            kind="citizen", login=f"login{index}", name="方晓", password=story.PASSWORD, actor=ANONYMOUS
        ).pk
        for index in range(2)
    ]
    actions.link_account(subject, account_id=ids[0], actor=ANONYMOUS)
    actions.link_account(subject, account_id=ids[0], actor=ANONYMOUS)
    with pytest.raises(rules.IdentityTaken):
        actions.link_account(subject, account_id=ids[1], actor=ANONYMOUS)
    assert story.actor("login0").subject_id == subject.pk
    assert story.actor("login1").subject_id is None


# -- acting for others -------------------------------------------------------------------------------------------------


def test_representation_has_a_first_and_a_last_day(db: None) -> None:
    boss, company = person(), firm()
    actions.add_representation(
        company, person=boss, right="handler", valid_from=date(2026, 3, 2), valid_to=date(2026, 3, 31), actor=COUNTER
    )
    for day, acts in (("03-01", False), ("03-02", True), ("03-31", True), ("04-01", False)):
        moment = clock.now().replace(year=2026, month=int(day[:2]), day=int(day[3:]))
        with clock.at(moment):
            assert (company.pk in queries.acting_for(citizen(boss))) == acts, day
            assert (company in queries.subjects_i_act_for(citizen(boss))) == acts, day
            assert len(queries.representations_by(citizen(boss))) == acts, day


def test_a_representation_is_ended_at_the_counter_and_stays_in_the_book(db: None) -> None:
    boss, company = person(), firm()
    today = clock.today()
    granted = actions.add_representation(
        company, person=boss, right="handler", valid_from=today - timedelta(days=9), actor=COUNTER
    )
    with pytest.raises(Forbidden):
        actions.end_representation(granted, last_day=today, actor=citizen(boss))
    actions.end_representation(granted, last_day=today - timedelta(days=1), actor=COUNTER)
    assert company.pk not in queries.acting_for(citizen(boss))
    assert Representation.objects.get().valid_to == today - timedelta(days=1)
    company.refresh_from_db()
    assert [leaf.verb.rpartition(".")[2] for leaf in leaves_of(company)] == [
        "registered", "representation_added", "representation_ended",
    ]  # fmt: skip


def test_nobody_makes_himself_anybodys_representative(db: None) -> None:
    victim, thief, company = person(), person("李四", OTHER_ID), firm()
    for subject in (victim, company):
        for who in (citizen(thief), ANONYMOUS, Actor(key="c", kind="client", grants=COUNTER.grants)):
            with pytest.raises(Forbidden):
                actions.add_representation(
                    subject, person=thief, right="helper", valid_from=clock.today(), actor=who
                )  # fmt: skip
    assert queries.acting_for(citizen(thief)) == {thief.pk}


def test_an_entity_nobody_stands_for_may_be_claimed_once(db: None) -> None:
    boss, other = person(), person("李四", OTHER_ID)
    said = {"name": "晓方面馆", "credit_code": FIRM, "right": "legal_representative"}
    with pytest.raises(SignInRequired):
        actions.claim_entity(**said, actor=ANONYMOUS)
    company = actions.claim_entity(**said, actor=citizen(boss))
    assert actions.claim_entity(**said, actor=citizen(boss)).pk == company.pk
    assert Representation.objects.count() == 1
    with pytest.raises(rules.EntityRepresented):
        actions.claim_entity(**said, actor=citizen(other))
    with pytest.raises(rules.NameDiffers):
        actions.claim_entity(**{**said, "name": "别家面馆"}, actor=citizen(other))


def test_after_it_ended_another_may_claim(db: None) -> None:
    boss, other = person(), person("李四", OTHER_ID)
    said = {"name": "晓方面馆", "credit_code": FIRM, "right": "legal_representative"}
    actions.claim_entity(**said, actor=citizen(boss))
    yesterday = clock.today() - timedelta(days=1)
    actions.end_representation(Representation.objects.get(), last_day=yesterday, actor=COUNTER)
    actions.claim_entity(**said, actor=citizen(other))
    assert [s.name for s in queries.subjects_i_act_for(citizen(other))] == ["李四", "晓方面馆"]


# -- who sees whom -----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize(
    ("login", "sees"),
    [
        ("chenzhiyuan", True), ("zhoumin", True), ("luohao", True), ("weixiu-system", True),
        ("huangjianye", False), ("zhengweidong", False), ("xujing", False), ("jiangtao", False),
        ("gaojie", False), ("songan", False), ("yanming", False),
    ],
)  # fmt: skip
def test_who_sees_a_firm(login: str, sees: bool) -> None:
    firm, who = story.subject("weizhenyuan"), story.actor(login)
    code = str(story.WORDS["weizhenyuan"]["id_number"])
    assert (queries.subject_by_number(who, id_type="credit_code", id_number=code) is not None) == sees
    if sees:
        assert queries.subject_for(who, firm.pk) == firm
    else:
        with pytest.raises(NotFound):
            queries.subject_for(who, firm.pk)


@pytest.mark.usefixtures("district")
def test_a_representative_whose_time_is_over_neither_files_nor_sees() -> None:
    filing = story.filing()
    case = story.submitted()
    representation = Representation.objects.get(subject=story.subject("weizhenyuan"))
    with clock.at(clock.now() + timedelta(days=2)):
        actions.end_representation(representation, last_day=clock.today() - timedelta(days=1), actor=COUNTER)
        with pytest.raises(Forbidden):
            cases.submit_case(filing)
        with pytest.raises(Forbidden):
            cases.withdraw_case(case, actor=story.actor("chenzhiyuan"))
