"""The client-credentials grant (RFC 6749 section 4.4): its requests, answers and errors are those of the standard.

Descriptions are English because the standard allows only ASCII there.
"""

from base64 import b64decode
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponse, JsonResponse

from zhengtong.foundation import clock
from zhengtong.foundation.access import ANONYMOUS
from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.accounts.addresses import address_of
from zhengtong.foundation.params import queries as params
from zhengtong.foundation.refusals import Refused

ROUTE = "v1/oauth/token"
FORM = "application/x-www-form-urlencoded"
NEVER_KEPT = {"Cache-Control": "no-store", "Pragma": "no-cache"}
DESCRIBED: dict[str, Any] = {
    "security": [{"Basic": []}, {}],
    "requestBody": {
        "required": True,
        "content": {
            FORM: {
                "schema": {
                    "type": "object",
                    "required": ["grant_type"],
                    "properties": {
                        "grant_type": {"const": "client_credentials"},
                        "client_id": {"type": "string"},
                        "client_secret": {"type": "string", "format": "password"},
                    },
                }
            }
        },
    },
}


class OAuthError(Exception):
    """An error of the token route, in the words of RFC 6749 section 5.2."""

    def __init__(
        self, error: str, description: str, *, status: int = 400, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(error)
        self.error, self.description, self.status, self.headers = error, description, status, headers or {}


def issue(request: HttpRequest) -> HttpResponse:
    """Exchange the client's secret for a bearer token."""
    said = _parameters(request)
    login, password = _client(request, said)
    grant = said.get("grant_type")
    if not grant:
        raise OAuthError("invalid_request", "grant_type is missing")
    if grant != "client_credentials":
        raise OAuthError("unsupported_grant_type", "only client_credentials is offered")
    limit = params.integer("accounts.address_failures_per_minute", on=clock.today())
    accounts.knock(f"token:{address_of(request)}", limit=limit, per=timedelta(minutes=1), actor=ANONYMOUS)
    token, seconds = accounts.issue_token(login=login, password=password, actor=ANONYMOUS)
    return JsonResponse({"access_token": token, "token_type": "Bearer", "expires_in": seconds}, headers=NEVER_KEPT)


def refused(refusal: Refused, request: HttpRequest) -> HttpResponse:
    """A refusal of the token route; a locked or closed client looks like an unknown one."""
    if refusal.status == HTTPStatus.TOO_MANY_REQUESTS:
        wait = {"Retry-After": str(refusal.data.get("seconds", 60))}
        return told(request, OAuthError("temporarily_unavailable", "too many requests", status=429, headers=wait))
    if refusal.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return told(request, OAuthError("temporarily_unavailable", "try again", status=refusal.status))
    return told(request, _unknown_client(request))


def told(request: HttpRequest, error: OAuthError) -> HttpResponse:
    """An error in the form that OAuth clients read."""
    body = {"error": error.error, "error_description": error.description}
    return JsonResponse(body, status=error.status, headers=NEVER_KEPT | error.headers)


def _unknown_client(request: HttpRequest) -> OAuthError:
    asked = {"WWW-Authenticate": 'Basic realm="zhengtong"'} if "Authorization" in request.headers else {}
    return OAuthError("invalid_client", "unknown client, wrong secret or locked", status=401, headers=asked)


def _parameters(request: HttpRequest) -> dict[str, str]:
    if request.content_type != FORM:
        raise OAuthError("invalid_request", f"send the parameters as {FORM}")
    if any(len(values) > 1 for _, values in request.POST.lists()):
        raise OAuthError("invalid_request", "a parameter is given twice")
    return {name: value for name, value in request.POST.items() if isinstance(value, str)}


def _client(request: HttpRequest, said: dict[str, str]) -> tuple[str, str]:
    """Who asks, by HTTP Basic (section 2.3.1) or in the form; never by both."""
    scheme, _, code = request.headers.get("Authorization", "").partition(" ")
    if not scheme:
        if "client_id" not in said or "client_secret" not in said:
            raise OAuthError("invalid_client", "client_id and client_secret are missing", status=401)
        return said["client_id"], said["client_secret"]
    if "client_secret" in said:
        raise OAuthError("invalid_request", "authenticate in one way only")
    try:
        login, colon, password = b64decode(code.strip(), validate=True).decode().partition(":")
    except ValueError:
        login, colon, password = "", "", ""
    if scheme.lower() != "basic" or not colon:
        raise _unknown_client(request)
    login, password = unquote_plus(login), unquote_plus(password)
    if said.get("client_id", login) != login:
        raise OAuthError("invalid_request", "client_id differs from the authenticated client")
    return login, password
