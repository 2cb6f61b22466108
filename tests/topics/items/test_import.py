"""A whole library: every row accounted for, defects by kind, twice without harm, nothing on a bad file."""

import io
from datetime import datetime

import pytest

from tests.topics.items.entries import BODY, entry
from tests.topics.items.libraries import PARTS, as_csv, as_json, as_xlsx, how, library, row
from zhengtong.foundation import clock
from zhengtong.foundation.access import ANONYMOUS, system_actor
from zhengtong.foundation.audit.queries import leaves_of, verify
from zhengtong.foundation.refusals import Forbidden
from zhengtong.topics.items import actions, queries, rules
from zhengtong.topics.items.models import Item, ItemVersion

IMPORTER = system_actor("import", "items.import", "items.manage")


def take(rows, name="library.json", actor=IMPORTER, **changes):
    content = rows if isinstance(rows, bytes) else as_json(rows)
    return actions.import_items(io.BytesIO(content), name=name, how=how(**changes), actor=actor)


def outcomes(report):
    return {name: count for name, count in report.outcomes.items() if count}


def test_every_row_is_accounted_for(world):
    report = take(library())
    assert report.rows == 10
    assert outcomes(report) == {"created": 10}
    assert (report.sound, report.defective, report.adds_up) == (0, 10, True)
    expected = {
        "no_statutory_limit": 10, "no_materials": 10, "no_basis": 10, "body_unknown": 1, "body_code_old": 1,
        "body_code_check_digit": 1, "body_code_length": 1, "body_code_suffixed": 1, "body_code_internal": 1,
        "import_name_repeated": 2, "import_code_not_split": 1, "import_value_unknown": 1,
        "import_body_several_codes": 4, "import_value_says_nothing": 1,
    }  # fmt: skip
    assert {kind: report.kinds[kind] for kind in expected} == expected
    assert Item.objects.filter(state="draft", owner="import:library").count() == 10
    assert verify().faults == ()
    told = report.as_json()
    assert sum(told["outcomes"].values()) == told["rows"] == told["sound"] + told["defective"]
    words = "\n".join(report.in_words())
    assert "共 10 行" in words
    assert "合计 10 = 0 + 10 = 10" in words


@pytest.mark.parametrize(("content", "name"), [(as_json, "a.json"), (as_csv, "a.csv"), (as_xlsx, "a.xlsx")])
def test_a_second_time_changes_nothing_in_any_format(world, content, name):
    take(library())
    before = list(Item.objects.order_by("pk").values())
    report = take(content(library()), name)
    assert outcomes(report) == {"unchanged": 10}
    assert list(Item.objects.order_by("pk").values()) == before


def test_a_changed_row_is_updated_and_only_it(world):
    take(library())
    rows = library()
    rows[3]["名称"] = "改过的名称"
    assert outcomes(take(rows)) == {"unchanged": 9, "updated": 1}
    item = Item.objects.get(name="改过的名称")
    assert [leaf.verb for leaf in leaves_of(item)] == ["items.item.imported"] * 2
    assert item.draft.definition["name"] == "改过的名称"
    assert not verify().faults
    assert ItemVersion.objects.count() == 10


def test_defects_of_an_unchanged_row_follow_the_world(world):
    take(library())
    stranger = Item.objects.get(name="没有登记的单位").draft
    assert "body_unknown" in {one["kind"] for one in stranger.defects}
    from zhengtong.foundation.wiring.sections import sections

    known = sections.get("organisations").current([BODY], [])[BODY].entry
    body = {**known, "code": stranger.organisation, "name": "新登记的单位"}
    sections.get("organisations").create(body, pack="world", actor=system_actor("x", "packs.apply"))
    assert outcomes(take(library())) == {"unchanged": 10}
    stranger.refresh_from_db()
    assert "body_unknown" not in {one["kind"] for one in stranger.defects}


def test_what_the_desk_took_over_is_kept(world, keeper):
    take(library())
    code = Item.objects.get(name="登记在册的事项").code
    actions.save_draft_version(entry(code=code, local_code="x", name="登记在册的事项"), actor=keeper)
    actions.publish_version(code, actor=keeper)
    rows = library()
    rows[0]["名称"] = "上面又改了"
    assert outcomes(take(rows)) == {"unchanged": 9, "kept": 1}
    assert queries.current_version(code).name == "登记在册的事项"


