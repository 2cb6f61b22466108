"""SM3 (GB/T 32905), HMAC-SM3 (GB/T 15852.2) and SM4-GCM (GB/T 32907, RFC 8998), by OpenSSL through `cryptography`."""

from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

TAG = 16
NONCE = 12


def sm3(content: bytes) -> bytes:
    """The SM3 digest, 32 bytes."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(content)
    return digest.finalize()


@lru_cache(maxsize=64)
def _keyed(key: bytes) -> hmac.HMAC:
    return hmac.HMAC(key, hashes.SM3())


def hmac_sm3(key: bytes, content: bytes) -> bytes:
    """The keyed digest, 32 bytes; the key's own rounds are computed once and copied (half the cost)."""
    mac = _keyed(key).copy()
    mac.update(content)
    return mac.finalize()


@lru_cache(maxsize=64)
def _sm4(key: bytes) -> algorithms.SM4:
    return algorithms.SM4(key)


def sm4_gcm_encrypt(key: bytes, nonce: bytes, plain: bytes, *, bound_to: bytes) -> bytes:
    """Ciphertext and tag; `bound_to` is authenticated but not contained."""
    encryptor = Cipher(_sm4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(bound_to)
    return encryptor.update(plain) + encryptor.finalize() + encryptor.tag


def sm4_gcm_decrypt(key: bytes, nonce: bytes, sealed: bytes, *, bound_to: bytes) -> bytes | None:
    """The plain bytes, or None when key, nonce, context or any bit is not what it was."""
    if len(sealed) < TAG:
        return None
    decryptor = Cipher(_sm4(key), modes.GCM(nonce, sealed[-TAG:])).decryptor()
    decryptor.authenticate_additional_data(bound_to)
    try:
        return decryptor.update(sealed[:-TAG]) + decryptor.finalize()
    except InvalidTag:
        return None
