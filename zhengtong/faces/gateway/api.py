"""The ordinary API routes, described by OpenAPI 3.1 (kept in docs/openapi.json)."""

import hashlib
from datetime import date, datetime
from io import BytesIO
from typing import Any, cast
from uuid import UUID

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import File, Schema
from ninja.files import UploadedFile
from ninja.responses import Status

from zhengtong.foundation.access import Actor
from zhengtong.foundation.files import actions as files
from zhengtong.foundation.idempotency.actions import once
from zhengtong.foundation.refusals import Refused
from zhengtong.topics.cases import actions as cases
from zhengtong.topics.cases import queries as case_queries
from zhengtong.topics.items import queries as items
from zhengtong.topics.subjects import actions as subjects

from . import filings, oauth, problems
from .described import Api, by_msgspec
from .filings import REPLAYED
from .tokens import Bearer

api = Api(
    title="政通 Zhengtong",
    version="1",
    description=(
        "查询事项、登记申请人、上传材料、申报、查询办件、撤回。\n\n"
        "除换取令牌外，写操作都须带请求头 Idempotency-Key：同一个标识、同样的内容，只办一次，回答相同"
        "（重复时带 Idempotent-Replayed: true）；同一个标识、不同的内容，回答 422。\n\n"
        "出错时回答 application/problem+json（RFC 9457），其中 code 不随文字改动而变。"
    ),
    auth=Bearer(),
    urls_namespace="api",
    docs_url=None,
    openapi_url="openapi.json",
)


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A refusal in the form that the route's callers read."""
    told_by = oauth.refused if request.path.endswith(oauth.ROUTE) else problems.answer
    return told_by(refusal, request)


problems.tell_all(api)
api.add_exception_handler(oauth.OAuthError, oauth.told)  # type: ignore[arg-type]
api.add_exception_handler(DataError, lambda request, _: refused(request, problems.ValueUnstorable()))


class TokenOut(Schema):
    """RFC 6749 section 5.1."""

    access_token: str
    token_type: str
    expires_in: int


class ItemOut(Schema):
    """An item as a list shows it."""

    code: str
    name: str


class MaterialAsked(Schema):
    """A material that an item may ask for."""

    code: str
    name: str
    necessity: str
    accepts: list[str]


class ItemForm(Schema):
    """What an item asks: answers as JSON Schema 2020-12, and materials."""

    item: str
    version: int
    answers: dict[str, Any]
    materials: list[MaterialAsked]


class SubjectIn(Schema):
    """A person or firm by its identity paper."""

    kind: str
    name: str
    id_type: str
    id_number: str
    phone: str = ""


class SubjectOut(Schema):
    """The id by which filings name the applicant."""

    id: UUID


class FileOut(Schema):
    """A checked upload; `parked` until a scanner has looked at it, where there is one."""

    id: UUID
    name: str
    size: int
    kind: str
    state: str


class CaseOut(Schema):
    """A case as the system that filed it may see it."""

    number: str
    official_number: str
    item_code: str
    item_name: str
    status: str
    status_words: str
    submitted_at: datetime
    received_at: datetime | None
    accepted_at: datetime | None
    decided_at: datetime | None
    promised_due: date | None
    statutory_due: date | None
    due_provisional: bool
    result_name: str
    result_number: str
    reason: str


@api.post(oauth.ROUTE, auth=None, response={200: TokenOut}, tags=["oauth"], openapi_extra=oauth.DESCRIBED)
def issue_token(request: HttpRequest) -> HttpResponse:
    """Client credentials, by HTTP Basic or in the form, for a bearer token."""
    return oauth.issue(request)


@api.get("v1/items", response=list[ItemOut], tags=["items"])
def find_items(request: HttpRequest, q: str = "") -> list[dict[str, str]]:
    """Published items; `q` searches as people speak."""
    found = items.search_items(q).rows if q else items.published_items()
    return [{"code": row.code, "name": row.name} for row in found[:50]]  # type: ignore[attr-defined]


@api.get("v1/items/{code}/form", response=ItemForm, tags=["items"])
def item_form(request: HttpRequest, code: str) -> dict[str, Any]:
    """The item's form as JSON Schema 2020-12, and the materials it may ask for."""
    version = items.current_version(code)
    materials = [
        {"code": m.code, "name": m.name, "necessity": m.necessity, "accepts": sorted(m.accepts)}
        for m in version.materials
    ]
    return {"item": code, "version": version.number, "answers": dict(version.form.schema), "materials": materials}


@api.post("v1/subjects", response=SubjectOut, tags=["subjects"])
def register_subject(request: HttpRequest, response: HttpResponse, subject: SubjectIn) -> dict[str, Any]:
    """Find or register a person or firm."""
    actor = _actor(request)
    with once(actor, _key(request), action="subjects.register", body=subject.dict()) as turn:
        if turn.is_new:
            found = subjects.register_subject(**subject.dict(), actor=actor)
            turn.answer(id=str(found.pk))
    return _told(response, turn)


@api.post("v1/files", response={201: FileOut}, tags=["files"])
def upload_file(request: HttpRequest, response: HttpResponse, file: File[UploadedFile]) -> Status:
    """Upload a material; it is checked before it can be used."""
    actor, name, stream = _actor(request), file.name or "", cast(BytesIO, file)
    body = {"name": name, "sha256": hashlib.file_digest(stream, "sha256").hexdigest()}
    stream.seek(0)
    with once(actor, _key(request), action="files.store", body=body) as turn:
        if turn.is_new:
            stored = files.store_upload(stream, name=name, actor=actor, purpose=files.Purpose.MATERIAL)
            turn.answer(
                id=str(stored.pk), name=stored.name, size=stored.size, kind=stored.kind, state=str(stored.state)
            )  # fmt: skip
    return Status(201, _told(response, turn))


@api.post(
    "v1/cases", tags=["cases"], response={201: None}, openapi_extra=by_msgspec(filings.FilingIn, filings.CaseFiled)
)
def file_case(request: HttpRequest) -> HttpResponse:
    """File an application. The lane answers this route first; both read, write and answer alike."""
    sent = filings.Sent(request.body, request.headers.get("Content-Type", ""), _actor(request), _key(request))
    told = cases.submit_case(filings.read(sent))
    return HttpResponse(filings.answer(told), status=201, content_type=filings.JSON, headers=filings.headers_of(told))


@api.get("v1/cases/{number}", response=CaseOut, tags=["cases"])
def one_case(request: HttpRequest, number: str) -> Any:
    """One of the cases this system filed, or may see by its grants."""
    return case_queries.case_for(_actor(request), number)


@api.post("v1/cases/{number}/withdraw", response=CaseOut, tags=["cases"])
def withdraw_case(request: HttpRequest, response: HttpResponse, number: str) -> Any:
    """Take the application back, before it is decided."""
    actor = _actor(request)
    with once(actor, _key(request), action="cases.withdraw", body={"number": number}) as turn:
        case = case_queries.case_for(actor, number)
        if turn.is_new:
            case = cases.withdraw_case(case, actor=actor)
            turn.answer(number=number)
    _told(response, turn)
    return case


@csrf_exempt
def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Every other address under /api/."""
    raise problems.RouteUnknown


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


def _key(request: HttpRequest) -> str:
    return request.headers.get("Idempotency-Key", "")


def _told(response: HttpResponse, turn: Any) -> dict[str, Any]:
    """The answer of a turn, marked when it was given before."""
    if not turn.is_new:
        response[REPLAYED] = "true"
    return turn.answered
