"""Starts a few child processes, restarts what dies, and leaves nothing behind: neither at the end nor after a kill.

Three nets: children die with us (Linux's parent-death signal); each leads a session of its own, so that its whole
family can be stopped; and a state file names them, so that the next start finds what a double kill left.
"""

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from zhengtong.main.places import ROOT

MARK = "ZHENGTONG_PART"
GRACE = 12.0  # seconds to finish what is being answered
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
STEADY = 60.0  # after so long a life, the next restart is quick again

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def dying_with_us(how: signal.Signals) -> Callable[[], None]:
    """For a new process, before it becomes the program: be sent this signal when our process ends, however."""
    parent = os.getpid()

    def before_exec() -> None:
        if _libc is not None:
            _libc.prctl(_PR_SET_PDEATHSIG, how)
            if os.getppid() != parent:  # we ended in the meantime
                os._exit(1)

    return before_exec


@dataclass
class Part:
    """One child: its name, its command, and how it fares."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    born: float = 0.0
    pause: float = FIRST_PAUSE
    due: float = 0.0

    def start(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            self.command,
            env=environment | {MARK: f"{self.name}@{ROOT}"},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=dying_with_us(signal.SIGTERM),  # noqa: PLW1509 - this process has one thread
        )
        self.born = time.monotonic()


@dataclass
class Supervisor:
    """The parts of one running installation."""

    state: Path
    say: Callable[[str], None]
    environment: dict[str, str] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    stopping: bool = False

    def listen(self) -> None:
        """Ctrl-C, kill and a closed terminal all mean: stop in good order."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop_soon)

    def _stop_soon(self, *_: object) -> None:
        self.stopping = True

    def add(self, name: str, *arguments: str) -> Part:
        """Start a part: a command of ours in a process of its own."""
        part = Part(name, [sys.executable, "-m", "zhengtong.main.cli", *arguments])
        self.parts.append(part)
        self._look_after(part)
        return part

    def step(self, *arguments: str, passing: tuple[int, ...] = ()) -> bool:
        """Run a command of ours to its end, in a process that takes its memory with it; False if it failed."""
        process = subprocess.Popen(
            [sys.executable, "-m", "zhengtong.main.cli", *arguments],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            pass_fds=passing,
            preexec_fn=dying_with_us(signal.SIGTERM),  # noqa: PLW1509 - this process has one thread
        )
        while process.poll() is None:
            if self.stopping:
                process.terminate()
            time.sleep(0.02)
        return process.returncode == 0 and not self.stopping

    def watch(self, each_second: Callable[[], None]) -> None:
        """Until told to stop: bury what died and start it again, later each time."""
        looked = 0.0
        while not self.stopping:
            for part in self.parts:
                self._look_after(part)
            if time.monotonic() - looked > 1:
                looked = time.monotonic()
                each_second()
            time.sleep(0.1)

    def _look_after(self, part: Part) -> None:
        if part.process is not None:
            ended = part.process.poll()
            if ended is None:
                return
            _end_session(part.process.pid)  # its own children must not keep its port
            if time.monotonic() - part.born > STEADY:
                part.pause = FIRST_PAUSE
            self.say(f"{part.name} 意外结束（{ended}），{part.pause:g} 秒后重新启动 ended, starting again")
            part.process, part.due = None, time.monotonic() + part.pause
            part.pause = min(part.pause * 2, LONGEST_PAUSE)
        elif time.monotonic() >= part.due:
            part.start(self.environment)
            self._write_state()

    def stop(self) -> None:
        """Everything we started, and only that."""
        for part in self.parts:
            if part.process is not None and part.process.poll() is None:
                part.process.terminate()
        deadline = time.monotonic() + GRACE
        for part in self.parts:
            if part.process is not None:
                with suppress(subprocess.TimeoutExpired):
                    part.process.wait(max(0.1, deadline - time.monotonic()))
                _end_session(part.process.pid)
                part.process.wait()
        self.state.unlink(missing_ok=True)

    def _write_state(self) -> None:
        known = {part.name: part.process.pid for part in self.parts if part.process is not None}
        draft = self.state.with_suffix(".new")
        draft.write_text(json.dumps(known))
        draft.replace(self.state)


def stop_orphans(state: Path) -> int:
    """Stop what an earlier run of this checkout left behind; returns how many processes that were."""
    try:
        sessions = set(json.loads(state.read_text()).values())
    except (OSError, ValueError, AttributeError):
        return 0
    orphans = [process for leader in sessions for process in _session(leader) if _is_ours(process)]
    _end(orphans)
    state.unlink(missing_ok=True)
    return len(orphans)


def _session(leader: int) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        with suppress(OSError):
            if os.getsid(process.pid) == leader:
                yield process


def _is_ours(process: psutil.Process) -> bool:
    """Numbers are used again; the mark in the environment tells ours from a stranger's."""
    try:
        return process.environ().get(MARK, "").endswith(f"@{ROOT}")
    except psutil.Error:
        return False


def _end_session(leader: int) -> None:
    _end([process for process in _session(leader) if _is_ours(process)], patience=0)


def _end(processes: list[psutil.Process], patience: float = 5) -> None:
    if patience:
        for process in processes:
            with suppress(psutil.Error):
                process.terminate()
        _, processes = psutil.wait_procs(processes, timeout=patience)
    for process in processes:
        with suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(processes, timeout=5)
