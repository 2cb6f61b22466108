"""Answer with a whole page, or with the part that htmx asked for; and the few pages that belong to no face."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.cache import patch_vary_headers

from .preferences import preferences_of


def page_or_fragment(
    request: HttpRequest, page: str, fragment: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """`page` for a visit, `fragment` for htmx. A fragment named without folder lies beside its page.

    page_or_fragment(request, "desk/cases/detail.html", "_deadline", {…})  # desk/cases/_deadline.html
    """
    template = _beside(page, fragment) if _wants_fragment(request) else page
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _wants_fragment(request: HttpRequest) -> bool:
    # A boosted link or a page restored from history replaces the whole body.
    headers = request.headers
    whole = headers.get("HX-Boosted") == "true" or headers.get("HX-History-Restore-Request") == "true"
    return headers.get("HX-Request") == "true" and not whole


def _beside(page: str, fragment: str) -> str:
    if fragment.endswith(".html"):
        return fragment
    folder = page.rpartition("/")[0]
    return f"{folder}/{fragment}.html" if folder else f"{fragment}.html"


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or not ours."""
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke. Needs no database and no context processor; the person's look is kept."""
    text = get_template("500.html").render({"preferences": preferences_of(request)})
    return HttpResponseServerError(text)


def accessibility(request: HttpRequest) -> HttpResponse:
    """What we promise to people who see, hear or move otherwise, and whom to tell when it fails."""
    return render(request, "ui/accessibility.html")


def offline(request: HttpRequest) -> HttpResponse:
    """Kept on the device for the time without a network."""
    return render(request, "ui/offline.html")
