"""Every POST counts once: the key in the form, and all that was sent with it as the content."""

import hashlib
from contextlib import AbstractContextManager
from typing import cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from zhengtong.foundation.idempotency.actions import Once, once
from zhengtong.foundation.refusals import Refused, filled
from zhengtong.foundation.ui.once import FIELD

NOT_CONTENT = {FIELD, "csrfmiddlewaretoken"}


def turn(request: HttpRequest, action: str, **about: object) -> AbstractContextManager[Once]:
    """Open the transaction in which this POST is carried out, or hear what it was answered before."""
    sent = {name: request.POST.getlist(name) for name in request.POST if name not in NOT_CONTENT}
    body = {"sent": sent, "files": _digests(request), "about": about}
    return once(request.actor, request.POST.get(FIELD, ""), action=action, body=body)  # type: ignore[attr-defined]


def _digests(request: HttpRequest) -> dict[str, str]:
    """What the files are, read once through and wound back."""
    found = {}
    for name in request.FILES:
        upload = cast(UploadedFile, request.FILES[name])
        digest = hashlib.sha256()
        for part in upload.chunks():
            digest.update(part)
        upload.seek(0)
        found[name] = digest.hexdigest()
    return found


def fields_in_words(refusal: Refused) -> dict[str, list[str]]:
    """What is wrong with which field, in the reader's language."""
    return {field: [_(text) for text in texts] for field, texts in refusal.fields.items()}


def in_words(refusal: Refused) -> str:
    """Message and remedy of a refusal in the reader's language, for beside the field it is about."""
    return "".join(filled(text, refusal.data, _) for text in (refusal.message, refusal.remedy) if text)
