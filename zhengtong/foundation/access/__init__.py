"""Who may, and which rows: deny by default.

Nouns: actor (whoever acts, the system too), grant (a permission within dimensions), rule (may I? and which ones?).
Verbs: `require` on a locked row, `visible` on a QuerySet. Owns no tables: grants live in `accounts`.
"""

from .actors import ANONYMOUS, Actor, Grant, system_actor
from .policies import Rule, allow, by_grant, may, require, rules, visible

__all__ = [
    "ANONYMOUS", "Actor", "Grant", "Rule", "allow", "by_grant", "may", "require", "rules", "system_actor", "visible",
]  # fmt: skip
