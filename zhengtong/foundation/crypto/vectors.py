"""The published vectors: a cryptographic library that fails one of them must not start."""

from .sm import hmac_sm3, sm3, sm4_gcm_decrypt, sm4_gcm_encrypt

SM3 = (
    (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
    (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
)  # GB/T 32905-2016, annex A
SM4_GCM = {
    "key": "0123456789abcdeffedcba9876543210",
    "nonce": "00001234567800000000abcd",
    "bound_to": "feedfacedeadbeeffeedfacedeadbeefabaddad2",
    "plain": "aa" * 8 + "bb" * 8 + "cc" * 8 + "dd" * 8 + "ee" * 8 + "ff" * 8 + "ee" * 8 + "aa" * 8,
    "sealed": "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
    "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
    "83de3541e4c2b58177e065a9bf7b62ec",
}  # RFC 8998, appendix A.1


def failures() -> list[str]:
    """Which published vectors this machine's library does not reproduce."""
    failed = [f"SM3 {content[:8]!r}" for content, digest in SM3 if sm3(content).hex() != digest]
    part = {name: bytes.fromhex(value) for name, value in SM4_GCM.items()}
    made = sm4_gcm_encrypt(part["key"], part["nonce"], part["plain"], bound_to=part["bound_to"])
    opened = sm4_gcm_decrypt(part["key"], part["nonce"], part["sealed"], bound_to=part["bound_to"])
    if made != part["sealed"] or opened != part["plain"]:
        failed.append("SM4-GCM")
    if hmac_sm3(b"key", b"content") != _hmac_by_definition(b"key", b"content"):
        failed.append("HMAC-SM3")
    return failed


def _hmac_by_definition(key: bytes, content: bytes) -> bytes:
    block = key.ljust(64, b"\0")
    inner = sm3(bytes(byte ^ 0x36 for byte in block) + content)
    return sm3(bytes(byte ^ 0x5C for byte in block) + inner)
