"""Without signing in: how far a case has come, and whether a credential is genuine."""

import pytest

from tests import story
from tests.faces.portal.citizens import MECHANIC, OWNER, Citizen, words
from zhengtong.foundation import clock
from zhengtong.foundation.access import system_actor
from zhengtong.foundation.codes import case_number
from zhengtong.foundation.params import queries as params
from zhengtong.topics.credentials import actions as credentials
from zhengtong.topics.credentials.models import Credential

pytestmark = pytest.mark.usefixtures("district")


def test_a_number_shows_state_and_dates_only() -> None:
    case = story.accepted()
    html = Citizen().get(f"/t/{case.number}").content.decode()
    assert "已受理" in html and "承诺办结" in words(html)
    for secret in (case.applicant_name, case.item_name, "区市场监管局", "审查与现场核查"):
        assert secret not in words(html)


def test_the_phone_opens_the_timeline() -> None:
    case = story.accepted()
    right = str(story.WORDS["chen-zhiyuan"]["phone"])[-4:]
    firm = str(story.WORDS["weizhenyuan"]["phone"])[-4:]
    one = Citizen()
    wrong = one.post(f"/t/{case.number}", {"digits": "0000"})
    assert wrong.status_code == 422 and "后四位不对" in words(wrong) and case.item_name not in words(wrong)
    for digits in {right, firm}:
        answer = one.post(f"/t/{case.number}", {"digits": digits})
        if answer.status_code == 200:
            assert "审查与现场核查" in words(answer) and case.applicant_name not in words(answer)
            return
    pytest.fail("neither phone opened it")


def test_numbers_and_phones_cannot_be_tried_at_will() -> None:
    case = story.submitted()
    limit = params.integer("cases.lookup_per_minute")
    codes = [Citizen().get(f"/t/{case.number}").status_code for _ in range(limit + 1)]
    assert codes == [200] * limit + [429]
    for address in range(limit):
        Citizen().post(f"/t/{case.number}", {"digits": f"{address:04d}"}, REMOTE_ADDR=f"10.0.0.{address}")
    spread = Citizen().post(f"/t/{case.number}", {"digits": "0000"}, REMOTE_ADDR="10.0.1.1")
    assert spread.status_code == 429


def test_a_mistyped_number_is_said_beside_the_field() -> None:
    one = Citizen()
    answer = one.get("/t/", {"number": "2611220000139"})
    assert answer.status_code == 422 and 'id="number-error"' in answer.content.decode()
    case = story.submitted()
    typed = f"{case.number[:6]} {case.number[6:]}"
    assert one.get("/t/", {"number": typed})["Location"] == f"/t/{case.number}"


def test_an_unknown_number_is_not_found() -> None:
    assert Citizen().get(f"/t/{case_number.make_case_number(clock.today(), 999_999)}").status_code == 404


def test_my_credentials_and_their_paper() -> None:
    story.granted()
    credential, one = Credential.objects.get(), Citizen(OWNER)
    assert credential.number in one.page("/credentials/")
    path = f"/credentials/{credential.pk}/"
    assert "正在生成" in one.page(path)
    waiting = one.get(f"{path}file.pdf")
    assert waiting.status_code == 503 and "正在生成" in words(waiting)
    credentials.render_credential(credential.pk, actor=system_actor("printer", "credentials.render"))
    answer = one.get(f"{path}file.pdf")
    assert answer["Content-Type"] == "application/pdf" and answer.getvalue().startswith(b"%PDF-")
    for other in (path, f"{path}file.pdf"):
        assert Citizen(MECHANIC).get(other).status_code == 404
    assert "还没有电子证照" in Citizen(MECHANIC).page("/credentials/")


def test_anybody_may_ask_whether_it_is_genuine() -> None:
    story.granted()
    credential = Credential.objects.get()
    one = Citizen()
    answer = one.get("/v/", {"code": f" {credential.verify_code.lower()} "})
    said = one.page(answer["Location"])
    assert "真实、有效" in said and credential.number in said
    assert credential.holder_id_number not in said
    assert one.get("/v/AAAAAAAAAAAAA").status_code == 404
    assert "核验码" in one.page("/v/")
