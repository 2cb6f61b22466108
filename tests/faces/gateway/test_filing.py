"""POST /api/v1/cases: the raw lane and the documented route are one thing to whoever calls."""

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import pytest
from django.db import DataError, IntegrityError

from tests.faces.gateway import machines
from tests.faces.gateway.machines import Told
from zhengtong.faces.gateway import filings, gatherer
from zhengtong.faces.gateway.lane import FilingLane
from zhengtong.topics.cases import actions as cases
from zhengtong.topics.cases.models import Case

Filed = Callable[[], int]
Post = Callable[[bytes, Mapping[str, str]], Told]
ROUTES = pytest.mark.parametrize("post", [machines.post_to_lane, machines.post_to_django], ids=["lane", "documented"])


def written(**changes: Any) -> bytes:
    return json.dumps(machines.body(**changes)).encode()


@ROUTES
def test_a_complete_filing_is_a_case_with_all_that_belongs_to_it(filed: Filed, post: Post) -> None:
    told = post(written(), machines.bearer())
    assert told.status == 201, told.content
    answer = told.json()
    case = Case.objects.get(number=answer["number"])
    assert answer == {
        "number": case.number,
        "case_id": str(case.pk),
        "status": "submitted",
        "submitted_at": answer["submitted_at"],
    }
    assert case.channel == "api"
    assert case.materials.filter(file__isnull=False).count() == 4
    assert case.audit_count == 1


@ROUTES
def test_the_same_key_is_told_the_same_again(filed: Filed, post: Post) -> None:
    headers, content = machines.bearer(), written()
    first, again = post(content, headers), post(content, headers)
    assert (first.status, first.content) == (again.status, again.content)
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert filed() == 1


def test_a_row_the_database_cannot_take_is_the_callers_to_mend(filed: Filed, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: list[Any]) -> list[Any]:
        raise DataError("a NUL that no check foresaw")

    monkeypatch.setattr(gatherer.cases, "submit_cases", refuse)
    told = machines.post_to_lane(written(), machines.bearer())
    assert (told.status, told.json()["code"]) == (422, "value_unstorable")


@ROUTES
def test_the_same_key_for_another_content_is_refused(filed: Filed, post: Post) -> None:
    headers, body = machines.bearer(), machines.body()
    assert post(json.dumps(body).encode(), headers).status == 201
    body["answers"]["workshop_area"] = 121
    told = post(json.dumps(body).encode(), headers)
    assert told.status == 422
    assert told.json()["code"] == "idempotency_key_reused"
    assert filed() == 1


@ROUTES
def test_a_key_used_through_one_route_is_used_for_the_other(filed: Filed, post: Post) -> None:
    other = machines.post_to_django if post is machines.post_to_lane else machines.post_to_lane
    headers, content = machines.bearer(), written()
    assert post(content, headers).json() == other(content, headers).json()


