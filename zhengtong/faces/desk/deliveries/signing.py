"""A signature as the page sends it: a picture drawn on the spot, or the word that it stands on the printed page."""

import base64
import binascii
from io import BytesIO

from django.http import HttpRequest

from zhengtong.foundation.access import Actor
from zhengtong.foundation.files import actions as files
from zhengtong.topics.deliveries.actions import Signature, Way

PICTURE = "data:image/png;base64,"


def signature_from(request: HttpRequest, actor: Actor) -> Signature:
    """What was sent with the form; a picture is checked and kept like any other file."""
    name = request.POST.get("signature-signer", "").strip()[:120]
    if request.POST.get("signature-way") != Way.DRAWN:
        return Signature(name, Way.SPOKEN)
    content = _picture(request.POST.get("signature", ""))
    if not content or not name:
        return Signature(name, Way.DRAWN)
    kept = files.store_upload(
        BytesIO(content), name="签名.png", actor=actor, purpose=files.Purpose.SIGNATURE, endings=("png",)
    )  # fmt: skip
    return Signature(name, Way.DRAWN, kept.pk)


def _picture(sent: str) -> bytes:
    if not sent.startswith(PICTURE):
        return b""
    try:
        return base64.b64decode(sent.removeprefix(PICTURE), validate=True)
    except binascii.Error:
        return b""
