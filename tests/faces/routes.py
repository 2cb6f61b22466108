"""Every route of the program, as the URL resolver knows it."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

METHODS = ("GET", "POST")


def routes() -> list[str]:
    """The patterns of all routes, written as in `main/urls.py`, includes spelled out."""
    return sorted(_walk("", get_resolver().url_patterns))


def _walk(before: str, patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(here, pattern.url_patterns)
        else:
            yield here
