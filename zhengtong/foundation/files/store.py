"""Bytes on disk under their own digest; written whole or not at all."""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection, transaction

from .models import File

PART = 1 << 18
PARKING = "parked"
# Pictures of pages, by digest: drawn again whenever they are gone.
PAGES = "pages"


def path_of(digest: str) -> Path:
    """Where content of this digest lies."""
    return Path(settings.FILES_ROOT) / digest[:2] / digest[2:4] / digest


@contextmanager
def received(stream: BinaryIO, *, most: int) -> Iterator[tuple[Path, str, int]]:
    """A temporary copy with digest and size; stops one byte past `most`. Gone after the block unless kept."""
    folder = Path(settings.FILES_ROOT) / PARKING
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(dir=folder)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            while size <= most and (part := stream.read(min(PART, most + 1 - size))):
                digest.update(part)
                size += len(part)
                out.write(part)
        yield path, digest.hexdigest(), size
    finally:
        path.unlink(missing_ok=True)


def lock(digest: str) -> None:
    """Until the transaction ends, nobody else keeps or removes this content."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(digest[:15], 16)])


def keep(path: Path, digest: str, size: int) -> bool:
    """Move a received copy to its place, durably; False when equal content was already there. The caller has locked."""
    target = path_of(digest)
    if target.exists() and target.stat().st_size == size:
        return False
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o440)
    _sync(path)
    path.replace(target)
    for folder in (target.parent, target.parent.parent, target.parent.parent.parent):
        _sync(folder)
    return True


def remove(digest: str) -> None:
    """Take content away with the pictures of its pages; the caller has locked and made sure that no row needs it."""
    path_of(digest).unlink(missing_ok=True)
    shutil.rmtree(Path(settings.FILES_ROOT) / PAGES / digest[:2] / digest, ignore_errors=True)


def sweep(digests: Iterable[str]) -> int:
    """Remove those contents that no row needs any more; returns how many."""
    removed = 0
    waiting = iter(digests)
    while some := list(islice(waiting, 500)):
        for digest in set(some) - _needed(some):
            with transaction.atomic():
                lock(digest)
                if not _needed([digest]) and path_of(digest).exists():
                    remove(digest)
                    removed += 1
    return removed


def _needed(digests: Sequence[str]) -> set[str]:
    rows = File.objects.filter(digest__in=digests).exclude(state=File.State.REFUSED)
    return set(rows.values_list("digest", flat=True))


def left_over(*, seconds: float) -> Iterator[str]:
    """Digests of all kept content older than this, for the sweeper; temporary copies of that age are removed."""
    root, oldest = Path(settings.FILES_ROOT), time.time() - seconds
    for path in sorted(root.glob(f"{PARKING}/*")):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
    for path in root.glob("??/??/*"):
        if path.stat().st_mtime < oldest:
            yield path.name


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
