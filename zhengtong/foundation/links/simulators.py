"""Neighbours that live in this process, for demonstration and tests: the same client talks to them over WSGI.

An approval system elsewhere: it takes cases under its own number and works them off by the clock. It keeps nothing:
number and state follow from what it was told, so any process may answer for it.
"""

import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from zhengtong.foundation import clock

STAGES = (
    (timedelta(minutes=2), "已接收", ""),
    (timedelta(minutes=5), "审查中", ""),
    (timedelta.max, "已办结", "granted"),
)
Start = Callable[[str, list[tuple[str, str]]], Any]


def approval_system(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """POST /cases {number, handed_over_at, …} → number there; GET /cases/NUMBER → status and, at the end, outcome."""
    method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
    if method == "POST" and path == "/cases":
        return reply(start, *_taken(environ))
    if method == "GET" and path.startswith("/cases/"):
        return reply(start, *_state(path.removeprefix("/cases/")))
    return reply(start, "404 Not Found", {"error": "没有这个接口"})


def _taken(environ: dict[str, Any]) -> tuple[str, dict[str, str]]:
    try:
        told = told_in(environ)
        since = datetime.fromisoformat(told["handed_over_at"])
        return "201 Created", {"number": f"S{int(since.timestamp()):010d}{told['number']}", "status": STAGES[0][1]}
    except (ValueError, KeyError, TypeError):
        return "422 Unprocessable Content", {"error": "报文不符合约定"}


def _state(number: str) -> tuple[str, dict[str, str]]:
    if not (number.startswith("S") and number[1:].isdigit() and len(number) == 24):
        return "404 Not Found", {"error": "没有这个办件"}
    passed = timedelta(seconds=clock.now().timestamp() - int(number[1:11]))
    status, outcome = next((words, outcome) for until, words, outcome in STAGES if passed < until)
    return "200 OK", {"number": number, "status": status, "outcome": outcome}


def licence_library(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """POST /papers {name, id_type, id_number} → the papers of this holder that the province keeps.

    Every person has an identity card there, every entity its business licence; their numbers follow from the holder's.
    """
    if environ["REQUEST_METHOD"] != "POST" or environ["PATH_INFO"] != "/papers":
        return reply(start, "404 Not Found", {"error": "没有这个接口"})
    try:
        asked = told_in(environ)
        number, is_person = str(asked["id_number"]), asked["id_type"] == "resident_id"
    except (ValueError, KeyError, TypeError):
        return reply(start, "422 Unprocessable Content", {"error": "报文不符合约定"})
    paper = {
        "kind": "id-card" if is_person else "business-licence",
        "name": "居民身份证（电子证照）" if is_person else "营业执照（电子证照）",
        "number": f"省照{sum(number.encode()) % 9973:04d}{number[-4:]}",
        "valid_to": clock.today().replace(month=12, day=31).isoformat() if is_person else "",
    }
    return reply(start, "200 OK", {"papers": [paper]})


def told_in(environ: dict[str, Any]) -> Any:
    """The JSON of a request."""
    return json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))


def reply(start: Start, status: str, said: dict[str, Any]) -> Iterable[bytes]:
    """Answer with JSON."""
    body = json.dumps(said, ensure_ascii=False).encode()
    start(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
