"""Bytes on disk under their own digest; written whole or not at all."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

PART = 1 << 18


def path_of(digest: str) -> Path:
    """Where content of this digest lies."""
    return Path(settings.FILES_ROOT) / digest[:2] / digest[2:4] / digest


@contextmanager
def received(stream: BinaryIO, *, most: int) -> Iterator[tuple[Path, str, int]]:
    """A temporary copy with digest and size; stops one byte past `most`. Gone after the block unless kept."""
    folder = Path(settings.FILES_ROOT) / "parked"
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(dir=folder)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            while size <= most and (part := stream.read(PART)):
                digest.update(part)
                size += len(part)
                out.write(part)
            out.flush()
            os.fsync(out.fileno())
        yield path, digest.hexdigest(), size
    finally:
        path.unlink(missing_ok=True)


def keep(path: Path, digest: str) -> None:
    """Move a received copy to its place; equal content is already there and stays."""
    target = path_of(digest)
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    os.chmod(path, 0o440)
    os.replace(path, target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
