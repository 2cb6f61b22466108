"""Desk edits go back into the files, line by line, and come under the pack again."""

import pytest

from zhengtong.foundation.access import system_actor
from zhengtong.foundation.packs import actions, queries
from zhengtong.foundation.packs.rules import Kind

ACTOR = system_actor("test", "packs.apply")
TEXT = """\
# 书架
shelves:
# 第一个
- code: a   # 不改代码
  name: 一   # 会改
  tags:     # 说明
  - x
  - y

# 第二个
- code: b
  name: 二
- {code: c, name: 三}   # 写在一行

books: [{code: x, shelf: a, title: 旧}, {code: y, shelf: b, title: 别的}]
"""


@pytest.fixture
def applied(shop, db):
    shop.write("one", a=TEXT)
    actions.apply("one", actor=ACTOR, root=shop.root)
    return shop


def exported(shop, name="one"):
    files = queries.desk_edits(ACTOR, name, shop.root)
    for file, text in files.items():
        file.write_text(text, encoding="utf-8")
    return {file.name: text for file, text in files.items()}


def settled(shop, name="one"):
    """After the export the pack and the rows say the same, and the pack governs again."""
    plan = actions.apply(name, actor=ACTOR, root=shop.root)
    assert not plan.of(Kind.DRIFT, Kind.CHANGED, Kind.CREATED, Kind.ENDED)
    assert queries.desk_edits(ACTOR, name, shop.root) == {}
    assert queries.plan(name, shop.root).is_clean


def test_nothing_to_write_back(applied):
    assert exported(applied) == {}


def test_only_the_changed_fields_are_touched(applied):
    applied.shelves.edit("a", name="甲：新", tags=["x", "01", "2026-01-01"], width=4)
    expected = TEXT.replace("  name: 一   # 会改\n", "  name: 甲：新\n").replace(
        "  tags:     # 说明\n  - x\n  - y\n", "  tags:\n    - x\n    - '01'\n    - '2026-01-01'\n  width: 4\n"
    )
    assert exported(applied) == {"a.yaml": expected}
    settled(applied)


def test_an_entry_on_one_line_is_written_anew_where_it_stood(applied):
    applied.shelves.edit("c", width=2)
    applied.books.edit("x", title="新")
    text = exported(applied)["a.yaml"]
    assert "- {code: c, name: 三, width: 2}   # 写在一行\n" in text
    assert "books: [{code: x, shelf: a, title: 新}, {code: y, shelf: b, title: 别的}]\n" in text
    settled(applied)


def test_what_the_desk_made_goes_into_a_file_of_its_own_without_defaults(applied):
    applied.shelves.edit("d", name="四", width=1, tags=[], parts=[], since="2026-03-01")
    files = exported(applied)
    assert files == {
        "desk-edits.yaml": "# 在工作台上作出的改动，由 zt packs export 写回。\n"
        "shelves:\n  - code: d\n    name: 四\n    since: '2026-03-01'\n"
    }
    settled(applied)
    applied.shelves.edit("e", name="五", width=1, tags=[], parts=[], since=None)
    assert "code: d" in exported(applied)["desk-edits.yaml"]
    settled(applied)


def test_what_the_desk_ended_is_taken_out(applied):
    for store, code in ((applied.shelves, "b"), (applied.books, "y")):
        store.edit(code)
        store.end({"code": code}, pack="", actor=None)
    text = exported(applied)["a.yaml"]
    assert "# 第二个\n- {code: c, name: 三}" in text
    assert "books: [{code: x, shelf: a, title: 旧}, ]\n" in text
    assert "b" not in {step.key for step in queries.plan("one", applied.root).steps}


def test_an_edit_of_an_inherited_entry_goes_into_the_lower_pack(applied):
    applied.write("town", head="extends: [one]\n")
    actions.apply("town", actor=ACTOR, root=applied.root)
    applied.shelves.edit("a", width=8)
    files = exported(applied, "town")
    assert list(files) == ["desk-edits.yaml"]
    assert "width: 8" in files["desk-edits.yaml"]
    settled(applied, "town")
    assert applied.shelves.rows["a"].owner == "pack:town"
