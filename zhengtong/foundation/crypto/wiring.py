"""Cryptography is checked whenever Django starts: the vectors and the presence of every key."""

from typing import Any

from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from .keys import PURPOSES, key
from .vectors import failures

# A server that never runs `check` must not start either with a library that computes wrongly.
if failures():
    raise ImproperlyConfigured(f"cryptography fails published vectors: {failures()}")


@checks.register(checks.Tags.security)
def check_vectors(**kwargs: Any) -> list[checks.CheckMessage]:
    """The library reproduces what the standards publish."""
    return [checks.Error(f"cryptography fails the published vector of {name}", id="crypto.E001") for name in failures()]


@checks.register(checks.Tags.security)
def check_keys(**kwargs: Any) -> list[checks.CheckMessage]:
    """Every purpose has a key, and no two purposes share one."""
    found: list[checks.CheckMessage] = []
    seen: dict[bytes, str] = {}
    for purpose in PURPOSES:
        try:
            secret = key(purpose)
        except ImproperlyConfigured as error:
            found.append(checks.Error(str(error), hint="./zt makes keys in var/secrets.env", id="crypto.E002"))
            continue
        if secret in seen:
            found.append(checks.Error(f"keys {seen[secret]!r} and {purpose!r} are the same", id="crypto.E003"))
        seen[secret] = purpose
    return found
