"""Differences between two entries in words, kinds of steps, and the refusals of packs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from zhengtong.foundation.refusals import N_, NotFound, Refused

NOWHERE = object()
IDENTITIES = ("code", "key", "name", "title", "q", "law")


class Kind(StrEnum):
    """What a plan will do with one entry."""

    CREATED = "created"
    CHANGED = "changed"
    REVIVED = "revived"
    ADOPTED = "adopted"
    ENDED = "ended"
    DRIFT = "drift"
    UNCHANGED = "unchanged"


WRITES = (Kind.CREATED, Kind.CHANGED, Kind.REVIVED, Kind.ADOPTED)
WORDS = {
    Kind.CREATED: N_("新增"),
    Kind.CHANGED: N_("改变"),
    Kind.REVIVED: N_("恢复"),
    Kind.ADOPTED: N_("收回管理"),
    Kind.ENDED: N_("终止"),
    Kind.DRIFT: N_("别处已改"),
    Kind.UNCHANGED: N_("不变"),
}


class PackUnknown(NotFound):
    """Refused: there is no pack of that name."""

    code = "pack_unknown"
    message = N_("没有名为“{name}”的资料包。现有：{known}。")
    remedy = N_("请核对名称；资料包是放在 {root} 下、含有 pack.yaml 的文件夹。")


class PackInvalid(Refused):
    """Refused: the pack has mistakes; all of them are listed, none was applied."""

    code = "pack_invalid"
    status = 422
    message = N_("资料包“{name}”有 {count} 处错误，未作任何改动：\n{listing}")
    remedy = N_("请逐条改正后再执行。")


class PackRefused(Refused):
    """Refused: an entry could not be applied, so nothing was."""

    code = "pack_refused"
    message = N_("{place}: {label}没有通过：{reason}整个资料包未作任何改动。")
    remedy = N_("请按提示改正后再执行。")


@dataclass(frozen=True)
class Difference:
    """One field that differs, with both values; None stands for an empty or absent one."""

    path: str
    before: Any
    after: Any


def differences(before: Any, after: Any, path: str = "") -> Iterator[Difference]:
    """Every place where two entries differ, list members told apart by their code, key or name."""
    if before == after and type(before) is type(after):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in [*before, *(name for name in after if name not in before)]:
            yield from differences(before.get(name), after.get(name), f"{path}.{name}" if path else str(name))
    elif isinstance(before, list) and isinstance(after, list):
        yield from _list_differences(before, after, path)
    else:
        yield Difference(path, before, after)


def _list_differences(before: list[Any], after: list[Any], path: str) -> Iterator[Difference]:
    identity = next((name for name in IDENTITIES if _tells_apart(before, name) and _tells_apart(after, name)), None)
    if identity is None:
        if all(not isinstance(part, dict | list) for part in before + after):
            yield Difference(path, before, after)
            return
        for number in range(max(len(before), len(after))):
            old = before[number] if number < len(before) else None
            new = after[number] if number < len(after) else None
            yield from differences(old, new, f"{path}[{number + 1}]")
        return
    old_ones = {part[identity]: part for part in before}
    new_ones = {part[identity]: part for part in after}
    for name in [*old_ones, *(name for name in new_ones if name not in old_ones)]:
        yield from differences(old_ones.get(name), new_ones.get(name), f"{path}[{name}]")
    kept = [name for name in old_ones if name in new_ones]
    moved = [name for name in new_ones if name in old_ones]
    if kept != moved:
        yield Difference(f"{path}（顺序）", kept, moved)


def _tells_apart(parts: list[Any], name: str) -> bool:
    if not all(isinstance(part, dict) and isinstance(part.get(name), str) for part in parts):
        return False
    return len({part[name] for part in parts}) == len(parts)
