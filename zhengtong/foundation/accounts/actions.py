"""Register, sign in and out, change a password, give a post, count tries; open, close and unlock for the staff."""

import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import login as start_session
from django.contrib.auth import logout as end_session
from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest

from zhengtong.foundation import access, clock, crypto
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.params import queries as params
from zhengtong.foundation.refusals import NotFound
from zhengtong.foundation.wiring.sections import pack_owner

from . import queries, rules
from .addresses import address_of
from .models import Account, Knock, PostHolding, Role, Token

TOKEN_SECONDS = 3_600
# Spent when there is no such account, so that an unknown login takes as long as a wrong password.
_NOBODY = make_password("nobody")


@transaction.atomic
def register_account(*, kind: str, login: str, name: str, password: str, phone: str = "", actor: Actor) -> Account:
    """Create a login.

    Refused: weak password, login or phone taken; staff and client accounts need `accounts.manage`.
    """
    access.require(actor, "accounts.register" if kind == Account.Kind.CITIZEN else "accounts.manage")
    rules.check_password_strength(password, login=login, rules=queries.password_rules())
    now = clock.now()
    account = Account(
        kind=kind, login=login, name=name, phone=phone, password=make_password(password), password_at=now,
        created_at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:
        raise rules.LoginTaken from None
    record("accounts.account.registered", account, actor=actor, kind=kind)
    return account


def sign_in(request: HttpRequest, *, login: str, password: str, actor: Actor) -> Account:
    """Check the password and start a session; systems have none, they take a token.

    Refused: wrong password, locked or closed account, too many tries from one address.
    """
    access.require(actor, "accounts.sign_in")
    bucket, per = f"sign-in:{address_of(request)}", timedelta(minutes=1)
    limit = params.integer("accounts.address_failures_per_minute", on=clock.today())
    _check_calm(bucket, limit=limit, per=per)
    with transaction.atomic():
        found = queries.find_account(login)
        is_person = found is not None and found.kind != Account.Kind.CLIENT
        account = Account.objects.select_for_update().get(pk=found.pk) if found and is_person else None
        refusal = _try_password(account, password, actor)
    if refusal:
        # Only failures count: a whole hall signs in behind one address at half past eight.
        knock(bucket, limit=limit, per=per, actor=actor)
        raise refusal
    assert account is not None
    start_session(request, account, backend="zhengtong.foundation.accounts.passwords.PasswordBackend")
    return account


def _try_password(account: Account | None, password: str, actor: Actor) -> rules.Refused | None:
    """Count the try and keep the count: the refusal is returned, so the transaction commits."""
    if account is None:
        check_password(password, _NOBODY)
        return rules.SignInFailed()
    now, today = clock.now(), clock.today()
    try:
        rules.check_open(is_active=account.is_active, locked_until=account.locked_until, now=now)
    except rules.Refused as refusal:
        return refusal
    if check_password(password, account.password):
        account.failures, account.locked_until, account.last_login = 0, None, now
        account.save(update_fields=["failures", "locked_until", "last_login"])
        record("accounts.account.signed_in", account, actor=actor)
        return None
    minutes = params.integer("accounts.lock_minutes", on=today)
    account.failures += 1
    account.locked_until = rules.lock_after(
        account.failures, tries=params.integer("accounts.failures_before_lock", on=today), minutes=minutes, now=now
    )
    if account.locked_until:
        account.failures = 0
    account.save(update_fields=["failures", "locked_until"])
    record("accounts.account.sign_in_failed", account, actor=actor, locked=bool(account.locked_until))
    return rules.AccountLocked(minutes=minutes) if account.locked_until else rules.SignInFailed()


def sign_out(request: HttpRequest, *, actor: Actor) -> None:
    """End the session."""
    if actor.account_id:
        with transaction.atomic():
            account = Account.objects.select_for_update().get(pk=actor.account_id)
            access.require(actor, "accounts.change_password", account)
            record("accounts.account.signed_out", account, actor=actor)
    end_session(request)


@transaction.atomic
def change_password(account: Account, *, old: str, new: str, actor: Actor) -> Account:
    """Replace the password. Refused: wrong old one, weak or recently used new one."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    access.require(actor, "accounts.change_password", account)
    if not check_password(old, account.password):
        raise rules.SignInFailed
    wanted = queries.password_rules()
    rules.check_password_strength(new, login=account.login, rules=wanted)
    remembered = [account.password, *account.old_passwords][: wanted.remembered]
    if any(check_password(new, each) for each in remembered):
        raise rules.PasswordReused(count=wanted.remembered)
    account.old_passwords = remembered
    account.password, account.password_at = make_password(new), clock.now()
    account.save(update_fields=["password", "password_at", "old_passwords"])
    record("accounts.account.password_changed", account, actor=actor)
    return account


@transaction.atomic
def change_phone(account: Account, *, phone: str, password: str, actor: Actor) -> Account:
    """The telephone by which somebody signs in. Refused: wrong password; another account has it."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    access.require(actor, "accounts.change_password", account)
    if not check_password(password, account.password):
        raise rules.SignInFailed
    account.phone = phone
    try:
        with transaction.atomic():
            account.save(update_fields=["phone", "phone_index"])
    except IntegrityError:
        raise rules.LoginTaken from None
    record("accounts.account.phone_changed", account, actor=actor)
    return account


@transaction.atomic
def record_export(account_id: UUID, *, what: str, actor: Actor, **data: Any) -> None:
    """Put on record, with the account of whoever takes it, that a list leaves the house; no personal data here."""
    account = Account.objects.select_for_update().get(pk=account_id)
    access.require(actor, "accounts.export", account)
    record("accounts.account.exported", account, actor=actor, what=what, **data)


@transaction.atomic
def assign_post(
    account: Account, *, post: str, valid_from: date, valid_to: date | None = None, area: str | None = None,
    item: str | None = None, actor: Actor,
) -> PostHolding:  # fmt: skip
    """Put an account on a post for a time, or change the time; area is a division prefix."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    access.require(actor, "accounts.manage", account)
    rules.check_not_own(account.pk, actor.account_id)
    bounds = {"valid_to": valid_to, "area": area, "item": item}
    known = PostHolding.objects.filter(account=account, post_id=post, valid_from=valid_from)
    if same := known.filter(**bounds).first():
        return same
    holding, _ = PostHolding.objects.update_or_create(
        account=account, post_id=post, valid_from=valid_from, defaults=bounds
    )
    record(
        "accounts.account.post_assigned", account, actor=actor, post=post, valid_from=str(valid_from),
        valid_to=str(valid_to or ""), area=area or "", item=item or "",
    )  # fmt: skip
    return holding


def knock(bucket: str, *, limit: int, per: timedelta, actor: Actor) -> None:
    """Count a try in its window of time. Refused past the limit: `TooManyTries`."""
    access.require(actor, "accounts.sign_in")
    window, left = _window(per)
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO accounts_knock (bucket, "window", count) VALUES (%s, %s, 1)
               ON CONFLICT (bucket, "window") DO UPDATE SET count = accounts_knock.count + 1 RETURNING count""",
            [_bucket(bucket), window],
        )
        count = cursor.fetchone()[0]
    if count > limit:
        raise rules.TooManyTries(seconds=left)


