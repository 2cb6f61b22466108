"""Files of cases within my scope, and those I have just taken in."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from zhengtong.foundation.files import previews
from zhengtong.foundation.files import queries as files
from zhengtong.foundation.files.responses import picture, stored

from .people import worker


def download(request: HttpRequest, file: UUID) -> HttpResponseBase:
    """GET /desk/files/<uuid>/"""
    found = files.file_for(worker(request), file)
    return stored(files.open_file(found), name=found.name, kind=found.kind)


def page_picture(request: HttpRequest, file: UUID, page: int) -> HttpResponse:
    """GET /desk/files/<uuid>/pages/<page>.jpg?size=page|close"""
    found = files.file_for(worker(request), file)
    return picture(previews.page_picture(found, page=page, size=request.GET.get("size", "page")))
