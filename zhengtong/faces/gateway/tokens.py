"""Who calls: a bearer token from the client-credentials grant (RFC 6749 section 4.4)."""

from time import monotonic

from django.http import HttpRequest
from ninja.security import HttpBearer

from zhengtong.foundation.access import Actor
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.refusals import N_, Refused

# A token that was withdrawn stays good for this many seconds at most.
HELD_SECONDS = 5.0
MOST_HELD = 10_000
_held: dict[str, tuple[float, Actor]] = {}


class TokenInvalid(Refused):
    """Refused: no token, or one that is unknown or has run out."""

    code = "token_invalid"
    status = 401
    message = N_("访问令牌无效或已过期。")
    remedy = N_("请用客户端凭据重新换取令牌。")


def token_in(authorization: str) -> str:
    """The bearer token of an Authorization header, or nothing."""
    scheme, _, token = authorization.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def held_actor(token: str) -> Actor | None:
    """The caller as looked up a moment ago, or None when he must be looked up."""
    found = _held.get(token)
    return found[1] if found and monotonic() - found[0] < HELD_SECONDS else None


def actor_of(token: str) -> Actor:
    """The caller behind a token. Refused: unknown or run out."""
    actor = accounts.actor_of_token(token) if token else None
    if actor is None:
        _held.pop(token, None)
        raise TokenInvalid
    if len(_held) > MOST_HELD:
        _held.clear()
    _held[token] = (monotonic(), actor)
    return actor


class Bearer(HttpBearer):
    """Puts the caller on the request; every API route but the token route asks for it."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        actor = held_actor(token) or actor_of(token)
        request.actor = actor  # type: ignore[attr-defined]
        return actor

    def __call__(self, request: HttpRequest) -> Actor:
        return self.authenticate(request, token_in(request.headers.get("Authorization", "")))
