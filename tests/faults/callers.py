"""Callers over HTTP who keep their own books: what was acknowledged under which key, and what never was."""

import http.client
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from tests import story

LOGIN = "weixiu-system"
ITEM = "vehicle-repair-filing"


@dataclass
class Ledger:
    """Key → number, as the callers heard it; nothing here comes from the database."""

    numbers: dict[str, str] = field(default_factory=dict)
    unheard: int = 0  # calls whose outcome their caller never learnt
    differing: list[tuple[str, str, str]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def acknowledge(self, key: str, number: str) -> None:
        with self.lock:
            before = self.numbers.setdefault(key, number)
            if before != number:
                self.differing.append((key, before, number))

    @property
    def count(self) -> int:
        return len(self.numbers)


def body() -> bytes:
    """A complete filing with uploads, of the system that files vehicle repair shops."""
    filing = story.filing(ITEM, by=story.actor(LOGIN))
    return json.dumps(
        {
            "item": ITEM,
            "applicant": str(filing.applicant),
            "division": filing.division,
            "answers": filing.answers,
            "materials": [{"code": part.code, "file": str(part.file)} for part in filing.materials],
        }
    ).encode()


def token(port: int) -> str:
    """A bearer token from the served site."""
    said = {"grant_type": "client_credentials", "client_id": LOGIN, "client_secret": story.PASSWORD}
    status, answer = call(port, "/api/v1/oauth/token", urlencode(said).encode(), "application/x-www-form-urlencoded")
    assert status == 200, answer
    return str(answer["access_token"])


def call(port: int, path: str, content: bytes, kind: str, **headers: str) -> tuple[int, Any]:
    """One request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("POST", path, content, {"Content-Type": kind, **headers})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def file_once(port: int, bearer: str, content: bytes, key: str) -> tuple[int, Any]:
    """One attempt to file."""
    headers = {"Authorization": f"Bearer {bearer}", "Idempotency-Key": key}
    return call(port, "/api/v1/cases", content, "application/json", **headers)


class Caller(threading.Thread):
    """Files one case after another; where it does not hear the outcome, it asks again with the same key."""

    def __init__(self, port: int, bearer: str, content: bytes, ledger: Ledger, ended: threading.Event) -> None:
        super().__init__(daemon=True)
        self.attempt: Callable[[str], tuple[int, Any]] = lambda key: file_once(port, bearer, content, key)
        self.ledger, self.ended = ledger, ended

    def run(self) -> None:
        while not self.ended.is_set():
            key = str(uuid4())
            while not self._try(key):
                self.ended.wait(0.05)

    def _try(self, key: str) -> bool:
        """True when the matter of this key is settled."""
        try:
            status, answer = self.attempt(key)
        except (OSError, http.client.HTTPException, ValueError):
            self.ledger.unheard += 1
            return False
        if status == 201:
            self.ledger.acknowledge(key, answer["number"])
        elif status in (502, 503):
            return False
        else:
            self.ledger.refused.append(f"{status} {answer}")
        return True
