"""Drafts, publication, succession, editorial edits and the end of an item, on PostgreSQL as the app login."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from tests.topics.items.entries import BODY, OTHER_BODY, entry
from zhengtong.foundation import clock
from zhengtong.foundation.access import ANONYMOUS, Actor, Grant
from zhengtong.foundation.audit.queries import leaves_of, verify
from zhengtong.foundation.outbox.models import EventRow
from zhengtong.foundation.refusals import Forbidden
from zhengtong.topics.items import actions, queries, rules
from zhengtong.topics.items.models import Item, ItemMaterial, ItemVersion

JULY = datetime(2026, 7, 1, 9, tzinfo=clock.CHINA)


def publish(keeper, **changes):
    actions.save_draft_version(entry(**changes), actor=keeper)
    return actions.publish_version("tea-house", actor=keeper)


def test_a_draft_becomes_the_version_in_force(world, keeper):
    draft = actions.save_draft_version(entry(), actor=keeper)
    assert (draft.number, draft.state, draft.defects) == (1, "draft", [])
    with pytest.raises(rules.ItemUnknown):
        queries.current_version("tea-house")
    assert queries.version(draft.pk).form is not None
    version = actions.publish_version("tea-house", actor=keeper)
    item = queries.item("tea-house")
    assert (item.state, item.published, item.draft, item.owner) == ("published", version, None, "desk")
    assert queries.current_version("tea-house").number == 1
    assert [leaf.verb for leaf in leaves_of(item)] == ["items.item.drafted", "items.item.published"]
    assert not verify(item.audit_stream).faults
    assert EventRow.objects.get().name == "items.ItemPublished"
    assert list(ItemMaterial.objects.values_list("code", "name")) == [("plan", "场所平面图"), ("letter", "授权委托书")]


def test_a_defective_draft_is_kept_but_not_published(world, keeper):
    draft = actions.save_draft_version(entry(materials=..., basis=[]), actor=keeper)
    assert {one["kind"] for one in draft.defects} == {"no_materials", "no_basis", "material_condition_unknown"} & {
        one["kind"] for one in draft.defects
    } | {"no_materials", "no_basis"}
    with pytest.raises(rules.ItemDefective) as refused:
        actions.publish_version("tea-house", actor=keeper)
    assert "还有 2 处必须改正" in str(refused.value)
    assert "1. 没有写申请材料。" in str(refused.value)
    assert queries.item("tea-house").state == "draft"


def test_a_malformed_draft_is_refused_with_every_place(world, keeper):
    with pytest.raises(rules.ItemMalformed) as refused:
        actions.save_draft_version(entry(visits="many", audience=["dogs"], colour="red"), actor=keeper)
    for place in ("visits", "audience.0", "事项"):
        assert place in str(refused.value)


def test_a_new_version_follows_and_a_running_case_keeps_its_own(world, keeper):
    first = publish(keeper)
    held = queries.version(first.pk)
    actions.save_draft_version(
        entry(valid_from="2026-07-01", promised_limit={"amount": 3, "unit": "working_day"}), actor=keeper
    )
    second = actions.publish_version("tea-house", actor=keeper)
    assert second.number == 2
    first.refresh_from_db()
    assert first.closed_on == date(2026, 6, 30)
    assert queries.current_version("tea-house").promised_limit.amount == 5
    with clock.at(JULY):
        assert queries.current_version("tea-house").promised_limit.amount == 3
        assert queries.guide("tea-house").number == 2
    assert queries.version(first.pk) is held
    assert queries.version(first.pk).promised_limit.wording() == "5 个工作日"


def test_no_version_begins_in_the_past_of_another(world, keeper):
    publish(keeper)
    actions.save_draft_version(entry(valid_from="2026-05-01"), actor=keeper)
    with pytest.raises(rules.VersionBackdated):
        actions.publish_version("tea-house", actor=keeper)
    assert queries.item("tea-house").draft is not None


def test_a_mistake_of_today_is_mended_today(world, keeper):
    first = publish(keeper, valid_from="2026-06-01")
    second = publish(keeper, valid_from="2026-06-01", conditions=["改正过的条件"])
    assert queries.current_version("tea-house").id == second.pk
    assert queries.version(first.pk).number == 1


def test_the_database_refuses_to_rewrite_what_was_published(world, keeper):
    version = publish(keeper)
    for change in (
        {"definition": {}},
        {"name": "改"},
        {"state": "draft"},
        {"valid_from": date(2020, 1, 1)},
        {"form": {}},
    ):
        with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
            ItemVersion.objects.filter(pk=version.pk).update(**change)
    ItemMaterial.objects.all().delete()
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        ItemVersion.objects.filter(pk=version.pk)._raw_delete("default")
    with pytest.raises(IntegrityError, match="no_overlap"), transaction.atomic():
        ItemVersion.objects.create(
            item=version.item, number=2, state="published", valid_from=date(2026, 8, 1), name="x", definition={}
        )


def test_editorial_changes_need_no_version(world, keeper):
    version = publish(keeper)
    actions.edit_editorial("tea-house", changes={"consult_phone": "0660-5550199", "keywords": ["盖碗茶"]}, actor=keeper)
    guide = queries.guide("tea-house")
    assert (guide.number, guide.consult_phone) == (1, "0660-5550199")
    assert [row.pk for row in queries.search_items("盖碗茶").rows] == [version.pk]
    assert leaves_of(queries.item("tea-house")).last().data["fields"] == ["keywords", "consult_phone"]
    with pytest.raises(rules.ItemMalformed, match="promised_limit：改动这些内容需要发布新版本"):
        actions.edit_editorial("tea-house", changes={"promised_limit": None}, actor=keeper)


def test_the_form_says_the_same_whatever_becomes_of_its_elements(world, keeper):
    from tests.topics.items.entries import ELEMENT
    from zhengtong.foundation.access import system_actor
    from zhengtong.foundation.wiring.sections import sections

    version = publish(keeper)
    other = {**ELEMENT, "title": "招牌名称"}
    sections.get("elements").update(other, pack="world", actor=system_actor("x", "packs.apply"))
    queries.compiled._kept.clear()
    [section] = queries.version(version.pk).form.sections
    assert section.fields[0].title == "店名"


def test_an_ended_item_takes_no_more_and_forgets_nothing(world, keeper):
    version = publish(keeper)
    actions.end_item("tea-house", actor=keeper)
    with pytest.raises(rules.ItemUnknown):
        queries.current_version("tea-house")
    with pytest.raises(rules.ItemUnknown):
        queries.guide("tea-house")
    assert queries.current_version("tea-house", date(2026, 5, 31)).id == version.pk
    assert not queries.search_items("茶馆").rows.exists()
    assert queries.item("tea-house").state == "ended"
    again = publish(keeper, valid_from="2026-06-01")
    assert (again.number, queries.current_version("tea-house").id) == (2, again.pk)


def test_a_draft_can_be_thrown_away(world, keeper):
    publish(keeper)
    actions.save_draft_version(entry(valid_from="2026-07-01"), actor=keeper)
    actions.discard_draft("tea-house", actor=keeper)
    assert queries.item("tea-house").draft is None
    assert ItemVersion.objects.count() == 1
    with pytest.raises(rules.NothingToPublish):
        actions.publish_version("tea-house", actor=keeper)


def test_keepers_keep_their_own_organisation(world, keeper):
    actions.save_draft_version(entry(), actor=keeper)
    own = Actor(key="staff:a", kind="staff", grants=(Grant("items.manage", organisation=BODY),))
    other = Actor(key="staff:b", kind="staff", grants=(Grant("items.manage", organisation=OTHER_BODY),))
    assert queries.kept_items(own).count() == 1
    assert queries.kept_items(other).count() == 0
    assert queries.kept_items(ANONYMOUS).count() == 0
    for act in (
        lambda actor: actions.save_draft_version(entry(), actor=actor),
        lambda actor: actions.publish_version("tea-house", actor=actor),
        lambda actor: actions.end_item("tea-house", actor=actor),
        lambda actor: actions.discard_draft("tea-house", actor=actor),
        lambda actor: actions.edit_editorial("tea-house", changes={}, actor=actor),
    ):
        for actor in (other, ANONYMOUS):
            with pytest.raises(Forbidden):
                act(actor)
    actions.publish_version("tea-house", actor=own)
    assert Item.objects.get().state == "published"


def test_a_keeper_cannot_take_an_item_to_another_organisation(world, keeper):
    own = Actor(key="staff:a", kind="staff", grants=(Grant("items.manage", organisation=BODY),))
    with pytest.raises(Forbidden):
        actions.save_draft_version(entry(organisation=OTHER_BODY), actor=own)
    actions.save_draft_version(entry(), actor=own)
    with pytest.raises(Forbidden):
        actions.save_draft_version(entry(organisation=OTHER_BODY), actor=own)


def test_reading_a_held_version_costs_nothing(world, keeper, django_assert_num_queries, monkeypatch):
    version = publish(keeper)
    queries.version(version.pk).form  # noqa: B018
    with django_assert_num_queries(0):
        held = queries.version(version.pk)
        assert [material.code for material in held.materials_asked({"by_agent": True})] == ["plan", "letter"]
        assert [material.code for material in held.materials_asked({"by_agent": False})] == ["plan"]
        assert held.materials[1].max_bytes == int(2.5 * 1024 * 1024)
        assert held.steps[-1].permission == "cases.decide"
        assert (held.organisation, held.separate, held.is_decided_here) == (BODY, True, True)
