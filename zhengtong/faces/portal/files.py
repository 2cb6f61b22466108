"""Files: my own, and those of cases I may see."""

from uuid import UUID

from django.http import FileResponse, HttpRequest

from zhengtong.foundation.files import queries as files
from zhengtong.foundation.files.responses import stored

from .people import citizen


def download(request: HttpRequest, file: UUID) -> FileResponse:
    """GET /files/<uuid>/"""
    found = files.file_for(citizen(request), file)
    return stored(files.open_file(found), name=found.name, kind=found.kind)
