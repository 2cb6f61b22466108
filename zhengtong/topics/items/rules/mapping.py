"""Foreign lists: which of their columns becomes which of our fields, and what cannot be understood.

A map is YAML or JSON:

    source: provincial-library            # the rows' owner becomes import:provincial-library
    rows: data.list                       # JSON: where the list stands; XLSX: the name of the sheet; may be left out
    encoding: utf-8                       # CSV: utf-8 (default) or gb18030
    code: {from: ITEM_CODE}               # becomes our code in URLs, and tells the rows apart
    fields:
      name: ITEM_NAME                     # our field ← their column
      type: {from: KIND, values: {"1": "01", "20": "20"}}          # other values are defects …
      nature: {from: KIND, values: {"1": permit}, otherwise: public_service}   # … unless there is an otherwise
      main_item: {from: MAIN, empty: [未分类]}       # says nothing: told, and left out
      channels: {from: CHANNELS, split: "^", values: {"1": window, "2": online}}
      statutory_limit.amount: {from: LAW_DAYS, as: integer}
      local_code: {from: ITEM_CODE, parts: "^(?P<catalogue>[0-9A-Z]+)-(?P<division>\\\\d{12})-…$"}
    constants: {exercise_level: "4"}
    columns_unused: [MAIN_ITEM]           # known and left out on purpose
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from zhengtong.foundation.refusals import N_

from .defects import Defect, reject, warn
from .definition import SCHEMA
from .refusals import MapInvalid

FIELD_KEYS = {"from", "empty", "values", "otherwise", "split", "as", "parts"}
MAP_KEYS = {"source", "title", "rows", "encoding", "code", "fields", "constants", "columns_unused"}
KINDS = {"text", "integer", "number", "boolean"}
TRUE, FALSE = {"1", "true", "是", "有", "y", "yes"}, {"0", "false", "否", "无", "n", "no", ""}
NOT_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class FieldRule:
    """How one of our fields is filled."""

    target: tuple[str, ...]
    column: str
    empty: frozenset[str] = frozenset()
    values: Mapping[str, Any] = field(default_factory=dict)
    otherwise: Any = None
    has_otherwise: bool = False
    split: str = ""
    kind: str = "text"
    parts: re.Pattern[str] | None = None


@dataclass(frozen=True)
class ColumnMap:
    """A checked map."""

    name: str
    source: str
    code: FieldRule
    fields: tuple[FieldRule, ...]
    constants: Mapping[str, Any]
    rows: str = ""
    encoding: str = "utf-8"

    @property
    def columns(self) -> set[str]:
        """The columns the file must have."""
        return {rule.column for rule in (self.code, *self.fields)}


@dataclass(frozen=True)
class MappedRow:
    """One row in our words: where it stood, its code, its entry, what could not be understood, its fingerprint."""

    number: int
    code: str
    entry: dict[str, Any]
    defects: tuple[Defect, ...]
    digest: bytes


def column_map(name: str, raw: Any) -> ColumnMap:
    """Check a map as it was written; refused with everything wrong in it."""
    problems: list[str] = []
    if not isinstance(raw, Mapping):
        raise MapInvalid(name=name, listing="  最外层应当是“名称: 内容”。")
    problems += [
        f"  不认识的“{key}”。可以写的有：{'、'.join(sorted(MAP_KEYS))}。" for key in raw if key not in MAP_KEYS
    ]
    source = raw.get("source")
    if not isinstance(source, str) or not re.fullmatch(r"[a-z][a-z0-9-]{0,40}", source):
        problems.append("  source 应当是小写字母、数字和连字符组成的来源名称。")
    fields = raw.get("fields") or {}
    rules = [rule for target, said in fields.items() if (rule := _field_rule(str(target), said, problems))]
    code = _field_rule("code", raw.get("code"), problems)
    for target in raw.get("constants") or {}:
        _check_target(str(target), problems)
    if raw.get("encoding", "utf-8") not in ("utf-8", "gb18030"):
        problems.append("  encoding 只能是 utf-8 或 gb18030。")
    if not any(rule.target == ("name",) for rule in rules):
        problems.append("  fields 里至少要有 name（事项名称）。")
    if problems or code is None:
        raise MapInvalid(name=name, listing="\n".join(problems) or "  没有写 code（用哪一列区分各行）。")
    return ColumnMap(
        name, str(source), code, tuple(rules), dict(raw.get("constants") or {}), str(raw.get("rows") or ""),
        str(raw.get("encoding") or "utf-8"),
    )  # fmt: skip


def _field_rule(target: str, said: Any, problems: list[str]) -> FieldRule | None:
    said = {"from": said} if isinstance(said, str) else said
    if not isinstance(said, Mapping) or not isinstance(said.get("from"), str):
        problems.append(f"  {target}：请写明来自哪一列（from）。")
        return None
    problems += [f"  {target}：不认识的“{key}”。" for key in said if key not in FIELD_KEYS]
    if target != "code":
        _check_target(target, problems)
    kind = said.get("as", "text")
    if kind not in KINDS:
        problems.append(f"  {target}：as 只能是 {'、'.join(sorted(KINDS))}。")
    parts = None
    if said.get("parts"):
        try:
            parts = re.compile(str(said["parts"]))
        except re.error as error:
            problems.append(f"  {target}：parts 不是正确的正则表达式（{error}）。")
    values = {str(key): value for key, value in (said.get("values") or {}).items()}
    empty = frozenset(str(value) for value in said.get("empty") or ())
    return FieldRule(
        tuple(target.split(".")), said["from"], empty, values, said.get("otherwise"), "otherwise" in said,
        str(said.get("split") or ""), kind, parts,
    )  # fmt: skip


def _check_target(target: str, problems: list[str]) -> None:
    shape: Any = SCHEMA
    for part in target.split("."):
        branches = shape.get("anyOf", [shape])
        shape = next((one["properties"][part] for one in branches if part in one.get("properties", {})), None)
        if shape is None:
            if not target.startswith("extra."):
                problems.append(f"  没有名为“{target}”的事项要素。")
            return


def mapped(number: int, row: Mapping[str, Any], how: ColumnMap) -> MappedRow:
    """One foreign row in our words."""
    found: list[Defect] = []
    entry: dict[str, Any] = {}
    for target, value in how.constants.items():
        _put(entry, tuple(target.split(".")), value)
    for rule in how.fields:
        value = _value(rule, row.get(rule.column), entry, found)
        if value is not None and value != "" and value != []:
            _put(entry, rule.target, value)
    code = slug(text_of(row.get(how.code.column)))
    if not code:
        said = [text_of(entry.get(name)) for name in ("organisation", "organisation_name", "name")]
        code = "row-" + hashlib.sha256("\0".join(said).encode()).hexdigest()[:16]
        found.append(
            reject(
                "import_no_code",
                N_("没有编码（{column} 是空的）。"),
                N_("请从原系统补上编码。"),
                "code",
                column=how.code.column,
            )
        )
    entry["code"] = code
    said_defects = [defect.as_json() for defect in found]
    canonical = json.dumps([entry, said_defects], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return MappedRow(number, code, entry, tuple(found), hashlib.sha256(canonical.encode()).digest())


def slug(text: str) -> str:
    """A foreign code as it stands in our URLs; one without letters and digits is hashed."""
    plain = NOT_SLUG.sub("-", text.strip().lower()).strip("-")
    if not plain and text.strip():
        plain = "row-" + hashlib.sha256(text.strip().encode()).hexdigest()[:16]
    return plain[:120]


def text_of(value: Any) -> str:
    """A cell as text, the way a person would read it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _value(rule: FieldRule, cell: Any, entry: dict[str, Any], found: list[Defect]) -> Any:
    where = ".".join(rule.target)
    if rule.split:
        parts = [part.strip() for part in text_of(cell).split(rule.split)]
        values = [_translated(rule, part, found) for part in parts if part]
        return [value for value in values if value is not None]
    if isinstance(cell, list | dict) and not rule.values:
        return cell
    text = text_of(cell)
    if text in rule.empty:
        said, told = N_("{column} 写的是“{text}”，等于没有写。"), {"column": rule.column, "text": text}
        found.append(warn("import_value_says_nothing", said, N_("请在原系统补上。"), *rule.target, **told))
        return None
    value = _translated(rule, text, found) if text or rule.values else text
    if rule.parts is not None and text:
        match = rule.parts.match(text)
        if match:
            _put(entry, ("extra", "local_parts"), {key: part or "" for key, part in match.groupdict().items()})
        else:
            said = N_("“{text}”无法按规则拆分。")
            found.append(reject("import_code_not_split", said, N_("请与原系统核对编码各段。"), *rule.target, text=text))
    if value is None or value == "" or not isinstance(value, str):
        return value
    return _typed(rule.kind, value, where, found)


