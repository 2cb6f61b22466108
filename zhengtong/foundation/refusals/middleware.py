"""The one handler: a refusal becomes a page, a fragment or problem+json."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext

from . import Refused, SignInRequired, filled


def problem(refused: Refused, instance: str = "") -> dict:
    """RFC 9457 body of a refusal."""
    body = {
        "type": f"urn:zhengtong:refusal:{refused.code}",
        "title": filled(refused.message, refused.data, gettext),
        "status": refused.status,
        "code": refused.code,
    }
    if refused.remedy:
        body["detail"] = filled(refused.remedy, refused.data, gettext)
    if instance:
        body["instance"] = instance
    if refused.fields:
        body["errors"] = {path: [str(text) for text in texts] for path, texts in refused.fields.items()}
    return body


class RefusalMiddleware:
    """Renders every `Refused` that a view lets through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        if request.path.startswith("/api/"):
            return JsonResponse(
                problem(exception, request.path), status=exception.status, content_type="application/problem+json"
            )
        htmx = bool(getattr(request, "htmx", False))
        if isinstance(exception, SignInRequired):
            return _to_the_door(request, htmx)
        context = {
            "refused": exception,
            "message": filled(exception.message, exception.data, gettext),
            "remedy": filled(exception.remedy, exception.data, gettext) if exception.remedy else "",
        }
        template = "ui/_refused.html" if htmx else "ui/refused.html"
        response = render(request, template, context, status=exception.status)
        if htmx:  # said at the head of the page, leaving the form as it was
            response["HX-Retarget"] = "#flash"
            response["HX-Reswap"] = "innerHTML show:window:top"
        return response


def _to_the_door(request: HttpRequest, htmx: bool) -> HttpResponse:
    """The sign-in page of the site one was on, which leads back."""
    site = "/desk" if request.path.startswith("/desk/") else ""
    page = request.headers.get("HX-Current-URL", "") if htmx else request.META.get("HTTP_REFERER", "")
    back = request.get_full_path() if request.method == "GET" and not htmx else urlsplit(page).path
    address = f"{site}/accounts/sign-in/?{urlencode({'next': back})}"
    return HttpResponse(headers={"HX-Redirect": address}) if htmx else HttpResponseRedirect(address)
