"""People who use the pages: signed in as the cast is, reading what the measurement asks for."""

import json
from collections.abc import Callable, Iterator
from itertools import count, cycle
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from . import district

Request = Callable[[], bytes]
CSRF = "b" * 32


def session(login: str) -> str:
    """The cookie of somebody who has just signed in."""
    from django.conf import settings
    from django.test import Client

    from zhengtong.foundation.accounts import queries as accounts

    client = Client()
    client.force_login(accounts.account(login), backend=settings.AUTHENTICATION_BACKENDS[0])
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def reader(url: str, cookie: str, paths: list[str]) -> Request:
    """Asks for the pages one after another, round and round."""
    host, turn = urlsplit(url).netloc, cycle(paths)

    def request() -> bytes:
        lines = (f"GET {next(turn)} HTTP/1.1", f"Host: {host}", f"Cookie: {cookie}", "Accept-Language: zh-CN", "", "")
        return "\r\n".join(lines).encode()

    return request


def filer(url: str, cookie: str, drafts: Iterator[str]) -> Request:
    """Presses “submit” on one finished draft after another."""
    host, keys, own = urlsplit(url).netloc, count(), uuid4().hex

    def request() -> bytes:
        body = urlencode({"csrfmiddlewaretoken": CSRF, "idempotency_key": f"page-{own}-{next(keys)}"}).encode()
        lines = (
            f"POST /cases/drafts/{next(drafts)}/check/ HTTP/1.1", f"Host: {host}",
            f"Cookie: {cookie}; csrftoken={CSRF}", "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}", "", "",
        )  # fmt: skip
        return "\r\n".join(lines).encode() + body

    return request


def finished_drafts(login: str, wanted: int) -> list[str]:
    """Drafts that need nothing but to be submitted; put there in bulk, as nobody fills in so many."""
    from zhengtong.foundation import clock
    from zhengtong.foundation.accounts import queries as accounts
    from zhengtong.foundation.files.models import File
    from zhengtong.topics.cases.models import Draft

    from .stored import checked

    account = accounts.account(login)
    pattern = checked(district.FILED, produces_hazardous_waste=False, waste_measures=None)
    # The person uploaded them himself: rows of his own for the content that is there already.
    sample = File.objects.filter(kind="application/pdf").latest("pk")
    uploads = [
        File(
            name="材料.pdf", digest=sample.digest, size=sample.size, kind=sample.kind, state=sample.state,
            purpose=sample.purpose, owner_key=f"account:{account.pk}", created_at=clock.now(),
        )
        for _ in pattern.materials
    ]  # fmt: skip
    district.insert_audited(uploads, "files.file.stored", accounts.actor_for(account), lambda one: {"size": one.size})
    content = {
        "answers": pattern.filing.answers,
        "materials": {part.code: str(file.pk) for part, file in zip(pattern.materials, uploads, strict=True)},
        "done": [section.key for section in pattern.item.form.sections],
    }
    text = json.dumps(content, ensure_ascii=False)
    drafts = [
        Draft(
            account=account, item_version_id=pattern.item.id, item_name=pattern.item.name,
            applicant_id=pattern.filing.applicant, content=text, updated_at=clock.now(),
        )
        for _ in range(wanted)
    ]  # fmt: skip
    return [str(draft.pk) for draft in Draft.objects.bulk_create(drafts, batch_size=1_000)]


def queries_of(login: str, path: str) -> int:
    """How many questions to the database one page costs, once the process is warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from zhengtong.foundation.accounts import queries as accounts

    client = Client()
    client.force_login(accounts.account(login))
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            answer: Any = client.get(path, headers={"Host": "127.0.0.1"})
        assert answer.status_code == 200, f"{path} answers {answer.status_code}"
    return len(asked)
