"""Chinese national cryptography for data at rest: SM3, HMAC-SM3, SM4-GCM.

Nouns: key (by purpose: field, index, audit), seal (ciphertext bound to its context), blind index (keyed digest).
Verbs: `seal`, `unseal`, `blind_index`, `hmac_sm3`. Model fields are in `fields.py`.
Keys come from settings only; the published vectors are checked at every start (`vectors.py`).
"""

from .keys import key, key_id
from .seals import SealBroken, blind_index, seal, unseal
from .sm import hmac_sm3, sm3

__all__ = ["SealBroken", "blind_index", "hmac_sm3", "key", "key_id", "seal", "sm3", "unseal"]
