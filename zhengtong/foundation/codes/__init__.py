"""Numbers and codes that a standard defines: check them, take them apart, make them. No Django.

One file per standard: resident_id (GB 11643), credit_code (GB 32100, GB 11714), division (GB/T 2260, GB/T 10114),
item_code (12/31/33), credential_id (GB/T 36904), project_code, case_number, phone, name.
`is_valid_x(text)` is strict: the text may be stored as it is. `check_x(text)` forgives spaces, full width and lower
case, returns the text to store, or refuses and says what is wrong.
"""

from .identifiers import uuid7
from .text import CodeInvalid, plain

__all__ = ["CodeInvalid", "plain", "uuid7"]
