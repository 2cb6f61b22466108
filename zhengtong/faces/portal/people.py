"""Who stands before the page: nobody in particular, or a citizen who has signed in."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from zhengtong.foundation.access import Actor
from zhengtong.foundation.refusals import N_, Refused, SignInRequired
from zhengtong.topics.cases.actions import Channel

PHONES = ("Mobi", "Android", "iPhone", "HarmonyOS")
# How the browser of a self-service terminal in a hall names itself; the terminal is set up so.
TERMINAL = "ZhengtongKiosk"


class NotACitizen(Refused):
    """Refused: work accounts have no affairs of their own here."""

    code = "not_a_citizen"
    status = 403
    message = N_("您登录的是工作账号，不能在这里办个人或单位的事。")
    remedy = N_("处理办件请到工作台；办自己的事，请退出后用个人账号登录。")


def visitor(request: HttpRequest) -> Actor:
    """Whoever it is, signed in or not."""
    return request.actor  # type: ignore[attr-defined]


def citizen(request: HttpRequest) -> Actor:
    """The signed-in citizen. Refused: nobody is signed in; a work account."""
    actor = visitor(request)
    if not actor.is_signed_in:
        raise SignInRequired
    if actor.kind != "citizen" or actor.subject_id is None:
        raise NotACitizen
    return actor


def channel_of(request: HttpRequest) -> Channel:
    """By what the person has before him: a terminal in a hall, a phone or a computer."""
    agent = request.headers.get("User-Agent", "")
    if TERMINAL in agent:
        return Channel.KIOSK
    return Channel.MOBILE if any(word in agent for word in PHONES) else Channel.ONLINE


def key_of(request: HttpRequest) -> str:
    """The key that makes this form count once."""
    return request.POST.get("idempotency_key", "")


def safe_next(request: HttpRequest, fallback: str = "/") -> str:
    """Where to go on after signing in: only places of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    if url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure()):
        return wanted
    return fallback


def with_next(path: str, next_path: str) -> str:
    """A path that remembers where to go on."""
    return f"{path}?{urlencode({'next': next_path})}" if next_path not in ("", "/") else path
