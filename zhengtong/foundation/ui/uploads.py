"""Take one file for one material, checked at once."""

from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile

from zhengtong.foundation.access import Actor
from zhengtong.foundation.files import actions as files


def take(sent: UploadedFile, material: Any, *, actor: Actor) -> Any:
    """Store an upload for a material. Refused, in plain words, for everything that could not be used later."""
    return files.store_upload(
        cast(BinaryIO, sent), name=sent.name or "", actor=actor, purpose=files.Purpose.MATERIAL,
        endings=material.endings, most=material.max_bytes,
    )  # fmt: skip
