"""Whatever goes wrong under /api/ is told as problem+json (RFC 9457), whoever noticed it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils import translation
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from zhengtong.foundation.refusals import N_, Refused
from zhengtong.foundation.refusals.middleware import problem

UNDER = "/api/"
KIND = "application/problem+json"
SAFE_TO_REPEAT = N_("请在几秒后用同一个 Idempotency-Key 重试，不会重复提交。")


class RouteUnknown(Refused):
    """Refused: no such address in the interface."""

    code = "route_unknown"
    status = 404
    message = N_("接口中没有这个地址。")
    remedy = N_("请对照 /api/openapi.json 核对地址。")


class MethodUnfit(Refused):
    """Refused: the address exists, but not for this method."""

    code = "method_unfit"
    status = 405
    message = N_("这个地址不支持 {method} 方法。")
    remedy = N_("请对照 /api/openapi.json 核对方法。")


class BodyUnreadable(Refused):
    """Refused: the body cannot be read as what it says it is."""

    code = "body_unreadable"
    status = 400
    message = N_("请求内容无法读取：{problem}")


class BodyUnfit(Refused):
    """Refused: readable, but not of the documented shape."""

    code = "body_unfit"
    status = 422
    message = N_("请求内容不符合接口约定：{problem}")
    remedy = N_("请对照 /api/openapi.json 核对。")


class ValueUnstorable(Refused):
    """Refused: the database cannot take a value, such as a text with a NUL."""

    code = "value_unstorable"
    status = 422
    message = N_("请求中有无法保存的字符，或内容过长。")


class BodyTooLong(Refused):
    """Refused: more than a form can hold."""

    code = "body_too_long"
    status = 413
    message = N_("请求内容过大，文件请先单独上传。")


class BodyKindUnfit(Refused):
    """Refused: the body is not sent as JSON."""

    code = "body_kind_unfit"
    status = 415
    message = N_("请求内容应以 application/json 发送。")


class Broken(Refused):
    """Refused: a fault of ours."""

    code = "broken"
    status = 500
    message = N_("系统出现故障，已记录。")
    remedy = SAFE_TO_REPEAT


def said(refusal: Refused, path: str, accept_language: str) -> dict[str, Any]:
    """The refusal in the caller's language, for a route that no middleware has prepared."""
    asked = HttpRequest()
    asked.META["HTTP_ACCEPT_LANGUAGE"] = accept_language
    with translation.override(translation.get_language_from_request(asked)):
        return problem(refusal, path)


def headers_of(refusal: Refused) -> dict[str, str]:
    """What a refusal says beside its body."""
    if refusal.status == HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": 'Bearer realm="zhengtong"'}
    if refusal.status in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS):
        return {"Retry-After": str(refusal.data.get("seconds", 2))}
    return {}


def answer(refusal: Refused, request: HttpRequest) -> HttpResponse:
    """A refusal from a route of Django's."""
    return JsonResponse(
        problem(refusal, request.path), status=refusal.status, content_type=KIND, headers=headers_of(refusal)
    )  # fmt: skip


def tell_all(api: NinjaAPI) -> None:
    """Let the documented routes tell every failure in the one form."""

    def validation(request: HttpRequest, error: ValidationError) -> HttpResponse:
        fields: dict[str, list[str]] = {}
        for fault in error.errors:
            fields.setdefault(".".join(map(str, fault["loc"])), []).append(fault["msg"])
        unreadable = any(fault["type"] == "json_invalid" for fault in error.errors)
        kind = BodyUnreadable if unreadable else BodyUnfit
        return answer(kind(problem="；".join(fields), fields=fields), request)

    def http(request: HttpRequest, error: HttpError) -> HttpResponse:
        kind = BodyUnreadable if error.status_code == HTTPStatus.BAD_REQUEST else None
        return answer(kind(problem=str(error)) if kind else _of_status(error.status_code, request), request)

    api.add_exception_handler(Http404, lambda request, _: answer(RouteUnknown(), request))
    api.add_exception_handler(ValidationError, validation)  # type: ignore[arg-type]
    api.add_exception_handler(HttpError, http)  # type: ignore[arg-type]
    for kind in (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        api.add_exception_handler(kind, lambda request, _: answer(BodyTooLong(), request))
    for broken in (UnreadablePostError, MultiPartParserError):
        api.add_exception_handler(broken, lambda request, error: answer(BodyUnreadable(problem=str(error)), request))


class ProblemMiddleware:
    """The net under all of it: an error page that was made for people is replaced before it leaves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < HTTPStatus.BAD_REQUEST or not request.path.startswith(UNDER):
            return response
        if "json" in response.get("Content-Type", ""):
            return response
        told = answer(_of_status(response.status_code, request), request)
        told.status_code = response.status_code
        if "Allow" in response:
            told["Allow"] = response["Allow"]
        return told


def _of_status(status: int, request: HttpRequest) -> Refused:
    if status == HTTPStatus.NOT_FOUND:
        return RouteUnknown()
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        return MethodUnfit(method=request.method)
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return BodyTooLong()
    if status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return BodyUnreadable(problem=HTTPStatus(status).phrase)
    return Broken()
