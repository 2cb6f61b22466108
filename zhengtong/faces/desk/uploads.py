"""Take one file for one material, checked at once."""

from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile

from zhengtong.foundation.access import Actor
from zhengtong.foundation.files import actions as files

# Names under which cameras save the same kind.
ALSO = {"jpg": ("jpg", "jpeg")}


def endings_of(material: Any) -> tuple[str, ...]:
    """The endings of file names that a material takes."""
    return tuple(ending for each in sorted(material.accepts) for ending in ALSO.get(each, (each,)))


def accept_of(material: Any) -> str:
    """The same for the file chooser of a page."""
    return ",".join(f".{ending}" for ending in endings_of(material))


def take(sent: UploadedFile, material: Any, *, actor: Actor) -> Any:
    """Store an upload for a material. Refused, in plain words, for everything that could not be used later."""
    return files.store_upload(
        cast(BinaryIO, sent), name=sent.name or "", actor=actor, purpose=files.Purpose.MATERIAL,
        endings=endings_of(material), most=material.max_bytes,
    )  # fmt: skip
