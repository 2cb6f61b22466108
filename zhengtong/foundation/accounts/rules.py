"""What a password must be, when an account is locked; GB/T 22239-2019 level 3, 8.1.4.1."""

from dataclasses import dataclass
from datetime import datetime, timedelta

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
