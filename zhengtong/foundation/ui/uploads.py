"""Take one file for one material, checked at once."""

from collections.abc import Sequence
from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile

from zhengtong.foundation.access import Actor
from zhengtong.foundation.files import actions as files


def take(sent: UploadedFile, material: Any, *, actor: Actor) -> Any:
    """Store an upload for a material. Refused, in plain words, for everything that could not be used later."""
    return take_paper(sent, endings=material.endings, most=material.max_bytes, actor=actor)


def take_paper(sent: UploadedFile, *, endings: Sequence[str], most: int, actor: Actor) -> Any:
    """Store an upload of these kinds and at most so many bytes. Refused as by `take`."""
    return files.store_upload(
        cast(BinaryIO, sent), name=sent.name or "", actor=actor, purpose=files.Purpose.MATERIAL, endings=endings,
        most=most,
    )  # fmt: skip
