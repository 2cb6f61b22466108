"""Callers who send too much, too little, nonsense, or leave: a clear no or nothing, and all others are served."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.faults import callers
from tests.sites import Site
from zhengtong.foundation.bulk import fetch


@contextmanager
def line(site: Site) -> Iterator[socket.socket]:
    """A bare connection to the site."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as opened:
        yield opened


def head(bearer: str, key: str, *more: str) -> bytes:
    lines = (
        "POST /api/v1/cases HTTP/1.1", "Host: 127.0.0.1", f"Authorization: Bearer {bearer}", f"Idempotency-Key: {key}",
        "Content-Type: application/json", *more, "", "",
    )  # fmt: skip
    return "\r\n".join(lines).encode()


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


def test_rude_callers_disturb_nobody(district_site: Site) -> None:
    port, content = district_site.port, callers.body()
    bearer = callers.token(port)
    length = f"Content-Length: {len(content)}"

    # Announces more than a form can hold, or sends it without announcing.
    with line(district_site) as opened:
        opened.sendall(head(bearer, "announced", "Content-Length: 5000000000"))
        assert status(opened.recv(200)) == 413
    with line(district_site) as opened:
        opened.sendall(head(bearer, "chunked", "Transfer-Encoding: chunked"))
        part = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        with pytest.raises(OSError):  # the line is cut, or nothing more is taken from it
            for _ in range(1_000):
                opened.sendall(part)

    # Leaves in the middle of the head, of the body, and while being answered.
    for cut in (10, 200, len(head(bearer, "left", length)) + 100):
        for number in range(30):
            with line(district_site) as opened:
                opened.sendall((head(bearer, f"left-{cut}-{number}", length) + content)[:cut])
    for number in range(30):
        with line(district_site) as opened:
            opened.sendall(head(bearer, f"unheard-{number}", length) + content)

    # Nonsense instead of HTTP.
    for nonsense in (
        b"\x16\x03\x01\x02\x00\x01",
        b"GET\r\n\r\n",
        b"POST /api/v1/cases HTTP/9.9\r\n\r\n",
        b"\x00" * 5_000,
    ):
        with line(district_site) as opened:
            opened.sendall(nonsense)
            assert status(opened.recv(100)) in (0, 400, 505)

    # Holds lines open and says nothing.
    silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(200)]
    try:
        told, answer = callers.file_once(port, bearer, content, "polite")
        assert (told, answer["status"]) == (201, "submitted")
    finally:
        for opened in silent:
            opened.close()

    # Whose body came whole has his case, once; whose did not has none.
    kept = {key for (key,) in fetch("SELECT key FROM idempotency_turn WHERE action = 'cases.submit'")}
    assert "polite" in kept
    assert not {key for key in kept if key.startswith(("left", "announced", "chunked"))}
    told, again = callers.file_once(port, bearer, content, "unheard-7")
    assert told == 201
    assert fetch("SELECT count(*) FROM cases_case WHERE number = %s", [again["number"]]) == [(1,)]
