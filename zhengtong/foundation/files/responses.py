"""A file on its way to a browser, with headers that keep it a file."""

from django.http import FileResponse

from . import kinds
from .models import File
from .queries import open_file


def download(file: File) -> FileResponse:
    """To be saved under its name; the caller has asked `file_for`."""
    response = FileResponse(open_file(file), as_attachment=True, filename=file.name, content_type=file.kind)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return _guarded(response)


def preview(file: File) -> FileResponse:
    """To be looked at in the browser, where it is of a kind in which nothing runs; else to be saved."""
    if file.kind not in kinds.SHOWABLE:
        return download(file)
    response = FileResponse(open_file(file), filename=file.name, content_type=file.kind)
    # A sandbox would keep browsers from showing a PDF at all.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"
    return _guarded(response)


def _guarded(response: FileResponse) -> FileResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
