"""The command `zhengtong`, which `zt` hands over to: one word, one thing done.

Main's own commands are listed here; all others are found in the modules' `wiring.py`.
"""

import difflib
import importlib
import os
import sys
from collections.abc import Callable

from zhengtong.foundation.refusals import Refused, filled
from zhengtong.main.database import DatabaseProblem, enter
from zhengtong.main.postgres import PostgresProblem

# word → (module under zhengtong.main.commands, whether the database is entered for it, one line)
MAIN: dict[str, tuple[str, bool, str]] = {
    "demo": ("demo", False, "一条命令看全貌：建库、装载示范区、启动服务 / everything, served on 127.0.0.1:8000"),
    "test": ("test", False, "运行全部测试，可附 pytest 参数 / run the tests; arguments go to pytest"),
    "serve": ("serve", True, "启动网页与接口服务 / serve pages and API"),
    "work": ("work", True, "启动后台任务与事件分发 / run jobs and hand events on"),
    "migrate": ("migrate", True, "升级数据库结构并授权 / bring the tables up to date"),
    "db": ("db", False, "内置数据库：start、stop、status / the embedded PostgreSQL"),
    "bridge": ("bridge", False, "窗口设备的模拟程序：读卡、高拍、打印、签字 / the counter's devices, simulated"),
    "bench": ("bench", False, "性能测量：bench 名称 / measure; alone it lists what"),
    "systems": ("systems", False, "261 个系统的完成情况 / how far each system is"),
    "lint": ("lint", False, "检查代码格式、类型与模块边界 / style, types, contracts"),
    "texts": ("texts", False, "收集界面文字，更新译文；--check 只检查 / collect the texts, update the translations"),
    "manage": ("manage", True, "Django 自带命令，如 makemigrations / Django's own commands"),
}


def main(argv: list[str] | None = None) -> int:
    """Run one command; the answer is the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengtong.main.settings")
    argv = sys.argv[1:] if argv is None else argv
    try:
        if not argv or argv[0] in ("help", "-h", "--help"):
            return _list()
        name, *rest = argv
        if name in MAIN:
            module, needs_database, _ = MAIN[name]
            run = importlib.import_module(f"zhengtong.main.commands.{module}").run
            return _run(run, rest, needs_database=needs_database)
        return _run_wired(name, rest)
    except Refused as refusal:
        print(refusal, filled(refusal.remedy, refusal.data), sep="\n", file=sys.stderr)
        return 1
    except (DatabaseProblem, PostgresProblem) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _run(run: Callable[[list[str]], int], argv: list[str], *, needs_database: bool) -> int:
    presence = enter() if needs_database else None
    try:
        return run(argv)
    finally:
        if presence:
            presence.leave()


def _run_wired(name: str, argv: list[str]) -> int:
    """A module's command; the settings are read once, so the database is entered before Django is set up."""
    presence = enter()
    try:
        known = _wired()
        return known[name][1](argv) if name in known else _unknown(name)
    finally:
        if presence:
            presence.leave()


def _wired() -> dict[str, tuple[str, Callable[[list[str]], int]]]:
    """The modules' commands: word → (one line, function)."""
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
    from zhengtong.foundation.wiring import commands

    return {name: (command.help, command.run) for name, command in commands.items()}


def _list() -> int:
    enter(start=False)
    lines = {name: line for name, (_, _, line) in MAIN.items()} | {n: line for n, (line, _) in _wired().items()}
    width = max(map(len, lines))
    print("用法 usage: ./zt 命令 command …\n")
    for name, line in lines.items():
        print(f"  {name:<{width}}  {line}")
    return 0


def _unknown(name: str) -> int:
    near = difflib.get_close_matches(name, [*MAIN, *_wired()], n=1)
    hint = f"你是不是想输入 {near[0]}？ Did you mean {near[0]}?" if near else ""
    print(f"没有“{name}”这个命令。 There is no command {name!r}. {hint}".rstrip(), file=sys.stderr)
    print("单独输入 ./zt 可查看全部命令。 ./zt alone lists them all.", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
