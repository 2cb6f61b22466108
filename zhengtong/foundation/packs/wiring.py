"""`zt packs plan|apply|export NAME`, and what the trail says about packs."""

import argparse
import difflib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from zhengtong.foundation.access import system_actor
from zhengtong.foundation.audit.sentences import sentences
from zhengtong.foundation.wiring import command

from . import actions, queries
from .queries import Plan, Step
from .rules import WORDS, Difference, Kind
from .sections import DESK, sections
from .sentences import shown

SYMBOLS = {
    Kind.CREATED: ("+", "32"),
    Kind.CHANGED: ("~", "33"),
    Kind.REVIVED: ("^", "32"),
    Kind.ADOPTED: ("=", "36"),
    Kind.ENDED: ("-", "31"),
    Kind.DRIFT: ("!", "35"),
}
MOST_DIFFERENCES = 12

sentences.add("packs.pack.applied", "执行资料包")


@command("packs", help="资料包：zt packs plan|apply|export 名称")
def packs(argv: list[str]) -> int:
    """Show what a pack would change, apply it, or write desk edits back."""
    parser = argparse.ArgumentParser(prog="zt packs", description="资料包：查看、执行、写回。")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="plan|apply|export")
    for verb, help_ in (
        ("plan", "只看会改变什么，不作改动"),
        ("apply", "在一个事务里执行；再执行一次不会改变任何内容"),
        ("export", "把工作台上的改动写回 YAML"),
    ):
        one = verbs.add_parser(verb, help=help_, description=help_)
        one.add_argument("name", help="资料包名称，如 demo")
        if verb == "export":
            one.add_argument("--dry-run", action="store_true", help="只显示将写入的差异")
    asked = parser.parse_args(argv)
    return {"plan": _plan, "apply": _apply, "export": _export}[asked.verb](asked)


def _plan(asked: argparse.Namespace) -> int:
    print("\n".join(plan_in_words(queries.plan(asked.name))))
    return 0


def _apply(asked: argparse.Namespace) -> int:
    done = actions.apply(asked.name, actor=_actor())
    print("\n".join(plan_in_words(done)))
    print("没有需要改变的内容。" if done.is_clean else "已执行。")
    return 0


def _export(asked: argparse.Namespace) -> int:
    files = queries.desk_edits(_actor(), asked.name)
    if not files:
        print("工作台上没有尚未写回的改动。")
    for file, text in sorted(files.items()):
        name = str(file.relative_to(Path(settings.PACKS_ROOT).parent))
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        if asked.dry_run:
            sys.stdout.writelines(
                difflib.unified_diff(
                    before.splitlines(True), text.splitlines(True), f"{name}（现在）", f"{name}（写回后）"
                )
            )
        else:
            file.write_text(text, encoding="utf-8")
            print(f"已写回 {name}")
    return 0


def _actor() -> Any:
    return system_actor(f"packs:{os.environ.get('USER', 'shell')}", "packs.apply")


def plan_in_words(plan: Plan) -> Iterator[str]:
    """The plan as lines for a person: one symbol a line, the fields that differ below it."""
    chain = " ← ".join(reversed(plan.pack.chain))
    yield f"资料包 {chain}（{plan.pack.title}{' ' + plan.pack.version if plan.pack.version else ''}）"
    last = ""
    for step in plan.steps:
        if step.kind is Kind.UNCHANGED:
            continue
        if step.section != last:
            yield f"\n{sections.get(step.section).title}（{step.section}）"
            last = step.section
        yield from _step_in_words(step)
    deviations = [entry for entries in plan.pack.entries.values() for entry in entries.values() if entry.deviations]
    if deviations:
        yield "\n与上级资料包不同之处"
        for entry in deviations:
            yield f"  ≠ {entry.section} {entry.key}（{entry.pack}）"
            yield from _differences_in_words(entry.deviations)
    if plan.warnings:
        yield f"\n提醒 {len(plan.warnings)} 处（不妨碍执行）"
        yield from (f"  ? {warning}" for warning in sorted(plan.warnings, key=lambda one: (one.place, one.sentence)))
    yield "\n" + " · ".join(f"{WORDS[Kind(kind)]} {count}" for kind, count in plan.counts.items())


def _step_in_words(step: Step) -> Iterator[str]:
    symbol, colour = SYMBOLS[step.kind]
    note = {Kind.DRIFT: f"  ← {_whose(step.owner)}，不覆盖", Kind.ADOPTED: "  ← 内容一致，改由资料包管理"}.get(
        step.kind, ""
    )
    if step.kind is Kind.CHANGED and not step.differences:
        note = f"  ← 原由{_whose(step.owner)}"
    label = f"{step.key}  {step.label}" if step.label != step.key else step.key
    yield _coloured(f"  {symbol} {label}{note}", colour)
    if step.kind in (Kind.CHANGED, Kind.DRIFT, Kind.REVIVED):
        yield from _differences_in_words(step.differences)


def _differences_in_words(found: tuple[Difference, ...]) -> Iterator[str]:
    for difference in found[:MOST_DIFFERENCES]:
        yield f"      {difference.path}: {_said(difference.before)} → {_said(difference.after)}"
    if len(found) > MOST_DIFFERENCES:
        yield f"      … 另有 {len(found) - MOST_DIFFERENCES} 处不同"


def _said(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(part, str | int | float) for part in value):
        return "[" + "、".join(str(part) for part in value) + "]"
    return shown(value)


def _whose(owner: str) -> str:
    if owner == DESK:
        return "工作台改过"
    kind, _, name = owner.partition(":")
    return {"pack": f"由资料包 {name} 管理", "import": f"由导入的数据（{name}）管理"}.get(kind, owner)


def _coloured(text: str, colour: str) -> str:
    return f"\033[{colour}m{text}\033[0m" if sys.stdout.isatty() and "NO_COLOR" not in os.environ else text
