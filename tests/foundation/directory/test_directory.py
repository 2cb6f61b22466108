"""Divisions, organisations and posts: as their pack says, ended and not deleted."""

from typing import Any

import pytest

from tests import story
from zhengtong.foundation.access import system_actor
from zhengtong.foundation.audit.queries import leaves_of, verify
from zhengtong.foundation.directory import actions, queries
from zhengtong.foundation.directory.models import Division, Organisation, Post
from zhengtong.foundation.refusals import Forbidden

PACKS = system_actor("packs", "packs.apply")
DISTRICT = {"code": "449906000000", "name": "番江区", "level": "district", "parent": None, "geometry": None}
MARKET = {
    "code": "11449906MF99060141", "name": "番江区市场监督管理局", "short_name": "区市场监管局", "kind": "department",
    "level": "4", "division": "449906000000", "parent": None, "address": "文塔路 26 号", "phone": "0660-5550101",
    "hours": "", "remedy": {"review": ["番江区人民政府"], "court": "云州市番江区人民法院"},
}  # fmt: skip
REVIEW = {"code": "scjg-review", "organisation": MARKET["code"], "title": "审查岗", "roles": ["reviewer"]}


def write(**changes: Any) -> None:
    actions.write_division(DISTRICT, pack="demo", actor=PACKS)
    actions.write_organisation({**MARKET, **changes}, pack="demo", actor=PACKS)
    actions.write_post(REVIEW, pack="demo", actor=PACKS)


def test_what_a_pack_says_is_found(db: None) -> None:
    write()
    organ = queries.organisation(MARKET["code"])
    assert (organ.name, organ.remedy_review, organ.remedy_court, organ.owner) == (
        "番江区市场监督管理局", ["番江区人民政府"], "云州市番江区人民法院", "pack:demo",
    )  # fmt: skip
    assert [post.title for post in queries.posts_of(organ.code)] == ["审查岗"]
    assert queries.division("449906000000") is not None
    assert queries.division("440000000000") is None


def test_a_change_is_a_leaf_in_its_own_stream(db: None) -> None:
    write()
    write(phone="0660-5550199")
    organ = queries.organisation(MARKET["code"])
    assert organ.phone == "0660-5550199"
    assert [leaf.verb.rpartition(".")[2] for leaf in leaves_of(organ)] == ["created", "changed"]
    assert verify().faults == ()


def test_ended_it_is_offered_no_more_and_stays_readable(db: None) -> None:
    write()
    actions.end_post(REVIEW, pack="demo", actor=PACKS)
    actions.end_organisation(MARKET, pack="demo", actor=PACKS)
    actions.end_division(DISTRICT, pack="demo", actor=PACKS)
    assert not queries.posts_of(MARKET["code"]).exists()
    assert not queries.departments().exists()
    assert not queries.divisions().exists()
    assert queries.organisation(MARKET["code"]).ended_at is not None
    assert (Division.objects.count(), Organisation.objects.count(), Post.objects.count()) == (1, 1, 1)
    write()
    assert queries.organisation(MARKET["code"]).ended_at is None


def test_an_unknown_organisation_is_named_in_the_refusal(db: None) -> None:
    with pytest.raises(queries.OrganisationUnknown, match="nowhere"):
        queries.organisation("nowhere")
    assert queries.organisations(["nowhere"]) == {}


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize("login", ["songan", "yanming", "gaojie", "jiangtao", "zhoumin", "chenzhiyuan"])
def test_only_whoever_applies_packs_writes(login: str) -> None:
    for write_one, entry in (
        (actions.write_division, DISTRICT),
        (actions.write_organisation, MARKET),
        (actions.write_post, REVIEW),
        (actions.end_organisation, MARKET),
    ):
        with pytest.raises(Forbidden):
            write_one(entry, pack="demo", actor=story.actor(login))


@pytest.mark.usefixtures("district")
def test_the_district_of_the_demo() -> None:
    assert queries.departments().filter(kind="department").count() >= 14
    assert queries.divisions(level="town").count() == 6
    assert queries.divisions(level="village").count() == 74
    assert {hall.code for hall in queries.halls()} >= {"hall-central", "hall-insurance", "hall-wangjiang"}
    towns = {division.code for division in queries.divisions_under("449906000000")}
    assert towns == {division.code for division in queries.divisions(level="town")}


@pytest.mark.usefixtures("district")
def test_every_division_lies_within_its_parent() -> None:
    for division in queries.divisions().exclude(parent=None).select_related("parent"):
        parent = division.parent.code.rstrip("0")  # type: ignore[union-attr]
        assert division.code.startswith(parent), division.code


@pytest.mark.usefixtures("district")
def test_whoever_decides_in_its_own_name_has_both_remedies_and_halls_have_none() -> None:
    """行政复议法 24, 27: a department or town → the district; a branch of a city bureau → the city or the district."""
    for organ in queries.departments():
        if organ.short_name.startswith("消防"):
            continue  # its organ of review differs from place to place and is left open
        assert organ.remedy_review, organ.name
        assert organ.remedy_court, organ.name
        if organ.kind in ("department", "town", "bureau"):
            assert organ.remedy_review == ["番江区人民政府"], organ.name
        elif "分局" in organ.short_name:
            assert set(organ.remedy_review) == {"云州市人民政府", "番江区人民政府"}, organ.name
        elif "税务" in organ.short_name:
            assert all("税务局" in review for review in organ.remedy_review), organ.name
    for hall in queries.halls():
        assert not hall.remedy_review, hall.name
