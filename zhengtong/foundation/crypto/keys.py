"""Keys by purpose, from settings: the first of a comma-separated list is used, the others still open old seals."""

from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .sm import hmac_sm3

PURPOSES = ("field", "index", "audit")
SHORTEST = 16


def key(purpose: str) -> bytes:
    """The current key of a purpose."""
    return _parsed(purpose, settings.ZHENGTONG_KEYS.get(purpose, ""))[0]


def key_id(secret: bytes) -> str:
    """A key's public name, eight hexadecimal digits, derived from the key so that two can never be mixed up."""
    return hmac_sm3(secret, b"zhengtong key id")[:4].hex()


def cipher_key() -> tuple[str, bytes]:
    """Id and SM4 key by which new seals are made."""
    return _ciphers(settings.ZHENGTONG_KEYS.get("field", ""))[0]


def cipher_key_of(wanted: str) -> bytes | None:
    """The SM4 key with this id, old ones too."""
    for name, secret in _ciphers(settings.ZHENGTONG_KEYS.get("field", "")):
        if name == wanted:
            return secret
    return None


@lru_cache(maxsize=32)
def _parsed(purpose: str, text: str) -> tuple[bytes, ...]:
    try:
        secrets = tuple(bytes.fromhex(part) for part in text.split(","))
    except ValueError:
        raise ImproperlyConfigured(f"key {purpose!r} is not hexadecimal") from None
    if any(len(secret) < SHORTEST for secret in secrets):
        raise ImproperlyConfigured(f"key {purpose!r} is missing or shorter than {SHORTEST} bytes")
    return secrets


@lru_cache(maxsize=8)
def _ciphers(text: str) -> tuple[tuple[str, bytes], ...]:
    return tuple((key_id(secret), hmac_sm3(secret, b"zhengtong sm4")[:16]) for secret in _parsed("field", text))