def _translated(rule: FieldRule, text: str, found: list[Defect]) -> Any:
    if not rule.values:
        return text
    if text in rule.values:
        return rule.values[text]
    if rule.has_otherwise:
        return rule.otherwise
    if text:
        said, remedy = N_("{column} 的值“{text}”不在对照表中。"), N_("请在字段映射的 values 中补上它的含义。")
        found.append(reject("import_value_unknown", said, remedy, *rule.target, column=rule.column, text=text))
    return None


def _typed(kind: str, text: str, where: str, found: list[Defect]) -> Any:
    if kind == "text":
        return text
    try:
        if kind == "integer":
            return int(text)
        if kind == "number":
            return float(text)
    except ValueError:
        pass
    if kind == "boolean" and text.lower() in TRUE | FALSE:
        return text.lower() in TRUE
    said = {
        "integer": N_("{where} 的值“{text}”不是整数。"),
        "number": N_("{where} 的值“{text}”不是数字。"),
        "boolean": N_("{where} 的值“{text}”不是“是”或“否”。"),
    }[kind]
    told = {"where": where, "text": text}
    found.append(reject("import_value_malformed", said, N_("请改正原表。"), *where.split("."), **told))
    return None


def _put(entry: dict[str, Any], target: tuple[str, ...], value: Any) -> None:
    for part in target[:-1]:
        entry = entry.setdefault(part, {})
    entry[target[-1]] = value


