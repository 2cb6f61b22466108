"""Answers that are files: shown in the browser under a Chinese name, never run."""

from typing import BinaryIO

from django.http import HttpResponse
from django.utils.http import content_disposition_header

PDF = "application/pdf"
SHOWN = (PDF, "image/jpeg", "image/png")
# A browser's own PDF viewer does not work in a sandbox; what a PDF could run was refused at upload.
POLICIES = {PDF: "script-src 'none'; object-src 'self'; frame-ancestors 'none'"}
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


def paper(content: bytes, *, name: str) -> HttpResponse:
    """A PDF made just now."""
    response = HttpResponse(content, content_type=PDF)
    _guard(response, name, PDF)
    return response


def stored(stream: BinaryIO, *, name: str, kind: str) -> HttpResponse:
    """A kept file; only what a browser shows safely is shown, the rest is saved."""
    with stream:
        response = HttpResponse(stream.read(), content_type=kind)
    _guard(response, name, kind)
    return response


def _guard(response: HttpResponse, name: str, kind: str) -> None:
    response["Content-Disposition"] = content_disposition_header(kind not in SHOWN, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = POLICIES.get(kind, SANDBOX)
