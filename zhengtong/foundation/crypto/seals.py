"""Seal a text so that only this context can open it; find it again by a keyed digest."""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from .keys import cipher_key, cipher_key_of, key
from .sm import NONCE, hmac_sm3, sm4_gcm_decrypt, sm4_gcm_encrypt

VERSION = "s1"


class SealBroken(Exception):
    """A sealed text was altered, moved to another context, or its key is gone; never shown as if it were empty."""


def seal(text: str, *, context: str) -> str:
    """`s1.<key id>.<nonce and ciphertext>`; the context (such as `subjects.person.id_number`) is bound in."""
    name, secret = cipher_key()
    nonce = os.urandom(NONCE)
    sealed = sm4_gcm_encrypt(secret, nonce, text.encode(), bound_to=context.encode())
    return f"{VERSION}.{name}.{urlsafe_b64encode(nonce + sealed).decode()}"


def unseal(sealed: str, *, context: str) -> str:
    """The text again; raises `SealBroken`."""
    version, _, rest = sealed.partition(".")
    name, _, body = rest.partition(".")
    secret = cipher_key_of(name) if version == VERSION else None
    if secret is None:
        raise SealBroken(f"{context}: no key {name!r} of version {version!r}")
    try:
        raw = urlsafe_b64decode(body)
    except ValueError:
        raise SealBroken(f"{context}: not base64") from None
    plain = sm4_gcm_decrypt(secret, raw[:NONCE], raw[NONCE:], bound_to=context.encode()) if len(raw) > NONCE else None
    if plain is None:
        raise SealBroken(f"{context}: altered or from another place")
    return plain.decode()


def blind_index(text: str, *, context: str) -> bytes:
    """The keyed digest to store beside a seal and to search by; equal texts of one context have equal digests."""
    return hmac_sm3(key("index"), context.encode() + b"\0" + text.encode())
