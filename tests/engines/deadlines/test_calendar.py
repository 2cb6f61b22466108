"""Publishing, correcting and withdrawing a year; the pack section; the command."""

import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.engines.deadlines.published import CALENDAR, FOLDER
from zhengtong.engines.deadlines import actions, queries
from zhengtong.engines.deadlines.models import CalendarYear
from zhengtong.engines.deadlines.rules import CalendarInvalid, Limit, due
from zhengtong.engines.deadlines.wiring import deadlines
from zhengtong.foundation.access import ANONYMOUS, system_actor
from zhengtong.foundation.audit.models import Leaf
from zhengtong.foundation.audit.queries import verify
from zhengtong.foundation.outbox.models import EventRow
from zhengtong.foundation.refusals import Forbidden
from zhengtong.foundation.wiring.sections import Known, sections

APPLIER = system_actor("packs", "packs.apply")
YEAR = 2026
PUBLISHED = CALENDAR.years[YEAR]
DAYS: dict[str, Any] = {"rest_days": PUBLISHED.rest_days, "workdays": PUBLISHED.workdays, "basis": "放假通知"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_memory() -> Iterator[None]:
    queries.in_memory.forget()
    yield
    queries.in_memory.forget()


def test_nothing_published_everything_provisional() -> None:
    assert due(date(2026, 2, 12), Limit(5, "working_day"), queries.calendar()).provisional


def test_a_published_year_counts() -> None:
    actions.load_calendar(YEAR, **DAYS, actor=APPLIER)
    found = due(date(2026, 2, 12), Limit(5, "working_day"), queries.calendar())
    assert (found.date, found.binding, found.calendar) == (date(2026, 2, 26), True, "2026.1")


def test_each_version_is_in_the_trail_and_told() -> None:
    actions.load_calendar(YEAR, **DAYS, actor=APPLIER)
    corrected = DAYS | {"rest_days": (*PUBLISHED.rest_days, date(2026, 12, 31))}
    row = actions.load_calendar(YEAR, **corrected, actor=APPLIER)
    assert row.version == 2
    leaves = Leaf.objects.filter(stream=row.audit_stream).order_by("seq")
    assert [leaf.verb for leaf in leaves] == ["deadlines.calendar.loaded"] * 2
    assert "2026-12-31" in leaves[1].data["rest_days"] and "2026-12-31" not in leaves[0].data["rest_days"]
    told = EventRow.objects.filter(name="deadlines.CalendarLoaded").order_by("pk")
    assert [event.payload for event in told] == [{"year": YEAR, "version": 1}, {"year": YEAR, "version": 2}]
    assert queries.calendar().years[YEAR].version == 2
    assert not verify(row.audit_stream).faults


def test_the_same_days_again_change_nothing() -> None:
    actions.load_calendar(YEAR, **DAYS, actor=APPLIER)
    again = DAYS | {"rest_days": reversed(PUBLISHED.rest_days)}
    assert actions.load_calendar(YEAR, **again, actor=APPLIER).version == 1


def test_a_withdrawn_year_is_provisional_again_and_may_come_back() -> None:
    actions.load_calendar(YEAR, **DAYS, actor=APPLIER)
    actions.withdraw_calendar(YEAR, actor=APPLIER)
    assert YEAR not in queries.calendar().years
    assert actions.load_calendar(YEAR, **DAYS, actor=APPLIER).version == 3
    assert queries.calendar().years[YEAR].version == 3


def test_only_who_applies_packs_publishes() -> None:
    with pytest.raises(Forbidden):
        actions.load_calendar(YEAR, **DAYS, actor=ANONYMOUS)
    with pytest.raises(Forbidden):
        actions.withdraw_calendar(YEAR, actor=system_actor("nightly", "cases.view"))
    assert not CalendarYear.objects.exists()


def test_a_list_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(CalendarInvalid, match="周一至周五"):
        actions.load_calendar(YEAR, **(DAYS | {"workdays": (date(2026, 1, 5),)}), actor=APPLIER)
    assert not CalendarYear.objects.exists()


class Nothing:
    """A pack that knows nothing else."""

    def has(self, section: str, key: str) -> bool:
        return False

    def entry(self, section: str, key: str) -> None:
        return None


NOTHING: Known = Nothing()


def entry_of_the_pack() -> dict[str, Any]:
    import yaml

    loaded = yaml.load((FOLDER / "2026.yaml").read_text(), Loader=yaml.BaseLoader)["calendar"][0]
    return loaded | {"year": int(loaded["year"])}


def test_the_pack_section_stores_what_it_reads() -> None:
    section = sections.get("calendar")
    entry = section.canonical(entry_of_the_pack())
    assert list(section.check(entry, NOTHING)) == []
    section.create(entry, pack="national", actor=APPLIER)
    stored = section.current([section.key(entry)], [])["2026"]
    assert (stored.entry, stored.owner, stored.ended) == (entry, "pack:national", False)
    assert list(section.current([], ["pack:national"])) == ["2026"]
    section.end(entry, pack="national", actor=APPLIER)
    assert section.current(["2026"], [])["2026"].ended
    section.update(entry, pack="national", actor=APPLIER)
    assert not section.current(["2026"], [])["2026"].ended


def test_the_pack_section_points_at_the_bad_day() -> None:
    section = sections.get("calendar")
    entry = {
        "year": 2026,
        "basis": "x",
        "rest_days": ["2026-01-01", "2025-12-31"],
        "workdays": ["2026-01-05", "2026-01-01"],
    }
    faults = {fault.path: fault.sentence for fault in section.check(section.canonical(entry), NOTHING)}
    assert set(faults) == {("rest_days", 0), ("workdays", 0), ("workdays", 1)}
    assert "既列为放假，又列为上班" in "".join(faults.values()) or "周一至周五" in faults["workdays", 0]


def test_the_command_counts_lines(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    actions.load_calendar(YEAR, **DAYS, actor=APPLIER)
    lines = [
        {"start": "2026-02-12", "amount": 20, "unit": "working_day"},
        {"start": "2026-09-21", "amount": 15, "unit": "calendar_day", "pauses": [["2026-09-22", "2026-09-23"]]},
        {"start": "2026-12-30", "amount": 3, "unit": "working_day"},
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n\n".join(map(json.dumps, lines))))
    assert deadlines(["compute"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["due"], line["provisional"]) for line in told] == [
        ("2026-03-18", False),
        ("2026-10-08", False),
        ("2027-01-04", True),
    ]
    assert len(told[0]["days"]) == 35


def test_the_command_names_the_line_it_cannot_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"start": "2026-02-12", "amount": 1, "unit": "month"}\nnonsense\n'))
    assert deadlines(["compute"]) == 2
    assert "第 2 行" in capsys.readouterr().err
    assert deadlines([]) == 2