WRONG: dict[str, tuple[int, str, dict[str, Any], dict[str, str], bytes | None]] = {
    "no token": (401, "token_invalid", {}, {"Authorization": ""}, None),
    "a wrong token": (401, "token_invalid", {}, {"Authorization": "Bearer nobody"}, None),
    "another scheme": (401, "token_invalid", {}, {"Authorization": "Basic bm86Ym9keQ=="}, None),
    "no key": (400, "idempotency_key_missing", {}, {"Idempotency-Key": ""}, None),
    "a key too long": (400, "idempotency_key_missing", {}, {"Idempotency-Key": "k" * 81}, None),
    "a key with a blank": (400, "idempotency_key_missing", {}, {"Idempotency-Key": "one two"}, None),
    "not JSON by name": (415, "body_kind_unfit", {}, {"Content-Type": "text/plain"}, None),
    "a form": (415, "body_kind_unfit", {}, {"Content-Type": machines.FORM}, b"item=x"),
    "no body": (400, "body_unreadable", {}, {}, b" "),
    "garbage": (400, "body_unreadable", {}, {}, b"\x00\xff{not json"),
    "half a body": (400, "body_unreadable", {}, {}, b'{"item": "vehicle-'),
    "not UTF-8": (400, "body_unreadable", {}, {}, b'{"item": "\xff"}'),
    "half a surrogate pair": (400, "body_unreadable", {}, {}, b'{"item": "\\ud800"}'),
    "a hundred thousand brackets": (400, "body_unreadable", {}, {}, b'{"answers":{"a":' + b"[" * 100_000),
    "a list": (422, "body_unfit", {}, {}, b"[]"),
    "a field unknown": (422, "body_unfit", {"colour": "red"}, {}, None),
    "no item": (422, "body_unfit", {"item": None}, {}, None),
    "an applicant who is no id": (422, "body_unfit", {"applicant": "me"}, {}, None),
    "a channel unknown": (422, "body_unfit", {"channel": "fax"}, {}, None),
    "a number past all bounds": (422, "body_unfit", {}, {}, b'{"item": "x", "answers": {"area": 1e999}}'),
    "an item unknown": (404, "item_unknown", {"item": "flying-permit"}, {}, None),
    "an item with a NUL": (404, "item_unknown", {"item": "a\x00b"}, {}, None),
    "an item of another's": (403, "forbidden", {"item": "legal-aid"}, {}, None),
    "nobody as applicant": (422, "applicant_unfit", {"applicant": str(uuid4())}, {}, None),
    "nobody as operator": (422, "operator_unknown", {"operator": str(uuid4())}, {}, None),
    "no such division": (422, "division_code_invalid", {"division": "a\x00b"}, {}, None),
    "answers missing": (422, "answers_invalid", {"answers": {}}, {}, None),
    "answers of no field": (422, "answers_invalid", {"answers": {"a\x00": 1}}, {}, None),
    "materials missing": (422, "materials_incomplete", {"materials": []}, {}, None),
    "a file unknown": (422, "material_unusable", {"materials": "unknown"}, {}, None),
    "more than a form can hold": (413, "body_too_long", {"division": "x" * filings.LONGEST_BODY}, {}, None),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_told_alike_by_both_routes(filed: Filed, wrong: str) -> None:
    status, code, changes, more, content = WRONG[wrong]
    body = machines.body()
    if changes.get("materials") == "unknown":
        changes = {"materials": [{**part, "file": str(uuid4())} for part in body["materials"]]}
    content = json.dumps(body | changes).encode() if content is None else content
    headers = {name: value for name, value in machines.bearer(**more).items() if value}
    answers = [post(content, headers) for post in (machines.post_to_lane, machines.post_to_django)]
    for told in answers:
        problem = told.json()
        assert (told.status, problem["code"]) == (status, code), problem
        assert problem["status"] == status
        assert problem["title"]
        assert "{" not in problem["title"]
        assert told.headers["Content-Type"] == "application/problem+json"
        assert problem["instance"] == "/api/v1/cases"
    assert answers[0].json() == answers[1].json()
    assert answers[0].headers.get("Www-Authenticate") == answers[1].headers.get("WWW-Authenticate")
    assert filed() == 0


def test_fifty_at_once_with_one_key_are_one_case_with_one_answer(filed: Filed) -> None:
    headers, content = machines.bearer(), written()
    told = machines.finished(machines.in_lane([(content, headers)] * 50))
    assert {(one.status, one.content) for one in told} == {(201, told[0].content)}
    assert sum("Idempotent-Replayed" not in one.headers for one in told) == 1
    assert filed() == 1


def test_a_refusal_gives_the_key_back(filed: Filed) -> None:
    headers, body = machines.bearer(), machines.body()
    right = dict(body["answers"])
    body["answers"]["workshop_area"] = "large"
    assert machines.post_to_lane(json.dumps(body).encode(), headers).status == 422
    body["answers"] = right
    assert machines.post_to_lane(json.dumps(body).encode(), headers).status == 201


def test_the_refusal_speaks_the_callers_language(filed: Filed) -> None:
    headers = machines.bearer(**{"Accept-Language": "zh-Hant"})
    alike = {post(b"{", headers).json()["title"] for post in (machines.post_to_lane, machines.post_to_django)}
    assert len(alike) == 1


def test_one_bad_filing_never_takes_others_with_it(filed: Filed, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database refuses the whole set for one row: each is tried alone, only that one is not written."""
    real, poison = cases.submit_cases, str(uuid4())

    def submit(filings: list[Any]) -> list[Any]:
        if any(filing.key == poison for filing in filings):
            raise IntegrityError("a row that PostgreSQL will not take")
        return real(filings)

    monkeypatch.setattr(gatherer.cases, "submit_cases", submit)
    content, headers = written(), machines.bearer()
    calls = [(content, headers | {"Idempotency-Key": poison})]
    calls += [(content, headers | machines.key()) for _ in range(10)]
    told = machines.finished(machines.in_lane(calls))
    assert [one.status for one in told] == [503] + [201] * 10
    assert told[0].json()["code"] == "not_written"
    assert told[0].headers["Retry-After"]
    assert filed() == 10


def test_a_fault_of_ours_is_answered_too(filed: Filed, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Any) -> Any:
        raise RuntimeError("a mistake in the program")

    content, headers = written(), machines.bearer()
    monkeypatch.setattr(gatherer.filings, "read", broken)
    told = machines.post_to_lane(content, headers)
    assert (told.status, told.json()["code"]) == (500, "broken")
    assert "mistake" not in told.content.decode()


def test_past_what_can_be_written_callers_are_sent_away(filed: Filed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gatherer, "MOST_WAITING", 5)
    monkeypatch.setattr(gatherer, "MOST_AT_ONCE", 1)
    content, headers = written(), machines.bearer()
    told = machines.finished(machines.in_lane([(content, headers | machines.key()) for _ in range(30)]))
    assert {one.status for one in told} == {201, 503}
    refused = [one for one in told if one.status == 503]
    assert {one.json()["code"] for one in refused} == {"overloaded"}
    assert filed() == 30 - len(refused)


def test_a_body_in_many_parts_is_read_whole(filed: Filed) -> None:
    content, headers = written(), machines.bearer()
    told = machines.finished(machines.call(FilingLane(None), content, headers, parts=50))  # type: ignore[arg-type]
    assert told.status == 201


def test_a_caller_who_leaves_before_the_end_of_his_body_files_nothing(filed: Filed) -> None:
    content, headers = written(), machines.bearer()

    async def leave() -> list[Any]:
        messages: list[Any] = [
            {"type": "http.request", "body": content[:100], "more_body": True},
            {"type": "http.disconnect"},
        ]
        sent: list[Any] = []

        async def receive() -> Any:
            return messages.pop(0)

        async def send(message: Any) -> None:
            sent.append(message)

        raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        lane = FilingLane(None)  # type: ignore[arg-type]
        await lane({"type": "http", "method": "POST", "path": machines.FILED, "headers": raw}, receive, send)
        return sent

    assert machines.finished(leave()) == []
    assert filed() == 0


def test_a_caller_who_leaves_while_it_is_written_finds_his_case_later(filed: Filed) -> None:
    """His call is cancelled; the writer goes on, and the others of the set are answered."""
    content, headers = written(), machines.bearer()

    async def go() -> list[Told]:
        lane = FilingLane(None)  # type: ignore[arg-type]
        leaving = asyncio.create_task(machines.call(lane, content, headers))
        staying = [asyncio.create_task(machines.call(lane, content, headers | machines.key())) for _ in range(3)]
        while not lane.gatherer._writing:
            await asyncio.sleep(0)
        leaving.cancel()
        return list(await asyncio.gather(*staying))

    assert [told.status for told in machines.finished(go())] == [201] * 3
    assert machines.post_to_lane(content, headers).status == 201
    assert filed() == 4
