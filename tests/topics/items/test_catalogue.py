"""The public list, search and the guide."""

import pytest

from tests.topics.items.entries import BODY, HALL, OTHER_BODY, entry
from zhengtong.foundation.access import system_actor
from zhengtong.topics.items import actions, queries
from zhengtong.topics.items.queries import Published

PACKS = system_actor("packs", "packs.apply")
NO_CODES = {"basic_code": "", "implementation_code": "", "handling_code": "", "local_code": "x"}


@pytest.fixture
def shelf(world, keeper):
    for made in (
        entry(),
        entry(
            code="tea-filing", name="预包装茶叶销售备案", short_name="茶叶备案", type="10", nature="filing", steps=[],
            case_type="on_the_spot", promised_limit={"amount": 0, "unit": "working_day"}, extension=None,
            audience=["entity"], events=[], keywords=["卖茶叶"], **NO_CODES,
        ),
        entry(
            code="old-age", name="高龄津贴", short_name="津贴", type="05", nature="benefit", organisation=OTHER_BODY,
            audience=["person"], channels=["window"], visits=1, visit_reason="核验本人", online_depth=[1], events=[],
            statutory_limit={"none": True, "note": "法律没有规定"}, extension=None, keywords=["老人补贴"], **NO_CODES,
        ),
    ):  # fmt: skip
        actions.save_draft_version(made, actor=keeper)
        actions.publish_version(made["code"], actor=keeper)
    actions.save_draft_version(entry(code="secret", name="尚未发布的事项", **NO_CODES), actor=keeper)
    actions.put_synonym({"phrase": "开茶楼", "means": ["茶馆经营许可", "茶叶销售"]}, pack="world", actor=PACKS)


def codes(rows):
    return sorted(row.code for row in rows)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Published(), ["old-age", "tea-filing", "tea-house"]),
        (Published(organisation=OTHER_BODY), ["old-age"]),
        (Published(audience="person"), ["old-age", "tea-house"]),
        (Published(nature="filing"), ["tea-filing"]),
        (Published(type="05"), ["old-age"]),
        (Published(event="开茶馆"), ["tea-house"]),
        (Published(channel="online"), ["tea-filing", "tea-house"]),
        (Published(on_the_spot=True), ["tea-filing"]),
        (Published(on_the_spot=False, accepted_by={HALL}), ["old-age", "tea-house"]),
    ],
)
def test_the_public_list_is_narrowed(shelf, wanted, expected):
    assert codes(queries.published_items(wanted)) == expected


def test_the_public_list_reads_no_long_columns(shelf, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [row.name for row in queries.published_items()] == [
            "茶馆经营许可（新办）",
            "预包装茶叶销售备案",
            "高龄津贴",
        ]
    assert queries.departments_of_published() == sorted([BODY, OTHER_BODY])


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("茶馆", "tea-house"),
        ("开茶楼", "tea-house"),
        ("老人补贴", "old-age"),
        ("喝茶", "tea-house"),
        ("高龄", "old-age"),
    ],
)
def test_people_find_what_they_mean(shelf, text, first):
    assert queries.search_items(text).rows[0].code == first


def test_search_is_narrowed_and_shows_no_draft(shelf):
    assert codes(queries.search_items("茶", Published(nature="filing")).rows) == ["tea-filing"]
    assert codes(queries.search_items("尚未发布的事项").rows) == []


def test_suggestions(shelf):
    assert queries.suggest("开茶") == ["开茶楼"]
    assert queries.suggest("高龄") == ["高龄津贴"]


def test_a_synonym_ends(shelf):
    actions.end_synonym({"phrase": "开茶楼", "means": []}, pack="world", actor=PACKS)
    assert "开茶楼" not in queries.synonyms()


def test_the_guide_says_everything_in_words(shelf):
    guide = queries.guide("tea-house")
    assert guide.organisation_name == "番江区市场监督管理局"
    assert guide.acceptor_name == "番江区政务服务中心"
    assert guide.statutory_limit.wording() == "20 个工作日"
    assert guide.promised_limit.wording() == "5 个工作日"
    assert guide.statutory_limit.basis == "某条例第一条"
    assert guide.extension.approver == "本行政机关负责人"
    assert guide.type == "行政许可"
    assert guide.case_type == "承诺件"
    assert guide.audience == ("法人和其他组织", "自然人")
    assert guide.online_depth == ("互联网办理", "互联网办理结果信息反馈")
    [place] = guide.places
    assert (place.name, place.window, place.address) == ("番江区政务服务中心", "3 号窗口", "晴川街道锦湖路 88 号")
    assert [(row.material.name, row.necessity, row.form) for row in guide.materials] == [
        ("场所平面图", "必要", "电子或纸质"),
        ("授权委托书", "必要", "电子或纸质"),
    ]
    assert guide.materials[1].condition == "代办才要"
    assert guide.questions == (("要多久？", "五个工作日。"),)
    assert guide.remedy_review == ("番江区人民政府",)
    assert guide.is_online
    assert not guide.is_charged
    assert [title for title, _ in guide.codes] == ["基本编码", "实施编码", "业务办理项编码"]
    assert queries.guide("old-age").statutory_limit.wording() == "法律未作规定"
    assert queries.guide("tea-filing").promised_limit.wording() == "当场"


def test_the_guide_costs_few_queries(shelf, django_assert_max_num_queries):
    queries.guide("tea-house")
    with django_assert_max_num_queries(3):
        queries.guide("tea-house")