def repeated_names(rows: list[MappedRow]) -> Iterator[tuple[MappedRow, Defect]]:
    """Rows of one body that bear the same name, so that a person could not tell them apart."""
    by_name: dict[tuple[str, str], list[MappedRow]] = {}
    for row in rows:
        body = text_of(row.entry.get("organisation_name")) or text_of(row.entry.get("organisation"))
        by_name.setdefault((body, text_of(row.entry.get("name"))), []).append(row)
    for (body, name), group in by_name.items():
        if len(group) > 1 and name:
            for row in group:
                others = "、".join(str(one.number) for one in group if one is not row)
                said, remedy = (
                    N_("{body}有 {count} 个事项都叫“{name}”（另见第 {others} 行）。"),
                    N_("请在名称中写明情形，使申请人分得清。"),
                )
                told = {"body": body, "count": len(group), "name": name, "others": others}
                yield row, reject("import_name_repeated", said, remedy, "name", **told)


def several_codes(rows: list[MappedRow]) -> Iterator[tuple[MappedRow, Defect]]:
    """Rows of bodies that appear under more than one code."""
    codes: dict[str, set[str]] = {}
    for row in rows:
        if row.entry.get("organisation_name"):
            codes.setdefault(row.entry["organisation_name"], set()).add(text_of(row.entry.get("organisation")))
    for row in rows:
        name = row.entry.get("organisation_name", "")
        if len(codes.get(name, ())) > 1:
            said, remedy = (
                N_("“{name}”在这份文件里有 {count} 个不同的代码。"),
                N_("请统一为一个代码，内设机构另行登记。"),
            )
            told = {"name": name, "count": len(codes[name])}
            yield row, warn("import_body_several_codes", said, remedy, "organisation", **told)
