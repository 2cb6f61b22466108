"""A credential comes with the decision that grants it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from tests.topics.credentials.district import FOOD, HEALTH, HYGIENE, MARKET, PACK, ZHANG, ZHANG_ID, citizen, staff
from zhengtong.foundation.audit import queries as audit
from zhengtong.foundation.codes import credential_id, credit_code
from zhengtong.foundation.outbox.models import EventRow
from zhengtong.foundation.refusals import Forbidden
from zhengtong.topics.credentials import actions, rules
from zhengtong.topics.credentials.models import Credential, NumberSeries

Issue = Callable[..., Credential]


def test_it_has_number_identifier_code_and_days(issue: Issue) -> None:
    made = Credential.objects.get(pk=issue().pk)
    assert made.number.startswith("JY2449906000001")
    parsed = credential_id.parse_credential_id(made.identifier)
    assert (parsed.type_code, parsed.issuer, parsed.serial) == (FOOD["type_code"], MARKET, made.number)
    assert rules.is_code(made.verify_code)
    assert (made.valid_from, made.valid_to) == (date(2026, 3, 2), date(2031, 3, 1))
    assert (made.type_name, made.holder, made.holder_name) == ("食品经营许可证", ZHANG, "张桂芳")
    assert [line["text"] for line in made.data] == ["张记小馆", "热食类食品制售、冷食类食品制售", "86"]
    assert made.file_id is None


def test_the_number_of_a_person_lies_sealed(issue: Issue) -> None:
    made = issue()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(c)::text FROM credentials_credential c")
        stored = cursor.fetchone()[0]
    assert ZHANG_ID not in stored
    again = Credential.objects.get(holder_id_number_index=Credential.holder_id_number_index_of(ZHANG_ID.lower()))
    assert again.pk == made.pk
    assert again.holder_id_number == ZHANG_ID


def test_the_trail_tells_it_without_personal_data(issue: Issue) -> None:
    made = issue()
    leaf = audit.leaves_of(made).get()
    assert leaf.verb == "credentials.credential.issued"
    assert leaf.data["case"] == "2603020000017"
    assert "张" not in str(leaf.data) and ZHANG_ID not in str(leaf.data)
    assert audit.verify(made.audit_stream).faults == ()


def test_others_hear_of_it_and_its_paper_is_ordered(issue: Issue) -> None:
    made = issue()
    event = EventRow.objects.get(name="credentials.CredentialIssued")
    assert event.payload["number"] == made.number
    assert event.payload["case_number"] == "2603020000017"
    with connection.cursor() as cursor:
        cursor.execute("SELECT args ->> 'credential_id' FROM procrastinate_jobs WHERE task_name = 'credentials.render'")
        assert cursor.fetchall() == [(str(made.pk),)]


def test_numbers_run_on_within_a_series(issue: Issue) -> None:
    first, second = issue("2603020000017"), issue("2603020000025")
    assert (first.number[:-1], second.number[:-1]) == ("JY2449906000001", "JY2449906000002")
    health = {"type_code": "public-place-health", "issuer": HEALTH,
              "actor": staff("cases.decide", organisation=HEALTH)}  # fmt: skip
    numbers = [
        issue(f"26030200{index}", issued_on=day, **health).number
        for index, day in enumerate((date(2026, 12, 31), date(2026, 12, 31), date(2027, 1, 1)))
    ]
    assert numbers == [
        "粤卫公证字〔2026〕449906第00001号", "粤卫公证字〔2026〕449906第00002号", "粤卫公证字〔2027〕449906第00001号",
    ]  # fmt: skip


def test_without_a_place_the_issuers_own_counts(issue: Issue) -> None:
    assert issue(division="").number.startswith("JY2449906")
    assert issue("2603020000025", division="44990600100301201").division == "449906001003"


def test_one_case_one_credential(issue: Issue) -> None:
    made = issue()
    with pytest.raises(rules.CredentialAlreadyIssued) as refusal:
        issue()
    assert made.number in str(refusal.value)


@pytest.mark.parametrize("by", ["city", "provincial", "national"])
def test_what_others_make_is_never_made_here(issue: Issue, by: str) -> None:
    actions.write_type({**FOOD, "by": by}, pack="test", actor=PACK)
    with pytest.raises(rules.CredentialNotLocal):
        issue()
    assert not Credential.objects.exists()
    assert not NumberSeries.objects.exists()


def test_a_type_that_is_unknown_or_ended(issue: Issue) -> None:
    with pytest.raises(rules.CredentialTypeUnknown):
        issue(type_code="business-licence")
    actions.end_type(FOOD, pack="test", actor=PACK)
    with pytest.raises(rules.CredentialTypeUnknown):
        issue()


def test_an_issuer_without_a_credit_code(issue: Issue) -> None:
    with pytest.raises(rules.IssuerUnfit):
        issue(issuer="hall-central", actor=staff("cases.decide", organisation="hall-central"))


def test_when_a_series_is_used_up(issue: Issue) -> None:
    NumberSeries.objects.create(name="JY2449906{serial6}{check}", last=999_999)
    with pytest.raises(rules.NumbersUsedUp):
        issue()


def test_who_may(issue: Issue) -> None:
    for stranger in (staff("cases.decide", organisation=HEALTH), staff("cases.review", organisation=MARKET), citizen()):
        with pytest.raises(Forbidden):
            issue(actor=stranger)
    # an on-the-spot item is decided at the counter, in the department's name
    assert issue(actor=staff("cases.accept", organisation="hall-central"))


def test_ending_it(issue: Issue) -> None:
    made = issue()
    judge = staff("credentials.end", organisation=MARKET)
    with pytest.raises(Forbidden):
        actions.end_credential(made, ending="revoked", reason="多次违法", actor=staff("credentials.view"))
    for wrong in ({"ending": "expired", "reason": "到期"}, {"ending": "revoked", "reason": "  "}):
        with pytest.raises(rules.EndingUnknown):
            actions.end_credential(made, **wrong, actor=judge)
    paper = "番市监罚〔2026〕1号"
    ended = actions.end_credential(made, ending="revoked", reason="多次违法", document_number=paper, actor=judge)
    assert ended.state_words == "已吊销"
    with pytest.raises(rules.CredentialEnded):
        actions.end_credential(made, ending="deregistered", reason="注销", actor=judge)
    assert [leaf.verb for leaf in audit.leaves_of(ended)][-1] == "credentials.credential.revoked"
    assert EventRow.objects.get(name="credentials.CredentialWasEnded").payload["ending"] == "revoked"


def test_the_test_data_are_sound() -> None:
    assert credit_code.is_valid_credit_code(MARKET)
    assert credit_code.is_valid_credit_code(HEALTH)
    assert not rules.pattern_fault(HYGIENE["number_pattern"])
