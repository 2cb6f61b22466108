"""My cases: the heaps, the page of one, its papers, correcting, withdrawing, the result."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import story
from tests.engines.papers.reading import text_of
from tests.faces.portal.citizens import (
    CARD,
    CLERK,
    FAMILY,
    MECHANIC,
    OWNER,
    REPAIR,
    Citizen,
    correction_asked,
    words,
)  # fmt: skip
from zhengtong.foundation.codes import uuid7
from zhengtong.topics.cases import actions
from zhengtong.topics.cases.models import Case, Material

pytestmark = pytest.mark.usefixtures("district")


def declined() -> Case:
    return actions.decline_case(story.submitted(), opinion="场所在住宅楼内，不符合条件。", actor=story.actor(CLERK))


# -- the heaps -------------------------------------------------------------------------------------------------------


def test_each_case_lies_in_one_heap() -> None:
    one = Citizen(OWNER)
    running, waiting, ended = story.submitted(), correction_asked(), declined()
    heaps = {heap: one.page(f"/cases/?heap={heap}") for heap in ("running", "waiting", "ended")}
    for heap, case in (("running", running), ("waiting", waiting), ("ended", ended)):
        assert [name for name, said in heaps.items() if case.number in said] == [heap]


def test_what_waits_for_me_is_shown_first() -> None:
    one = Citizen(OWNER)
    story.submitted()
    waiting = correction_asked()
    said = one.page("/cases/")
    assert waiting.number in said and "待我处理 1" in said


def test_with_nothing_yet_it_says_what_to_do() -> None:
    assert "还没有办件" in Citizen(MECHANIC).page("/cases/")


def test_long_lists_are_turned_by_cursor() -> None:
    one = Citizen(OWNER)
    numbers = [story.submitted().number for _ in range(21)]
    first, second = one.page("/cases/"), one.page("/cases/?cursor=20")
    assert numbers[-1] in first and numbers[0] not in first and numbers[0] in second
    assert one.get("/cases/", {"cursor": "-1"}).status_code == 200
    assert one.get("/cases/", {"cursor": "9" * 30}).status_code == 200


# -- one case --------------------------------------------------------------------------------------------------------


def test_the_page_says_where_who_by_when_and_what_next() -> None:
    said = Citizen(OWNER).page(f"/cases/{story.accepted().number}/")
    for text in (
        "区市场监管局正在办理，承诺",
        "还剩",
        "审查与现场核查",
        "办好以后可以领取：食品经营许可证",
        "受理通知书",
    ):
        assert text in said


def test_it_is_mine_alone() -> None:
    case = story.submitted()
    file = Material.objects.filter(case=case).first()
    for path in ("", "submitted/", "receipt.pdf", "notices/accepted.pdf", "withdraw/", "correction/"):
        assert Citizen(MECHANIC).get(f"/cases/{case.number}/{path}").status_code == 404, path
    assert file is not None
    assert Citizen(MECHANIC).get(f"/files/{file.file_id}/").status_code == 404
    assert Citizen(OWNER).get(f"/files/{file.file_id}/").status_code == 200


def test_personal_numbers_stay_masked() -> None:
    case = story.submitted()
    said = Citizen(OWNER).page(f"/cases/{case.number}/")
    assert str(story.WORDS["chen-zhiyuan"]["phone"]) not in said


def test_decided_elsewhere_shows_both_numbers() -> None:
    case = actions.forward_case(story.submitted(CARD), actor=story.actor("luohao"))
    said = Citizen(FAMILY).page(f"/cases/{case.number}/")
    assert "省社会保障卡业务系统" in said and "结果会同步到这里" in said


def test_a_filing_noted_shows_its_number() -> None:
    case = actions.handle_on_the_spot(story.submitted(REPAIR), actor=story.actor(CLERK))
    said = Citizen(MECHANIC).page(f"/cases/{case.number}/")
    assert case.result_number in said and "备案已经办好" in said


def test_an_adverse_outcome_tells_reason_and_remedy() -> None:
    case = actions.refuse_case(story.reviewed(), opinion="布局不符合规定。", actor=story.actor("xujing"))
    said = Citizen(OWNER).page(f"/cases/{case.number}/")
    assert "布局不符合规定。" in said
    assert "60日内向番江区人民政府申请行政复议" in said and "6个月内向云州市番江区人民法院" in said


def test_the_result_is_a_credential_to_open() -> None:
    case = story.granted()
    said = Citizen(OWNER).page(f"/cases/{case.number}/")
    assert case.result_number in said and "下载电子证照" in said


# -- papers ----------------------------------------------------------------------------------------------------------


def test_receipt_and_notices_are_pdfs_with_chinese_names() -> None:
    one, case = Citizen(OWNER), story.granted()
    answer = one.get(f"/cases/{case.number}/receipt.pdf")
    assert answer["Content-Type"] == "application/pdf" and "inline" in answer["Content-Disposition"]
    assert case.number in text_of(answer.content).replace(" ", "")
    for kind, title in (("accepted", "受理通知书"), ("granted", "准予行政许可决定书")):
        assert title in text_of(one.get(f"/cases/{case.number}/notices/{kind}.pdf").content)
    assert one.get(f"/cases/{case.number}/notices/refused.pdf").status_code == 404


def test_a_stored_file_is_never_run() -> None:
    case = story.submitted()
    file = Material.objects.filter(case=case).select_related("file").first()
    assert file is not None and file.file is not None
    answer = Citizen(OWNER).get(f"/files/{file.file.pk}/")
    assert answer["X-Content-Type-Options"] == "nosniff" and answer["Cache-Control"] == "private, no-store"
    assert "script-src 'none'" in answer["Content-Security-Policy"]


# -- correcting ------------------------------------------------------------------------------------------------------


def answer_to(case: Case, **sent: Any) -> Any:
    return Citizen(OWNER).post(f"/cases/{case.number}/correction/", sent)


def pdf(name: str = "新.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, story.pdf())


def test_only_what_was_asked_is_asked() -> None:
    case = correction_asked()
    assert "去补正" in Citizen(OWNER).page(f"/cases/{case.number}/")
    said = Citizen(OWNER).page(f"/cases/{case.number}/correction/")
    assert "经营场所布局图" in said and "没有标出下水方向。" in said and "食品加工操作流程图" not in said


def test_answered_it_goes_back_to_the_window() -> None:
    case = correction_asked()
    answer = answer_to(case, **{"material-layout-plan": pdf()})
    assert answer["Location"] == f"/cases/{case.number}/?said=corrected"
    case.refresh_from_db()
    assert case.status == "received"
    assert "补正内容已提交" in Citizen(OWNER).page(answer["Location"])


def test_pressed_twice_answers_once() -> None:
    case, one, key = correction_asked(), Citizen(OWNER), str(uuid7())
    for _ in range(2):
        sent = {"material-layout-plan": pdf()}
        assert one.post(f"/cases/{case.number}/correction/", sent, key=key).status_code in (302, 303)
    assert Material.objects.filter(case=case, code="layout-plan").count() == 2


def test_what_was_uploaded_is_kept_while_the_rest_is_mended() -> None:
    case = correction_asked(materials={"layout-plan": "不清楚。", "process-chart": "缺一页。"})
    answer = answer_to(
        case, **{"material-layout-plan": pdf("好.pdf"), "material-process-chart": SimpleUploadedFile("坏.pdf", b"x")}
    )
    html = answer.content.decode()
    assert answer.status_code == 422 and "好.pdf" in html and 'id="material-process-chart-error"' in html
    kept = html.split('name="kept-layout-plan" value="')[1].split('"')[0]
    again = answer_to(case, **{"kept-layout-plan": kept, "material-process-chart": pdf()})
    assert again.status_code == 303


def test_anothers_file_cannot_be_slipped_in() -> None:
    case = correction_asked()
    foreign = story.upload(story.actor(MECHANIC))
    answer = answer_to(case, **{"kept-layout-plan": str(foreign)})
    assert answer.status_code == 422 and "请上传经营场所布局图" in words(answer)


def test_a_field_is_corrected_beside_what_is_wrong_with_it() -> None:
    case = correction_asked(fields={"business_area": "与布局图不一致。"})
    said = Citizen(OWNER).page(f"/cases/{case.number}/correction/")
    assert "经营面积" in said and "与布局图不一致。" in said and "餐位数" not in said
    wrong = answer_to(case, business_area="很大")
    assert wrong.status_code == 422 and 'id="f-business_area-error"' in wrong.content.decode()
    empty = answer_to(case, business_area="")
    assert empty.status_code == 422 and "请重新填写经营面积" in words(empty)
    assert answer_to(case, business_area="95").status_code == 303


def test_nothing_to_correct_leads_to_the_case() -> None:
    case = story.submitted()
    assert Citizen(OWNER).get(f"/cases/{case.number}/correction/")["Location"] == f"/cases/{case.number}/"


# -- withdrawing -----------------------------------------------------------------------------------------------------


def test_withdrawn_after_one_more_question() -> None:
    case, one, key = story.accepted(), Citizen(OWNER), str(uuid7())
    assert "确定撤回" in one.page(f"/cases/{case.number}/withdraw/")
    for _ in range(2):
        answer = one.post(f"/cases/{case.number}/withdraw/", {"reason": "店不开了"}, key=key)
        assert answer["Location"] == f"/cases/{case.number}/?said=withdrawn"
    case.refresh_from_db()
    assert (case.status, case.reason) == ("withdrawn", "店不开了")


def test_after_the_decision_there_is_nothing_to_withdraw() -> None:
    case, one = story.granted(), Citizen(OWNER)
    assert "撤回申请" not in one.page(f"/cases/{case.number}/")
    assert one.post(f"/cases/{case.number}/withdraw/").status_code == 409


# -- taking back -----------------------------------------------------------------------------------------------------


def test_just_submitted_can_be_taken_back_to_the_draft() -> None:
    one = Citizen(OWNER)
    case = story.submitted()
    assert "收回修改" in one.page(f"/cases/{case.number}/submitted/")
    assert "收回修改" in one.page(f"/cases/{case.number}/")
    answer = one.post(f"/cases/{case.number}/take-back/")
    assert answer.status_code == 303
    assert "内容原样放回草稿" in one.page(answer["Location"])
    assert "收回修改" not in one.page(f"/cases/{case.number}/")
