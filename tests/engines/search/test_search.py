"""Searching a table of guides in PostgreSQL."""

import pytest
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from zhengtong.engines.search import queries

SYNONYMS = {"开饭店": ["食品经营许可", "餐饮服务"]}
GUIDES = {
    "食品经营许可（新办，餐饮服务）": "开办餐馆、食堂、饮品店的经营者申请。",
    "食品经营许可注销": "不再经营的，申请注销。",
    "机动车维修经营备案": "维修企业备案，不收费。",
    "高龄津贴发放": "八十周岁以上老年人。",
    "居住证申领": "离开常住户口所在地半年以上。食品一词只在正文出现。",
    "ABC-123 系统接入": "接口",
}


class Guide(models.Model):
    name = models.CharField(max_length=200)
    search_document = SearchVectorField()
    search_pieces = SearchVectorField()

    class Meta:
        app_label = "tests"
        managed = False
        db_table = "search_test_guide"

    def __str__(self) -> str:
        return self.name


@pytest.fixture
def guides(db: None) -> models.QuerySet[Guide]:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE search_test_guide (id bigserial PRIMARY KEY, name text, search_document tsvector, "
            "search_pieces tsvector) ON COMMIT DROP"
        )
    for name, body in GUIDES.items():
        Guide.objects.create(
            name=name, search_document=queries.document(name, ["便民"], body), search_pieces=queries.pieces(name)
        )
    return Guide.objects.all()


def names(found: queries.Found[Guide]) -> list[str]:
    return [row.name for row in found.rows]


@pytest.mark.parametrize(
    ("text", "how", "first"),
    [
        ("食品经营许可", "all", "食品经营许可注销"),
        ("我想开饭店", "all", "食品经营许可（新办，餐饮服务）"),
        ("開飯店怎麼辦", "all", "食品经营许可（新办，餐饮服务）"),
        ("餐馆", "all", "食品经营许可（新办，餐饮服务）"),
        ("高龄津贴怎么领", "all", "高龄津贴发放"),
        ("龄津贴发", "all", "高龄津贴发放"),
        ("龄津", "pieces", "高龄津贴发放"),
        ("居住证", "all", "居住证申领"),
        ("ａｂｃ", "all", "ABC-123 系统接入"),
        ("食品经营许呵", "all", "食品经营许可注销"),
        ("龄津卡", "any", "高龄津贴发放"),
    ],
)
def test_found(guides: models.QuerySet[Guide], text: str, how: str, first: str) -> None:
    found = queries.search(guides, text, synonyms=SYNONYMS)
    assert found.how == how
    assert names(found)[0] == first


def test_the_title_itself_comes_first_and_the_body_last(guides: models.QuerySet[Guide]) -> None:
    assert names(queries.search(guides, "食品经营许可注销"))[0] == "食品经营许可注销"
    assert names(queries.search(guides, "食品"))[-1] == "居住证申领"


def test_the_callers_scope_stays(guides: models.QuerySet[Guide]) -> None:
    scoped = guides.exclude(name__contains="新办")
    assert names(queries.search(scoped, "开饭店", synonyms=SYNONYMS)) == ["食品经营许可注销"]


@pytest.mark.parametrize("text", ["", "？", "量子纠缠", "'; DROP TABLE x; --", "a' & !b | c:*", "\\", "\x00", "\ud800"])
def test_nothing_found_and_nothing_broken(guides: models.QuerySet[Guide], text: str) -> None:
    found = queries.search(guides, text, synonyms=SYNONYMS)
    assert (found.how, names(found)) == ("nothing", [])


def test_words_to_mark(guides: models.QuerySet[Guide]) -> None:
    assert set(queries.search(guides, "开饭店", synonyms=SYNONYMS).words) >= {"食品", "经营", "许可", "饭店"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("食", ["食品经营许可注销", "食品经营许可（新办，餐饮服务）"]),
        ("经营", ["食品经营许可注销", "机动车维修经营备案", "食品经营许可（新办，餐饮服务）"]),
        ("维修经营", ["机动车维修经营备案"]),
        ("开饭", ["开饭店"]),
        ("", []),
        ("%", []),
    ],
)
def test_suggestions(guides: models.QuerySet[Guide], text: str, told: list[str]) -> None:
    assert queries.suggestions(guides, text, synonyms=SYNONYMS) == told


def test_the_queries_use_the_index(guides: models.QuerySet[Guide]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX ON search_test_guide USING gin (search_document)")
        cursor.execute("SET LOCAL enable_seqscan = off")
        with CaptureQueriesContext(connection) as asked:
            queries.search(guides, "食品经营许可")
        cursor.execute(f"EXPLAIN {asked[-1]['sql']}")
        assert "Bitmap Index Scan" in str(cursor.fetchall())


@pytest.mark.parametrize("text", ["sp", "shipin", "zhuxiao", "jyxk"])
def test_typed_by_its_sound(guides: models.QuerySet[Guide], text: str) -> None:
    assert queries.suggestions(guides, text)[0] == "食品经营许可注销"
    assert names(queries.search(guides, text))[0] == "食品经营许可注销"
