"""The ordinary API routes, described by OpenAPI 3.1 (kept in docs/openapi.json)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import File, Form, NinjaAPI, Schema
from ninja.files import UploadedFile

from zhengtong.foundation.access import ANONYMOUS
from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.files import actions as files
from zhengtong.foundation.idempotency.actions import once
from zhengtong.foundation.refusals import Refused
from zhengtong.foundation.refusals.middleware import problem
from zhengtong.topics.cases import actions as cases
from zhengtong.topics.cases import queries as case_queries
from zhengtong.topics.items import queries as items
from zhengtong.topics.subjects import actions as subjects

from . import filings
from .tokens import Bearer

api = NinjaAPI(
    title="政通 Zhengtong",
    version="1",
    description="申报、查询、材料上传。写操作须带 Idempotency-Key；出错时返回 application/problem+json。",
    auth=Bearer(),
    urls_namespace="api",
    docs_url=None,
    openapi_url="openapi.json",
)


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A refusal as problem+json."""
    body = problem(refusal, request.path)
    return JsonResponse(body, status=refusal.status, content_type="application/problem+json")


class Problem(Schema):
    """RFC 9457, with the refusal's stable code."""

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    instance: str = ""
    errors: dict[str, list[str]] = {}


class TokenOut(Schema):
    """RFC 6749 section 5.1."""

    access_token: str
    token_type: str
    expires_in: int


class ItemOut(Schema):
    """An item as a list shows it."""

    code: str
    name: str


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
    """A checked upload."""

    id: UUID
    name: str
    size: int
    kind: str
    state: str


class MaterialIn(Schema):
    """A material: an uploaded file, or paper handed over."""

    code: str
    file: UUID | None = None
    on_paper: bool = False


class FilingIn(Schema):
    """One application."""

    item: str
    applicant: UUID
    answers: dict[str, Any]
    materials: list[MaterialIn] = []
    operator: UUID | None = None
    division: str = ""
    channel: str = "api"


class CaseFiled(Schema):
    """The number on the receipt."""

    number: str
    case_id: UUID
    status: str
    submitted_at: datetime


class CaseOut(Schema):
    """A case as the system that filed it may see it."""

    number: str
    official_number: str
    item_code: str
    item_name: str
    status: str
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


REFUSED = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 413: Problem, 422: Problem}


@api.post("v1/oauth/token", auth=None, response={200: TokenOut, 400: Problem, 401: Problem}, tags=["oauth"])
def token(
    request: HttpRequest, grant_type: Form[str], client_id: Form[str], client_secret: Form[str]
) -> dict[str, Any]:
    """Client credentials for a bearer token."""
    made, seconds = accounts.issue_token(login=client_id, password=client_secret, actor=ANONYMOUS)
    return {"access_token": made, "token_type": "Bearer", "expires_in": seconds}


@api.get("v1/items", response={200: list[ItemOut], 401: Problem}, tags=["items"])
def find_items(request: HttpRequest, q: str = "") -> list[dict[str, str]]:
    """Published items; `q` searches as people speak."""
    found = items.search_items(q) if q else items.published_items()
    return [{"code": row.code, "name": row.name} for row in list(found)[:50]]


@api.get("v1/items/{code}/form", response={200: dict, 404: Problem, 401: Problem}, tags=["items"])
def item_form(request: HttpRequest, code: str) -> dict[str, Any]:
    """The item's form as JSON Schema 2020-12, and the materials it may ask for."""
    version = items.current_version(code)
    materials = [
        {"code": m.code, "name": m.name, "necessity": m.necessity, "accepts": sorted(m.accepts)}
        for m in version.materials
    ]
    return {"item": code, "version": version.number, "schema": dict(version.form.schema), "materials": materials}


@api.post("v1/subjects", response={200: SubjectOut, **REFUSED}, tags=["subjects"])
def register_subject(request: HttpRequest, subject: SubjectIn) -> dict[str, UUID]:
    """Find or register a person or firm."""
    found = subjects.register_subject(
        kind=subject.kind, name=subject.name, id_type=subject.id_type, id_number=subject.id_number,
        phone=subject.phone, actor=request.actor,  # type: ignore[attr-defined]
    )  # fmt: skip
    return {"id": found.pk}


@api.post("v1/files", response={201: FileOut, **REFUSED}, tags=["files"])
def upload_file(request: HttpRequest, file: File[UploadedFile]) -> tuple[int, Any]:
    """Upload a material; it is checked before it can be used."""
    stored = files.store_upload(
        file.file, name=file.name or "", actor=request.actor, purpose=files.Purpose.MATERIAL  # type: ignore[attr-defined]
    )  # fmt: skip
    return 201, stored


@api.post("v1/cases", response={201: CaseFiled, 200: CaseFiled, **REFUSED, 503: Problem}, tags=["cases"])
def file_case(request: HttpRequest, filing: FilingIn) -> tuple[int, dict[str, Any]]:
    """File an application. Header Idempotency-Key: the same key and body give the same case."""
    key = request.headers.get("Idempotency-Key", "")
    told = cases.submit_case(filings.read(request.body, actor=request.actor, key=key))  # type: ignore[attr-defined]
    return (200 if told.again else 201), filings.answer(told)


@api.get("v1/cases/{number}", response={200: CaseOut, **REFUSED}, tags=["cases"])
def one_case(request: HttpRequest, number: str) -> Any:
    """One of the cases this system filed, or may see by its grants."""
    return case_queries.case_for(request.actor, number)  # type: ignore[attr-defined]


@api.post("v1/cases/{number}/withdraw", response={200: CaseOut, **REFUSED}, tags=["cases"])
def withdraw_case(request: HttpRequest, number: str) -> Any:
    """Take the application back. Header Idempotency-Key."""
    actor = request.actor  # type: ignore[attr-defined]
    key = request.headers.get("Idempotency-Key", "")
    with once(actor, key, action="cases.withdraw", body={"number": number}) as turn:
        case = case_queries.case_for(actor, number)
        if turn.is_new:
            case = cases.withdraw_case(case, actor=actor)
            turn.answer(number=number)
    return case
