"""`zt demo` as a newcomer runs it: killed in any part it goes on or starts again, and it ends without a trace."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.databases import VAR
from zhengtong.main.places import ROOT, free_port

pytestmark = pytest.mark.xdist_group("demo")  # one demo, on one worker


class Demo:
    """One demo with a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port(24_000 + os.getpid() % 800 * 10)  # other runs on this machine have demos too
        self.log = folder / "said.log"
        kept = ("PATH", "HOME", "LANG", "PYTHONPATH", "TEST_POSTGRES")
        self.environment = {name: os.environ[name] for name in kept if name in os.environ} | {
            "ZHENGTONG_VAR": str(folder)
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, patience: float) -> None:
        """Until it greets."""
        before = self.said().count("Ctrl-C")
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "zhengtong.main.cli", "demo", "--port", str(self.port)],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait_until(lambda: self.said().count("Ctrl-C") > before, patience)

    def wait_until(self, holds: Callable[[], bool], patience: float) -> None:
        deadline = time.monotonic() + patience
        while not holds():
            assert self.process is None or self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.05)

    def said(self) -> str:
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""

    def answers(self) -> bool:
        """Its own word, for which it asks the database."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=5) as page:
                return page.status == 200
        except OSError:
            return False

    def part(self, name: str) -> int:
        if name == "database":
            return int((self.folder / "postgres/data/postmaster.pid").read_text().split("\n")[0])
        return int(json.loads((self.folder / "demo.json").read_text())[name])

    def processes(self) -> list[psutil.Process]:
        """All that it started, however they are related by now."""
        found = []
        for process in psutil.process_iter():
            try:
                ours = process.environ().get("ZHENGTONG_VAR") == str(self.folder)
                if ours or process.cwd().startswith(str(self.folder)):
                    found.append(process)
            except psutil.Error:
                continue
        return found


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    """A demo that has started for the first time."""
    folder = VAR / f"demo-{os.getpid()}"
    folder.mkdir(parents=True)
    made = Demo(folder)
    try:
        made.start(240)
        yield made
    finally:
        for process in made.processes():
            with suppress(psutil.NoSuchProcess):
                process.kill()
        subprocess.run(["rm", "-rf", str(folder)], check=True)


@pytest.fixture
def running(demo: Demo) -> Demo:
    """The demo, started again if a test before ended it."""
    if demo.process is None or demo.process.poll() is not None:
        demo.start(60)
    return demo


@pytest.mark.parametrize("part", ["web", "worker", "database"])
def test_a_part_killed_comes_back(running: Demo, part: str) -> None:
    before = running.part(part)
    os.kill(before, signal.SIGKILL)
    running.wait_until(lambda: _known(running, part) not in (0, before), 30)
    running.wait_until(running.answers, 30)


def test_the_supervisor_killed_the_same_command_starts_again(running: Demo) -> None:
    assert running.process is not None
    running.process.kill()
    running.process.wait()
    running.start(60)
    assert running.answers()


def test_all_killed_but_a_servers_child_the_same_command_starts_again(running: Demo) -> None:
    assert running.process is not None
    os.kill(running.process.pid, signal.SIGKILL)
    os.kill(running.part("web"), signal.SIGKILL)
    os.kill(running.part("database"), signal.SIGKILL)
    running.process.wait()
    running.start(60)
    assert running.answers()


def test_a_second_one_is_refused_with_the_address_of_the_first(running: Demo) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "zhengtong.main.cli", "demo", "--port", "1"],
        cwd=ROOT,
        env=running.environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert f"http://127.0.0.1:{running.port}" in done.stderr


def test_it_says_who_can_sign_in_and_where(running: Demo) -> None:
    assert f"http://127.0.0.1:{running.port}" in running.said()
    assert "密码" in running.said()


def test_at_rest_it_is_modest(running: Demo) -> None:
    running.wait_until(running.answers, 30)
    used = 0
    for process in running.processes():
        with suppress(psutil.NoSuchProcess):  # the database's own workers come and go
            used += process.memory_full_info().pss
    assert 0 < used <= 700 << 20


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_told_to_stop_it_leaves_nothing_and_says_so(running: Demo, how: signal.Signals) -> None:
    assert running.process is not None
    running.process.send_signal(how)
    assert running.process.wait(40) == 0
    assert running.processes() == []
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", running.port)) != 0


def test_a_port_held_by_a_stranger_is_said_plainly(demo: Demo) -> None:
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        port = stranger.getsockname()[1]
        folder = demo.folder / "other"
        done = subprocess.run(
            [sys.executable, "-m", "zhengtong.main.cli", "demo", "--port", str(port)],
            cwd=ROOT,
            env=demo.environment | {"ZHENGTONG_VAR": str(folder)},
            capture_output=True,
            text=True,
        )
    assert done.returncode == 1
    assert f"端口 {port} 已被其他程序占用" in done.stderr
    assert f"--port {port + 1}" in done.stderr


def _known(demo: Demo, part: str) -> int:
    try:
        return demo.part(part)
    except (OSError, ValueError, KeyError):
        return 0
