"""Who may do what to accounts."""

from django.db.models import Q

from zhengtong.foundation.access import Rule, allow, by_grant

SELF = Rule(
    may=lambda actor, account: account is not None and actor.account_id == account.pk,
    rows=lambda actor: Q(pk=actor.account_id),
)
# Anybody may come to the door; what lets him in is the password.
ANYBODY = Rule(may=lambda actor, account: True, rows=lambda actor: Q())

allow("accounts.register", ANYBODY)
allow("accounts.sign_in", ANYBODY)
allow("accounts.change_password", SELF)
allow("accounts.export", SELF)
allow("accounts.manage", by_grant("accounts.manage"))
