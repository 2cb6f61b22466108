"""Take files in: check first, then keep."""

import io
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from django.db import transaction

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.outbox.jobs import defer

from . import checks, kinds, rules, store
from .models import File
from .queries import limits, scan


class Purpose(StrEnum):
    """What a file is for."""

    MATERIAL = "material"
    PAPER = "paper"
    IMPORT = "import"
    SIGNATURE = "signature"


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
            raise rules.FileTooLarge(name=name, limit=rules.in_words(most))
        kind = checks.check(path, name, limit)
        if endings and not set(kinds.ENDINGS[kind]) & {ending.lower() for ending in endings}:
            raise rules.FileKindUnwanted(name=name, wanted="、".join(sorted(ending.upper() for ending in endings)))
        name = rules.with_ending(name, kinds.ENDINGS[kind], kinds.ALL_ENDINGS)
        file = File(name=name, digest=digest, size=size, kind=kind, purpose=purpose, owner_key=actor.key)
        file.state = File.State.PARKED if scan.is_filled else File.State.CLEAN
        return _kept(file, path, actor)


def store_bytes(content: bytes, *, name: str, kind: str, actor: Actor, purpose: Purpose = Purpose.PAPER) -> File:
    """Keep a paper that the platform itself has made."""
    access.require(actor, "files.store")
    with store.received(io.BytesIO(content), most=len(content)) as (path, digest, size):
        name = rules.with_ending(rules.clean_name(name), kinds.ENDINGS[kind], kinds.ALL_ENDINGS)
        file = File(name=name, digest=digest, size=size, kind=kind, purpose=purpose, owner_key=actor.key)
        file.state = File.State.CLEAN
        return _kept(file, path, actor)


@transaction.atomic
def _kept(file: File, path: Path, actor: Actor) -> File:
    """The row and its content: the content lies safely on disk before the row can be seen."""
    store.lock(file.digest)
    is_new = store.keep(path, file.digest, file.size)
    try:
        file.created_at = clock.now()
        file.save(force_insert=True)
        record("files.file.stored", file, actor=actor, digest=file.digest, size=file.size, kind=file.kind)
        if file.state == File.State.PARKED:
            defer("files.scan", file=str(file.pk))
    except BaseException:
        if is_new:
            store.remove(file.digest)
        raise
    return file


@transaction.atomic
def clear_file(file: File, *, actor: Actor) -> File:
    """The scanner found nothing: the file may be used."""
    file = File.objects.select_for_update().get(pk=file.pk)
    access.require(actor, "files.judge", file)
    rules.check_parked(file.state, file.name)
    file.state = File.State.CLEAN
    file.save(update_fields=["state"])
    record("files.file.cleared", file, actor=actor)
    return file


@transaction.atomic
def refuse_file(file: File, *, found: str, actor: Actor) -> File:
    """The scanner found something: the row says so, the content goes when the transaction is committed."""
    file = File.objects.select_for_update().get(pk=file.pk)
    access.require(actor, "files.judge", file)
    rules.check_parked(file.state, file.name)
    file.state = File.State.REFUSED
    file.save(update_fields=["state"])
    record("files.file.refused", file, actor=actor, found=found)
    transaction.on_commit(lambda: store.sweep([file.digest]))
    return file
