"""A business system of the demo district as it calls the interface."""

import asyncio
import json
from collections.abc import Coroutine, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address
from typing import Any, TypeVar
from uuid import uuid4

from django.test import Client

from tests import story
from zhengtong.faces.gateway.lane import FilingLane
from zhengtong.foundation import clock, crypto
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.accounts.models import Token

Result = TypeVar("Result")

LOGIN = "weixiu-system"
ITEM = "vehicle-repair-filing"
FORM = "application/x-www-form-urlencoded"
FILED = "/api/v1/cases"


@dataclass(frozen=True)
class Told:
    """An answer, however it came."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    def json(self) -> Any:
        return json.loads(self.content)


def key() -> dict[str, str]:
    """A header no call has used."""
    return {"Idempotency-Key": str(uuid4())}


def elsewhere() -> Client:
    """A caller at an address nobody has called from: tries are counted by address."""
    return Client(REMOTE_ADDR=str(IPv6Address(uuid4().int)), enforce_csrf_checks=True)


def token(login: str = LOGIN) -> str:
    """A bearer token for a system of the cast, without the costly check of its secret."""
    made = uuid4().hex
    expires = clock.now() + timedelta(minutes=5)
    Token.objects.create(digest=crypto.sm3(made.encode()), account=accounts.account(login), expires_at=expires)
    return made


def bearer(**more: str) -> dict[str, str]:
    """The headers of a write by that system."""
    return {"Authorization": f"Bearer {token()}", "Content-Type": "application/json", **key(), **more}


def body(item: str = ITEM, **changes: Any) -> dict[str, Any]:
    """A complete filing with three uploaded materials."""
    filing = story.filing(item, by=story.actor(LOGIN))
    return {
        "item": item,
        "applicant": str(filing.applicant),
        "division": filing.division,
        "answers": dict(filing.answers),
        "materials": [{"code": part.code, "file": str(part.file)} for part in filing.materials],
        **changes,
    }


def post_to_django(content: bytes, headers: Mapping[str, str]) -> Told:
    """The documented route, through all middleware."""
    headers = dict(headers)
    kind = headers.pop("Content-Type", "application/octet-stream")
    answer = Client(enforce_csrf_checks=True).post(FILED, content, content_type=kind, headers=headers)
    return Told(answer.status_code, dict(answer.headers), answer.content)


def post_to_lane(content: bytes, headers: Mapping[str, str]) -> Told:
    """The same by the raw route."""
    return finished(in_lane([(content, headers)]))[0]


def finished(work: Coroutine[Any, Any, Result]) -> Result:
    """Run to the end in a thread of its own: a browser's loop may be running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def in_lane(calls: Iterable[tuple[bytes, Mapping[str, str]]]) -> list[Told]:
    """Several calls at once, by one lane of one process."""

    async def nobody(*_: Any) -> None:
        raise AssertionError("the lane passed a filing on")

    lane = FilingLane(nobody)
    return list(await asyncio.gather(*(call(lane, content, headers) for content, headers in calls)))


async def call(lane: FilingLane, content: bytes, headers: Mapping[str, str], *, parts: int = 1) -> Told:
    """One request, its body in parts."""
    step = -(-len(content) // parts) or 1
    messages = [
        {"type": "http.request", "body": content[at : at + step], "more_body": at + step < len(content)}
        for at in range(0, max(len(content), 1), step)
    ]
    sent: list[Any] = []

    async def receive() -> Any:
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await lane({"type": "http", "method": "POST", "path": FILED, "headers": raw}, receive, send)
    if not sent:
        return Told(0, {}, b"")
    names = {name.decode().title(): value.decode() for name, value in sent[0]["headers"]}
    return Told(sent[0]["status"], names, sent[1]["body"])
