"""What JSON Schema found wrong, said to the author of a pack in plain Chinese."""

from collections.abc import Iterator
from typing import Any

import jsonschema_rs

TYPES = {
    "string": "文字", "integer": "整数", "number": "数字", "boolean": "true 或 false", "array": "列表",
    "object": "“名称: 内容”", "null": "空（null）",
}  # fmt: skip
FORMATS = {"date": "日期（如 2026-01-31）", "uri": "网址", "uuid": "标识符"}


def validator(schema: Any) -> Any:
    """A compiled JSON Schema 2020-12 that also checks formats."""
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)


def faults(check: Any, value: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every fault with the path to its place."""
    for error in check.iter_errors(value):
        yield from _faults(error)


def _faults(error: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    path = tuple(error.instance_path)
    kind, data = error.kind.name, error.kind.value
    if kind in {"additionalProperties", "unevaluatedProperties"}:
        for name in data:
            yield (*path, name), f"不认识的字段“{name}”。请核对拼写；没有这个字段就删去。"
    elif kind in {"anyOf", "oneOf", "oneOfNotValid"} and error.kind.as_dict().get("context"):
        # The branch that came furthest is the one the author meant.
        branches = [[part for sub in branch for part in _faults(sub)] for branch in error.kind.context]
        deep = [branch for branch in branches if any(len(at) > len(path) for at, _ in branch)]
        yield from (min(deep, key=len) if deep else [(path, _either(error.kind.context, error.instance))])
    else:
        yield path, _sentence(kind, data, error)


def _either(branches: list[list[Any]], value: Any) -> str:
    wanted = [_wanted(sub) for branch in branches for sub in branch[:1]]
    return f"这里应当是{'，或'.join(dict.fromkeys(wanted))}，现在是{shown(value)}。"


def _wanted(error: Any) -> str:
    kind, data = error.kind.name, error.kind.value
    if kind == "type":
        return _types(error.kind)
    if kind == "format":
        return FORMATS.get(data, data)
    if kind == "enum":
        return "、".join(str(one) for one in data)
    if kind == "required":
        return f"写有“{data}”的内容"
    return "另一种写法"


def _types(kind: Any) -> str:
    raw = kind.as_dict()
    names = raw.get("types") or raw.get("value") or kind.value
    names = names if isinstance(names, list) else [names]
    return "或".join(TYPES.get(str(name), str(name)) for name in names)


def _sentence(kind: str, data: Any, error: Any) -> str:
    value = error.instance
    match kind:
        case "required":
            return f"缺少必填的“{data}”。"
        case "type":
            hint = "请加引号。" if isinstance(value, int | float) and "string" in str(error.message) else ""
            return f"这里应当是{_types(error.kind)}，现在是{shown(value)}。{hint}"
        case "enum":
            return f"{shown(value)}不在可选范围内，可选：{'、'.join(str(one) for one in data)}。"
        case "const":
            return f"这里只能是{shown(data)}。"
        case "pattern":
            return f"{shown(value)}的写法不对，应符合 {data}。"
        case "format":
            return f"{shown(value)}不是正确的{FORMATS.get(data, data)}。"
        case "minLength":
            return "这里不能留空。" if data == 1 else f"至少要 {data} 个字。"
        case "maxLength":
            return f"太长了，最多 {data} 个字。"
        case "minimum":
            return f"不能小于 {data}。"
        case "maximum":
            return f"不能大于 {data}。"
        case "exclusiveMinimum":
            return f"应当大于 {data}。"
        case "minItems":
            return f"至少要有 {data} 项。"
        case "maxItems":
            return f"最多 {data} 项。"
        case "uniqueItems":
            return "列表里有重复的内容。"
        case "minProperties":
            return "这里不能留空。"
    return f"不符合格式要求（{error.message}）。"


def shown(value: Any) -> str:
    """A value as it is quoted in a sentence, cut short."""
    if value is None:
        return "空"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"一个 {len(value)} 项的列表"
    if isinstance(value, dict):
        return f"一组内容（{'、'.join(list(value)[:3])}…）" if value else "空的内容"
    text = str(value)
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"
