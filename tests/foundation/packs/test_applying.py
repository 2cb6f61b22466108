"""Plan and apply: kinds of steps, order, owners, one transaction, a second time nothing."""

import pytest
from django.db import transaction

from tests.foundation.packs.shelves import Store
from zhengtong.foundation.access import ANONYMOUS, system_actor
from zhengtong.foundation.audit.queries import leaves_of
from zhengtong.foundation.packs import actions, queries
from zhengtong.foundation.packs.models import Application
from zhengtong.foundation.packs.rules import Kind, PackRefused
from zhengtong.foundation.packs.sections import Stored
from zhengtong.foundation.packs.wiring import plan_in_words
from zhengtong.foundation.refusals import Forbidden, Refused

ACTOR = system_actor("test", "packs.apply")
SHELVES = "shelves:\n- {code: a, name: 一, width: 3, tags: [x]}\n- {code: b, name: 二}\n"
BOOKS = "books:\n- {code: x, shelf: a, title: 书}\n"


@pytest.fixture
def applied(shop, db):
    shop.write("one", a=BOOKS, b=SHELVES)
    actions.apply("one", actor=ACTOR, root=shop.root)
    return shop


def kinds(shop, name="one"):
    return {f"{step.section}/{step.key}": step.kind.value for step in queries.plan(name, shop.root).steps}


def test_first_everything_is_new_then_nothing_changes(applied):
    assert applied.done == ["create shelves a", "create shelves b", "create books x"]
    applied.done.clear()
    again = actions.apply("one", actor=ACTOR, root=applied.root)
    assert again.is_clean
    assert again.counts["unchanged"] == 3
    assert applied.done == []
    assert Application.objects.count() == 1


def test_what_was_done_is_on_record(applied):
    row = Application.objects.get()
    assert (row.pack, row.counts["created"], row.actor) == ("one", 3, "system:test")
    assert [leaf.verb for leaf in leaves_of(row)] == ["packs.pack.applied"]


def test_changes_are_shown_field_by_field(applied):
    applied.write("one", b="shelves:\n- {code: a, name: 甲, width: 3, tags: [x, y]}\n- {code: b, name: 二}\n")
    plan = queries.plan("one", applied.root)
    [step] = plan.of(Kind.CHANGED)
    assert sorted((d.path, d.before, d.after) for d in step.differences) == [
        ("name", "一", "甲"),
        ("tags", ["x"], ["x", "y"]),
    ]
    words = "\n".join(plan_in_words(plan))
    assert "  ~ a  甲" in words
    assert "name: “一” → “甲”" in words
    assert "改变 1 · 恢复 0" in words


def test_members_of_a_list_are_told_apart_by_their_code(shop, db):
    shop.write("one", a="shelves:\n- {code: a, name: 一, parts: [{code: p, n: 1}, {code: q, n: 2}]}\n")
    actions.apply("one", actor=ACTOR, root=shop.root)
    shop.write("one", a="shelves:\n- {code: a, name: 一, parts: [{code: r}, {code: q, n: 3}]}\n")
    [step] = queries.plan("one", shop.root).of(Kind.CHANGED)
    assert [d.path for d in step.differences] == ["parts[p]", "parts[q].n", "parts[r]"]


def test_what_is_gone_is_ended_in_reverse_order_and_comes_back(applied):
    applied.write("one", a="books: []\n", b="shelves:\n- {code: a, name: 一, width: 3, tags: [x]}\n")
    assert kinds(applied) == {"shelves/a": "unchanged", "shelves/b": "ended", "books/x": "ended"}
    applied.done.clear()
    actions.apply("one", actor=ACTOR, root=applied.root)
    assert applied.done == ["end books x", "end shelves b"]
    assert applied.books.rows["x"].ended
    applied.write("one", a=BOOKS, b=SHELVES)
    assert kinds(applied) == {"shelves/a": "unchanged", "shelves/b": "revived", "books/x": "revived"}
    actions.apply("one", actor=ACTOR, root=applied.root)
    assert not applied.books.rows["x"].ended


