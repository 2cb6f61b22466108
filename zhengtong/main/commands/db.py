"""`zt db start|stop|status`: the embedded server by hand."""

import os
import sys

from zhengtong.main import database
from zhengtong.main.places import VAR
from zhengtong.main.presence import Presence


def run(argv: list[str]) -> int:
    """Start keeps it running after the command ends; stop refuses while something works on it."""
    if "DATABASE_URL" in os.environ or "DATABASE_APP_URL" in os.environ:
        print("正在使用外部数据库，内置数据库未启用。 An external database is in use (DATABASE_URL).", file=sys.stderr)
        return 1
    presence = Presence(database.embedded_server())
    match argv:
        case ["start"]:
            database.enter()
            presence.kept.touch()
            print(_status(presence))
            return 0
        case ["stop"]:
            if presence.others():
                print(
                    "数据库正在使用中（演示或其他命令尚未结束），请先停止它们。 "
                    "In use by a running demo or command: stop that first.",
                    file=sys.stderr,
                )
                return 1
            presence.kept.unlink(missing_ok=True)
            print("已停止 stopped" if presence.server.stop() else "本来就没有运行 was not running")
            return 0
        case [] | ["status"]:
            print(_status(presence))
            return 0 if presence.server.pid() else 3
        case _:
            print("用法 usage: ./zt db start | stop | status", file=sys.stderr)
            return 2


def _status(presence: Presence) -> str:
    server = presence.server
    number = server.pid()
    if number is None:
        return f"未运行 not running（数据 data: {server.data}）"
    return (
        f"运行中 running: PostgreSQL {server.binaries.version}, 127.0.0.1:{server.port}, 进程 process {number}\n"
        f"数据 data: {server.data}\n密码 passwords: {VAR / 'secrets.env'}"
    )
