"""Signing in and out; the accounts of the staff, looked after by the security administrator."""

from .door import password, sign_in, sign_out
from .keeping import act, detail, new
from .listing import ACCOUNTS, browse

__all__ = ["ACCOUNTS", "act", "browse", "detail", "new", "password", "sign_in", "sign_out"]
