"""Find files within what the actor may read."""

from collections.abc import Iterable
from typing import BinaryIO
from uuid import UUID

from zhengtong.foundation.access import Actor
from zhengtong.foundation.refusals import NotFound
from zhengtong.foundation.wiring import Slot

from . import store
from .models import File

# Whoever uses a file for something (a case) says who else may read it.
may_read: Slot[[Actor, UUID], bool] = Slot("files.may_read")
# A virus scanner, where the district has one: until it has answered, files stay parked.
scan: Slot[[UUID], None] = Slot("files.scan")


def files_by_id(ids: Iterable[UUID]) -> dict[UUID, File]:
    """Several files for a caller that checks each with `is_usable`."""
    wanted = list(ids)
    return File.objects.in_bulk(wanted) if wanted else {}


def is_usable(actor: Actor, file: File) -> bool:
    """Whether the actor may put this file to use: checked and clean, and his own or readable to him."""
    if file.state != File.State.CLEAN:
        return False
    return file.owner_key == actor.key or may_read(actor, file.pk)


def file_for(actor: Actor, file_id: UUID) -> File:
    """One clean file that is the actor's own or that he may read through what it belongs to."""
    found = File.objects.filter(pk=file_id).first()
    if found is None or not is_usable(actor, found):
        raise NotFound
    return found


def open_file(file: File) -> BinaryIO:
    """The content, for reading."""
    return store.path_of(file.digest).open("rb")
