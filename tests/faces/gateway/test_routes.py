"""The documented routes: what they answer, that every write takes its key once, that every failure is a problem."""

import json
from datetime import date
from itertools import count
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests import story
from tests.faces.gateway import machines
from zhengtong.faces.gateway import api as routes
from zhengtong.foundation.codes import resident_id
from zhengtong.foundation.files.models import File
from zhengtong.topics.subjects.models import Subject

pytestmark = pytest.mark.usefixtures("kept_district")
NEWCOMER = {
    "kind": "person",
    "id_type": "resident_id",
    "phone": "19906601099",
}


def send(method: str, path: str, content: Any = None, **more: Any) -> HttpResponse:
    """A call with a token and a fresh key, CSRF checked as in life."""
    headers = {"Authorization": f"Bearer {machines.token()}", **machines.key(), **more.pop("headers", {})}
    if method == "post" and isinstance(content, dict) and not any(map(is_file, content.values())):
        content, more["content_type"] = json.dumps(content), "application/json"
    call = getattr(Client(enforce_csrf_checks=True, raise_request_exception=False), method)
    return call(f"/api/{path}", content, headers={k: v for k, v in headers.items() if v}, **more)


def is_file(value: Any) -> bool:
    return isinstance(value, SimpleUploadedFile)


def is_problem(answer: HttpResponse, status: int, code: str) -> None:
    assert answer["Content-Type"] == "application/problem+json", answer.content[:300]
    said: Any = json.loads(answer.content)
    assert (answer.status_code, said["status"], said["code"]) == (status, status, code), said
    assert said["title"]
    assert said["instance"].startswith("/api/")


_serials = count(1)


def newcomer() -> dict[str, str]:
    """Somebody nobody has registered."""
    serial = next(_serials)
    return NEWCOMER | {
        "name": f"梁玉珍{serial}号",
        "id_number": resident_id.make_resident_id("449906", date(1990, 1, 1), serial),
    }


# -- items -------------------------------------------------------------------------------------------------------------


def test_items_are_found_as_people_speak() -> None:
    found = send("get", "v1/items", {"q": "修车"}).json()
    assert machines.ITEM in [item["code"] for item in found]


def test_an_items_form_is_json_schema_with_its_materials() -> None:
    form = send("get", f"v1/items/{machines.ITEM}/form").json()
    assert form["answers"]["type"] == "object"
    assert "workshop_area" in form["answers"]["properties"]
    assert {"premises-plan", "premises-right"} <= {m["code"] for m in form["materials"] if m["necessity"] == "required"}


def test_an_unknown_item_is_a_problem() -> None:
    is_problem(send("get", "v1/items/flying-permit/form"), 404, "item_unknown")


# -- writes take their key once ----------------------------------------------------------------------------------------


def test_a_subject_is_registered_once_per_key() -> None:
    headers, said = machines.key(), newcomer()
    first = send("post", "v1/subjects", said, headers=headers)
    again = send("post", "v1/subjects", said, headers=headers)
    assert first.status_code == 200, first.content
    assert first.content == again.content
    assert again["Idempotent-Replayed"] == "true"
    assert Subject.objects.filter(name=said["name"]).count() == 1
    is_problem(send("post", "v1/subjects", said | {"phone": ""}, headers=headers), 422, "idempotency_key_reused")


def test_a_subject_known_under_another_name_is_not_given_away() -> None:
    said = newcomer()
    send("post", "v1/subjects", said)
    answer = send("post", "v1/subjects", said | {"name": "别人"})
    is_problem(answer, 422, "name_differs")
    assert said["name"] not in answer.content.decode()


def test_an_upload_is_stored_once_per_key() -> None:
    headers, before = machines.key(), File.objects.count()

    def upload(content: bytes) -> HttpResponse:
        file = SimpleUploadedFile("图纸.pdf", content, "application/pdf")
        return send("post", "v1/files", {"file": file}, headers=headers)

    first, again = upload(story.pdf("图纸")), upload(story.pdf("图纸"))
    assert first.status_code == 201, first.content
    assert first.content == again.content
    assert first.json()["kind"] == "application/pdf"
    assert File.objects.count() == before + 1
    is_problem(upload(story.pdf("另一张")), 422, "idempotency_key_reused")


def test_a_bad_upload_is_a_problem_and_leaves_nothing() -> None:
    before = File.objects.count()
    file = SimpleUploadedFile("照片.jpg", b"MZ\x90\x00" + b"\x00" * 500, "image/jpeg")
    answer = send("post", "v1/files", {"file": file})
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert File.objects.count() == before


def test_a_case_is_withdrawn_once_per_key() -> None:
    number = machines.post_to_django(json.dumps(machines.body()).encode(), machines.bearer()).json()["number"]
    seen = send("get", f"v1/cases/{number}").json()
    assert (seen["status"], seen["status_words"]) == ("submitted", "已提交")
    headers = machines.key()
    first = send("post", f"v1/cases/{number}/withdraw", {}, headers=headers)
    again = send("post", f"v1/cases/{number}/withdraw", {}, headers=headers)
    assert first.json()["status"] == "withdrawn"
    assert first.content == again.content
    is_problem(send("post", f"v1/cases/{number}/withdraw", {}), 409, "transition_refused")


