"""Secrets generated once and kept in a file that only its owner reads (`var/secrets.env`)."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Everything an installation must not share with another one: name → how many random bytes.
NAMES = {
    "DJANGO_SECRET_KEY": 48,
    "ZHENGTONG_KEY_FIELD": 32,
    "ZHENGTONG_KEY_INDEX": 32,
    "ZHENGTONG_KEY_AUDIT": 32,
    # Signs what the payment provider tells; where there is a real one, its own stands in the environment.
    "ZHENGTONG_PORT_PAYMENT_KEY": 32,
    "POSTGRES_PASSWORD": 24,
    "ZT_OWNER_PASSWORD": 24,
    "ZT_APP_PASSWORD": 24,
}


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold an advisory lock on a file; it falls with the process, however that ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def read(path: Path) -> dict[str, str]:
    """The names and values of an env file; comments and blank lines are skipped."""
    if not path.exists():
        return {}
    pairs = (line.partition("=") for line in path.read_text().splitlines() if line.strip() and line[0] != "#")
    return {name.strip(): value.strip() for name, _, value in pairs}


def ensure(path: Path) -> dict[str, str]:
    """The secrets of this installation; missing ones are generated, present ones never change."""
    with locked(path.with_suffix(".lock")):
        known = read(path)
        missing = {name: secrets.token_hex(size) for name, size in NAMES.items() if name not in known}
        if missing:
            known |= missing
            draft = path.with_suffix(".new")
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
                handle.write("# Generated once. Whoever holds the keys reads the data; without them it is lost.\n")
                handle.writelines(f"{name}={value}\n" for name, value in known.items())
                handle.flush()
                os.fsync(handle.fileno())
            draft.replace(path)
        return known
