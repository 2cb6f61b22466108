"""My credentials, their papers, and the public check whether one is genuine."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from zhengtong.foundation.files import queries as files
from zhengtong.foundation.files.responses import stored
from zhengtong.foundation.refusals import N_, Refused
from zhengtong.foundation.ui.paging import paged
from zhengtong.topics.credentials import queries as credentials

from .people import citizen


class PaperNotReady(Refused):
    """Refused: the credential holds, its paper is still being made."""

    code = "credential_paper_not_ready"
    status = 503
    message = N_("证照已经生效，电子文件正在生成。")
    remedy = N_("一般一两分钟就好，请稍后再打开。")


def mine(request: HttpRequest) -> HttpResponse:
    """GET /credentials/"""
    page = paged(request, credentials.credentials_of(citizen(request)))
    return render(request, "portal/credentials/mine.html", {"page": page})


def detail(request: HttpRequest, credential: UUID) -> HttpResponse:
    """GET /credentials/<uuid>/"""
    found = credentials.credential_for(citizen(request), credential)
    context = {"credential": found, "verify_url": credentials.verify_url(found)}
    return render(request, "portal/credentials/detail.html", context)


def file(request: HttpRequest, credential: UUID) -> FileResponse:
    """GET /credentials/<uuid>/file.pdf"""
    found = credentials.credential_for(citizen(request), credential)
    if found.file is None:
        raise PaperNotReady
    return stored(files.open_file(found.file), name=found.file.name, kind=found.file.kind)


@never_cache
def look_up(request: HttpRequest) -> HttpResponse:
    """GET /v/?code="""
    code = "".join(request.GET.get("code", "").split()).upper()[:40]
    if code:
        return HttpResponseRedirect(reverse("verification-result", args=[code.replace("/", "")]))
    return render(request, "portal/credentials/look_up.html")


@never_cache
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """GET /v/<code>: anybody may ask; the holder is shown masked."""
    return render(request, "portal/credentials/verification.html", {"found": credentials.verify(code)})
