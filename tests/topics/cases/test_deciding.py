"""Acceptance, review and decision: what they demand, what they issue, and what is undone with them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from tests import story
from tests.engines.papers.reading import text_of
from tests.topics.cases.verbs import ALLOWANCE, CARD, REPAIR, RESTAURANT, brought, do, traces, undone
from zhengtong.engines.tasks.models import Task
from zhengtong.foundation.access import system_actor
from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.accounts import queries as known_accounts
from zhengtong.foundation.audit.queries import verify
from zhengtong.foundation.clock import CHINA
from zhengtong.foundation.outbox.models import EventRow
from zhengtong.foundation.refusals import Forbidden, Refused
from zhengtong.topics.cases import actions, queries, rules
from zhengtong.topics.cases.models import Case, Notice
from zhengtong.topics.credentials.models import Credential, NumberSeries

SECURITY = system_actor("security", "accounts.manage")


def give_post(login: str, *posts: str) -> None:
    for post in posts:
        accounts.assign_post(
            known_accounts.account(login), post=post, valid_from=date(2026, 1, 1), actor=SECURITY
        )  # fmt: skip


def notice(case: Case, kind: str) -> Notice:
    return Notice.objects.get(case=case, kind=kind)


# -- reasons -------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize("opinion", ["", "  \n"])
def test_every_adverse_step_and_every_review_needs_a_reason(opinion: str) -> None:
    clerk, reviewer, head = (story.actor(login) for login in ("zhoumin", "zhengweidong", "xujing"))
    case = story.submitted()
    for step in (actions.decline_case, actions.declare_not_needed):
        with pytest.raises(rules.OpinionMissing):
            step(case, opinion=opinion, actor=clerk)
    case = do("accept", case)
    with pytest.raises(rules.OpinionMissing):
        actions.review_case(case, opinion=opinion, actor=reviewer)
    case = do("review", case)
    with pytest.raises(rules.OpinionMissing):
        actions.refuse_case(case, opinion=opinion, actor=head)


@pytest.mark.usefixtures("district")
def test_accepting_and_granting_need_no_reason() -> None:
    case = brought(RESTAURANT, "accept", "review")
    assert actions.grant_case(case, actor=story.actor("xujing")).status == "granted"


# -- separation of hands -------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("district")
def test_whoever_accepted_neither_reviews_nor_decides() -> None:
    give_post("zhoumin", "scjg-review", "scjg-head")
    case = brought(RESTAURANT, "accept")
    with pytest.raises(rules.HandsNotSeparate, match="受理"):
        do("review", case, story.actor("zhoumin"))
    case = do("review", case)
    for verb in ("grant", "refuse"):
        with pytest.raises(rules.HandsNotSeparate):
            do(verb, case, story.actor("zhoumin"))


@pytest.mark.usefixtures("district")
def test_whoever_reviewed_does_not_decide() -> None:
    give_post("zhengweidong", "scjg-head")
    case = brought(RESTAURANT, "accept", "review")
    with pytest.raises(rules.HandsNotSeparate, match="审查"):
        do("grant", case, story.actor("zhengweidong"))
    assert do("grant", case).status == "granted"


@pytest.mark.usefixtures("district")
def test_his_page_tells_him_so() -> None:
    give_post("zhengweidong", "scjg-head")
    case = brought(RESTAURANT, "accept", "review")
    assert queries.case_page(story.actor("zhengweidong"), case).taken_before == "审查"
    assert queries.case_page(story.actor("xujing"), case).taken_before == ""


@pytest.mark.usefixtures("district")
def test_items_that_do_not_separate_hands_are_finished_by_one() -> None:
    give_post("zhoumin", "jtys-head")
    case = brought(REPAIR, "accept")
    assert do("note", case, story.actor("zhoumin")).status == "noted"


@pytest.mark.usefixtures("district")
def test_a_review_is_not_skipped() -> None:
    case = brought(RESTAURANT, "accept")
    for verb in ("grant", "refuse"):
        with pytest.raises(rules.StepWrong, match="审查与现场核查"):
            do(verb, case)


@pytest.mark.usefixtures("district")
def test_a_review_is_not_repeated() -> None:
    give_post("wujiayi", "scjg-review")
    case = brought(RESTAURANT, "accept", "review")
    with pytest.raises(rules.StepWrong, match="决定"):
        do("review", case, story.actor("wujiayi"))


# -- whose decision ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize(
    ("verb", "login"),
    [("review", "dengfang"), ("review", "zhoumin"), ("review", "xujing"), ("review", "jiangtao")],
)
def test_only_a_reviewer_of_the_department_reviews(verb: str, login: str) -> None:
    case = brought(RESTAURANT, "accept")
    with pytest.raises(Forbidden):
        do(verb, case, story.actor(login))


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize("login", ["shenli", "zhoumin", "zhengweidong", "jiangtao", "chenzhiyuan"])
@pytest.mark.parametrize("verb", ["grant", "refuse"])
def test_only_the_head_of_the_department_decides(verb: str, login: str) -> None:
    case = brought(RESTAURANT, "accept", "review")
    with pytest.raises(Forbidden):
        do(verb, case, story.actor(login))


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize("login", ["luohao", "liangxiuying", "zhengweidong", "xujing", "chenzhiyuan"])
@pytest.mark.parametrize("verb", ["receive", "accept"])
def test_only_a_clerk_where_it_is_accepted_accepts(verb: str, login: str) -> None:
    case = story.submitted()
    with pytest.raises(Forbidden):
        do(verb, case, story.actor(login))


# -- filings, on the spot, elsewhere ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("district")
def test_a_filing_is_noted_never_granted_or_refused() -> None:
    case = brought(REPAIR, "accept")
    for verb in ("grant", "refuse"):
        with pytest.raises(rules.FilingOnly):
            do(verb, case)
    case = do("note", case)
    assert case.result_number == f"备{case.number}"
    assert notice(case, "noted").body["result_number"] == case.result_number
    assert not Credential.objects.filter(case_number=case.number).exists()


@pytest.mark.usefixtures("district")
def test_what_is_no_filing_is_not_noted() -> None:
    case = brought(RESTAURANT, "accept", "review")
    with pytest.raises(rules.NotAFiling):
        do("note", case)


@pytest.mark.usefixtures("district")
def test_an_on_the_spot_item_is_accepted_and_decided_in_one_sitting() -> None:
    case = do("handle_on_the_spot", story.submitted(ALLOWANCE))
    assert case.status == "granted"
    assert list(case.steps.order_by("id").values_list("verb", flat=True)) == ["accept", "grant"]
    assert case.accepted_at is not None
    assert case.decided_at is not None
    assert case.promised_due == case.accepted_at.astimezone(CHINA).date()
    assert {n.kind for n in case.notices.all()} == {"accepted", "granted"}
    assert [t.kind for t in Task.objects.filter(about=case.pk).exclude(state="closed")] == ["cases.deliver"]


@pytest.mark.usefixtures("district")
def test_an_on_the_spot_item_that_does_not_fit_goes_to_the_department() -> None:
    case = brought(ALLOWANCE, "accept")
    waiting = Task.objects.get(about=case.pk, state="open")
    assert (waiting.permission, waiting.organisation) == ("cases.decide", case.department_id)
    case = do("refuse", case)
    assert case.status == "refused"
    assert notice(case, "refused").body["reason"] == "现场不符合条件"


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize("item", [RESTAURANT, CARD])
def test_other_items_are_not_decided_on_the_spot(item: str) -> None:
    case = story.submitted(item)
    with pytest.raises(rules.NotOnTheSpot):
        do("handle_on_the_spot", case)


@pytest.mark.usefixtures("district")
def test_what_is_decided_in_the_provincial_system_is_never_decided_here() -> None:
    case = brought(CARD)
    before = traces(case)
    with pytest.raises(rules.DecidedElsewhere, match="省社会保障卡业务系统"):
        do("accept", case)
    assert "accept" not in queries.case_page(story.actor("luohao"), case).verbs
    assert traces(case) == before
    case = do("forward", case)
    for verb in ("accept", "review", "grant", "refuse", "note"):
        with undone(), pytest.raises(rules.DecidedElsewhere):
            do(verb, case)
    case = do("mirror_grant", case)
    assert not Credential.objects.filter(case_number=case.number).exists()


@pytest.mark.usefixtures("district")
def test_what_is_decided_here_is_not_passed_on() -> None:
    with pytest.raises(rules.DecidedHere):
        do("forward", story.submitted())


# -- credentials -----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("district")
def test_the_licence_is_issued_with_the_decision() -> None:
    case = story.granted()
    licence = Credential.objects.get(case_number=case.number)
    assert licence.number == case.result_number
    assert licence.holder == case.applicant_id
    assert licence.issuer_id == case.department_id
    assert case.decided_at is not None
    assert licence.issued_on == case.decided_at.astimezone(CHINA).date()
    assert notice(case, "granted").body["result_number"] == licence.number
    assert not verify(licence.audit_stream).faults


@pytest.mark.usefixtures("district")
def test_decision_and_licence_are_rolled_back_together() -> None:
    case = story.reviewed()
    before, runs = traces(case), list(NumberSeries.objects.values())
    events = EventRow.objects.count()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.grant_case(case, actor=story.actor("xujing"))
        assert Credential.objects.filter(case_number=case.number).exists()
        raise ZeroDivisionError
    assert not Credential.objects.filter(case_number=case.number).exists()
    assert (traces(case), list(NumberSeries.objects.values()), EventRow.objects.count()) == (before, runs, events)


@pytest.mark.usefixtures("district")
def test_no_licence_no_decision(monkeypatch: pytest.MonkeyPatch) -> None:
    case = story.reviewed()
    before = traces(case)

    def broken(**_: object) -> None:
        raise OSError

    monkeypatch.setattr("zhengtong.topics.credentials.actions._next_number", broken)
    with pytest.raises(TypeError):
        actions.grant_case(case, actor=story.actor("xujing"))
    assert traces(case) == before


@pytest.mark.usefixtures("district")
def test_a_refused_case_has_no_licence() -> None:
    case = do("refuse", story.reviewed())
    assert not Credential.objects.filter(case_number=case.number).exists()
    assert case.result_number == ""


# -- what the applicant is told --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("district")
def test_a_refusal_names_its_reason_and_both_remedies_with_the_right_organs() -> None:
    case = do("refuse", story.reviewed())
    body = notice(case, "refused").body
    assert body["reason"] == case.reason == "现场不符合条件"
    assert body["organ"] == "番江区市场监督管理局"
    assert body["remedy"] == {"review": ["番江区人民政府"], "court": "云州市番江区人民法院"}
    assert any("食品安全法" in basis for basis in body["basis"])
    words = queries.remedy_words(body["remedy"], "决定书", notice(case, "refused").issued_at)
    assert "60日内向番江区人民政府申请行政复议" in words
    assert "6个月内向云州市番江区人民法院提起行政诉讼" in words


@pytest.mark.usefixtures("district")
def test_a_towns_refusal_names_the_district_government() -> None:
    case = story.submitted("rural-homestead")
    actions.accept_case(case, actor=story.actor("guozhiqiang"))
    actions.review_case(case, opinion="丈量完毕", actor=story.actor("fanxiao"))
    actions.refuse_case(case, opinion="已有一处宅基地", actor=story.actor("fangzheng"))
    body = notice(case, "refused").body
    assert body["organ"] == "番江区石潭镇人民政府"
    assert body["remedy"]["review"] == ["番江区人民政府"]


@pytest.mark.usefixtures("district")
def test_a_declined_case_says_why_and_who_is_the_right_organ() -> None:
    case = story.submitted()
    actions.decline_case(
        case, opinion="该地址不在本区", right_organ="云州市江北区市场监督管理局", actor=story.actor("zhoumin")
    )
    body = notice(case, "declined").body
    assert (body["reason"], body["right_organ"]) == ("该地址不在本区", "云州市江北区市场监督管理局")
    assert body["remedy"] == {"review": ["番江区人民政府"], "court": "云州市番江区人民法院"}


@pytest.mark.usefixtures("district")
def test_an_accepted_case_is_told_both_dates() -> None:
    case = brought(RESTAURANT, "accept")
    body = notice(case, "accepted").body
    assert body["promised_due"] == str(case.promised_due)
    assert body["statutory_due"] == str(case.statutory_due)


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize(
    ("verbs", "kind", "words"),
    [
        (("decline",), "declined", "不予受理"),
        (("declare_not_needed",), "not_needed", "不需要"),
        (("request_correction",), "correction", "看不清"),
        (("accept",), "accepted", "受理"),
        (("accept", "review", "refuse"), "refused", "行政复议"),
        (("accept", "review", "grant"), "granted", "准予"),
    ],
)
def test_every_notice_becomes_a_paper_with_these_words(verbs: tuple[str, ...], kind: str, words: str) -> None:
    case = brought(RESTAURANT, *verbs)
    paper = notice(case, kind)
    text = "".join(text_of(queries.notice_pdf(case, paper)).split())
    assert words in text
    assert paper.number in text


@pytest.mark.usefixtures("district")
def test_notices_are_numbered_within_the_case() -> None:
    case = brought(RESTAURANT, "request_correction", "answer_correction", "request_correction")
    numbers = [n.number for n in case.notices.filter(kind="correction").order_by("issued_at")]
    assert numbers[1] == f"{numbers[0]}-2"


def test_two_hands_at_once_decide_once(committed_district: object) -> None:
    case, head = story.reviewed(), story.actor("xujing")

    def press(index: int) -> str:
        try:
            step = actions.refuse_case if index % 2 else actions.grant_case
            return step(case, opinion="同意", actor=head).status
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as hands:
        told = list(hands.map(press, range(8)))
    decided = Case.objects.get(pk=case.pk)
    assert sorted(told) == sorted([decided.status, *["transition_refused"] * 7])
    assert decided.status in ("granted", "refused")
    assert Credential.objects.filter(case_number=case.number).count() == (decided.status == "granted")
    assert not verify(case.audit_stream).faults
