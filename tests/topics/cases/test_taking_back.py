"""Undo of a submission: a draft again, with everything that was in it, for a few minutes and by its author alone."""

import json
from datetime import timedelta

import pytest

from tests import story
from tests.topics.cases.verbs import RESTAURANT
from zhengtong.engines.tasks.models import Task
from zhengtong.foundation import clock
from zhengtong.foundation.audit.queries import leaves_of, verify
from zhengtong.foundation.outbox.models import EventRow
from zhengtong.foundation.refusals import Forbidden
from zhengtong.topics.cases import actions, queries, rules

pytestmark = pytest.mark.usefixtures("district")


def test_everything_is_a_draft_again() -> None:
    case = story.submitted(RESTAURANT)
    author = story.citizen(RESTAURANT)
    assert queries.take_back_until(author, case) == case.submitted_at + timedelta(minutes=10)
    draft = actions.take_back_case(case, actor=author)
    content = json.loads(draft.content)
    assert content["answers"] == story.answers(RESTAURANT)
    assert set(content["materials"].values()) == {str(pk) for pk in case.materials.values_list("file_id", flat=True)}
    case.refresh_from_db()
    assert case.status == "withdrawn"
    assert not Task.objects.filter(about=case.pk).exclude(state="closed").exists()
    assert [leaf.verb for leaf in leaves_of(case)] == ["cases.case.submitted", "cases.case.take_back"]
    assert not verify(case.audit_stream).faults
    assert queries.draft_for(author, draft.pk).applicant_id == case.applicant_id
    again = actions.submit_case(story.filing(RESTAURANT))
    assert again.number != case.number


def test_nobody_is_asked_to_rate_what_was_taken_back() -> None:
    case = story.submitted()
    actions.take_back_case(case, actor=story.citizen(RESTAURANT))
    assert not EventRow.objects.filter(name="cases.CaseEnded", payload__number=case.number).exists()


def test_after_its_minutes_it_stays() -> None:
    case = story.submitted()
    author = story.citizen(RESTAURANT)
    with clock.at(case.submitted_at + timedelta(minutes=10, seconds=1)):
        assert queries.take_back_until(author, case) is None
        with pytest.raises(rules.TakenUp):
            actions.take_back_case(case, actor=author)


def test_what_is_accepted_stays() -> None:
    case = story.accepted()
    with pytest.raises(rules.TakenUp):
        actions.take_back_case(case, actor=story.citizen(RESTAURANT))


@pytest.mark.parametrize("login", ["huangjianye", "zhoumin", "xujing"])
def test_only_its_author_has_it_back(login: str) -> None:
    case = story.submitted()
    assert queries.take_back_until(story.actor(login), case) is None
    with pytest.raises(Forbidden):
        actions.take_back_case(case, actor=story.actor(login))
