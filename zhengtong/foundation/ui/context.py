"""What every template may ask for: preferences, language, actor, the district's name."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from zhengtong.foundation.access import ANONYMOUS
from zhengtong.foundation.directory import queries as directory

from .preferences import preferences_of

_NAME = "ui.district_name"
_KEPT = 300


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor; what costs a query is looked up when the page shows it."""
    return {
        "preferences": preferences_of(request),
        "actor": getattr(request, "actor", ANONYMOUS),
        "district_name": SimpleLazyObject(district_name),
        "here": request.get_full_path() if request.method == "GET" else request.path,
        "back": came_from(request),
        "language": get_language(),
        "languages": settings.LANGUAGES,
    }


def came_from(request: HttpRequest) -> str:
    """The page of ours that led here, for a way back; empty if the person came from elsewhere."""
    parts = urlsplit(request.META.get("HTTP_REFERER", ""))
    if parts.netloc != request.get_host() or parts.path == request.path:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def district_name() -> str:
    """The name of the district served here; empty before its pack is applied."""
    name = cache.get(_NAME)
    if name is None:
        district = directory.divisions(level="district").first()
        name = district.name if district else ""
        if name:
            cache.set(_NAME, name, _KEPT)
    return name
