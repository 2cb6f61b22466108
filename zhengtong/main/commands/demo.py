"""`zt demo`: everything a newcomer needs, on one command; Ctrl-C ends all of it."""

import argparse
import fcntl
import hashlib
import importlib.metadata
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from zhengtong.main import database
from zhengtong.main.places import ROOT, VAR, port_is_free
from zhengtong.main.presence import Presence
from zhengtong.main.supervisor import Supervisor, dying_with_us, stop_orphans

PATIENCE = 60.0
BRIDGE = "http://127.0.0.1:8701"
MIGRATED, PREPARED = "migrated", "prepared"


def run(argv: list[str]) -> int:
    """Set up, serve, and watch over it until told to stop."""
    parser = argparse.ArgumentParser(prog="zt demo")
    parser.add_argument("--port", type=int, default=8000, help="端口 port")
    parser.add_argument("--tell", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.tell is not None:
        return _prepare(options.tell)

    VAR.mkdir(parents=True, exist_ok=True)
    with open(VAR / "demo.lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            print(f"演示已经在运行 The demo is running already: {lock.read().strip()}", file=sys.stderr)
            return 1
        return _run(options.port, lock.fileno())


def _run(port: int, lock: int) -> int:
    state = VAR / "demo.json"
    if count := stop_orphans(state):
        _say(f"已清理上次遗留的 {count} 个进程 stopped {count} processes left by an earlier run")
    if problem := _taken(port):
        print(problem, file=sys.stderr)
        return 1
    url = f"http://127.0.0.1:{port}"
    os.ftruncate(lock, 0)
    os.write(lock, f"{url}\n".encode())
    os.environ.setdefault("ZHENGTONG_SITE_URL", url)
    os.environ.setdefault("ZHENGTONG_BRIDGE", BRIDGE)

    supervisor = Supervisor(state, _say)
    supervisor.listen()
    presence: Presence | None = None
    try:
        _say("正在启动数据库 … starting the database")
        presence = database.enter(before_exec=dying_with_us(signal.SIGINT))
        noted = _note()
        if noted not in (MIGRATED, PREPARED):
            _say("正在建立数据表 … creating tables")
            if not supervisor.step("migrate", "--quiet"):
                return 1
            _write_note(MIGRATED)
        if noted == PREPARED:
            _serve(supervisor, port)
            greeting = _greeting(supervisor)
        elif greeting := _greeting(supervisor):  # nobody works on a district that is only half there
            _write_note(PREPARED)
            _serve(supervisor, port)
        if greeting is None:
            return 130 if supervisor.stopping else 1
        if _answers(url, supervisor):
            print(
                f"\n{greeting.strip()}\n\n{_devices(port)}\n按 Ctrl-C 停止 Ctrl-C stops everything.  {url}", flush=True
            )
        supervisor.watch(lambda: _keep_database(presence))
        _say("正在停止 … stopping")
        return 0
    finally:
        supervisor.stop()
        if presence:
            presence.leave()


def _devices(port: int) -> str:
    """How to try the counter's devices."""
    origin = "" if port == 8000 else f" --origin http://127.0.0.1:{port}"
    return f"窗口设备（读卡、高拍、打印、签字，模拟）：另开一个终端运行 ./zt bridge{origin}"


def _serve(supervisor: Supervisor, port: int) -> None:
    supervisor.environment = dict(os.environ)
    supervisor.add("web", "serve", "--port", str(port))
    supervisor.add("worker", "work")


def _say(text: str) -> None:
    print(f"zt: {text}", file=sys.stderr, flush=True)


# -- tables ----------------------------------------------------------------------------------------------------------


def _migration_state() -> str:
    """A digest of all that `zt migrate` works from."""
    digest = hashlib.sha256()
    paths = [*(ROOT / "zhengtong").glob("*/*/migrations/*.py"), *(ROOT / "zhengtong").glob("*/*/models*/**/*.py")]
    for path in sorted({*paths, *(ROOT / "zhengtong").glob("*/*/models.py"), Path(database.__file__)}):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    for package in ("django", "procrastinate"):
        digest.update(importlib.metadata.version(package).encode())
    return digest.hexdigest()[:20]


def _note() -> str:
    """How far this database was brought for exactly this state of the code; empty if for another or not at all."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as connection:
        row = connection.execute("SELECT obj_description('public'::regnamespace, 'pg_namespace')").fetchone()
    state, _, note = ((row and row[0]) or "").partition(" ")
    return note if state == _migration_state() else ""


def _write_note(note: str) -> None:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as connection:
        try:
            connection.execute(sql.SQL("COMMENT ON SCHEMA public IS {}").format(f"{_migration_state()} {note}"))
        except psycopg.errors.InsufficientPrivilege:
            connection.rollback()  # a server of the operator's: then every start looks for itself


# -- content -----------------------------------------------------------------------------------------------------------


def _prepare(tell: int) -> int:
    """In a process of its own: packs, cast and past activity; then the greeting goes to the waiting parent."""
    database.enter()
    import django

    django.setup()
    from zhengtong.main import scene

    scene.prepare()
    with open(tell, "w", encoding="utf-8") as pipe:
        pipe.write(scene.greeting(os.environ["ZHENGTONG_SITE_URL"]))
    return 0


def _greeting(supervisor: Supervisor) -> str | None:
    """Make the content if it is not there yet; None if that failed."""
    reading, writing = os.pipe()
    try:
        made = supervisor.step("demo", "--tell", str(writing), passing=(writing,))
    finally:
        os.close(writing)
    with open(reading, encoding="utf-8") as pipe:
        return pipe.read() if made else None


# -- serving ---------------------------------------------------------------------------------------------------------


def _taken(port: int) -> str:
    """Why the port cannot be had; empty if it can."""
    if port_is_free(port):
        return ""
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex(("127.0.0.1", port)) != 0:
            return f"端口 {port} 无法使用。 Port {port} cannot be used: ./zt demo --port {port + 1}"
    holder = ""
    for process in psutil.process_iter(["name"]):
        try:
            if any(c.status == psutil.CONN_LISTEN and c.laddr.port == port for c in process.net_connections("tcp")):
                holder = f"（{process.info['name']}，进程 process {process.pid}）"
                break
        except psutil.Error:
            continue
    return (
        f"端口 {port} 已被其他程序占用{holder}。请停止它，或换一个端口：./zt demo --port {port + 1}\n"
        f"Port {port} is taken by another program. Stop it, or choose another: ./zt demo --port {port + 1}"
    )


def _answers(url: str, supervisor: Supervisor) -> bool:
    """Wait for the first answer; False if we are to stop before."""
    deadline = time.monotonic() + PATIENCE
    while not supervisor.stopping:
        try:
            urllib.request.urlopen(f"{url}/health", timeout=10).close()  # noqa: S310 - our own address
            return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.1)
        if time.monotonic() > deadline:
            _say(f"{url} 一分钟内没有响应，仍在尝试 does not answer yet, still trying")
            deadline = float("inf")
            return True
    return False


def _keep_database(presence: Presence | None) -> None:
    """The embedded server is a part too: killed, it is started again and recovers by itself."""
    if presence is not None and presence.server.pid() is None:
        _say("数据库意外结束，正在重新启动 the database ended, starting it again")
        presence.server.start(before_exec=dying_with_us(signal.SIGINT))
