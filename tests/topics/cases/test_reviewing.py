"""Gaps of several people, the checklist, proposals, sending back, signing one by one, two numbers for one case."""

from datetime import datetime

import pytest

from tests import story
from tests.topics.cases.verbs import CARD, RESTAURANT, brought, do
from zhengtong.engines.tasks.models import Task
from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Leaf
from zhengtong.foundation.clock import CHINA
from zhengtong.foundation.refusals import Forbidden
from zhengtong.topics.cases import actions, queries, rules
from zhengtong.topics.cases.models import Case, Gap, Notice
from zhengtong.topics.cases.rules import Checked
from zhengtong.topics.items import queries as items

pytestmark = pytest.mark.usefixtures("district")
CLERK, REVIEWER, HEAD = "zhoumin", "zhengweidong", "xujing"


def note(case: Case, key: str, what: str, *, by: str, remedy: str = "") -> Gap:
    return actions.note_gap(case, key=key, what=what, remedy=remedy, actor=story.actor(by))


def verbs_of(case: Case) -> list[str]:
    return list(Leaf.objects.filter(stream=case.audit_stream).order_by("id").values_list("verb", flat=True))


def test_what_several_found_goes_into_one_notice() -> None:
    case = story.submitted()
    note(case, "layout-plan", "没有标注尺寸。", by=CLERK, remedy="请补画")
    note(case, "layout-plan", "没有标注尺寸", by=REVIEWER)
    note(case, "seats", "与布局图不一致", by=REVIEWER)
    dropped = note(case, "business_area", "看错了", by=REVIEWER)
    actions.drop_gap(case, gap=dropped.pk, actor=story.actor(REVIEWER))
    merged = queries.merged(queries.gaps_of(case))
    assert [(one.key, one.what, one.found_by) for one in merged] == [
        ("layout-plan", "没有标注尺寸，请补画", ("周敏", "郑卫东")),
        ("seats", "与布局图不一致", ("郑卫东",)),
    ]
    told = {one.key: one.what for one in merged}
    actions.request_correction(
        case, materials={"layout-plan": told["layout-plan"]}, fields={"seats": told["seats"]}, actor=story.actor(CLERK)
    )
    notice = Notice.objects.get(case=case, kind="correction")
    assert {gap.key for gap in notice.gaps.all()} == {"layout-plan", "seats"}
    assert queries.gaps_of(case) == []
    assert verbs_of(case).count("cases.case.gap_noted") == 4


def test_gaps_are_noted_by_those_who_look_and_in_time() -> None:
    case = story.submitted()
    with pytest.raises(Forbidden):
        note(case, "layout-plan", "不清楚", by=HEAD)
    with pytest.raises(rules.CorrectionUnknown):
        note(case, "graduation-certificate", "没有", by=CLERK)
    gap = note(case, "layout-plan", "不清楚", by=CLERK)
    with pytest.raises(Forbidden):
        actions.drop_gap(case, gap=gap.pk, actor=story.actor(HEAD))
    do("accept", case)
    with pytest.raises(rules.GapTooLate):
        note(case, "layout-plan", "不清楚", by=REVIEWER)


def test_after_a_correction_only_what_was_named_may_be_a_gap() -> None:
    case = do("answer_correction", brought(RESTAURANT, "request_correction"))
    named = Notice.objects.get(case=case, kind="correction").body["entries"][0]["key"]
    other = next(m.code for m in items.version(case.item_version_id).materials if m.code != named)
    note(case, named, "仍不清楚", by=REVIEWER)
    with pytest.raises(rules.CorrectionRepeats):
        note(case, other, "现在才说", by=REVIEWER)


def test_answers_before_and_after_a_correction() -> None:
    case = story.submitted()
    before = story.answers(RESTAURANT)["seats"]
    case = actions.request_correction(case, materials={}, fields={"seats": "不对"}, actor=story.actor(CLERK))
    case = actions.answer_correction(case, answers={"seats": 30}, actor=story.citizen(RESTAURANT))
    page = queries.case_page(story.actor(REVIEWER), queries.case_for(story.actor(REVIEWER), case.number))
    (correction,) = queries.corrections_of(page)
    (change,) = correction.changes
    assert change.label == "餐位数"
    assert (str(before) in change.before, "30" in change.after) == (True, True)


def test_the_checklist_is_kept_while_reviewing_and_binds_the_proposal() -> None:
    case, reviewer = story.accepted(), story.actor(REVIEWER)
    first, second = queries.points_of(case)[:2]
    actions.keep_findings(case, findings=[Checked(first, "ok"), Checked(second, "not_ok", "少后门")], actor=reviewer)
    again = [Checked(first, "ok")]
    leaves = len(verbs_of(case))
    actions.keep_findings(case, findings=again, actor=reviewer)
    assert len(verbs_of(case)) == leaves
    with pytest.raises(rules.ProposalAgainstFindings):
        actions.review_case(case, opinion="可以。", actor=reviewer)
    case = actions.review_case(case, opinion="现场没有后门。", proposal="refuse", actor=reviewer)
    assert case.steps.get(verb="review").proposal == "refuse"
    assert {row.point: row.verdict for row in case.findings.all()} == {first: "ok", second: "not_ok"}
    with pytest.raises(Forbidden):
        actions.keep_findings(story.accepted(), findings=again, actor=story.actor(CLERK))


