"""A citizen at the portal: opens pages, sends forms, and counts what a page asks of the database."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import story
from zhengtong.engines.forms.rules import page_values
from zhengtong.foundation.access import system_actor
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.codes import uuid7
from zhengtong.topics.cases import actions as cases
from zhengtong.topics.cases.models import Case, Draft
from zhengtong.topics.items import queries as items
from zhengtong.topics.ratings import actions as ratings

OWNER, FAMILY, FATHER, MECHANIC, CLERK = "chenzhiyuan", "linxiaoyu", "linguodong", "huangjianye", "zhoumin"
RESTAURANT, REPAIR, ALLOWANCE, CARD, HOMESTEAD = (
    "food-business-restaurant", "vehicle-repair-filing", "senior-allowance", "social-security-card", "rural-homestead",
)  # fmt: skip
MOST_QUERIES = 12


class Citizen:
    """Somebody at the portal; signed in where a login is given."""

    def __init__(self, login: str = "") -> None:
        self.client = Client()
        if login:
            self.actor = story.actor(login)
            self.client.force_login(accounts.account(login))

    def get(self, path: str, asked: Mapping[str, str] | None = None, **more: Any) -> Any:
        """A visit."""
        return self.client.get(path, asked, **more)

    def page(self, path: str) -> str:
        """The words of a page that opens."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return words(answer)

    def post(self, path: str, sent: Mapping[str, Any] | None = None, *, key: str = "", **more: Any) -> Any:
        """A form sent once; `key` to send it again."""
        return self.client.post(path, {"idempotency_key": key or str(uuid7()), **(sent or {})}, **more)

    def queries(self, path: str) -> int:
        """How many queries a page takes once the process is warm."""
        self.page(path)
        with CaptureQueriesContext(connection) as caught:
            self.page(path)
        return len([one for one in caught.captured_queries if "SAVEPOINT" not in one["sql"]])

    def start(self, item: str = RESTAURANT) -> Draft:
        """Begin an application for the usual applicant."""
        applicant = story.subject(story.usual(item)[0])
        answer = self.post(f"/cases/new/{item}/", {"applicant": str(applicant.pk)})
        assert answer.status_code == 303, words(answer)
        return Draft.objects.get(pk=answer["Location"].split("/")[3])

    def fill(self, draft: Draft, item: str = RESTAURANT, **changes: Any) -> None:
        """Every section, one page after the other."""
        form = items.version(draft.item_version_id).form
        given = story.answers(item, **changes)
        for section in form.sections:
            sent: dict[str, Any] = dict(page_values(section, given))
            draft.refresh_from_db()
            answer = self.post(f"/cases/drafts/{draft.pk}/form/{section.key}/", {**sent, "version": draft.version})
            assert answer.status_code == 303, (section.key, words(answer))

    def hand_in(
        self, draft: Draft, code: str, content: bytes | None = None, name: str = "材料.pdf", **more: Any
    ) -> Any:
        """One file for one material."""
        file = SimpleUploadedFile(name, story.pdf() if content is None else content)
        return self.post(f"/cases/drafts/{draft.pk}/materials/{code}/", {"file": file}, **more)

    def complete(self, item: str = RESTAURANT, **changes: Any) -> Draft:
        """A draft with nothing missing."""
        draft = self.start(item)
        self.fill(draft, item, **changes)
        version = items.version(draft.item_version_id)
        kind = story.subject(story.usual(item)[0]).kind
        facts = {"applicant_kind": kind, "channel": "online", **story.answers(item, **changes)}
        for material in version.materials_asked(facts):
            if material.is_required:
                assert self.hand_in(draft, material.code).status_code == 303, material.code
        draft.refresh_from_db()
        return draft


def words(answer: Any) -> str:
    """What a person reads on the page, in one line."""
    main = re.search(r"<main.*</main>", answer if isinstance(answer, str) else answer.content.decode(), re.S)
    text = re.sub(r"<[^>]+>", " ", main[0] if main else "")
    return re.sub(r"\s+", " ", unescape(text)).strip()


def invited(case: Case) -> Case:
    """The relay has told that the case ended: it may be rated."""
    case.refresh_from_db()
    assert case.ended_at is not None
    ratings.invite_rating(
        number=case.number, item_code=case.item_code, item_name=case.item_name, organisation=case.department_id,
        applicant=case.applicant_id, outcome=case.status, ended_at=case.ended_at,
        actor=system_actor("ratings", "ratings.invite"),
    )  # fmt: skip
    return case


def correction_asked(**asked: Any) -> Case:
    """The restaurant's case, sent back once; by default for its layout plan."""
    wanted = asked or {"materials": {"layout-plan": "没有标出下水方向。"}}
    return cases.request_correction(story.submitted(), **{"materials": {}, **wanted}, actor=story.actor(CLERK))