@pytest.mark.parametrize("owner", ["desk", "import:library", "pack:other"])
def test_a_row_of_another_owner_is_shown_not_overwritten(applied, owner):
    applied.shelves.edit("a", owner, name="改过")
    plan = actions.apply("one", actor=ACTOR, root=applied.root)
    [step] = plan.of(Kind.DRIFT)
    assert [(d.path, d.before, d.after) for d in step.differences] == [("name", "改过", "一")]
    assert applied.shelves.rows["a"].entry["name"] == "改过"
    assert "不覆盖" in "\n".join(plan_in_words(plan))


def test_a_desk_row_that_says_the_same_comes_under_the_pack_again(applied):
    applied.shelves.edit("a", "desk")
    assert kinds(applied)["shelves/a"] == "adopted"
    actions.apply("one", actor=ACTOR, root=applied.root)
    assert applied.shelves.rows["a"].owner == "pack:one"


def test_what_the_desk_ended_stays_ended(applied):
    applied.shelves.rows["a"] = Stored(applied.shelves.rows["a"].entry, "desk", ended=True)
    assert kinds(applied)["shelves/a"] == "drift"


def test_a_lower_pack_takes_over_and_the_upper_one_alone_leaves_it_be(applied):
    applied.write("town", head="extends: [one]\n", a="shelves:\n- {code: a, width: 9}\n")
    plan = actions.apply("town", actor=ACTOR, root=applied.root)
    assert applied.shelves.rows["a"] == Stored(
        {"code": "a", "name": "一", "width": 9, "tags": ["x"], "parts": [], "since": None}, "pack:town"
    )
    assert "≠ shelves a（town）" in "\n".join(plan_in_words(plan))
    assert kinds(applied, "one")["shelves/a"] == "drift"
    assert kinds(applied, "town")["shelves/a"] == "unchanged"


def test_warnings_stop_nothing(shop, db):
    shop.write("one", a="shelves: [{code: a, name: 一}]\nbooks:\n- code: x\n  shelf: a\n")
    plan = actions.apply("one", actor=ACTOR, root=shop.root)
    assert [str(warning) for warning in plan.warnings] == ["packs/one/a.yaml:3: 没有书名。"]


def test_a_refusal_midway_leaves_nothing_and_names_the_line(shop, committed_db, monkeypatch):
    shop.write("one", a=BOOKS, b=SHELVES)

    class TooWide(Refused):
        message = "太宽了。"

    real = Store.create

    def create(self, entry, *, pack, actor):
        Application.objects.create(pack="inside", applied_at="2026-01-01T00:00:00+08:00", actor="x")
        if entry["code"] == "x":
            raise TooWide
        real(self, entry, pack=pack, actor=actor)

    section = shop.sections()
    from zhengtong.foundation.packs.sections import sections

    for one in section:
        store = shop.books if one.name == "books" else shop.shelves
        bound = create.__get__(store)
        monkeypatch.setitem(sections._entries, one.name, type(one)(**{**vars(one), "create": bound}))
    with pytest.raises(PackRefused, match=r"packs/one/a.yaml:2: 书“书”没有通过：太宽了。"):
        actions.apply("one", actor=ACTOR, root=shop.root)
    assert Application.objects.count() == 0


def test_a_section_that_does_not_read_back_what_it_wrote_is_a_defect_of_ours(shop, db, monkeypatch):
    shop.write("one", b=SHELVES)

    def put(self, verb, entry, pack):
        self.rows[entry["code"]] = Stored({**entry, "width": 99}, "pack:one")

    monkeypatch.setattr(Store, "_put", put)
    with pytest.raises(RuntimeError, match="applying the pack twice would change rows"), transaction.atomic():
        actions.apply("one", actor=ACTOR, root=shop.root)


def test_who_may(shop, db):
    shop.write("one", b=SHELVES)
    with pytest.raises(Forbidden):
        actions.apply("one", actor=ANONYMOUS, root=shop.root)
    with pytest.raises(Forbidden):
        queries.desk_edits(ANONYMOUS, "one", shop.root)
