"""What is done with a case through its panel: every verb, refusals in sentences, a second press changes nothing."""

import pytest

from tests import story
from tests.faces.desk.desks import (
    CARD,
    CLERK,
    COLLEAGUE,
    HEAD,
    INSURANCE,
    REPAIR,
    RESTAURANT,
    REVIEWER,
    Desk,
    fresh,
    verbs_on,
    words,
)  # fmt: skip
from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.accounts import queries as known_accounts
from zhengtong.foundation.clock import today
from zhengtong.foundation.codes import uuid7
from zhengtong.topics.cases.models import Case, Notice, Step

pytestmark = pytest.mark.usefixtures("district")


def done(desk: Desk, case: Case, verb: str, **sent: object) -> str:
    """Press, and read what the case page then says."""
    answer = desk.act(case, verb, **sent)
    assert answer.status_code == 303, words(answer)
    return words(desk.page(answer["Location"]))


def opinions(case: Case) -> list[str]:
    return list(Step.objects.filter(case=case).exclude(opinion="").order_by("id").values_list("opinion", flat=True))


def test_the_whole_road_through_the_pages() -> None:
    case = story.submitted()
    clerk, reviewer, head = Desk(CLERK), Desk(REVIEWER), Desk(HEAD)
    assert "已收件" in done(clerk, case, "receive")
    assert "已受理" in done(clerk, case, "accept", opinion="材料齐全。")
    checked = {"verdict-0": "ok", "verdict-2": "n_a", "verdict-99": "ok", "verdict-1": "perhaps"}
    page = done(reviewer, case, "review", opinion="现场核查合格。", proposal="grant", **checked)
    assert "审查意见已提交" in page
    assert "建议准予" in page
    assert "已准予" in done(head, case, "grant", opinion="同意。")
    assert "已登记送达" in done(clerk, case, "deliver", way="邮寄送达", note="EMS 1234")
    assert "已归档" in done(clerk, case, "archive")
    assert fresh(case).status == "archived"
    said = opinions(case)
    assert said == ["材料齐全。", "现场核查合格。", "同意。", "邮寄送达（EMS 1234）"]
    found = {row.point[:8]: row.verdict for row in case.findings.all()}
    assert found == {"统一社会信用代码": "ok", "厨房面积不大于经": "n_a"}


def test_the_way_of_delivery_is_one_of_ours() -> None:
    case = story.granted()
    done(Desk(CLERK), case, "deliver", way="托人带走")
    assert opinions(case)[-1] == "窗口领取"


