"""From a login to an actor with grants."""

from uuid import UUID

from django.db import connection

from zhengtong.foundation import clock, crypto
from zhengtong.foundation.access import Actor, Grant
from zhengtong.foundation.codes import phone as phones
from zhengtong.foundation.params import queries as params
from zhengtong.foundation.refusals import NotFound
from zhengtong.foundation.wiring import Slot

from .models import Account, Token
from .rules import PasswordRules

subject_of: Slot[[UUID], UUID | None] = Slot("accounts.subject_of")

# A post at the government itself or at the bureau that runs the platform reaches over the whole district.
_GRANTS = """
    SELECT DISTINCT permission, CASE WHEN o.kind IN ('government', 'bureau') THEN NULL ELSE o.code END, h.area, h.item
    FROM accounts_postholding h
    JOIN directory_post p ON p.code = h.post_id AND p.ended_at IS NULL
    JOIN directory_organisation o ON o.code = p.organisation_id
    JOIN accounts_role r ON r.code = ANY(p.roles) AND r.ended_at IS NULL
    CROSS JOIN unnest(r.permissions) AS permission
    WHERE h.account_id = %s AND h.valid_from <= %s AND (h.valid_to IS NULL OR h.valid_to >= %s)
"""


def account(login: str) -> Account:
    """One account by its login."""
    found = Account.objects.filter(login=login).first()
    if found is None:
        raise NotFound
    return found


def account_by_id(pk: UUID) -> Account:
    found = Account.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def actor_for(account: Account) -> Actor:
    """The account as an actor: with the grants of today's posts, or with the subject behind a citizen's login."""
    grants: tuple[Grant, ...] = ()
    subject = None
    if account.kind == Account.Kind.CITIZEN:
        subject = subject_of(account.pk)
    else:
        today = clock.today()
        with connection.cursor() as cursor:
            cursor.execute(_GRANTS, [account.pk, today, today])
            grants = tuple(Grant(*row) for row in cursor.fetchall())
    return Actor(
        key=f"account:{account.pk}",
        kind=account.kind,
        name=account.name,
        account_id=account.pk,
        subject_id=subject,
        grants=grants,
    )


def names_of(keys: set[str]) -> dict[str, str]:
    """The names behind actor keys such as `account:…`, for showing who did what."""
    ids = [key.removeprefix("account:") for key in keys if key.startswith("account:")]
    return {f"account:{pk}": name for pk, name in Account.objects.filter(pk__in=ids).values_list("pk", "name")}


def posts_of(account_id: UUID) -> list[tuple[str, str]]:
    """Today's posts as (organisation's short name, title)."""
    today = clock.today()
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT o.short_name, p.title FROM accounts_postholding h
               JOIN directory_post p ON p.code = h.post_id JOIN directory_organisation o ON o.code = p.organisation_id
               WHERE h.account_id = %s AND h.valid_from <= %s AND (h.valid_to IS NULL OR h.valid_to >= %s)
               ORDER BY h.id""",
            [account_id, today, today],
        )
        return [(name, title) for name, title in cursor.fetchall()]


def holders_with(permission: str, organisation: str) -> list[Account]:
    """Staff who hold the permission in the organisation today, for handing work over."""
    today = clock.today()
    return list(
        Account.objects.raw(
            """SELECT DISTINCT a.* FROM accounts_account a
               JOIN accounts_postholding h ON h.account_id = a.id AND h.valid_from <= %s
                    AND (h.valid_to IS NULL OR h.valid_to >= %s)
               JOIN directory_post p ON p.code = h.post_id AND p.organisation_id = %s AND p.ended_at IS NULL
               JOIN accounts_role r ON r.code = ANY(p.roles) AND %s = ANY(r.permissions) AND r.ended_at IS NULL
               WHERE a.is_active ORDER BY a.name""",
            [today, today, organisation, permission],
        )
    )


def actor_of_token(token: str) -> Actor | None:
    """The system behind a bearer token that has not run out."""
    found = (
        Token.objects.select_related("account")
        .filter(digest=crypto.sm3(token.encode()), expires_at__gt=clock.now(), account__is_active=True)
        .first()
    )
    return actor_for(found.account) if found else None


def password_rules() -> PasswordRules:
    """The rules in force today."""
    today = clock.today()
    return PasswordRules(
        length=params.integer("accounts.password_min_length", on=today),
        kinds=params.integer("accounts.password_classes", on=today),
        remembered=params.integer("accounts.password_history", on=today),
        longest=params.integer("accounts.password_max_length", on=today),
    )


def find_account(typed: str) -> Account | None:
    """The account meant by what was typed: a login name, or a citizen's mobile number."""
    typed = typed.strip()
    if phones.is_valid_mobile(typed):
        index = Account.phone_index_of(typed)
        by_phone = Account.objects.filter(kind=Account.Kind.CITIZEN, phone_index=index).first()
        if by_phone:
            return by_phone
    return Account.objects.filter(login=typed).first()


def has_accounts() -> bool:
    """Whether anybody can sign in at all."""
    return Account.objects.exists()
