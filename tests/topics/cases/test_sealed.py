"""ID numbers and phones lie nowhere in the open, whatever happens to a case (promise 6)."""

import pytest
from django.db import connection

from tests import canaries, story
from tests.topics.cases.verbs import ALLOWANCE, CARD, REPAIR, RESTAURANT, brought, do
from zhengtong.foundation.access import ANONYMOUS, system_actor
from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.audit.models import Leaf
from zhengtong.foundation.outbox.models import EventRow
from zhengtong.topics.cases import actions, queries, wiring
from zhengtong.topics.credentials import actions as credentials
from zhengtong.topics.credentials.models import Credential
from zhengtong.topics.items import queries as items
from zhengtong.topics.subjects import actions as subjects

pytestmark = pytest.mark.usefixtures("district")
RENDERER = system_actor("renderer", "credentials.render")


def secrets() -> set[str]:
    """Every ID number and every phone of a person in this district, and what people write into sealed fields."""
    people = {str(words["id_number"]) for words in story.WORDS.values() if "credit_code" not in words}
    phones = {str(words["phone"]) for words in story.WORDS.values()}
    typed = set()
    for item in story.ITEMS:
        form, answers = items.current_version(item).form, story.answers(item)
        typed |= {str(answers[key]) for key in form.sealed if answers.get(key)}
    return people | phones | typed


def test_the_search_finds_what_lies_open() -> None:
    """The searcher is itself tried: in text, in jsonb, in an array and in bytes."""
    person = story.WORDS["chen-zhiyuan"]["id_number"]
    EventRow.objects.create(name="test", payload={"deep": [{"id": person}]}, at="2026-01-01T00:00+08:00")
    Leaf.objects.create(
        stream="test:1", seq=1, at="2026-01-01T00:00+08:00", verb=person, actor="x", mac=person.encode()
    )  # fmt: skip
    assert {table for table, _ in canaries.found({person})} == {"outbox_event", "audit_leaf"}
    assert len(canaries.found({person})) == 3


def test_a_whole_road_leaves_no_number_in_the_open() -> None:
    secret = secrets()
    assert len(secret) > 300

    account = accounts.register_account(
        kind="citizen", login="newcomer", name="方晓", phone="13800138000", password=story.PASSWORD, actor=ANONYMOUS
    )
    person = subjects.register_subject(
        kind="person", name="方晓", id_type="resident_id", id_number="11010519491231002X", phone="13800138000",
        actor=ANONYMOUS,
    )  # fmt: skip
    subjects.link_account(person, account_id=account.pk, actor=ANONYMOUS)
    subjects.change_contact(person, phone="13900139000", actor=story.actor("newcomer"))

    applicant = story.citizen(RESTAURANT)
    draft = actions.start_draft(RESTAURANT, applicant=story.subject("weizhenyuan").pk, actor=applicant)
    content = {"answers": story.answers(RESTAURANT), "materials": {}, "done": []}
    actions.save_draft(draft, content=content, version=1, actor=applicant)
    case = brought(
        RESTAURANT, "receive", "request_correction", "answer_correction", "accept", "review", "grant", "deliver",
        "archive",
    )  # fmt: skip
    credentials.render_credential(Credential.objects.get(case_number=case.number).pk, actor=RENDERER)
    for item in (REPAIR, ALLOWANCE):
        brought(item, "handle_on_the_spot")
    for verbs in (("decline",), ("withdraw",), ("accept", "review", "refuse")):
        brought(RESTAURANT, *verbs)
    for item in set(story.ITEMS) - {RESTAURANT, REPAIR, ALLOWANCE, CARD}:
        do("accept", story.submitted(item))
    card = brought(CARD, "forward")
    wiring.hand_over(str(card.pk))
    wiring.mirror(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone()[0] > 0

    assert canaries.found({*secret, "13800138000", "13900139000", "11010519491231002X"}) == []


def test_whoever_may_read_them_reads_them_masked() -> None:
    case = brought(RESTAURANT, "accept")
    for login in ("chenzhiyuan", "zhoumin", "zhengweidong"):
        page = queries.case_page(story.actor(login), case)
        shown = repr(page.form)
        assert not [secret for secret in secrets() if secret in shown], login
        assert "1990660" not in shown


def test_the_case_itself_gives_them_back_to_those_who_work_on_it() -> None:
    case = brought(RESTAURANT)
    form = items.version(case.item_version_id).form
    answers = queries.unseal_answers(form, case.form)
    given = story.answers(RESTAURANT)
    assert {key: answers[key] for key in form.sealed if key in answers} == {
        key: given[key] for key in form.sealed if key in given
    }