def _check_calm(bucket: str, *, limit: int, per: timedelta) -> None:
    window, left = _window(per)
    if Knock.objects.filter(bucket=_bucket(bucket), window=window, count__gte=limit).exists():
        raise rules.TooManyTries(seconds=left)


def _bucket(name: str) -> str:
    return crypto.sm3(name.encode()).hex()


def _window(per: timedelta) -> tuple[int, int]:
    """The number of the window of time we are in, and how many seconds of it are left."""
    seconds = int(per.total_seconds())
    window, passed = divmod(int(clock.now().timestamp()), seconds)
    return window, seconds - passed


@transaction.atomic
def write_role(entry: Mapping[str, Any], *, pack: str, actor: Actor) -> None:
    """Create or change a role as its pack says."""
    access.require(actor, "packs.apply")
    row = Role.objects.select_for_update().filter(pk=entry["code"]).first() or Role(pk=entry["code"])
    row.name, row.permissions = entry["name"], list(entry["permissions"])
    row.owner, row.ended_at = pack_owner(pack), None
    row.save()
    record("accounts.role.written", row, actor=actor, pack=pack, permissions=row.permissions)


@transaction.atomic
def end_role(entry: Mapping[str, Any], *, pack: str, actor: Actor) -> None:
    """End a role that its pack no longer names."""
    access.require(actor, "packs.apply")
    row = Role.objects.select_for_update().get(pk=entry["code"])
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    record("accounts.role.ended", row, actor=actor, pack=pack)


