"""A file on its way to a browser: shown under its name where nothing in it can run, else saved."""

from typing import BinaryIO

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from . import kinds

PDF = "application/pdf"
# A browser's own PDF viewer does not work in a sandbox; what a PDF could run was refused at upload.
POLICIES = {PDF: "script-src 'none'; object-src 'self'; frame-ancestors 'none'"}
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


def paper(content: bytes, *, name: str) -> HttpResponse:
    """A PDF made just now."""
    response = HttpResponse(content, content_type=PDF)
    _guard(response, name, PDF)
    return response


def picture(content: bytes) -> HttpResponse:
    """A page drawn as a JPEG."""
    response = HttpResponse(content, content_type=kinds.JPEG)
    _guard(response, "page.jpg", kinds.JPEG)
    return response


def stored(stream: BinaryIO, *, name: str, kind: str) -> FileResponse:
    """A kept file."""
    response = FileResponse(stream, content_type=kind)
    _guard(response, name, kind)
    return response


def _guard(response: HttpResponseBase, name: str, kind: str) -> None:
    response["Content-Disposition"] = content_disposition_header(kind not in kinds.SHOWABLE, name) or "attachment"
    response["Content-Security-Policy"] = POLICIES.get(kind, SANDBOX)
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
