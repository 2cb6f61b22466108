"""The pack section `calendar`, the command `zt deadlines compute`, what the trail says."""

import json
import sys
from collections.abc import Iterable
from datetime import date

from zhengtong.foundation.audit.sentences import sentences
from zhengtong.foundation.wiring import command
from zhengtong.foundation.wiring.sections import Entry, Fault, Known, Section, sections

from . import actions, queries
from .rules import proof

DAYS = {"type": "array", "items": {"type": "string", "format": "date"}, "uniqueItems": True}


def _check(entry: Entry, known: Known) -> Iterable[Fault]:
    rest, work = ([date.fromisoformat(day) for day in entry[name]] for name in ("rest_days", "workdays"))
    for name, days in (("rest_days", rest), ("workdays", work)):
        for place, day in enumerate(days):
            if day.year != entry["year"]:
                yield Fault((name, place), f"{day} 不在 {entry['year']} 年。")
    for place, day in enumerate(work):
        if day.weekday() < 5:
            yield Fault(("workdays", place), f"{day} 本来就是周一至周五，不是调休上班日。")
        if day in rest:
            yield Fault(("workdays", place), f"{day} 既列为放假，又列为上班。")


sections.add(
    "calendar",
    Section(
        name="calendar",
        title="放假安排",
        schema={
            "type": "object",
            "required": ["year", "basis", "rest_days"],
            "additionalProperties": False,
            "properties": {
                "year": {"type": "integer", "minimum": 1950, "maximum": 2200},
                "basis": {"type": "string", "minLength": 1},
                "rest_days": {**DAYS, "minItems": 1},
                "workdays": DAYS,
            },
        },
        key=lambda entry: str(entry["year"]),
        label=lambda entry: f"{entry['year']} 年",
        canonical=queries.in_order,
        check=_check,
        current=queries.in_pack_words,
        create=actions.put_from_pack,
        update=actions.put_from_pack,
        end=actions.end_from_pack,
    ),
)

sentences.add("deadlines.calendar.loaded", "公布放假安排")
sentences.add("deadlines.calendar.withdrawn", "撤下放假安排")


@command("deadlines", help="计算期限：zt deadlines compute < 每行一个 JSON，给出到期日和逐日说明")
def deadlines(argv: list[str]) -> int:
    """Count limits read as JSON lines {start, amount, unit, pauses}; one line of proof for each."""
    if argv[:1] != ["compute"]:
        print('用法：echo \'{"start": "2026-02-12", "amount": 20, "unit": "working_day"}\' | zt deadlines compute')
        return 2
    published = queries.calendar()
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except ValueError:
            entry = None
        if not isinstance(entry, dict):
            print(f"第 {number} 行不是 JSON 对象。", file=sys.stderr)
            return 2
        print(json.dumps(proof(entry, published), ensure_ascii=False))
    return 0
