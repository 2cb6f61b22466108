"""The launcher of the embedded server: it starts after any kind of end, serves one address and trusts nobody."""

import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from tests import databases
from zhengtong.main import postgres
from zhengtong.main.places import EPHEMERAL_FLOOR, ROOT
from zhengtong.main.postgres import PostgresProblem, Server
from zhengtong.main.presence import Presence

PASSWORD = "a password of the test's"


def make(home: Path) -> Server:
    return Server(home, PASSWORD, binaries=databases.server().binaries, first_port=18000 + os.getpid() % 500 * 10)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder the server's user can reach: pytest's own is closed to others."""
    folder = databases.VAR / f"launcher-{os.getpid()}-{tmp_path.name}"
    folder.mkdir(parents=True)
    return folder / "postgres"


@pytest.fixture
def server(home: Path) -> Iterator[Server]:
    made = make(home)
    yield made
    made.stop()
    subprocess.run(["rm", "-rf", str(home.parent)], check=True)


def test_it_starts_once_and_stops_once(server: Server) -> None:
    assert server.pid() is None
    assert server.start() is True
    assert server.start() is False
    with psycopg.connect(server.url()) as connection:
        assert connection.info.server_version // 10000 == server.binaries.version
    assert server.stop() is True
    assert server.stop() is False
    assert server.pid() is None


def test_data_survive_stop_and_start(server: Server) -> None:
    server.start()
    with psycopg.connect(server.url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    server.stop()
    server.start()
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_after_kill_9_of_the_postmaster_it_starts_again_on_its_port(server: Server) -> None:
    server.start()
    port = server.port
    client = psycopg.connect(server.url())  # keeps a backend alive past its postmaster
    client.execute("CREATE TABLE kept AS SELECT 1")
    client.commit()
    killed = psutil.Process(server.pid())
    killed.kill()
    _wait_until(lambda: server.pid() is None)
    assert make(server.home).start() is True
    assert server.port == port
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("SELECT * FROM kept").fetchone() == (1,)


def test_a_zombie_that_nobody_buries_is_no_server(server: Server) -> None:
    """As in a container whose first process never waits for its children."""
    server.start()
    assert server.child is not None
    os.kill(server.child.pid, signal.SIGKILL)
    _wait_until(lambda: psutil.Process(server.child.pid).status() == psutil.STATUS_ZOMBIE)
    assert make(server.home).start() is True


def test_a_pid_file_with_a_strangers_number_is_no_server(server: Server) -> None:
    server.start()
    text = (server.data / "postmaster.pid").read_text()
    server.stop()
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        (server.data / "postmaster.pid").write_text(f"{stranger.pid}\n{text.split(chr(10), 1)[1]}")
        assert server.pid() is None
        assert server.start() is True
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_two_starts_at_once_make_one_server(home: Path, server: Server) -> None:
    started: list[bool] = []
    threads = [threading.Thread(target=lambda: started.append(make(home).start())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(started) == [False, False, False, True]


def test_where_its_port_was_taken_it_takes_another(server: Server) -> None:
    server.start()
    before = server.port
    server.stop()
    with socket.socket() as stranger:
        stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        stranger.bind(("127.0.0.1", before))
        stranger.listen()
        server.start()
        assert server.port != before
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_it_listens_on_this_machine_only_below_the_ephemeral_ports(server: Server) -> None:
    server.start()
    listening = psutil.Process(server.pid()).net_connections("inet")
    assert {(c.laddr.ip, c.laddr.port) for c in listening} == {("127.0.0.1", server.port)}
    assert server.port < EPHEMERAL_FLOOR


def test_nobody_enters_without_a_password(server: Server) -> None:
    server.start()
    for address in (f"127.0.0.1:{server.port}", f":{server.port}"):
        host = f"?host={server.home / 'socket'}" if address[0] == ":" else ""
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(f"postgresql://postgres:wrong@{address}/postgres{host}")
    assert stat.S_IMODE(server.home.stat().st_mode) == 0o700
    assert stat.S_IMODE((server.home / "socket").stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0 and not os.environ.get("ZT_NO_SKIPS"), reason="only root has to step down")
def test_started_by_root_it_runs_as_an_ordinary_user(server: Server) -> None:
    server.start()
    assert (psutil.Process(server.pid()).uids().effective == 0) is False


def test_out_of_reach_it_goes_elsewhere_and_opens_no_folder(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As root in a checkout under /root."""
    if os.geteuid() != 0:
        assert make(home).home == home  # an ordinary user reaches his own
        return
    elsewhere = home.parent / "elsewhere"
    elsewhere.mkdir(mode=0o755)
    monkeypatch.setattr(postgres, "ELSEWHERE", elsewhere)
    closed = tmp_path / "root"
    closed.mkdir(mode=0o700)
    server = Server(closed / "var" / "postgres", PASSWORD, first_port=18900)
    try:
        assert server.home.is_relative_to(elsewhere)
        assert (closed / "var" / "where").read_text() == f"{server.home}\n"
        assert server.start() is True
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
        again = Server(closed / "var" / "postgres", PASSWORD)
        assert again.home == server.home
        assert again.pid() == server.pid()
    finally:
        server.stop()
        subprocess.run(["rm", "-rf", str(home.parent)], check=True)


def test_data_of_another_major_version_are_not_touched(server: Server) -> None:
    server.start()
    server.stop()
    (server.data / "PG_VERSION").write_text("11\n")
    with pytest.raises(PostgresProblem, match="PostgreSQL 11"):
        server.start()


def test_the_log_holds_no_data_of_people(server: Server) -> None:
    server.start()
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE person (id_number text PRIMARY KEY)")
        connection.execute("INSERT INTO person VALUES ('44990619900307551X')")
        for statement in ("INSERT INTO person VALUES ('44990619900307551X')", "SELECT '44990619900307551X'::int"):
            with pytest.raises(psycopg.Error):
                connection.execute(statement)
    said = server.log.read_text()
    assert "duplicate key" in said
    assert "INSERT" not in said
    assert said.count("44990619900307551X") <= 1  # PostgreSQL's own sentence about a malformed number


def test_the_last_to_leave_stops_it(server: Server) -> None:
    first, second = Presence(server), Presence(make(server.home))
    assert first.join() is True
    assert second.join() is False
    assert first.others() is True
    assert first.leave() is False
    assert server.pid()
    assert second.leave() is True
    assert server.pid() is None


def test_one_that_was_killed_has_left(server: Server) -> None:
    program = (
        "import sys, time; from pathlib import Path; from tests.main.test_postgres import make; "
        "from zhengtong.main.presence import Presence; "
        "Presence(make(Path(sys.argv[1]))).join(); print('here', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen([sys.executable, "-c", program, str(server.home)], cwd=ROOT, stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.readline() == b"here\n"
    mine = Presence(server)
    mine.join()
    assert mine.others() is True
    other.kill()
    other.wait()
    assert mine.leave() is True


def test_kept_by_hand_it_stays(server: Server) -> None:
    presence = Presence(server)
    presence.kept.touch()
    presence.join()
    assert presence.leave() is False
    assert server.pid()
    presence.kept.unlink()


def _wait_until(holds, patience: float = 10) -> None:  # type: ignore[no-untyped-def]
    deadline = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)