def test_the_head_sends_back_and_the_same_reviewer_looks_again() -> None:
    case = story.reviewed()
    head = story.actor(HEAD)
    with pytest.raises(rules.OpinionMissing):
        actions.send_back_case(case, opinion=" ", actor=head)
    case = actions.send_back_case(case, opinion="请补充现场照片。", actor=head)
    assert (case.status, case.step) == ("in_review", "")
    assert Task.objects.exclude(state="closed").get(about=case.pk).permission == "cases.review"
    case = do("review", case)
    (waiting,) = [one for one in queries.waiting_for_decision(head) if one.case.pk == case.pk]
    assert waiting.standing.why == (rules.Peculiarity.SENT_BACK,)
    with pytest.raises(rules.SignedAlone):
        actions.sign_case(case, opinion="同意。", actor=head)
    assert do("grant", case).status == "granted"


def test_signing_takes_only_the_ordinary_and_only_apart_from_the_other_hands() -> None:
    head = story.actor(HEAD)
    case = story.reviewed()
    with pytest.raises(rules.OpinionMissing):
        actions.sign_case(case, opinion="", actor=head)
    with pytest.raises(Forbidden):
        actions.sign_case(case, opinion="同意。", actor=story.actor(REVIEWER))
    assert actions.sign_case(case, opinion="同意。", actor=head).status == "granted"
    assert [step.case_id for step in queries.signed_by(head, clock.today())] == [case.pk]
    doubtful = actions.review_case(story.accepted(), opinion="不合格。", proposal="refuse", actor=story.actor(REVIEWER))
    with pytest.raises(rules.SignedAlone, match="建议不予"):
        actions.sign_case(doubtful, opinion="同意。", actor=head)
    waiting = queries.waiting_for_decision(head)
    assert waiting[0].case.pk == doubtful.pk


def test_both_numbers_are_kept_and_found() -> None:
    case, reviewer = story.accepted(), story.actor(REVIEWER)
    case = actions.enter_elsewhere(case, system="省食品经营许可系统", number="YC20261122001", actor=reviewer)
    for text in ("YC20261122001", case.number):
        assert list(queries.cases_on_desk(reviewer, text=text)) == [case]
    assert case.status == "accepted"
    with pytest.raises(rules.ElsewhereMirrored):
        actions.enter_elsewhere(brought(CARD, "forward"), system="省", number="1", actor=story.actor("pengliang"))


def test_a_masked_value_is_opened_by_permission_and_on_record() -> None:
    case, reviewer = story.accepted(), story.actor(REVIEWER)
    case = queries.case_for(reviewer, case.number)
    fields = {one.path: one for one in queries.carried_across(queries.case_page(reviewer, case))}
    assert "****" in fields["applicant.id_number"].text
    number = actions.reveal_value(case, path="applicant.id_number", actor=reviewer)
    assert number == case.applicant.id_number
    leaf = Leaf.objects.filter(stream=case.audit_stream).latest("id")
    assert leaf.verb == "cases.case.revealed"
    assert number not in str(leaf.data)
    with pytest.raises(Forbidden):
        actions.reveal_value(case, path="applicant.id_number", actor=story.actor(CLERK))


def test_what_came_since_the_last_sitting_is_new() -> None:
    case, reviewer = story.accepted(), story.actor(REVIEWER)
    with clock.at(datetime(2026, 11, 20, 9, tzinfo=CHINA)):
        assert actions.look_at_case(case, actor=reviewer) is None
    with clock.at(datetime(2026, 11, 20, 9, 10, tzinfo=CHINA)):
        assert actions.look_at_case(case, actor=reviewer) is None
    with clock.at(datetime(2026, 11, 21, 9, tzinfo=CHINA)):
        since = actions.look_at_case(case, actor=reviewer)
    assert since == datetime(2026, 11, 20, 9, tzinfo=CHINA)


def test_words_of_ones_own() -> None:
    reviewer = story.actor(REVIEWER)
    kept = actions.keep_phrase(" 现场合格。 ", kind="opinion", actor=reviewer)
    assert actions.keep_phrase("现场合格。", kind="opinion", actor=reviewer).pk == kept.pk
    assert [one.text for one in queries.my_phrases(reviewer)] == ["现场合格。"]
    assert queries.phrases_at_hand(reviewer, "opinion")[-1] == "现场合格。"
    with pytest.raises(Forbidden):
        actions.drop_phrase(kept.pk, actor=story.actor(HEAD))
    actions.drop_phrase(kept.pk, actor=reviewer)
    assert queries.my_phrases(reviewer) == []