def test_a_second_press_changes_nothing() -> None:
    case, clerk, key = story.submitted(), Desk(CLERK), str(uuid7())
    path = f"/desk/cases/{case.number}/accept/"
    first, second = (clerk.post(path, {"opinion": "齐全。"}, key=key) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Step.objects.filter(case=case, verb="accept").count() == 1
    assert clerk.post(path, {"opinion": "别的话"}, key=key).status_code == 422
    assert clerk.client.post(path).status_code == 400


@pytest.mark.parametrize(
    ("stage", "login", "verb"),
    [
        (story.submitted, CLERK, "decline"),
        (story.submitted, CLERK, "declare_not_needed"),
        (story.accepted, REVIEWER, "review"),
        (story.reviewed, HEAD, "refuse"),
    ],
)
def test_a_reason_is_asked_for_beside_its_field(stage, login: str, verb: str) -> None:  # type: ignore[no-untyped-def]
    case, desk = stage(), Desk(login)
    assert desk.get(f"/desk/cases/{case.number}/{verb}/").status_code == 200
    before = fresh(case).status
    answer = desk.act(case, verb, opinion="   ", **{"verdict-1": "not_ok", "remark-1": "图上没有后门"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'id="opinion-error"' in html
    assert "请写明理由" in words(answer)
    assert fresh(case).status == before
    if verb == "review":
        assert 'id="verdict-1-not_ok" checked' in html
        assert "图上没有后门" in html


def test_declined_with_the_right_organ() -> None:
    case = story.submitted()
    page = done(Desk(CLERK), case, "decline", opinion="不属于本机关职权。", organ="云州市市场监督管理局")
    assert "不予受理通知书" in page
    body = Notice.objects.get(case=case, kind="declined").body
    assert body["right_organ"] == "云州市市场监督管理局"
    assert body["remedy"]["review"]


def test_told_that_nothing_is_needed() -> None:
    assert "无需办理告知书" in done(Desk(CLERK), story.submitted(), "declare_not_needed", opinion="只卖预包装食品。")


def test_refused_with_reason_and_remedy() -> None:
    case = story.reviewed()
    head = Desk(HEAD)
    assert "写明事实、理由和依据" in words(head.page(f"/desk/cases/{case.number}/refuse/"))
    page = done(head, case, "refuse", opinion="布局不合理，生熟交叉。")
    assert "不予行政许可决定书" in page
    assert "布局不合理" in page
    assert head.get(f"/desk/cases/{case.number}/notices/refused.pdf").content.startswith(b"%PDF")


def test_withdrawn_at_the_counter() -> None:
    case = story.accepted()
    assert "已按申请人的要求撤回" in done(Desk(CLERK), case, "withdraw", opinion="本人到窗口要求撤回。")
    assert fresh(case).status == "withdrawn"


def test_passed_on_to_the_system_that_decides() -> None:
    case, desk = story.submitted(CARD), Desk(INSURANCE)
    assert "转上级系统" in words(desk.page(f"/desk/cases/{case.number}/"))
    assert "已转上级系统" in done(desk, case, "forward")
    refused = Desk(CLERK).act(case, "forward")
    assert refused.status_code == 404


def test_a_filing_is_noted_or_done_on_the_spot() -> None:
    accepted = story.accepted(REPAIR)
    assert "当场办结" in words(Desk(CLERK).page(f"/desk/cases/{accepted.number}/"))
    page = done(Desk(CLERK), story.submitted(REPAIR), "handle_on_the_spot")
    assert "备案通知书" in page
    refused = Desk(CLERK).act(story.submitted(RESTAURANT), "handle_on_the_spot")
    assert refused.status_code == 409
    assert "不是即办件" in words(refused)


def test_what_is_not_open_any_more_is_told() -> None:
    case, clerk = story.accepted(), Desk(CLERK)
    late = clerk.act(case, "accept")
    assert late.status_code == 409
    stale = clerk.get(f"/desk/cases/{case.number}/decline/")
    assert stale.status_code == 409
    assert "现在不能由您办理这一步" in words(stale)
    assert clerk.get(f"/desk/cases/{case.number}/explode/").status_code == 404
    assert clerk.get(f"/desk/cases/{case.number}/request_correction/")["Location"].endswith("/correction/")
    assert clerk.get(f"/desk/cases/{case.number}/answer_correction/")["Location"].endswith(f"{case.number}/")


def test_who_may_not_is_told() -> None:
    case = story.submitted()
    for verb in ("accept", "decline", "withdraw"):
        answer = Desk(HEAD).act(case, verb, opinion="试试")
        assert answer.status_code == 403, verb
        assert "没有办理这一步的权限" in words(answer)
    assert fresh(case).status == "submitted"


def all_in_one_hand() -> Desk:
    """A reviewer who holds the head's post as well."""
    accounts.assign_post(
        known_accounts.account(REVIEWER), post="scjg-head", valid_from=today(), actor=story.actor("songan")
    )  # fmt: skip
    return Desk(REVIEWER)


def test_hands_are_separate_and_the_page_says_so() -> None:
    both = all_in_one_hand()
    case = story.reviewed()
    page = both.page(f"/desk/cases/{case.number}/")
    assert "受理、审查、决定应由不同的人办理。您已经办理过这件的「审查」" in words(page)
    assert not {"grant", "refuse"} & verbs_on(page, case)
    for verb in ("grant", "refuse"):
        answer = both.act(case, verb, opinion="同意。")
        assert answer.status_code == 403
        assert "受理、审查、决定应由不同的人办理，您已经办理过「审查」" in words(answer)
    assert fresh(case).status == "in_review"
    assert "已准予" in done(Desk(HEAD), case, "grant")


def test_whoever_reviewed_nothing_decides_freely() -> None:
    both, case = all_in_one_hand(), story.accepted()
    page = both.page(f"/desk/cases/{case.number}/")
    assert "review" in verbs_on(page, case)
    assert "应由不同的人办理" not in words(page)


def test_a_colleague_may_go_on_where_another_stopped() -> None:
    case = story.submitted()
    done(Desk(CLERK), case, "receive")
    assert "已受理" in done(Desk(COLLEAGUE), case, "accept")
