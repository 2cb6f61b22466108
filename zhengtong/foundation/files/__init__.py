"""Files as they were handed in: content-addressed, checked before anybody may use them.

Nouns: file (name, size, real kind, digest, owner), state (parked until checked, then clean or refused).
Verbs: `store_upload` (checks, then keeps), `store_bytes` (papers we made ourselves), `open_file`.
"""
