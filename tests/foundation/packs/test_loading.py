"""Reading packs: types, places, inheritance, and every mistake told at once with its line."""

import pytest

from zhengtong.foundation.packs import queries
from zhengtong.foundation.packs.loading import load_pack
from zhengtong.foundation.packs.rules import PackInvalid, PackUnknown


def problems(shop, name="one"):
    with pytest.raises(PackInvalid) as refused:
        queries.plan(name, shop.root)
    return refused.value.data["problems"]


def entries(shop, name="one", section="shelves"):
    pack = load_pack(name, shop.root)
    assert [str(problem) for problem in pack.problems] == []
    return {key: entry.data for key, entry in pack.entries[section].items()}


def test_yaml_keeps_the_types_an_author_means(shop):
    text = (
        "shelves:\n- {code: a, name: 01, tags: [on, no, 2026-01-01, '7', 10:30]}\n- {code: b, name: '是', width: 7}\n"
    )
    shop.write("one", x=text)
    found = entries(shop)
    assert found["a"]["name"] == "01"
    assert found["a"]["tags"] == ["on", "no", "2026-01-01", "7", "10:30"]
    assert found["b"] == {"code": "b", "name": "是", "width": 7, "tags": [], "parts": [], "since": None}


def test_all_mistakes_are_told_each_with_file_and_line(shop):
    shop.write(
        "one",
        a="shelves:\n- code: a\n  name: 一\n  width: wide\n  colour: red\n- name: 没有代码\n- code: A!\n  name: ''\n",
        b="books:\n- code: x\n  shelf: nowhere\n\nchairs: []\nshelves: 3\n",
    )
    assert problems(shop) == [
        "packs/one/a.yaml:4: 这里应当是整数，现在是“wide”。",
        "packs/one/a.yaml:5: 不认识的字段“colour”。请核对拼写；没有这个字段就删去。",
        "packs/one/a.yaml:6: 缺少必填的“code”。",
        "packs/one/a.yaml:7: “A!”的写法不对，应符合 ^[a-z-]+$。",
        "packs/one/a.yaml:8: 这里不能留空。",
        "packs/one/b.yaml:5: 没有“chairs”这一类内容。可以写的有：books、shelves。",
        "packs/one/b.yaml:6: “shelves”下面应当是一个列表（每条以“- ”开头）。",
    ]


def test_references_are_checked_once_the_shape_is_right(shop):
    shop.write(
        "one",
        b="books:\n- code: x\n  title: 书\n  shelf: nowhere\n",
        a="shelves:\n- {code: a, name: 一}\n- {code: b, name: 一}\n",
    )
    assert problems(shop) == [
        "packs/one/a.yaml:2: 名称“一”重复。",
        "packs/one/a.yaml:3: 名称“一”重复。",
        "packs/one/b.yaml:4: 没有书架“nowhere”。",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("shelves:\n- code: a\n   name: b\n", "a.yaml:3: 这里的 YAML 写法不通"),
        ("shelves:\n- {code: a, name: [}\n", "a.yaml:2: 这里的 YAML 写法不通"),
        ("- a\n", "a.yaml:1: 文件的最外层应当是“名称: 内容”"),
        ("shelves:\n- {code: a, code: b, name: 一}\n", "a.yaml:2: “code”写了两遍"),
        ("shelves: []\nshelves: []\n", "a.yaml:2: “shelves”在第 1 行已经写过"),
        ("shelves:\n- {code: a, name: 一}\n- {code: a, name: 二}\n", "a.yaml:3: 书架“a”在 packs/one/a.yaml:2 已经写过"),
        ("shelves:\n- {code: a, name: 123}\n", "这里应当是文字，现在是“123”。请加引号。"),
        (
            "shelves:\n- {code: a, name: 一, since: 2026-02-30}\n",
            "这里应当是日期（如 2026-01-31），或空（null），现在是“2026-02-30”。",
        ),
        ("shelves:\n- !!binary aGk=\n", "a.yaml:2: 不认识的标记"),
    ],
)
def test_one_mistake(shop, text, said):
    shop.write("one", a=text)
    assert any(said in problem for problem in problems(shop)), problems(shop)


def test_an_encoding_that_is_not_utf8(shop):
    shop.write("one")
    (shop.root / "one" / "a.yaml").write_bytes("shelves:\n- {code: a, name: 书架}\n".encode("gb18030"))
    assert problems(shop) == ["packs/one/a.yaml:2: 文件不是 UTF-8 编码。请另存为 UTF-8。"]


def test_a_pack_lies_over_those_it_extends(shop):
    shop.write("nation", a="shelves:\n- {code: a, name: 一, width: 3}\n- {code: b, name: 二}\n")
    shop.write("town", head="extends: [nation]\n", a="shelves:\n- {code: a, width: 5}\n- {code: c, name: 三}\n")
    pack = load_pack("town", shop.root)
    assert pack.chain == ("nation", "town")
    found = pack.entries["shelves"]
    assert {key: entry.pack for key, entry in found.items()} == {"a": "town", "b": "nation", "c": "town"}
    assert found["a"].data["name"] == "一"
    assert found["a"].data["width"] == 5
    assert [(d.path, d.before, d.after) for d in found["a"].deviations] == [("width", 3, 5)]
    assert str(found["a"].written.place(("name",))) == "packs/nation/a.yaml:2"
    assert str(found["a"].written.place(("width",))) == "packs/town/a.yaml:2"


def test_a_diamond_is_read_once_and_a_circle_is_told(shop):
    shop.write("top", a="shelves:\n- {code: a, name: 一}\n")
    shop.write("left", head="extends: [top]\n")
    shop.write("right", head="extends: [top]\n")
    shop.write("one", head="extends: [left, right]\n")
    assert load_pack("one", shop.root).chain == ("top", "left", "right", "one")
    shop.write("top", head="extends: [one]\n")
    assert any("互相继承" in problem for problem in problems(shop))


def test_what_is_wrong_with_the_head_of_a_pack(shop):
    shop.write("one", head="extends: [gone]\nauthor: x\n")
    assert problems(shop) == [
        "packs/one/pack.yaml:3: 没有名为“gone”的资料包可以继承。",
        "packs/one/pack.yaml:4: 不认识的字段“author”。请核对拼写；没有这个字段就删去。",
    ]
    (shop.root / "one" / "pack.yaml").write_text("name: two\ntitle: x\n")
    assert problems(shop) == ["packs/one/pack.yaml:1: name 写的是“two”，与文件夹名“one”不同。请改成一致。"]
    with pytest.raises(PackUnknown, match="现有：one"):
        queries.plan("two", shop.root)


def test_the_scene_is_no_section(shop):
    shop.write("one")
    (shop.root / "one" / "scene").mkdir()
    (shop.root / "one" / "scene" / "cast.yaml").write_text("people: []\n")
    assert load_pack("one", shop.root).problems == []


def test_an_alias_bomb_is_not_swallowed(shop, monkeypatch):
    monkeypatch.setattr("zhengtong.foundation.packs.reading.MOST_VALUES", 1_000)
    rungs = "\n".join(f"  - &r{n} [{', '.join([f'*r{n - 1}'] * 10)}]" for n in range(1, 8))
    shop.write("one", a=f"shelves:\n- code: a\n  name: 一\n  parts:\n  - &r0 [x]\n{rungs}\n")
    assert any("内容太多" in problem for problem in problems(shop))
