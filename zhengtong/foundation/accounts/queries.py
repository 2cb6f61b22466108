"""From a login to an actor with grants."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from zhengtong.foundation import clock, crypto
from zhengtong.foundation.access import Actor, Grant, visible
from zhengtong.foundation.codes import name as names
from zhengtong.foundation.codes import phone as phones
from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.params import queries as params
from zhengtong.foundation.refusals import NotFound
from zhengtong.foundation.wiring import Slot

from .models import Account, PostHolding, Role, Token
from .rules import PasswordRules

# Who stands behind a citizen's login, and what was found about the actor on the way.
subject_of: Slot[[UUID], tuple[UUID | None, dict[str, Any]]] = Slot("accounts.subject_of")

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


def actor_for(account: Account, *, at_once: bool = False) -> Actor:
    """The account as an actor: with the grants of today's posts, or with the subject behind a citizen's login.

    `at_once`: for one who acts now and is let go of, as in a request: what was found on the way is kept with him.
    """
    grants: tuple[Grant, ...] = ()
    subject, known = None, dict[str, Any]()
    if account.kind == Account.Kind.CITIZEN:
        subject, known = subject_of(account.pk)
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
        _known=known if at_once else {},
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


def organisations_of(account_id: UUID) -> list[str]:
    """Codes of the organisations in which the account has a post today, the first post first."""
    today = clock.today()
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT p.organisation_id FROM accounts_postholding h JOIN directory_post p ON p.code = h.post_id
               WHERE h.account_id = %s AND h.valid_from <= %s AND (h.valid_to IS NULL OR h.valid_to >= %s)
               GROUP BY p.organisation_id ORDER BY min(h.id)""",
            [account_id, today, today],
        )
        return [code for (code,) in cursor.fetchall()]


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


@dataclass(frozen=True)
class Holding:
    """An account on a post, from when to when."""

    pk: int
    account: UUID
    account_name: str
    post: str
    title: str
    organisation: str
    organisation_name: str
    area: str | None
    item: str | None
    first: date
    last: date | None
    is_living: bool

    @property
    def state(self) -> str:
        """now | later | over, as of today; nothing comes of a post that has ended."""
        today = clock.today()
        if not self.is_living or (self.last is not None and self.last < today):
            return "over"
        return "later" if self.first > today else "now"


def _holdings(rows: QuerySet[PostHolding]) -> list[Holding]:
    rows = rows.select_related("account", "post__organisation").order_by("-valid_from", "-id")
    return [
        Holding(
            row.pk, row.account_id, row.account.name, row.post_id, row.post.title, row.post.organisation_id,
            row.post.organisation.short_name, row.area, row.item, row.valid_from, row.valid_to,
            row.post.ended_at is None and row.account.is_active,
        )
        for row in rows
    ]  # fmt: skip


def holdings_of(account_ids: Iterable[UUID]) -> dict[UUID, list[Holding]]:
    """All posts that accounts hold, held or will hold, the newest first."""
    found: dict[UUID, list[Holding]] = {}
    for one in _holdings(PostHolding.objects.filter(account__in=list(account_ids))):
        found.setdefault(one.account, []).append(one)
    return found


def holders_of(posts: Iterable[str]) -> dict[str, list[Holding]]:
    """Who holds posts today or will, by post; the names of colleagues are no secret at the desk."""
    today = clock.today()
    rows = PostHolding.objects.filter(post__in=list(posts)).filter(Q(valid_to=None) | Q(valid_to__gte=today))
    found: dict[str, list[Holding]] = {}
    for one in _holdings(rows.filter(account__is_active=True)):
        found.setdefault(one.post, []).append(one)
    return found


def managed_accounts(actor: Actor, *, text: str = "", state: str = "") -> QuerySet[Account]:
    """The accounts of staff and of other systems that the actor looks after.

    state: active | locked | closed | first (still with a first password) | idle (without a post today).
    """
    rows = visible(actor, "accounts.manage", Account.objects.exclude(kind=Account.Kind.CITIZEN))
    today, now = clock.today(), clock.now()
    held = PostHolding.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=today), account=OuterRef("pk"), valid_from__lte=today, post__ended_at=None
    )
    wanted = {
        "active": Q(is_active=True),
        "locked": Q(locked_until__gt=now),
        "closed": Q(is_active=False),
        "first": Q(is_active=True, password_at=None),
        "idle": Q(is_active=True) & ~Exists(held),
    }
    if state in wanted:
        rows = rows.filter(wanted[state])
    if text:
        rows = rows.filter(Q(name__startswith=text) | Q(login__startswith=text.lower()))
    return rows.order_by("name", "pk")


def managed_account(actor: Actor, pk: str | UUID) -> Account:
    """One of them. Refused (not found) otherwise."""
    try:
        found = managed_accounts(actor).filter(pk=UUID(str(pk))).first()
    except ValueError:
        found = None
    if found is None:
        raise NotFound
    return found


def is_living_post(code: str) -> bool:
    """Whether somebody can be put on the post."""
    return directory.listed_posts().filter(pk=code).exists()


def labels_of(keys: Iterable[str]) -> dict[str, str]:
    """How a trail names accounts: staff and systems by name, citizens by a masked one."""
    ids = [key.removeprefix("account:") for key in keys if key.startswith("account:")]
    rows = Account.objects.filter(pk__in=ids).values_list("pk", "kind", "name")
    return {
        f"account:{pk}": names.mask(name) if kind == Account.Kind.CITIZEN else name for pk, kind, name in rows
    }  # fmt: skip


def role_names() -> dict[str, str]:
    """The names of all roles by their codes."""
    return dict(Role.objects.values_list("code", "name"))
