"""Drafts: one's own alone, never overwritten by a stale page."""

import pytest
from django.db import connection

from tests import story
from tests.topics.cases.verbs import ALLOWANCE, RESTAURANT
from zhengtong.foundation.access import ANONYMOUS
from zhengtong.foundation.audit.models import Leaf
from zhengtong.foundation.refusals import Forbidden, NotFound, SignInRequired
from zhengtong.topics.cases import actions, queries, rules
from zhengtong.topics.cases.models import Draft
from zhengtong.topics.items.rules import ItemUnknown

pytestmark = pytest.mark.usefixtures("district")
CONTENT = {"answers": {"contact_name": "陈志远", "contact_mobile": "19906601018"}, "materials": {}, "done": ["first"]}


def begun() -> Draft:
    return actions.start_draft(
        RESTAURANT, applicant=story.subject("weizhenyuan").pk, actor=story.actor("chenzhiyuan")
    )  # fmt: skip


def test_a_draft_is_taken_up_where_it_was_left() -> None:
    draft = begun()
    actions.save_draft(draft, content=CONTENT, version=1, actor=story.actor("chenzhiyuan"))
    again = begun()
    assert again.pk == draft.pk
    assert queries.content_of(again).answers == CONTENT["answers"]


def test_another_applicant_is_another_draft() -> None:
    daughter = story.actor("linxiaoyu")
    drafts = [
        actions.start_draft(ALLOWANCE, applicant=story.subject(key).pk, actor=daughter)
        for key in ("he-guilan", "lin-guodong")
    ]
    assert len({draft.pk for draft in drafts}) == 2
    assert {draft.pk for draft in queries.drafts_of(daughter)} == {draft.pk for draft in drafts}


def test_a_stale_page_overwrites_nothing() -> None:
    me = story.actor("chenzhiyuan")
    draft = begun()
    saved = actions.save_draft(draft, content=CONTENT, version=1, actor=me)
    assert saved.version == 2
    with pytest.raises(rules.DraftStale, match="没有保存"):
        actions.save_draft(draft, content={"answers": {"contact_name": "别人"}}, version=1, actor=me)
    assert queries.content_of(Draft.objects.get(pk=draft.pk)).answers == CONTENT["answers"]
    assert actions.save_draft(saved, content=CONTENT, version=2, actor=me).version == 3


def test_a_draft_lies_sealed_in_the_table() -> None:
    actions.save_draft(begun(), content=CONTENT, version=1, actor=story.actor("chenzhiyuan"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM cases_draft")
        stored = cursor.fetchone()[0]
    assert stored.startswith("s1.")
    assert "陈志远" not in stored
    assert "19906601018" not in stored


@pytest.mark.parametrize("login", ["huangjianye", "zhoumin", "zhengweidong", "jiangtao", "yanming"])
def test_nobody_else_reads_saves_or_discards_it(login: str) -> None:
    draft, other = begun(), story.actor(login)
    assert draft not in queries.drafts_of(other)
    with pytest.raises(NotFound):
        queries.draft_for(other, draft.pk)
    with pytest.raises(Forbidden):
        actions.save_draft(draft, content=CONTENT, version=1, actor=other)
    with pytest.raises(Forbidden):
        actions.discard_draft(draft, actor=other)


def test_nobody_begins_without_signing_in_or_for_a_stranger() -> None:
    with pytest.raises(SignInRequired):
        actions.start_draft(RESTAURANT, actor=ANONYMOUS)
    with pytest.raises(NotFound):
        actions.start_draft(
            RESTAURANT, applicant=story.subject("weizhenyuan").pk, actor=story.actor("huangjianye")
        )  # fmt: skip
    with pytest.raises(ItemUnknown):
        actions.start_draft("no-such-item", actor=story.actor("chenzhiyuan"))


def test_discarded_is_gone() -> None:
    draft = begun()
    actions.discard_draft(draft, actor=story.actor("chenzhiyuan"))
    assert not Draft.objects.filter(pk=draft.pk).exists()


def test_autosave_leaves_no_trail() -> None:
    before = Leaf.objects.count()
    actions.save_draft(begun(), content=CONTENT, version=1, actor=story.actor("chenzhiyuan"))
    assert Leaf.objects.count() == before
