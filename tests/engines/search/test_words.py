"""Words in, PostgreSQL's notation out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.engines.search import rules

SYNONYMS = {"开饭店": ["食品经营许可", "餐饮服务"], "我要养老": ["养老保险"], "饭店": ["旅馆"]}


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("開飯店", "开饭店"),
        ("ＡＢＣ－１２３", "abc-123"),
        ("食品　经营\n许可", "食品 经营 许可"),
        ("㎡", "m2"),
        ("頭髮與發票", "头发与发票"),
        ("\x00a\ud800b\x07", "a b"),
    ],
)
def test_one_spelling(text: str, spelling: str) -> None:
    assert rules.normalise(text) == spelling


def test_long_words_are_indexed_in_their_parts_too() -> None:
    assert rules.index_words("机动车维修许可证") == ["机动", "动车", "机动车", "维修", "许可", "许可证"]


def test_words_of_the_field_are_known() -> None:
    assert rules.query_words("网约车转出") == ("网约车", "转出")


def test_a_document_weighs_title_keywords_and_body() -> None:
    written = rules.document("食品经营许可", ["开饭店"], "办理食品许可")
    assert written == "'食品':1A '经营':2A '许可':3A '开':4B '饭店':5B '办理'"


def test_pieces_are_pairs_and_single_characters_and_the_sounds_of_words() -> None:
    assert rules.pieces("ABC证照") == "'abc' '证' '照' '证照' 'zhengzhao' 'zz'"
    assert rules.sounds("重庆银行") == ["chongqingyinhang", "cqyh", "yinhang", "yh"]


def test_what_is_typed_in_letters_is_a_sound() -> None:
    assert rules.query("zheng z").all_pieces == "'zhengz':*"
    assert rules.query("x证").all_pieces == "'x' & '证'"


def test_a_phrase_is_known_when_its_words_stand_apart() -> None:
    asked = rules.query("开个小茶楼", {"开茶楼": ["茶馆"]})
    assert asked.groups == ((("开", "茶楼"), ("茶馆",)), (("小",),))
    assert asked.all == "(('开' & '茶楼') | '茶馆')", "a single character is not insisted on"


def test_words_that_mean_the_same_stand_beside_each_other() -> None:
    assert (("津贴",) in rules.query("补贴").groups[0]) and (("补贴",) in rules.query("津贴").groups[0])


def test_what_many_rows_hold_says_little() -> None:
    known = rules.Commonness(20_000, {"办理": 0.9, "登记": 0.2, "宠物": 0.001}, 0.001)
    assert known.weight("办理") < known.weight("登记") < known.weight("宠物") == known.weight("从没见过")
    assert known.weight("店") < known.weight("商店")
    assert rules.query("办理").is_common(known)
    assert not rules.query("宠物登记").is_common(known)
    assert rules.query("宠物登记").telling(known)[0] == "宠物"
    assert "登记" not in rules.query("宠物登记").telling(known)


def test_a_synonym_stands_beside_the_phrase() -> None:
    asked = rules.query("我想开饭店", SYNONYMS)
    assert asked.groups == ((("开", "饭店"), ("食品", "经营", "许可"), ("餐饮", "服务")),)
    assert asked.all == "(('开' & '饭店') | ('食品' & '经营' & '许可') | ('餐饮' & '服务'))"


def test_the_longest_phrase_wins_and_a_phrase_may_begin_with_what_says_nothing() -> None:
    assert ("旅馆",) in rules.query("饭店", SYNONYMS).groups[0]
    assert ("旅馆",) not in rules.query("开饭店", SYNONYMS).groups[0]
    assert ("养老保险",) in rules.query("我要养老", SYNONYMS).groups[0]


@pytest.mark.parametrize(
    "text", ["居住证", "请问怎么办理居住证", "居住證怎麼辦", "我想要办理居住证需要什么材料？", "居住证办理流程"]
)
def test_the_words_around_the_wish_do_not_count(text: str) -> None:
    assert rules.query(text).groups == ((("居住证",), ("居住",)),)


@pytest.mark.parametrize(("text", "word"), [("办理", "办理"), ("怎么", "怎么"), ("的", "的")])
def test_where_nothing_else_is_said_they_do(text: str, word: str) -> None:
    assert rules.query(text).words == (word,)


@pytest.mark.parametrize("text", ["", "   ", "？！…", "___", "\x00"])
def test_nothing_asked(text: str) -> None:
    assert not rules.query(text, SYNONYMS)


def test_no_word_is_lost_from_the_middle_of_a_word() -> None:
    assert "办公用房" in rules.query("办公用房").words


def test_marks() -> None:
    assert rules.marked("食品经营许可证", ["许可", "食品", "许可证"]) == [
        ("食品", True),
        ("经营", False),
        ("许可证", True),
    ]
    assert rules.marked("<b>(x)</b>", ["(x)"]) == [("<b>", False), ("(x)", True), ("</b>", False)]
    assert rules.marked("", ["a"]) == rules.marked("", []) == []


LEXEME = re.compile(r"'(?:[^'\\]|''|\\\\)+'")
VECTOR = re.compile(rf"{LEXEME.pattern}(:\d+[AB](,\d+[AB])*)?")


@given(st.text(max_size=60), st.lists(st.text(max_size=10), max_size=2), st.text(max_size=80))
def test_whatever_is_written_is_a_vector(title: str, keywords: list[str], body: str) -> None:
    for written in (rules.document(title, keywords, body), rules.pieces(title)):
        assert all(VECTOR.fullmatch(part) for part in written.split(" ") if part)


@given(st.text(max_size=150))
def test_whatever_is_asked_can_be_asked(text: str) -> None:
    asked = rules.query(text, SYNONYMS)
    for written in (asked.all, asked.any, asked.all_pieces, asked.any_piece):
        rest = LEXEME.sub("x", written)
        assert set(rest.removesuffix(":*")) <= set("x &|()")
    assert "".join(part for part, _ in rules.marked(text, asked.words)) == text


def test_a_long_document_keeps_within_postgresql_s_limits() -> None:
    written = rules.document("题", (), "食品许可" * 20_000)
    assert len(written) < 600
    assert len(rules.pieces("Ａ" * 5_000)) < 100
