"""Finished exports on disk, beside the files of cases but never among them: they are made again, not kept."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings


def _folder() -> Path:
    folder = Path(settings.FILES_ROOT) / "exports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _path(export: UUID, ending: str) -> Path:
    return _folder() / f"{export}.{ending}"


@contextmanager
def being_written() -> Iterator[Path]:
    """A file under no name yet; gone after the block unless it was kept."""
    handle, name = tempfile.mkstemp(dir=_folder(), prefix="making-")
    os.close(handle)
    path = Path(name)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def keep(path: Path, export: UUID, ending: str) -> int:
    """Give the written file its name, durably; returns its size."""
    with path.open("rb") as written:
        os.fsync(written.fileno())
    path.replace(_path(export, ending))
    return _path(export, ending).stat().st_size


def open_kept(export: UUID, ending: str) -> BinaryIO:
    return _path(export, ending).open("rb")


def remove(export: UUID, ending: str) -> None:
    _path(export, ending).unlink(missing_ok=True)


def sweep(*, seconds: float) -> None:
    """Remove what killed workers left behind."""
    for path in _folder().glob("making-*"):
        if path.stat().st_mtime < time.time() - seconds:
            path.unlink(missing_ok=True)