def issue_token(*, login: str, password: str, actor: Actor) -> tuple[str, int]:
    """A bearer token for a system that knows its secret, and for how many seconds it is good.

    Refused: wrong secret, locked or closed, not a system.
    """
    access.require(actor, "accounts.sign_in")
    with transaction.atomic():
        account = Account.objects.select_for_update().filter(login=login, kind=Account.Kind.CLIENT).first()
        refusal = _try_password(account, password, actor)
        if refusal is None and account is not None:
            token = secrets.token_urlsafe(32)
            expires = clock.now() + timedelta(seconds=TOKEN_SECONDS)
            Token.objects.filter(account=account, expires_at__lt=clock.now()).delete()
            Token.objects.create(digest=crypto.sm3(token.encode()), account=account, expires_at=expires)
            return token, TOKEN_SECONDS
    raise refusal or rules.SignInFailed


@transaction.atomic
def open_account(*, login: str, name: str, actor: Actor) -> tuple[Account, str]:
    """An account for a member of staff and its first password, which is told once and has to be changed.

    Refused: login taken, or none that can be typed.
    """
    access.require(actor, "accounts.manage")
    rules.check_new_account(login=login, name=name)
    password = rules.first_password(login=login, rules=queries.password_rules())
    account = register_account(kind=Account.Kind.STAFF, login=login, name=name, password=password, actor=actor)
    account.password_at = None
    account.save(update_fields=["password_at"])
    return account, password


@transaction.atomic
def give_first_password(account: Account, *, actor: Actor) -> str:
    """A new first password in place of one forgotten; whoever is signed in with the old one is signed out."""
    account = _managed(account, actor)
    password = rules.first_password(login=account.login, rules=queries.password_rules())
    account.old_passwords = [account.password, *account.old_passwords][: queries.password_rules().remembered]
    account.password, account.password_at = make_password(password), None
    account.failures, account.locked_until = 0, None
    account.save(update_fields=["password", "password_at", "old_passwords", "failures", "locked_until"])
    record("accounts.account.password_given", account, actor=actor)
    return password


@transaction.atomic
def close_account(account: Account, *, actor: Actor) -> Account:
    """Nobody signs in by it any more, and whoever is signed in is out; what was done stays."""
    account = _managed(account, actor)
    if account.is_active:
        account.is_active = False
        account.save(update_fields=["is_active"])
        record("accounts.account.closed", account, actor=actor)
    return account


@transaction.atomic
def reopen_account(account: Account, *, actor: Actor) -> Account:
    """Take a closed account up again, with the posts whose time has not run out."""
    account = _managed(account, actor)
    if not account.is_active:
        account.is_active = True
        account.save(update_fields=["is_active"])
        record("accounts.account.reopened", account, actor=actor)
    return account


@transaction.atomic
def unlock_account(account: Account, *, actor: Actor) -> Account:
    """Let somebody try again who has mistyped his password too often."""
    account = _managed(account, actor)
    if account.locked_until:
        account.failures, account.locked_until = 0, None
        account.save(update_fields=["failures", "locked_until"])
        record("accounts.account.unlocked", account, actor=actor)
    return account


@transaction.atomic
def put_on_post(
    account: Account, *, post: str, valid_from: date, valid_to: date | None = None, actor: Actor
) -> PostHolding:
    """Put a member of staff on a living post, from today on. Refused: his own account, an ended post, odd days."""
    account = _managed(account, actor)
    rules.check_holding_days(first=valid_from, last=valid_to, today=clock.today())
    if not queries.is_living_post(post):
        raise rules.PostGone(fields={"post": [rules.PostGone.message]})
    return assign_post(account, post=post, valid_from=valid_from, valid_to=valid_to, actor=actor)


@transaction.atomic
def end_holding(account: Account, *, holding: int, last: date, actor: Actor) -> PostHolding:
    """The last day on a post; yesterday ends it at once. Refused: his own account, no such holding, odd days."""
    account = _managed(account, actor)
    found = PostHolding.objects.select_for_update().filter(account=account, pk=holding).first()
    if found is None:
        raise NotFound
    rules.check_last_day(last, today=clock.today())
    if found.valid_to != last:
        found.valid_to = last
        found.save(update_fields=["valid_to"])
        record("accounts.account.post_ended", account, actor=actor, post=found.post_id, valid_to=str(last))
    return found


def _managed(account: Account, actor: Actor) -> Account:
    """The account under its lock. Refused: no right to manage it; it is one's own."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    access.require(actor, "accounts.manage", account)
    rules.check_not_own(account.pk, actor.account_id)
    return account
