"""The ways in, as people take them: pages at a counter, at home, at a terminal; the interface for systems."""

import json
from typing import Any
from urllib.parse import urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import story
from tests.faces.gateway import machines
from tests.systems.stage import CLERKS
from zhengtong.engines.forms.rules import page_values
from zhengtong.foundation.access import ANONYMOUS
from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.accounts import queries as known_accounts
from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.codes import uuid7
from zhengtong.topics.cases.models import Case, Draft
from zhengtong.topics.items import queries as items
from zhengtong.topics.subjects import actions as subjects

COMPUTER = "Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0 Safari/537.36"
PHONE = "Mozilla/5.0 (Linux; Android 15) Chrome/150.0 Mobile Safari/537.36"
TERMINAL = f"{COMPUTER} ZhengtongKiosk/1"


def _key() -> dict[str, str]:
    return {"idempotency_key": str(uuid7())}


def _sections(version: Any, answers: dict[str, Any], facts: dict[str, Any]) -> list[Any]:
    return list(version.form.visible_sections(answers, facts))


def _required(version: Any, answers: dict[str, Any], facts: dict[str, Any]) -> list[Any]:
    return [m for m in version.materials_asked({**facts, **answers}) if m.is_required]


def _paper(material: Any) -> SimpleUploadedFile:
    if "pdf" in material.accepts:
        return SimpleUploadedFile(f"{material.code}.pdf", story.pdf(), "application/pdf")
    return SimpleUploadedFile(f"{material.code}.jpg", story.picture(), "image/jpeg")


def account_of(item: str) -> Account:
    """The login of whoever usually files for the item; opened if he has none yet."""
    _, person, login = story.usual(item)
    if login:
        return known_accounts.account(login)
    made = accounts.register_account(
        kind="citizen", login=f"citizen-{person}", name=story.WORDS[person]["name"], password=story.PASSWORD,
        actor=ANONYMOUS,
    )  # fmt: skip
    subjects.link_account(story.subject(person), account_id=made.pk, actor=ANONYMOUS)
    return made


def by_oneself(item: str, agent: str) -> tuple[Case, Client]:
    """Page by page, as a citizen with such a device; the case and the browser that filed it."""
    browser = Client(HTTP_USER_AGENT=agent)
    browser.force_login(account_of(item))
    applicant = story.subject(story.usual(item)[0])
    version, answers = items.current_version(item), story.answers(item)
    facts = {"applicant_kind": applicant.kind, "channel": "online"}
    started = browser.post(f"/cases/new/{item}/", {**_key(), "applicant": str(applicant.pk)})
    draft = urlsplit(started["Location"]).path
    for section in _sections(version, answers, facts):
        told = browser.post(
            f"{draft}form/{section.key}/",
            {**page_values(section, answers), "version": Draft.objects.latest("updated_at").version},
        )
        assert told.status_code == 303, (item, section.key, told.context and told.context["errors"])
    for material in _required(version, answers, facts):
        told = browser.post(f"{draft}materials/{material.code}/", {**_key(), "file": _paper(material)})
        assert told.status_code in (302, 303), (item, material.code)
    filed = browser.post(f"{draft}check/", _key())
    assert filed.status_code in (302, 303), item
    return Case.objects.get(number=urlsplit(filed["Location"]).path.split("/")[2]), browser


def at_the_counter(item: str, channel: str) -> tuple[Case, Client]:
    """By a clerk of the accepting organisation, for a visitor at the window, in the video booth or by post."""
    version, answers = items.current_version(item), story.answers(item)
    clerk = Client()
    clerk.force_login(known_accounts.account(CLERKS[version.accepted_by]))
    applicant = story.subject(story.usual(item)[0])
    visitor = {
        "item": item, "kind": applicant.kind, "applicant-id_type": applicant.id_type,
        "applicant-id_number": applicant.id_number, "applicant-name": applicant.name,
    }  # fmt: skip
    if not applicant.phone:
        visitor["applicant-phone"] = "13800138000"
    begun = clerk.post("/desk/cases/new/", {**_key(), **visitor})
    assert begun.status_code == 303, item
    facts = {"applicant_kind": applicant.kind, "channel": channel}
    form: dict[str, Any] = {"channel": channel, "paper": [m.code for m in _required(version, answers, facts)]}
    for section in version.form.sections:
        form |= page_values(section, answers)
    filed = clerk.post(urlsplit(begun["Location"]).path, {**_key(), **form, "_then": "submit"})
    assert filed.status_code == 303, (item, filed.context and filed.context["errors"])
    return Case.objects.get(number=urlsplit(filed["Location"]).path.split("/")[3]), clerk


def by_interface() -> Case:
    """By the transport office's own system."""
    told = machines.post_to_django(json.dumps(machines.body()).encode(), machines.bearer())
    assert told.status == 201, told.content
    return Case.objects.get(number=told.json()["number"])
