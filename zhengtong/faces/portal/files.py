"""Files: my own, and those of cases I may see."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from zhengtong.foundation.files import queries as files

from .people import citizen
from .sending import stored


def download(request: HttpRequest, file: UUID) -> HttpResponse:
    """GET /files/<uuid>/"""
    found = files.file_for(citizen(request), file)
    return stored(files.open_file(found), name=found.name, kind=found.kind)
