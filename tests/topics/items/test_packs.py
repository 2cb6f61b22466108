"""Items and synonyms as sections of a pack."""

import copy
import re

import pytest
import yaml

from tests.topics.items.entries import HALL, entry
from zhengtong.foundation.access import system_actor
from zhengtong.foundation.packs import actions as packs
from zhengtong.foundation.packs import queries as plans
from zhengtong.foundation.packs.rules import Kind, PackInvalid
from zhengtong.topics.items import actions, queries

ACTOR = system_actor("packs", "packs.apply")


@pytest.fixture
def shop(world, tmp_path):
    """Writes a pack `tea` of given items and answers with its root."""
    root = tmp_path / "packs"
    (root / "tea").mkdir(parents=True)
    (root / "tea" / "pack.yaml").write_text("name: tea\ntitle: 茶\n")

    def write(*items, **sections):
        text = yaml.safe_dump({"items": list(items), **sections}, allow_unicode=True, sort_keys=False)
        (root / "tea" / "items.yaml").write_text(text)
        return root

    return write


def kinds(root):
    return {step.key: step.kind.value for step in plans.plan("tea", root).steps if step.section == "items"}


def problems(root):
    with pytest.raises(PackInvalid) as refused:
        plans.plan("tea", root)
    return refused.value.data["problems"]


def test_a_pack_publishes_items_and_a_second_time_nothing(shop):
    root = shop(entry(), synonyms=[{"phrase": "开茶楼", "means": ["茶馆经营许可"]}])
    packs.apply("tea", actor=ACTOR, root=root)
    assert queries.current_version("tea-house").number == 1
    assert queries.item("tea-house").owner == "pack:tea"
    assert queries.synonyms() == {"开茶楼": ("茶馆经营许可",)}
    assert packs.apply("tea", actor=ACTOR, root=root).is_clean


def test_every_defect_is_told_with_its_line(shop):
    made = entry(promised_limit={"amount": 30, "unit": "working_day"}, accepted_by="hall-moon")
    made["materials"][1]["name"] = "其他有关材料"
    root = shop(made)
    text = (root / "tea" / "items.yaml").read_text().splitlines()
    found = problems(root)
    assert len(found) == 3
    for said, line in (
        ("承诺时限 30", "amount: 30"),
        ("hall-moon", "accepted_by: hall-moon"),
        ("兜底", "name: 其他有关材料"),
    ):
        [problem] = [one for one in found if said in one]
        number = int(re.search(r":(\d+):", problem)[1])
        assert line in text[number - 1]


def test_what_only_warns_stops_nothing(shop):
    plan = plans.plan("tea", shop(entry(complaint_phone="")))
    assert [warning.sentence for warning in plan.warnings] == ["没有监督投诉电话。请填写带区号的电话或 12345。"]


def test_a_published_version_is_not_rewritten_by_its_pack(shop):
    packs.apply("tea", actor=ACTOR, root=shop(entry()))
    changed = entry(conditions=["另一个条件"])
    [problem] = problems(shop(changed))
    assert "第 1 版已经发布，内容不能再改（conditions）。请把 version 改为 2" in problem
    root = shop({**changed, "version": 2, "valid_from": "2026-06-15"})
    assert kinds(root) == {"tea-house": "changed"}
    packs.apply("tea", actor=ACTOR, root=root)
    assert queries.current_version("tea-house").number == 1
    assert queries.item("tea-house").published.number == 2
    assert packs.apply("tea", actor=ACTOR, root=root).is_clean


def test_editorial_changes_keep_the_version(shop):
    packs.apply("tea", actor=ACTOR, root=shop(entry()))
    root = shop(entry(places=[{"organisation": HALL, "window": "9 号窗口"}]))
    [step] = plans.plan("tea", root).of(Kind.CHANGED)
    assert [one.path for one in step.differences] == ["places[1].window"]
    packs.apply("tea", actor=ACTOR, root=root)
    guide = queries.guide("tea-house")
    assert (guide.number, guide.places[0].window) == (1, "9 号窗口")


def test_an_item_gone_from_the_pack_is_ended_and_comes_back_as_a_new_version(shop):
    packs.apply("tea", actor=ACTOR, root=shop(entry()))
    root = shop()
    assert kinds(root) == {"tea-house": "ended"}
    packs.apply("tea", actor=ACTOR, root=root)
    assert queries.item("tea-house").state == "ended"
    assert packs.apply("tea", actor=ACTOR, root=root).is_clean
    assert "请把 version 改为 2" in problems(shop(entry()))[0]
    packs.apply("tea", actor=ACTOR, root=shop(entry(version=2, valid_from="2026-06-01")))
    assert queries.current_version("tea-house").number == 2


def test_desk_edits_are_drift_until_they_are_exported(shop, keeper):
    root = shop(entry())
    packs.apply("tea", actor=ACTOR, root=root)
    actions.edit_editorial("tea-house", changes={"consult_phone": "0660-5550100"}, actor=keeper)
    assert kinds(root) == {"tea-house": "drift"}
    packs.apply("tea", actor=ACTOR, root=root)
    assert queries.guide("tea-house").consult_phone == "0660-5550100"
    [(file, text)] = plans.desk_edits(ACTOR, "tea", root).items()
    before = file.read_text()
    assert text == before.replace("consult_phone: 0660-5550188", "consult_phone: 0660-5550100")
    file.write_text(text)
    assert kinds(root) == {"tea-house": "adopted"}
    packs.apply("tea", actor=ACTOR, root=root)
    assert queries.item("tea-house").owner == "pack:tea"
    assert packs.apply("tea", actor=ACTOR, root=root).is_clean


def test_a_version_published_at_the_desk_goes_back_into_the_pack(shop, keeper):
    root = shop(entry())
    packs.apply("tea", actor=ACTOR, root=root)
    actions.save_draft_version(entry(valid_from="2026-06-10", conditions=["甲", "乙"]), actor=keeper)
    actions.publish_version("tea-house", actor=keeper)
    for file, text in plans.desk_edits(ACTOR, "tea", root).items():
        file.write_text(text)
    assert kinds(root) == {"tea-house": "adopted"}
    packs.apply("tea", actor=ACTOR, root=root)
    assert kinds(root) == {"tea-house": "unchanged"}


def test_a_desk_draft_is_set_aside_not_overwritten(shop, keeper):
    packs.apply("tea", actor=ACTOR, root=shop(entry()))
    actions.save_draft_version(entry(valid_from="2026-09-01", conditions=["工作台正在改"]), actor=keeper)
    packs.apply("tea", actor=ACTOR, root=shop(entry(version=2, valid_from="2026-07-01", conditions=["资料包改"])))
    item = queries.item("tea-house")
    assert (item.published.number, item.draft.number) == (2, 3)
    assert item.draft.definition["conditions"] == ["工作台正在改"]


def test_two_items_that_could_be_confused(shop):
    other = copy.deepcopy(entry(code="tea-house-two"))
    found = problems(shop(entry(), other))
    assert sum("都叫“茶馆经营许可（新办）”" in one for one in found) == 2
    assert sum("业务办理项编码" in one for one in found) == 2
