"""亲友代办: asked for by the one, agreed to by the other, ended by either at once; and what it opens and does not."""

from datetime import timedelta
from typing import Any

import pytest

from tests import story
from tests.topics.subjects.helping import filing_for_father
from zhengtong.engines.notices.models import Message
from zhengtong.foundation import clock
from zhengtong.foundation.audit.queries import leaves_of
from zhengtong.foundation.files.models import File
from zhengtong.foundation.refusals import Forbidden, NotFound
from zhengtong.topics.cases import actions as cases
from zhengtong.topics.cases import queries as known_cases
from zhengtong.topics.cases.models import Case
from zhengtong.topics.cases.rules import HelperBarred
from zhengtong.topics.subjects import actions, queries, rules
from zhengtong.topics.subjects.models import HelpRequest, Subject

pytestmark = pytest.mark.usefixtures("district")
SON, FATHER = "huangjianye", "linguodong"


def ask(agreement: str = "account", login: str = SON, **more: Any) -> HelpRequest:
    words = story.WORDS["lin-guodong"]
    told = {"name": words["name"], "id_number": words["id_number"], "phone": words["phone"], "relation": "father",
            "valid_to": clock.today() + timedelta(days=30), "agreement": agreement}  # fmt: skip
    return actions.ask_to_help(**{**told, **more}, actor=story.actor(login))


def father() -> Subject:
    return story.subject("lin-guodong")


def helps() -> bool:
    return father().pk in queries.acting_for(story.actor(SON))


def test_nothing_may_be_done_before_the_person_agrees_and_nothing_after_he_ends_it() -> None:
    request = ask()
    assert not helps()
    with pytest.raises(Forbidden):
        actions.agree_to_help(request, actor=story.actor(SON))
    granted = actions.agree_to_help(request, actor=story.actor(FATHER))
    assert helps()
    assert "黄建业" in [one.person.name for one in queries.helpers_of(father().pk)]
    with pytest.raises(rules.HelpGranted):
        ask()
    with clock.at(clock.now() + timedelta(days=31)):
        assert not helps()
    actions.end_help(granted, actor=story.actor(FATHER))
    assert not helps()
    # Asked and granted again on the same day, and this time the son steps back.
    granted = actions.agree_to_help(ask(), actor=story.actor(FATHER))
    assert helps()
    actions.end_help(granted, actor=story.actor(SON))
    assert not helps()
    verbs = [leaf.verb.rpartition(".")[2] for leaf in leaves_of(father())]
    assert verbs[-6:] == ["help_asked", "representation_added", "representation_ended"] * 2


def test_by_a_code_that_goes_to_the_persons_own_telephone_alone() -> None:
    assert [way for way, _ in queries.agreements()] == ["account", "code", "paper"]
    ask("code", login="chenzhiyuan")
    told = Message.objects.get(template="subjects.help_code")
    assert told.recipient == father().pk
    sent: list[str] = []
    with queries.send_code.filled_with(lambda subject, code: sent.append(code)):
        with pytest.raises(rules.HelpPhoneUnknown):
            ask("code", phone="13800138000")
        request = ask("code")
        son = story.actor(SON)
        wrong = "000000" if sent[0] != "000000" else "111111"
        for _ in range(2):
            with pytest.raises(rules.HelpCodeWrong):
                actions.agree_by_code(request, code=wrong, actor=son)
        assert HelpRequest.objects.get(pk=request.pk).tries == 2
        with pytest.raises(Forbidden):
            actions.agree_by_code(request, code=sent[0], actor=story.actor("chenzhiyuan"))
        with clock.at(clock.now() + timedelta(minutes=11)), pytest.raises(rules.HelpCodeWrong):
            actions.agree_by_code(request, code=sent[0], actor=son)
        actions.agree_by_code(request, code=sent[0], actor=son)
    assert helps()


def test_by_a_signed_paper_that_a_counter_checks() -> None:
    with pytest.raises(rules.HelpPaperMissing):
        ask("paper")
    son, clerk = story.actor(SON), story.actor("zhoumin")
    request = ask("paper", paper=File.objects.get(pk=story.upload(son)))
    assert list(queries.help_to_check(clerk)) == [request]
    assert queries.may_read_file(clerk, request.paper_id)
    with pytest.raises(Forbidden):
        actions.check_help_paper(request, actor=son)
    actions.check_help_paper(request, actor=clerk)
    assert helps()
    assert not queries.may_read_file(clerk, request.paper_id)


def test_refused_in_clear_sentences() -> None:
    words = story.WORDS["huang-jianye"]
    with pytest.raises(rules.HelpForOneself):
        ask(name=words["name"], id_number=words["id_number"])
    with pytest.raises(rules.NameDiffers):
        ask(name="林国强")
    for days in (-1, 400):
        with pytest.raises(rules.HelpTooLong):
            ask(valid_to=clock.today() + timedelta(days=days))
    request = ask()
    with pytest.raises(rules.HelpAsked):
        ask()
    actions.decline_help(request, actor=story.actor(FATHER))
    with pytest.raises(rules.HelpNotWaiting):
        actions.agree_to_help(request, actor=story.actor(FATHER))
    late = ask()
    with clock.at(clock.now() + timedelta(days=16)), pytest.raises(rules.HelpNotWaiting):
        actions.agree_to_help(late, actor=story.actor(FATHER))
    with pytest.raises(NotFound):
        queries.help_request(story.actor("chenzhiyuan"), late.pk)


def test_a_helper_files_what_may_be_helped_with_and_sees_no_more_than_that() -> None:
    own = Case.objects.get(pk=cases.submit_case(filing_for_father(by=FATHER)).case_id)
    granted = actions.agree_to_help(ask(), actor=story.actor(FATHER))
    case = Case.objects.get(pk=cases.submit_case(filing_for_father(by=SON)).case_id)
    assert case.operator == story.subject("huang-jianye")
    assert (case.acting_right, case.acting_words) == ("helper", "亲友代办")
    assert leaves_of(case)[0].data["right"] == "helper"
    son = story.actor(SON)
    assert {row.number for row in known_cases.cases_of(son).filter(applicant=father())} == {case.number}
    with pytest.raises(NotFound):
        known_cases.case_for(son, own.number)
    assert {row.number for row in known_cases.cases_of(story.actor(FATHER))} >= {own.number, case.number}
    with pytest.raises(HelperBarred):
        cases.start_draft("rural-homestead", applicant=father().pk, actor=son)
    actions.end_help(granted, actor=story.actor(FATHER))
    with pytest.raises(NotFound):
        known_cases.case_for(story.actor(SON), case.number)


def test_a_helper_is_told_of_the_case_only_while_the_applicant_agrees() -> None:
    granted = actions.agree_to_help(ask(), actor=story.actor(FATHER))
    helped = Case.objects.get(pk=cases.submit_case(filing_for_father(by=SON)).case_id)
    own = Case.objects.get(pk=cases.submit_case(filing_for_father(by=FATHER)).case_id)

    def told() -> list[set[str]]:
        people = known_cases.people_to_tell([helped, own])
        return [{one.name for one in people[case.pk]} for case in (helped, own)]

    assert told() == [{"林国栋", "黄建业"}, {"林国栋"}]
    with clock.at(clock.now() + timedelta(days=31)):
        assert told() == [{"林国栋"}, {"林国栋"}]
    actions.end_help(granted, actor=story.actor(FATHER))
    assert told() == [{"林国栋"}, {"林国栋"}]
