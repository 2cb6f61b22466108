"""The dictionary of data elements in the database: defined, ended, kept in memory, declared by packs."""

import pytest

from zhengtong.engines.forms import actions, queries
from zhengtong.engines.forms.models import Element
from zhengtong.engines.forms.rules import Element as Datum
from zhengtong.engines.forms.rules import FormDefinitionInvalid
from zhengtong.foundation.access import ANONYMOUS, system_actor
from zhengtong.foundation.audit.models import Leaf
from zhengtong.foundation.directory.models import Division
from zhengtong.foundation.packs.sections import sections
from zhengtong.foundation.refusals import Forbidden

KEEPER = system_actor("test", "items.manage")
PACKER = system_actor("test", "packs.apply")
NAME = Datum("person_name", "姓名", {"type": "string", "maxLength": 50}, "text", autocomplete="name")
DEFINITION = {"sections": [{"key": "s", "title": "一", "fields": [{"element": "person_name", "required": True}]}]}


@pytest.mark.django_db
def test_a_defined_element_is_known_at_once_with_a_leaf() -> None:
    row = actions.define_element(NAME, actor=KEEPER)
    assert queries.elements()["person_name"] == NAME
    assert row.owner == "desk"
    leaf = Leaf.objects.get(stream="element:person_name")
    assert (leaf.verb, leaf.actor) == ("forms.element.defined", KEEPER.key)


@pytest.mark.django_db
def test_only_who_may_and_only_what_works() -> None:
    with pytest.raises(Forbidden):
        actions.define_element(NAME, actor=ANONYMOUS)
    with pytest.raises(FormDefinitionInvalid):
        actions.define_element(Datum("x", "甲", {"type": "object"}), actor=KEEPER)
    assert not Element.objects.exists()


@pytest.mark.django_db
def test_a_form_is_compiled_once_and_again_when_its_words_change() -> None:
    actions.define_element(NAME, actor=KEEPER)
    form = queries.form_of("item-1", DEFINITION)
    assert form.parts["person_name"].title == "姓名"
    actions.define_element(Datum("person_name", "申请人姓名"), actor=KEEPER)
    assert queries.form_of("item-1", DEFINITION).parts["person_name"].title == "申请人姓名"
    longer = {
        "sections": [*DEFINITION["sections"], {"key": "t", "title": "二", "fields": [{"key": "a", "title": "甲"}]}]
    }
    assert "a" in queries.form_of("item-1", longer).parts


def test_an_unchanged_dictionary_gives_the_same_form(committed_db: object) -> None:
    actions.define_element(NAME, actor=KEEPER)
    assert queries.form_of("item-2", DEFINITION) is queries.form_of("item-2", {**DEFINITION})


@pytest.mark.django_db
def test_an_ended_element_is_still_known_to_running_cases() -> None:
    actions.define_element(NAME, actor=KEEPER)
    actions.end_element("person_name", actor=KEEPER)
    assert "person_name" in queries.elements()
    assert Element.objects.get(pk="person_name").ended_at is not None
    actions.define_element(NAME, actor=KEEPER)
    assert Element.objects.get(pk="person_name").ended_at is None


@pytest.mark.django_db
def test_the_pack_section_reads_back_what_it_wrote() -> None:
    section = sections.get("elements")
    written = {"code": "kind", "title": "类型", "options": ["小型", {"value": "b", "label": "食堂"}]}
    entry = section.canonical(written)
    assert not list(section.check(entry, None))  # type: ignore[arg-type]
    section.create(entry, pack="demo", actor=PACKER)
    stored = section.current(["kind"], [])["kind"]
    assert (stored.entry, stored.owner, stored.ended) == (entry, "pack:demo", False)
    section.end(entry, pack="demo", actor=PACKER)
    assert section.current([], ["pack:demo"])["kind"].ended
    section.update(entry, pack="demo", actor=PACKER)
    assert not section.current(["kind"], [])["kind"].ended


@pytest.mark.django_db
def test_the_pack_section_tells_the_place_of_a_fault() -> None:
    section = sections.get("elements")
    entry = section.canonical({"code": "x", "title": "甲", "schema": {"type": "string", "pattern": "(("}})
    assert [fault.path for fault in section.check(entry, None)] == [("schema",)]  # type: ignore[arg-type]


@pytest.mark.django_db
def test_villages_are_offered_under_their_towns() -> None:
    town = Division.objects.create(code="449906001000", name="河东街道", level="town", owner="desk")
    Division.objects.create(code="449906001001", name="新河社区", level="village", parent=town, owner="desk")
    (choice,) = queries.division_choices()
    assert (choice.value, choice.label, choice.group) == ("449906001001", "新河社区", "河东街道")
    assert queries.division_names() == {"449906001001": "河东街道新河社区"}
