"""Items and synonyms as pack sections, `zt items`, and what the trail says."""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from zhengtong.foundation.access import system_actor
from zhengtong.foundation.audit.sentences import sentences
from zhengtong.foundation.wiring import command
from zhengtong.foundation.wiring.sections import Entry, Fault, Known, Section, sections

from . import actions, queries, rules


def _check_item(entry: Entry, known: Known) -> Iterable[Fault]:
    for defect in rules.defects(entry, known):
        yield Fault(defect.path, str(defect), is_warning=not defect.is_blocking)
    changed = queries.lasting_changes(entry)
    if changed:
        number, fields = changed
        said = f"第 {number} 版已经发布，内容不能再改（{'、'.join(fields[:6])}）。"
        yield Fault(("version",), f"{said}请把 version 改为 {number + 1}，valid_from 写今天或以后的日期。")


def _check_items(entries: Mapping[str, Entry], known: Known) -> Iterable[tuple[str, Fault]]:
    for field, said in (
        ("implementation_code", "实施编码"),
        ("handling_code", "业务办理项编码"),
        ("local_code", "地方编码"),
    ):
        counts = Counter(entry[field] for entry in entries.values() if entry[field])
        for key, entry in entries.items():
            # Several handling items share one implementation code; alone it must be unique.
            shared = field == "implementation_code" and entry["handling_code"]
            if counts[entry[field]] > 1 and not shared:
                yield key, Fault((field,), f"{said}“{entry[field]}”用在了 {counts[entry[field]]} 个事项上。请核对。")
    names = Counter((entry["organisation"], entry["name"]) for entry in entries.values())
    for key, entry in entries.items():
        if names[entry["organisation"], entry["name"]] > 1:
            yield key, Fault(("name",), f"同一单位有两个事项都叫“{entry['name']}”。请在名称中写明情形。")


sections.add(
    "items",
    Section(
        name="items",
        title="事项",
        after=("organisations", "posts", "params", "elements", "credential_types", "synonyms", "window_groups"),
        schema=rules.SCHEMA,
        canonical=rules.canonical,
        check=_check_item,
        check_set=_check_items,
        current=queries.items_in_pack_words,
        create=actions.put_from_pack,
        update=actions.put_from_pack,
        end=actions.end_from_pack,
    ),
)
sections.add(
    "synonyms",
    Section(
        name="synonyms",
        title="近义词",
        schema={
            "type": "object",
            "required": ["phrase", "means"],
            "additionalProperties": False,
            "properties": {
                "phrase": {"type": "string", "minLength": 1, "maxLength": 60},
                "means": {
                    "type": "array",
                    "minItems": 1,
                    "uniqueItems": True,
                    "items": {"type": "string", "minLength": 1, "maxLength": 120},
                },
            },
        },
        key=lambda entry: str(entry["phrase"]),
        label=lambda entry: f"{entry['phrase']} = {'、'.join(entry['means'])}",
        current=queries.synonyms_in_pack_words,
        create=actions.put_synonym,
        update=actions.put_synonym,
        end=actions.end_synonym,
    ),
)

for verb, words in {
    "items.item.drafted": "保存事项草稿",
    "items.item.draft_discarded": "放弃事项草稿",
    "items.item.published": "发布事项",
    "items.item.edited": "修改办事指引信息",
    "items.item.taken_over": "改由资料包管理",
    "items.item.ended": "停办事项",
    "items.item.imported": "导入事项",
    "items.synonym.set": "设定近义词",
    "items.synonym.ended": "停用近义词",
}.items():
    sentences.add(verb, words)


@command("items", help="事项：zt items import 文件 --map 映射 | list")
def items(argv: list[str]) -> int:
    """Import a library of items, or list what there is."""
    parser = argparse.ArgumentParser(prog="zt items", description="事项：导入与查看。")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="import|list")
    take = verbs.add_parser("import", help="导入事项清单（JSON、JSONL、CSV、XLSX）")
    take.add_argument("file", type=Path)
    take.add_argument("--map", type=Path, required=True, help="字段映射（YAML 或 JSON），样例见 contrib/import-maps")
    take.add_argument("--dry-run", action="store_true", help="只报告，不写入")
    take.add_argument("--publish", action="store_true", help="写入后发布没有缺陷的事项")
    take.add_argument("--format", choices=("text", "json"), default="text")
    show = verbs.add_parser("list", help="列出事项")
    show.add_argument("--state", choices=("draft", "published", "ended"), default="")
    show.add_argument("--owner", default="", help="来源，如 pack:demo、desk、import:名称")
    show.add_argument("--format", choices=("text", "json"), default="text")
    asked = parser.parse_args(argv)
    return _import(asked) if asked.verb == "import" else _list(asked)


def _import(asked: argparse.Namespace) -> int:
    actor = system_actor("import", "items.import", "items.manage")
    how = queries.column_map(asked.map.read_bytes(), name=asked.map.name)
    act = actions.rehearse_import if asked.dry_run else actions.import_items
    with asked.file.open("rb") as stream:
        report = act(stream, name=asked.file.name, how=how, actor=actor)
    published = actions.publish_imported(how.source, actor=actor) if asked.publish and not asked.dry_run else None
    if asked.format == "json":
        more: dict[str, Any] = {} if published is None else {"published": published}
        print(json.dumps(report.as_json() | more, ensure_ascii=False, indent=1))
    else:
        print("\n".join(report.in_words()))
        if published is not None:
            print(f"\n已发布 {published} 个没有缺陷的事项。")
    return 0


def _list(asked: argparse.Namespace) -> int:
    actor = system_actor("list", "items.manage")
    found = queries.kept_items(actor, state=asked.state, owner=asked.owner)
    if asked.format == "json":
        told = [{"code": i.code, "name": i.name, "state": i.state, "owner": i.owner} for i in found.iterator()]
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return 0
    for item in found.iterator():
        version = item.published or item.draft
        number = f"v{version.number}" if version else "–"
        print(f"{item.get_state_display()}  {number:<4}{item.code:<40}  {item.name}  ({item.owner})")
    print(f"共 {found.count()} 个事项。")
    return 0
