"""Files of cases within my scope, and those I have just taken in."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase

from zhengtong.foundation.files import queries as files
from zhengtong.foundation.files.responses import stored

from .people import worker


def download(request: HttpRequest, file: UUID) -> HttpResponseBase:
    """GET /desk/files/<uuid>/"""
    found = files.file_for(worker(request), file)
    return stored(files.open_file(found), name=found.name, kind=found.kind)
