"""From where somebody knocks."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The caller's address; behind our own proxy, the one the proxy saw (it overwrites the header)."""
    if settings.BEHIND_PROXY:
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return request.META.get("REMOTE_ADDR", "")
