"""实名核验: asked of the province by a job, kept with level and day; needed before submitting where an item says so."""

from typing import Any

import pytest

from tests import story
from tests.faces.portal.citizens import OWNER, Citizen, words
from zhengtong.foundation.audit import queries as audit
from zhengtong.foundation.refusals import Forbidden
from zhengtong.topics.cases import actions as cases
from zhengtong.topics.cases.rules import IdentityUnproved
from zhengtong.topics.items import queries as items
from zhengtong.topics.subjects import actions, queries, rules, wiring
from zhengtong.topics.subjects.models import IdentityCheck, Subject

pytestmark = pytest.mark.usefixtures("district")
RESTAURANT = "food-business-restaurant"


def me() -> Subject:
    return story.subject("chen-zhiyuan")


def checked(**asked: Any) -> IdentityCheck:
    check = actions.ask_identity_check(me(), actor=story.actor(OWNER), **asked)
    wiring.check_identity(str(check.pk))
    check.refresh_from_db()
    return check


def test_matched_and_kept_with_level_and_day() -> None:
    assert not queries.is_identified(me().pk, "basic")
    check = checked()
    wiring.check_identity(str(check.pk))
    standing = queries.identity_standing(me().pk)
    assert (check.state, standing.level, standing.since) == ("matched", "basic", check.answered_at)
    assert queries.is_identified(me().pk, "basic")
    assert not queries.is_identified(me().pk, "face"), "a name is less than a face"
    assert checked(level="face", face="token-1").state == "matched"
    assert queries.is_identified(me().pk, "face")
    assert {one.face for one in IdentityCheck.objects.all()} == {""}, "the face is forgotten with the answer"
    assert audit.verify(me().audit_stream).faults == ()


def test_another_face_is_not_he() -> None:
    assert checked(level="face", face="other").state == "differs"
    assert not queries.is_identified(me().pk, "basic")


def test_only_oneself_only_with_a_card_and_not_for_ever() -> None:
    with pytest.raises(Forbidden):
        actions.ask_identity_check(me(), actor=story.actor("linxiaoyu"))
    with pytest.raises(Forbidden):
        actions.ask_identity_check(me(), actor=story.actor("zhoumin"))
    first = actions.ask_identity_check(me(), actor=story.actor(OWNER))
    assert actions.ask_identity_check(me(), actor=story.actor(OWNER)) == first, "asked already"
    wiring.check_identity(str(first.pk))
    for _ in range(4):
        checked()
    with pytest.raises(rules.TriedTooOften):
        checked()


def test_an_item_that_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    version = items.current_version(RESTAURANT)
    monkeypatch.setitem(version.definition, "identity_level", "basic")
    filing = story.filing(RESTAURANT)
    with pytest.raises(IdentityUnproved):
        cases.submit_case(filing)
    assert story.submitted(RESTAURANT, by=story.actor("zhoumin")).status == "received", "the clerk sees the card"
    checked()
    assert cases.submit_case(filing).status == "submitted"


def test_on_the_page_of_my_account() -> None:
    one = Citizen(OWNER)
    assert "还没有核验" in one.page("/subjects/")
    assert one.post("/subjects/identity/").status_code == 303
    assert "正在核验" in one.page("/subjects/")
    wiring.check_identity(str(IdentityCheck.objects.get().pk))
    assert "核验通过" in words(one.get("/subjects/"))
