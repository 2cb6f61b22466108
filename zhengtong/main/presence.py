"""Who uses an embedded server: the first to come starts it, the last to leave stops it.

Each user holds a shared lock on a file for as long as it lives, so one that was killed has left as well.
`kept` marks a server that somebody started by hand: nobody but `zt db stop` stops it.
"""

import fcntl
from collections.abc import Callable
from pathlib import Path
from typing import IO

from zhengtong.main.postgres import Server
from zhengtong.main.secrets_file import locked


class Presence:
    """One user of a server."""

    def __init__(self, server: Server) -> None:
        self.server = server
        folder = server.asked_home.parent
        self.kept: Path = folder / f"{server.asked_home.name}.kept"
        self._door: Path = folder / f"{server.asked_home.name}.door"
        self._users: Path = folder / f"{server.asked_home.name}.users"
        self._handle: IO[str] | None = None

    def join(
        self, *, before_exec: Callable[[], None] | None = None, when_alone: Callable[[], None] | None = None
    ) -> bool:
        """Use the server, started if need be; True if this call started it. `when_alone` runs before others enter."""
        with locked(self._door):
            self._handle = self._handle or open(self._users, "a")  # noqa: SIM115 - held until leave
            alone = self._is_alone()
            started = self.server.start(before_exec=before_exec)
            if alone and when_alone:
                when_alone()
            fcntl.flock(self._handle, fcntl.LOCK_SH)
            return started

    def leave(self) -> bool:
        """Stop using it; True if that stopped the server."""
        if self._handle is None:
            return False
        with locked(self._door):
            stopped = self._is_alone() and not self.kept.exists() and self.server.stop()
            self._handle.close()
            self._handle = None
            return stopped

    def others(self) -> bool:
        """Whether somebody else uses the server now."""
        with locked(self._door), open(self._users, "a") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            return False

    def _is_alone(self) -> bool:
        assert self._handle is not None
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
