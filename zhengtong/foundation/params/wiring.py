"""Parameters as a pack section; what the trail says about them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from zhengtong.foundation.audit.sentences import sentences
from zhengtong.foundation.wiring.sections import Entry, Fault, Known, Section, sections

from . import actions, queries

DATE = {"type": "string", "format": "date"}


def _with_defaults(entry: Entry) -> dict[str, Any]:
    return {"unit": "", "basis": "", "note": "", "valid_to": None, **entry}


def _check(entry: Entry, known: Known) -> Iterable[Fault]:
    if entry["valid_to"] and entry["valid_to"] < entry["valid_from"]:
        yield Fault(("valid_to",), f"截止日期 {entry['valid_to']} 早于生效日期 {entry['valid_from']}。")
    if not entry["basis"]:
        yield Fault(("key",), "没有写依据（basis）。每个数值都应说明出自哪部法律、哪一条或哪项习惯。", is_warning=True)


def _check_set(entries: Mapping[str, Entry], known: Known) -> Iterable[tuple[str, Fault]]:
    by_key: dict[str, list[tuple[date, date, str]]] = defaultdict(list)
    for key, entry in entries.items():
        last = date.fromisoformat(entry["valid_to"]) if entry["valid_to"] else date.max
        by_key[entry["key"]].append((date.fromisoformat(entry["valid_from"]), last, key))
    for periods in by_key.values():
        periods.sort()
        for (first, last, _), (next_first, _, key) in pairwise(periods):
            if next_first <= last:
                said = f"与自 {first} 起的上一个值重叠。请给上一个值写明截止日期 valid_to（生效日期的前一天）。"
                yield key, Fault(("valid_from",), said)


sections.add(
    "params",
    Section(
        name="params",
        title="参数",
        after=("posts",),
        schema={
            "type": "object",
            "required": ["key", "value", "valid_from"],
            "additionalProperties": False,
            "properties": {
                "key": {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*$", "maxLength": 120},
                "value": {"type": ["string", "number", "boolean", "array", "object"]},
                "unit": {"type": "string", "maxLength": 40},
                "basis": {"type": "string"},
                "note": {"type": "string"},
                "valid_from": DATE,
                "valid_to": {"anyOf": [DATE, {"type": "null"}]},
            },
        },
        key=queries.pack_key,
        label=lambda entry: f"{entry['key']}（{entry['valid_from']} 起）",
        canonical=_with_defaults,
        check=_check,
        check_set=_check_set,
        current=queries.in_pack_words,
        create=actions.put_from_pack,
        update=actions.put_from_pack,
        end=actions.end_from_pack,
    ),
)

sentences.add("params.parameter.set", "设定参数")
sentences.add("params.parameter.closed", "为新值让路，截止原参数")
sentences.add("params.parameter.ended", "参数不再执行")
