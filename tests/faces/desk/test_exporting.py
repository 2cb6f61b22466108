"""The list as a file: as filtered, within the scope of that moment, on record; left, cancelled, taken up again."""

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection

from tests import story
from tests.faces.desk.desks import CLERK, COLLEAGUE, MOST_QUERIES, REVIEWER, STRANGER, Desk, words
from zhengtong.foundation import clock
from zhengtong.foundation.access import system_actor
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.audit.queries import leaves_of
from zhengtong.foundation.bulk import fetch
from zhengtong.foundation.tables import actions, writing
from zhengtong.foundation.tables.models import Export
from zhengtong.topics.cases.models import Case

pytestmark = pytest.mark.usefixtures("district", "_files")
WORKER = system_actor("exports", "tables.sweep")


@pytest.fixture
def _files(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


def asked(who: Desk, query: str = "", **more: Any) -> Export:
    answer = who.post("/desk/exports/", {"table": "cases", "query": query, "format": "csv", **more})
    assert answer.status_code == 303
    assert answer["Location"] == "/desk/exports/"
    return Export.objects.latest("created_at")


def made(who: Desk, query: str = "", **more: Any) -> bytes:
    export = asked(who, query, **more)
    actions.make_export(export.pk, actor=WORKER)
    answer = who.get(f"/desk/exports/{export.pk}/file/")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return answer.getvalue()


def rows_of(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))


def test_all_of_my_list_in_portions_and_in_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    numbers = [story.submitted().number for _ in range(5)]
    assert [row["办件编号"] for row in rows_of(made(Desk(REVIEWER)))] == numbers[::-1]
    assert [row["办件编号"] for row in rows_of(made(Desk(REVIEWER), "sort=number"))] == numbers


def test_a_job_waits_for_it_from_the_moment_it_is_on_record() -> None:
    export = asked(Desk(CLERK))
    waiting = fetch("SELECT args->>'export' FROM procrastinate_jobs WHERE task_name = 'tables.export'")
    assert (str(export.pk),) in waiting


def test_only_what_the_filter_leaves_the_columns_chosen_and_the_scope_allows() -> None:
    waiting, accepted = story.submitted(), story.accepted()
    found = rows_of(made(Desk(CLERK), "status=accepted", column=["number", "official"]))
    assert found == [{"事项": accepted.item_name, "办件编号": accepted.number, "官方编号": accepted.official_number}]
    assert rows_of(made(Desk(STRANGER))) == []
    assert waiting.number in {row["办件编号"] for row in rows_of(made(Desk(CLERK), "q=番江区味真园"))}


def test_whoever_takes_it_is_on_record_without_anybodys_name() -> None:
    story.submitted()
    export = asked(Desk(CLERK), "q=番江区味真园&status=accepted")
    leaf = list(leaves_of(accounts.account(CLERK)))[-1]
    assert leaf.verb == "accounts.account.exported"
    assert leaf.data == {"what": "cases", "filters": {"status": "accepted"}, "by_text": True, "format": "csv"}
    assert "味真园" not in str(fetch("SELECT query FROM tables_export"))
    actions.make_export(export.pk, actor=WORKER)
    assert Export.objects.get(pk=export.pk).query == ""


def test_a_workbook_with_real_dates() -> None:
    case = story.submitted()
    Case.objects.filter(pk=case.pk).update(applicant_name="=HYPERLINK(1)")
    book = openpyxl.load_workbook(io.BytesIO(made(Desk(REVIEWER), format="xlsx")))
    head, row = list(book.active.values)
    found = dict(zip(head, row, strict=True))
    assert found["申请人"] == "'=HYPERLINK(1)"
    assert found["提交时间"].date() == case.submitted_at.astimezone(clock.CHINA).date()


def test_the_scope_is_that_of_the_moment_it_is_made() -> None:
    story.submitted()
    export = asked(Desk(CLERK))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_postholding SET valid_to = %s", [clock.today() - timedelta(days=1)])
    actions.make_export(export.pk, actor=WORKER)
    export.refresh_from_db()
    assert export.state == "failed"
    assert "没有办理这一步的权限" in export.reason


def test_a_worker_killed_in_the_middle_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = [story.submitted().number for _ in range(3)]
    clerk = Desk(CLERK)
    export = asked(clerk)
    monkeypatch.setattr(actions, "AT_ONCE", 1)

    def killed(*args: Any, rows: Any, **more: Any) -> None:
        next(rows), next(rows)
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setitem(writing.FORMATS, "csv", killed)
        with pytest.raises(KeyboardInterrupt):
            actions.make_export(export.pk, actor=WORKER)
    export.refresh_from_db()
    assert (export.state, export.rows_done, export.rows_all) == ("running", 1, 3)
    assert "1 / 3 行" in words(clerk.page("/desk/exports/"))
    assert clerk.get(f"/desk/exports/{export.pk}/file/").status_code == 409
    actions.make_export(export.pk, actor=WORKER)
    found = rows_of(clerk.get(f"/desk/exports/{export.pk}/file/").getvalue())
    assert [row["办件编号"] for row in found] == numbers[::-1]


def test_cancelled_in_the_middle_it_stops_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        story.submitted()
    clerk = Desk(CLERK)
    export = asked(clerk)
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    whole = writing.FORMATS["csv"]

    def cancelled(path: Path, *, title: str, head: Any, rows: Any) -> None:
        clerk.post(f"/desk/exports/{export.pk}/cancel/")
        whole(path, title=title, head=head, rows=rows)

    monkeypatch.setitem(writing.FORMATS, "csv", cancelled)
    actions.make_export(export.pk, actor=WORKER)
    export.refresh_from_db()
    assert export.state == "cancelled"
    assert list((tmp_path / "exports").iterdir()) == []


def test_it_goes_after_its_days_and_says_so(tmp_path: Path) -> None:
    story.submitted()
    clerk = Desk(CLERK)
    made(clerk)
    assert "保存 7 天" in words(clerk.page("/desk/exports/"))
    with clock.at(clock.now() + timedelta(days=6)):
        assert actions.forget_exports(actor=WORKER) == 0
    with clock.at(clock.now() + timedelta(days=8)):
        assert actions.forget_exports(actor=WORKER) == 1
    assert list((tmp_path / "exports").iterdir()) == []
    assert "已到期删除" in words(clerk.page("/desk/exports/"))


def test_nobody_elses_and_not_too_many() -> None:
    clerk, colleague = Desk(CLERK), Desk(COLLEAGUE)
    mine = [asked(clerk) for _ in range(3)]
    for path in ("file", "cancel"):
        assert colleague.post(f"/desk/exports/{mine[0].pk}/{path}/").status_code == 404
    again = clerk.post("/desk/exports/", {"table": "cases", "format": "csv"})
    assert again.status_code == 409
    assert "已有 3 份导出正在进行" in words(again)
    assert clerk.post("/desk/exports/", {"table": "secrets"}).status_code == 404
    assert clerk.post("/desk/exports/", {"table": "items"}).status_code == 403
    assert clerk.queries("/desk/exports/") <= MOST_QUERIES
