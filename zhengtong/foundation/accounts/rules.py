"""What a password must be, when an account is locked; GB/T 22239-2019 level 3, 8.1.4.1."""

import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from zhengtong.foundation.refusals import N_, Refused


class PasswordWeak(Refused):
    """Refused: the password does not meet the rules."""

    code = "password_weak"
    status = 422
    message = N_("密码需要 {length} 位以上，并至少包含大写字母、小写字母、数字、符号中的三种，且不能含有登录名。")


class PasswordTooLong(Refused):
    """Refused: longer than anybody types; checking it would cost the server more than it protects."""

    code = "password_too_long"
    status = 422
    message = N_("密码不能超过 {longest} 位。")


class PasswordReused(Refused):
    """Refused: one of the last passwords again."""

    code = "password_reused"
    status = 422
    message = N_("新密码不能与最近 {count} 次用过的密码相同。")


class SignInFailed(Refused):
    """Refused: unknown login or wrong password; which of the two is not said."""

    code = "sign_in_failed"
    status = 401
    message = N_("账号或密码不正确。")
    remedy = N_("请核对后再试；忘记密码可到政务服务大厅凭身份证件重置。")


class AccountLocked(Refused):
    """Refused: too many wrong passwords."""

    code = "account_locked"
    status = 423
    message = N_("密码多次输错，账号已暂时锁定，请在 {minutes} 分钟后再试。")
    remedy = N_("如不是您本人操作，请尽快修改密码。")


class AccountClosed(Refused):
    """Refused: the account is not in use."""

    code = "account_closed"
    status = 403
    message = N_("该账号已停用。")
    remedy = N_("请联系本单位系统管理员。")


class TooManyTries(Refused):
    """Refused: too many tries from one place within a short time."""

    code = "too_many_tries"
    status = 429
    message = N_("操作过于频繁，请在 {seconds} 秒后再试。")


class LoginTaken(Refused):
    """Refused: somebody already has this login or phone."""

    code = "login_taken"
    status = 409
    message = N_("该手机号或登录名已经注册。")
    remedy = N_("请直接登录。")


class OwnAccount(Refused):
    """Refused: nobody gives himself a post or a password, nor opens his own lock."""

    code = "own_account"
    status = 403
    message = N_("不能给自己安排岗位，也不能停用、解锁自己的账号或者重置自己的密码。")
    remedy = N_("请另一位安全管理员办理。")


class PasswordNotYours(Refused):
    """Refused: the password is still the one that an administrator gave."""

    code = "password_not_yours"
    status = 403
    message = N_("您用的还是管理员给的初始密码，换成自己的密码后才能办理业务。")
    remedy = N_("请点右上角的“修改密码”。")


class AccountInvalid(Refused):
    """Refused: what was written cannot be a login name, a name."""

    code = "account_invalid"
    status = 422
    message = N_("填写的内容有问题，账号没有开通。")


class PostGone(Refused):
    """Refused: there is no such post any more."""

    code = "post_gone"
    status = 422
    message = N_("这个岗位已经停用，不能再安排。")


class DaysInvalid(Refused):
    """Refused: the days of a holding do not fit."""

    code = "days_invalid"
    status = 422
    message = N_("日期有问题，没有保存。")


@dataclass(frozen=True)
class PasswordRules:
    """Least length, kinds of characters of four, how many old ones are barred, greatest length."""

    length: int
    kinds: int
    remembered: int
    longest: int = 128


def check_password_strength(password: str, *, login: str, rules: PasswordRules) -> None:
    """Refused unless long and mixed enough, free of the login, and not endless."""
    if len(password) > rules.longest:
        raise PasswordTooLong(longest=rules.longest)
    kinds = sum(
        any(test(c) for c in password)
        for test in (str.isupper, str.islower, str.isdigit, lambda c: not c.isalnum() and c.isprintable())
    )
    if len(password) < rules.length or kinds < rules.kinds or (login and login.lower() in password.lower()):
        raise PasswordWeak(length=rules.length)


def check_open(*, is_active: bool, locked_until: datetime | None, now: datetime) -> None:
    """Refused while the account is closed or locked."""
    if not is_active:
        raise AccountClosed
    if locked_until and locked_until > now:
        raise AccountLocked(minutes=max(1, -(-(locked_until - now) // timedelta(minutes=1))))


def lock_after(failures: int, *, tries: int, minutes: int, now: datetime) -> datetime | None:
    """Until when the account is locked after this many failures in a row."""
    return now + timedelta(minutes=minutes) if failures >= tries else None


# Letters and digits that nobody confuses when they are read out or copied by hand.
_LETTERS = ("ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghjkmnpqrstuvwxyz", "23456789")
_LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,39}")


def first_password(*, login: str, rules: PasswordRules) -> str:
    """A password to be told once, in groups of four; it meets the rules."""
    while True:
        groups = max(3, -(-rules.length // 5))
        made = "-".join(
            "".join(secrets.choice(_LETTERS[place % 3]) for place in range(4)) for _ in range(groups)
        )  # fmt: skip
        if login.lower() not in made.lower():
            check_password_strength(made, login=login, rules=rules)
            return made


def check_new_account(*, login: str, name: str) -> None:
    """Refused with the fields: a login that is hard to type, no name."""
    fields = {}
    if not _LOGIN.fullmatch(login):
        fields["login"] = [N_("登录名用小写字母开头，只含小写字母、数字、点和连接号，3 到 40 位。")]
    if not 0 < len(name) <= 50:
        fields["name"] = [N_("请填写姓名，最多 50 个字。")]
    if fields:
        raise AccountInvalid(fields=fields)


def check_holding_days(*, first: date, last: date | None, today: date) -> None:
    """Refused: it ends before it begins, or the past would be rewritten."""
    if first < today:
        raise DaysInvalid(fields={"valid_from": [N_("任职从今天或者以后起算，以前的不能补。")]})
    if last is not None and last < first:
        raise DaysInvalid(fields={"valid_to": [N_("最后一天不能早于第一天。")]})


def check_last_day(last: date, *, today: date) -> None:
    """Refused: a holding can end yesterday at the earliest, that is: at once."""
    if last < today - timedelta(days=1):
        raise DaysInvalid(fields={"last": [N_("最后一天最早是昨天，以前的任职不能改写。")]})


def check_not_own(account: UUID, acting: UUID | None) -> None:
    """Refused: the account is that of whoever acts."""
    if account == acting:
        raise OwnAccount
