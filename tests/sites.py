"""Real server processes of the program for a test."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.databases import Clone
from zhengtong.main.places import ROOT, free_port

FIRST_PORT = 17000


class Site:
    """The program served on a free port and a clone; as a user would run it, with nothing switched off."""

    def __init__(self, clone: Clone, folder: Path) -> None:
        from tests.settings import ENVIRONMENT

        self.clone = clone
        # Workers ask for ports at the same moment: each begins at a place of its own.
        self.port = free_port(FIRST_PORT + os.getpid() % 1_000 * 10)
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "site.log"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.environment = (
            os.environ
            | ENVIRONMENT
            | clone.environment()
            | {"DJANGO_SETTINGS_MODULE": "zhengtong.main.settings", "ZHENGTONG_SITE_URL": self.url}
        )

    def start(self, *, workers: int = 1, patience: float = 60) -> None:
        """Serve, and return when the first answer came."""
        process = self._run("web", "serve", "--port", str(self.port), "--workers", str(workers))
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise RuntimeError(f"the server ended with {process.returncode}:\n{self._log_tail()}")
            try:
                urllib.request.urlopen(f"{self.url}/health", timeout=10)
                return
            except urllib.error.HTTPError:
                return  # an answer, whatever it says
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"the server did not answer within {patience} s:\n{self._log_tail()}")

    def start_worker(self) -> None:
        """Run jobs and relay events, as `zt work` does."""
        self._run("worker", "work")

    def kill(self, part: str = "web") -> None:
        """kill -9 of a part and all its processes."""
        self._end(part, signal.SIGKILL)

    def stop(self) -> None:
        """End everything in good order."""
        for part in list(self.processes):
            self._end(part, signal.SIGTERM)

    def _run(self, part: str, *arguments: str) -> subprocess.Popen[bytes]:
        with open(self.log, "ab") as log:
            self.processes[part] = subprocess.Popen(
                [sys.executable, "-m", "zhengtong.main.cli", *arguments],
                env=self.environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return self.processes[part]

    def _end(self, part: str, how: signal.Signals) -> None:
        process = self.processes.pop(part)
        for signal_number in (how, signal.SIGKILL):
            try:
                os.killpg(process.pid, signal_number)
            except ProcessLookupError:
                break
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                continue
        process.wait(5)

    def _log_tail(self) -> str:
        return self.log.read_text(errors="replace")[-3_000:] if self.log.exists() else ""
