"""Take files in: check first, then keep."""

import io
from collections.abc import Collection
from enum import StrEnum
from typing import BinaryIO

from django.db import transaction

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.params import queries as params

from . import checks, kinds, rules, store
from .models import File
from .queries import scan


class Purpose(StrEnum):
    """What a file is for."""

    MATERIAL = "material"
    PAPER = "paper"
    IMPORT = "import"


def limits() -> rules.Limits:
    """The limits in force today."""
    today = clock.today()
    return rules.Limits(
        bytes=params.integer("files.most_bytes", on=today),
        pixels=params.integer("files.most_pixels", on=today),
        unpacked_bytes=params.integer("files.most_unpacked_bytes", on=today),
        entries=params.integer("files.most_entries", on=today),
    )


def store_upload(
    stream: BinaryIO, *, name: str, actor: Actor, purpose: Purpose, endings: Collection[str] = (), most: int = 0
) -> File:
    """Take a file from outside; whoever asks for it may want only some kinds (by their endings) and fewer bytes.

    Refused with a sentence that says what to do: empty, too large, wrong kind, broken, bombs, scripts, passwords,
    macros. Nothing of a refused file is left behind. Where a scanner is connected the file stays parked until it
    has answered.
    """
    access.require(actor, "files.store")
    name, limit = rules.clean_name(name), limits()
    most = min(most or limit.bytes, limit.bytes)
    with store.received(stream, most=most) as (path, digest, size):
        if size == 0:
            raise rules.FileEmpty(name=name)
        if size > most:
            raise rules.FileTooLarge(name=name, megabytes=most >> 20)
        kind = checks.check(path, name, limit)
        if endings and not kinds.ENDINGS[kind] & set(endings):
            raise rules.FileKindUnwanted(name=name, wanted="、".join(sorted(ending.upper() for ending in endings)))
        store.keep(path, digest)
    state = File.State.PARKED if scan.is_filled else File.State.CLEAN
    return _row(name, digest, size, kind, state, purpose, actor)


def store_bytes(content: bytes, *, name: str, kind: str, actor: Actor, purpose: Purpose = Purpose.PAPER) -> File:
    """Keep a paper that the platform itself has made."""
    access.require(actor, "files.store")
    with store.received(io.BytesIO(content), most=len(content)) as (path, digest, size):
        store.keep(path, digest)
    return _row(rules.clean_name(name), digest, size, kind, File.State.CLEAN, purpose, actor)


@transaction.atomic
def _row(name: str, digest: str, size: int, kind: str, state: str, purpose: Purpose, actor: Actor) -> File:
    file = File(
        name=name, digest=digest, size=size, kind=kind, state=state, purpose=purpose, owner_key=actor.key,
        created_at=clock.now(),
    )  # fmt: skip
    file.save(force_insert=True)
    record("files.file.stored", file, actor=actor, digest=digest, size=size, kind=kind)
    return file


@transaction.atomic
def judge_file(file: File, *, is_clean: bool, actor: Actor) -> File:
    """The scanner's verdict on a parked file."""
    file = File.objects.select_for_update().get(pk=file.pk)
    access.require(actor, "files.judge", file)
    file.state = File.State.CLEAN if is_clean else File.State.REFUSED
    file.save(update_fields=["state"])
    record("files.file.judged", file, actor=actor, state=file.state)
    return file
