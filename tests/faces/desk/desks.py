"""A member of staff at the desk: opens pages, presses buttons, and counts what a page asks of the database."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import story
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.codes import uuid7
from zhengtong.topics.cases.models import Case

CLERK, COLLEAGUE, TOWN, INSURANCE = "zhoumin", "wujiayi", "liangxiuying", "luohao"
REVIEWER, HEAD, STRANGER = "zhengweidong", "xujing", "dengfang"
LEADER, KEEPER, AUDITOR = "jiangtao", "gaojie", "yanming"
RESTAURANT, REPAIR, ALLOWANCE, CARD = (
    "food-business-restaurant", "vehicle-repair-filing", "senior-allowance", "social-security-card",
)  # fmt: skip
MOST_QUERIES = 12


class Desk:
    """One member of staff who has signed in."""

    def __init__(self, login: str) -> None:
        self.actor = story.actor(login)
        self.client = Client()
        self.client.force_login(accounts.account(login))

    def get(self, path: str, **headers: Any) -> Any:
        """A visit."""
        return self.client.get(path, **headers)

    def page(self, path: str) -> str:
        """The words of a page that opens."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.content.decode()

    def post(self, path: str, sent: Mapping[str, Any] | None = None, *, key: str = "", **more: Any) -> Any:
        """A form sent once; `key` to send it again."""
        return self.client.post(path, {"idempotency_key": key or str(uuid7()), **(sent or {}), **more})

    def act(self, case: Case, verb: str, **sent: Any) -> Any:
        """Press a button of the case's panel."""
        return self.post(f"/desk/cases/{case.number}/{verb}/", sent)

    def queries(self, path: str) -> int:
        """How many queries a page takes once the process is warm."""
        self.page(path)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            self.page(path)
        return len([one for one in caught.captured_queries if "SAVEPOINT" not in one["sql"]])


def words(answer: Any) -> str:
    """What a person reads on the page, in one line."""
    main = re.search(r"<main.*</main>", answer if isinstance(answer, str) else answer.content.decode(), re.S)
    text = re.sub(r"<[^>]+>", " ", main[0] if main else "")
    return re.sub(r"\s+", " ", unescape(text)).strip()


def verbs_on(html: str, case: Case) -> set[str]:
    """The verbs that a case page offers, by the addresses of its buttons and links."""
    found = set(re.findall(rf"/desk/cases/{case.number}/([a-z_]+)/\"", html))
    beside = {"gaps", "elsewhere", "checklist"}
    return {"request_correction" if verb == "correction" else verb for verb in found - beside}


def fresh(case: Case) -> Case:
    """The case as it stands now."""
    return Case.objects.get(pk=case.pk)
