"""What the demo starts dies with it, comes back when killed, and is found when it was orphaned."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from zhengtong.main.places import ROOT
from zhengtong.main.supervisor import MARK, Part, Supervisor, stop_orphans

# A part that has a child of its own, as a server with a worker process has.
FAMILY = "import subprocess, time; print(subprocess.Popen(['sleep', '300']).pid, flush=True); time.sleep(300)"


def wait_until(holds: Callable[[], bool], patience: float = 15) -> None:
    deadline = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_alive(number: int) -> bool:
    try:
        return psutil.Process(number).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def family_of(number: int) -> list[int]:
    return [number, *(child.pid for child in psutil.Process(number).children(recursive=True))]


@pytest.fixture
def supervisor(tmp_path: Path) -> Supervisor:
    made = Supervisor(tmp_path / "demo.json", lambda _: None, environment=dict(os.environ))
    made.parts.append(Part("family", [sys.executable, "-c", FAMILY]))
    return made


def watched(supervisor: Supervisor) -> threading.Thread:
    thread = threading.Thread(target=supervisor.watch, args=[lambda: None])
    thread.start()
    wait_until(supervisor.state.exists)
    return thread


def test_a_killed_part_comes_back_without_its_old_family(supervisor: Supervisor) -> None:
    thread = watched(supervisor)
    try:
        first = json.loads(supervisor.state.read_text())["family"]
        wait_until(lambda: len(family_of(first)) == 2)
        family = family_of(first)
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: json.loads(supervisor.state.read_text())["family"] != first)
        assert not any(is_alive(number) for number in family)
    finally:
        supervisor.stopping = True
        thread.join()
        supervisor.stop()


def test_one_that_dies_at_once_is_started_later_each_time(supervisor: Supervisor) -> None:
    supervisor.parts[0].command = ["false"]
    thread = watched(supervisor)
    wait_until(lambda: supervisor.parts[0].pause >= 2)
    supervisor.stopping = True
    thread.join()
    supervisor.stop()


def test_stop_ends_the_whole_family_and_nobody_else(supervisor: Supervisor) -> None:
    stranger = subprocess.Popen(["sleep", "300"], start_new_session=True)
    thread = watched(supervisor)
    leader = json.loads(supervisor.state.read_text())["family"]
    wait_until(lambda: len(family_of(leader)) == 2)
    family = family_of(leader)
    supervisor.stopping = True
    thread.join()
    supervisor.stop()
    assert not any(is_alive(number) for number in family)
    assert not supervisor.state.exists()
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def started_elsewhere(state: Path) -> tuple[subprocess.Popen[bytes], list[int]]:
    """A supervisor in a process of its own, and the family it watches."""
    program = (
        "import os, sys; from pathlib import Path; from zhengtong.main.supervisor import Part, Supervisor\n"
        "s = Supervisor(Path(sys.argv[1]), print, environment=dict(os.environ)); s.listen()\n"
        "s.parts.append(Part('family', [sys.executable, '-c', sys.argv[2]])); s.watch(lambda: None); s.stop()"
    )
    process = subprocess.Popen([sys.executable, "-c", program, str(state), FAMILY], cwd=ROOT, stdout=subprocess.DEVNULL)
    wait_until(state.exists)
    leader = json.loads(state.read_text())["family"]
    wait_until(lambda: len(family_of(leader)) == 2)
    return process, family_of(leader)


def test_told_to_stop_it_stops_its_family(tmp_path: Path) -> None:
    process, family = started_elsewhere(tmp_path / "demo.json")
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    assert not any(is_alive(number) for number in family)


def test_what_a_double_kill_leaves_is_found_by_the_next_start(tmp_path: Path) -> None:
    state = tmp_path / "demo.json"
    process, family = started_elsewhere(state)
    process.kill()
    process.wait()
    wait_until(lambda: not is_alive(family[0]))  # the child dies with its supervisor, the grandchild does not
    assert is_alive(family[1])
    assert stop_orphans(state) == 1
    assert not is_alive(family[1])
    assert stop_orphans(state) == 0


def test_a_stranger_who_got_a_recorded_number_is_left_alone(tmp_path: Path) -> None:
    state = tmp_path / "demo.json"
    environment = {name: value for name, value in os.environ.items() if name != MARK}
    stranger = subprocess.Popen(["sleep", "300"], start_new_session=True, env=environment)
    state.write_text(json.dumps({"web": stranger.pid}))
    assert stop_orphans(state) == 0
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()