def test_a_case_that_others_filed_is_not_there() -> None:
    case = story.submitted("food-business-restaurant")
    is_problem(send("get", f"v1/cases/{case.number}"), 404, "not_found")
    is_problem(send("post", f"v1/cases/{case.number}/withdraw", {}), 404, "not_found")


@pytest.mark.parametrize("path", ["v1/subjects", "v1/cases", "v1/cases/2611220000013/withdraw", "v1/files"])
def test_no_write_without_a_key(path: str) -> None:
    if path == "v1/files":
        content: Any = {"file": SimpleUploadedFile("a.pdf", story.pdf(), "application/pdf")}
    else:
        content = newcomer() if path == "v1/subjects" else {}
    answer = send("post", path, content, headers={"Idempotency-Key": ""})
    is_problem(answer, 400, "idempotency_key_missing")


# -- every failure is a problem ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("get", "", 404, "route_unknown"),
        ("get", "v1", 404, "route_unknown"),
        ("get", "v1/nothing", 404, "route_unknown"),
        ("post", "v1/nothing", 404, "route_unknown"),
        ("get", "v1/items/", 404, "route_unknown"),
        ("post", "v1/cases/", 404, "route_unknown"),
        ("get", "v1/cases", 405, "method_unfit"),
        ("delete", "v1/cases/2611220000013", 405, "method_unfit"),
        ("put", "v1/items", 405, "method_unfit"),
    ],
)
def test_what_is_not_there(method: str, path: str, status: int, code: str) -> None:
    answer = send(method, path)
    is_problem(answer, status, code)
    assert ("Allow" in answer) == (status == 405)


def test_a_body_of_the_wrong_shape_names_its_fields() -> None:
    answer = send("post", "v1/subjects", {"kind": "person"})
    is_problem(answer, 422, "body_unfit")
    assert any(path.endswith("id_number") for path in answer.json()["errors"])


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[1,", b" "])
def test_a_body_that_cannot_be_read(content: bytes) -> None:
    answer = send("post", "v1/subjects", content, content_type="application/json")
    is_problem(answer, 400, "body_unreadable")


@pytest.mark.parametrize("path", ["v1/items/a%00/form", "v1/cases/1%00"])
def test_a_nul_is_the_callers_mistake(path: str) -> None:
    answer = send("get", path)
    assert answer.status_code in (404, 422)
    assert answer["Content-Type"] == "application/problem+json"
    is_problem(send("post", "v1/subjects", newcomer() | {"name": "a\x00b"}), 422, "value_unstorable")


def test_a_body_past_the_limit() -> None:
    content = b'{"name": "' + b"x" * (5 << 20) + b'"}'
    is_problem(send("post", "v1/subjects", content, content_type="application/json"), 413, "body_too_long")


def test_an_upload_whose_form_is_broken() -> None:
    answer = send("post", "v1/files", b"no parts", content_type="multipart/form-data; boundary=x")
    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"


def test_a_mistake_of_ours_is_a_problem_that_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(routes.items, "published_items", broken)
    answer = send("get", "v1/items")
    is_problem(answer, 500, "broken")
    assert "secret detail" not in answer.content.decode()


@pytest.mark.parametrize("path", ["v1/items", f"v1/items/{machines.ITEM}/form", "v1/cases/2611220000013"])
def test_without_a_token_nothing_is_told(path: str) -> None:
    answer = send("get", path, headers={"Authorization": ""})
    is_problem(answer, 401, "token_invalid")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_session_is_no_token() -> None:
    """A signed-in browser cannot be led to call the interface by another site."""
    browser = Client(enforce_csrf_checks=True)
    from zhengtong.foundation.accounts.models import Account

    browser.force_login(Account.objects.get(login="zhoumin"))
    is_problem(browser.get("/api/v1/items"), 401, "token_invalid")
    is_problem(browser.post("/api/v1/cases", "{}", content_type="application/json"), 401, "token_invalid")


def test_only_the_interface_is_free_of_csrf() -> None:
    from django.urls import URLPattern, URLResolver, get_resolver

    def exempt(patterns: list[Any], prefix: str = "") -> list[str]:
        found = []
        for pattern in patterns:
            where = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                found += exempt(pattern.url_patterns, where)
            elif isinstance(pattern, URLPattern) and getattr(pattern.callback, "csrf_exempt", False):
                found.append(where)
        return found

    found = exempt(get_resolver().url_patterns)
    assert found
    assert all(where.lstrip("^").startswith("api/") for where in found)


def test_health_tells_whether_the_database_answers() -> None:
    answer = Client().get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "database": "ok"})
    assert answer["Cache-Control"] == "no-store"