def test_a_row_that_changed_after_publication_becomes_a_new_draft(world):
    full = {"valid_from": "2026-01-01", "audience": ["person"], **COMPLETE}
    take([library()[0]], constants=full)
    assert actions.publish_imported("library", actor=IMPORTER) == 1
    changed = [{**library()[0], "名称": "第二种说法"}]
    assert outcomes(take(changed, constants={**full, "valid_from": "2026-07-01"})) == {"updated": 1}
    item = Item.objects.get()
    assert (item.state, item.published.number, item.draft.number, item.name) == ("published", 1, 2, "登记在册的事项")
    assert actions.publish_imported("library", actor=IMPORTER) == 1
    with clock.at(datetime(2026, 7, 1, tzinfo=clock.CHINA)):
        assert queries.current_version(item.code).name == "第二种说法"


COMPLETE = {
    name: value
    for name, value in entry().items()
    if name in ("accepted_by", "case_type", "statutory_limit", "promised_limit", "basis", "channels", "visits", "form")
    or name in ("online_depth", "steps", "materials", "places", "exercise_level", "consult_phone", "complaint_phone")
}


def test_only_sound_rows_are_published(world):
    full = {"valid_from": "2026-01-01", "audience": ["person"], **COMPLETE}
    report = take(library(), constants=full)
    assert (report.sound, report.defective) == (1, 9)
    assert actions.publish_imported("library", actor=IMPORTER) == 1
    assert [row.name for row in queries.published_items()] == ["登记在册的事项"]
    assert outcomes(take(library(), constants=full)) == {"unchanged": 10}


def test_a_defect_met_in_reading_stops_publication_too(world, keeper):
    full = {"valid_from": "2026-01-01", "audience": ["person"], **COMPLETE}
    take([row(1, "区市监局", "类型不明", BODY, type="99")], constants={**full, "type": "01", "nature": "permit"})
    with pytest.raises(rules.ItemDefective, match="类型 的值“99”不在对照表中"):
        actions.publish_version(Item.objects.get().code, actor=keeper)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([*library(), library()[0]], "第 1 行与第 11 行编码相同"),
        ([*library(), {**library()[0], "编码": library()[0]["编码"].lower()}], "第 1 行与第 11 行编码相同"),
        ([{**one, "编码": ""} for one in (library()[7], library()[8])], "编码相同"),
    ],
)
def test_rows_that_cannot_be_told_apart_stop_the_whole_file(world, rows, said):
    with pytest.raises(rules.ImportUnreadable, match=said):
        take(rows)
    assert Item.objects.count() == 0


def test_a_file_that_breaks_off_changes_nothing(committed_db):
    content = as_json(library())
    with pytest.raises(rules.ImportUnreadable):
        take(content[: len(content) - 40])
    assert Item.objects.count() == 0


def test_a_rehearsal_reports_and_writes_nothing(world):
    report = actions.rehearse_import(io.BytesIO(as_json(library())), name="x.json", how=how(), actor=IMPORTER)
    assert report.is_rehearsal
    assert outcomes(report) == {"created": 10}
    assert "试运行，未写入" in next(report.in_words())
    assert Item.objects.count() == 0


def test_who_may_import(world):
    for act in (actions.import_items, actions.rehearse_import):
        with pytest.raises(Forbidden):
            act(io.BytesIO(as_json(library())), name="x.json", how=how(), actor=ANONYMOUS)
    with pytest.raises(Forbidden):
        actions.publish_imported("library", actor=ANONYMOUS)


def test_thousands_of_rows_in_a_few_statements(world, django_assert_max_num_queries):
    rows = [row(n, "区市监局", f"事项{n}", BODY) for n in range(2_500)]
    with django_assert_max_num_queries(40):
        report = take(rows)
    assert outcomes(report) == {"created": 2_500}
    for one in rows[:1_200]:
        one["名称"] += "改"
    with django_assert_max_num_queries(40):
        assert outcomes(take(rows)) == {"unchanged": 1_300, "updated": 1_200}
    assert not verify().faults


def test_the_command(world, tmp_path, capsys):
    import json

    from zhengtong.topics.items.wiring import items

    (tmp_path / "library.csv").write_bytes(as_csv(library()))
    fields = {"name": "名称", "local_code": {"from": "编码", "parts": PARTS}}
    (tmp_path / "map.json").write_text(json.dumps({"source": "library", "code": "编码", "fields": fields}))
    asked = ["import", str(tmp_path / "library.csv"), "--map", str(tmp_path / "map.json")]
    assert items([*asked, "--dry-run"]) == 0
    assert "试运行" in capsys.readouterr().out
    assert items([*asked, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["outcomes"]["created"] == 10
    assert items([*asked, "--publish"]) == 0
    assert "已发布 0 个" in capsys.readouterr().out
    assert items(["list", "--state", "draft"]) == 0
    assert "共 10 个事项。" in capsys.readouterr().out
