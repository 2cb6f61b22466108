"""Who sits at the desk: a member of staff who has signed in."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from zhengtong.foundation.access import Actor
from zhengtong.foundation.accounts.rules import PasswordNotYours
from zhengtong.foundation.refusals import N_, Forbidden, Refused, SignInRequired

# What makes somebody find work in his inbox, and how each kind of it is called there.
WORK = {
    "cases.accept": N_("受理"),
    "cases.review": N_("审查"),
    "cases.decide": N_("决定"),
    "cases.deliver": N_("送达"),
}


# Whoever has no work on cases begins with what he looks after.
KEEPERS = {"accounts.manage": "desk-accounts", "audit.view": "desk-audit", "directory.manage": "desk-directory"}


class NotStaff(Refused):
    """Refused: the desk is for work accounts."""

    code = "not_staff"
    status = 403
    message = N_("您登录的不是工作账号，不能进入工作台。")
    remedy = N_("请退出后用工作账号登录。")


def visitor(request: HttpRequest) -> Actor:
    """Whoever it is, signed in or not."""
    return request.actor  # type: ignore[attr-defined]


def colleague(request: HttpRequest) -> Actor:
    """A member of staff, whatever he may do. Refused: nobody is signed in; a citizen is."""
    actor = visitor(request)
    if not actor.is_signed_in:
        raise SignInRequired
    if not actor.is_staff:
        raise NotStaff
    return actor


def worker(request: HttpRequest, *permissions: str) -> Actor:
    """The member of staff, who holds one of the permissions.

    Refused: nobody is signed in; a citizen is; the password is not yet his own; none of the permissions is held.
    """
    actor = colleague(request)
    if request.user.password_at is None:  # type: ignore[union-attr]
        raise PasswordNotYours
    if permissions and not any(actor.may(each) for each in permissions):
        raise Forbidden(verb=permissions[0])
    return actor


def accepts(actor: Actor, permission: str, item: Any) -> bool:
    """Whether the actor holds a permission, in any area, at one of the counters that accept the item."""
    return any(
        grant.covers(organisation=code, area=grant.area, item=item.code)
        for grant in actor.granted(permission)
        for code in item.acceptors
    )


def first_page(actor: Actor) -> str:
    """Where the day begins: the inbox for those who work on cases, else what they look after."""
    if not any(actor.may(each) for each in WORK):
        if actor.may("tasks.oversee"):
            return reverse("desk-overview")
        if actor.may("cases.view"):
            return reverse("desk-cases")
        if actor.may("items.manage") or actor.may("items.import"):
            return reverse("desk-items")
        for permission, name in KEEPERS.items():
            if actor.may(permission):
                return reverse(name)
    return reverse("desk")


def safe_next(request: HttpRequest) -> str:
    """Where to go on after signing in: only places of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    return wanted if url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure()) else ""
