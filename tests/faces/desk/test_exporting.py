"""The list for a spreadsheet: as filtered, within scope, harmless, and on record."""

import csv
import io

import pytest
from django.test import Client

from tests import story
from tests.faces.desk.desks import CLERK, REVIEWER
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.audit.queries import leaves_of
from zhengtong.foundation.ui.exports import harmless
from zhengtong.topics.cases.actions import exporting
from zhengtong.topics.cases.models import Case

pytestmark = pytest.mark.usefixtures("district")


def exported(login: str, **asked: str) -> list[list[str]]:
    client = Client()
    client.force_login(accounts.account(login))
    answer = client.post("/desk/cases/export/", asked)
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    text = answer.getvalue().decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def test_all_of_my_list_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    numbers = [story.submitted().number for _ in range(5)]
    head, *rows = exported(REVIEWER)
    assert head[0] == "办件编号"
    assert [row[0] for row in rows] == numbers[::-1]


def test_only_what_the_filter_leaves_and_the_scope_allows() -> None:
    waiting, accepted = story.submitted(), story.accepted()
    assert [row[0] for row in exported(CLERK, status="accepted")[1:]] == [accepted.number]
    assert exported("dengfang")[1:] == []
    assert waiting.number in {row[0] for row in exported(CLERK, q="番江区味真园")[1:]}


def test_whoever_takes_it_is_on_record_without_anybodys_name() -> None:
    story.submitted()
    exported(CLERK, q="番江区味真园")
    leaf = list(leaves_of(accounts.account(CLERK)))[-1]
    assert leaf.verb == "accounts.account.exported"
    assert leaf.data == {"what": "cases", "status": "", "item": "", "by_text": True}


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\tx"])
def test_nothing_in_a_cell_is_computed(text: str) -> None:
    assert harmless(text) == "'" + text


def test_a_name_that_begins_like_a_formula_stays_a_name() -> None:
    case = story.submitted()
    Case.objects.filter(pk=case.pk).update(applicant_name="=HYPERLINK(1)")
    assert exported(REVIEWER)[1][2] == "'=HYPERLINK(1)"
