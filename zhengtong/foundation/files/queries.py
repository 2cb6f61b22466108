"""Find files within what the actor may read."""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, may
from zhengtong.foundation.params import queries as params
from zhengtong.foundation.refusals import NotFound
from zhengtong.foundation.wiring import Slot

from . import access, kinds, rules, store  # noqa: F401 - access declares who may
from .models import File

# Whoever uses a file for something (a case) says who else may read it.
may_read: Slot[[Actor, UUID], bool] = Slot("files.may_read")
# A virus scanner, where the district has one: names what it found, nothing when clean. Until then files stay parked.
scan: Slot[[Path], str] = Slot("files.scan")


def limits() -> rules.Limits:
    """The limits in force today."""
    today = clock.today()
    return rules.Limits(
        bytes=params.integer("files.most_bytes", on=today),
        pixels=params.integer("files.most_pixels", on=today),
        unpacked_bytes=params.integer("files.most_unpacked_bytes", on=today),
        entries=params.integer("files.most_entries", on=today),
    )


def files_by_id(ids: Iterable[UUID]) -> dict[UUID, File]:
    """Several files for a caller that checks each with `is_usable`."""
    wanted = list(ids)
    return File.objects.only("name", "kind", "size", "state", "owner_key").in_bulk(wanted) if wanted else {}


def is_usable(actor: Actor, file: File) -> bool:
    """Whether the actor may put this file to use: checked and clean, and his own or readable to him."""
    if file.state != File.State.CLEAN:
        return False
    return may(actor, "files.read", file) or (may_read.is_filled and may_read(actor, file.pk))


def fits(file: File, *, endings: Collection[str], most: int) -> bool:
    """Whether a file is of one of these kinds (by their endings) and not too large; for those not checked at upload."""
    return bool(set(kinds.ENDINGS[file.kind]) & set(endings)) and file.size <= most


def file_for(actor: Actor, file_id: UUID) -> File:
    """One clean file that is the actor's own or that he may read through what it belongs to."""
    found = File.objects.filter(pk=file_id).first()
    if found is None or not is_usable(actor, found):
        raise NotFound
    return found


def parked_file(file_id: UUID) -> File | None:
    """A file that waits for its scan; None when it has been judged."""
    return File.objects.filter(pk=file_id, state=File.State.PARKED).first()


def open_file(file: File) -> BinaryIO:
    """The content, for reading."""
    if file.state == File.State.REFUSED:
        raise NotFound
    return store.path_of(file.digest).open("rb")
