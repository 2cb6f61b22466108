"""One notice of everything missing or wrong, and the answer to it (行政许可法 32)."""

from datetime import datetime

import pytest

from tests import story
from tests.topics.cases.verbs import RESTAURANT, brought, do, traces
from zhengtong.engines.forms.rules.definition import AnswersInvalid
from zhengtong.engines.tasks.models import Task
from zhengtong.foundation import clock
from zhengtong.foundation.clock import CHINA
from zhengtong.foundation.refusals import Forbidden
from zhengtong.topics.cases import actions, queries, rules
from zhengtong.topics.cases.models import Case, Material, Notice
from zhengtong.topics.cases.rules import Provided
from zhengtong.topics.items import queries as items

pytestmark = pytest.mark.usefixtures("district")


def two_faults(case: Case) -> list[str]:
    return sorted(case.materials.filter(replaced_at=None).values_list("code", flat=True))[:2]


def ask(case: Case, *codes: str, login: str = "zhoumin", fields: dict[str, str] | None = None) -> Case:
    return actions.request_correction(
        case, materials=dict.fromkeys(codes, "看不清"), fields=fields, actor=story.actor(login)
    )  # fmt: skip


def give(case: Case, *codes: str, **answers: object) -> Case:
    applicant = story.citizen(case.item_code)
    known = items.version(case.item_version_id).material_by_code
    given = [Provided(code, file=story.upload_for(known[code], applicant)) for code in codes]
    return actions.answer_correction(case, materials=given, answers=answers, actor=applicant)


def test_one_notice_names_everything_in_words_with_a_date() -> None:
    case = story.submitted()
    plan, other = two_faults(case)
    with clock.at(datetime(2026, 4, 29, 10, tzinfo=CHINA)):
        case = actions.request_correction(
            case, materials={plan: "没有标出厨房", other: "没有签名"}, fields={"seats": "与布局图不一致"},
            opinion="请一并提交", actor=story.actor("zhoumin"),
        )  # fmt: skip
    notice = Notice.objects.get(case=case, kind="correction")
    names = {m.code: m.name for m in case.materials.all()} | {"seats": "餐位数"}
    assert {e["key"]: (e["name"], e["what"], e["is_material"]) for e in notice.body["entries"]} == {
        plan: (names[plan], "没有标出厨房", True),
        other: (names[other], "没有签名", True),
        "seats": ("餐位数", "与布局图不一致", False),
    }
    assert str(notice.answer_due) == "2026-05-22"  # 15 working days over the May holidays
    assert {m.fault for m in case.materials.filter(state="faulty")} == {"没有标出厨房", "没有签名"}


def test_the_applicant_sees_what_is_wrong_beside_each_paper() -> None:
    case = story.submitted()
    plan, _ = two_faults(case)
    page = queries.case_page(story.citizen(RESTAURANT), ask(case, plan))
    assert {line.code: line.fault for line in page.materials if line.fault} == {plan: "看不清"}
    assert page.correction is not None
    assert page.verbs == {"answer_correction", "withdraw"}


@pytest.mark.parametrize("materials", [{}, {"layout-plan": "  "}])
def test_a_notice_that_names_nothing_is_refused(materials: dict[str, str]) -> None:
    case = story.submitted()
    before = traces(case)
    with pytest.raises(rules.CorrectionEmpty):
        actions.request_correction(case, materials=materials, actor=story.actor("zhoumin"))
    assert traces(case) == before


def test_a_notice_that_names_something_else_is_refused() -> None:
    case = story.submitted()
    with pytest.raises(rules.CorrectionUnknown):
        ask(case, "graduation-certificate")
    with pytest.raises(rules.CorrectionUnknown):
        ask(case, fields={"shoe_size": "没有填"})


def test_long_words_do_not_break_it() -> None:
    case = story.submitted()
    plan, _ = two_faults(case)
    actions.request_correction(case, materials={plan: "不清楚" * 400}, actor=story.actor("zhoumin"))
    assert Notice.objects.get(case=case).body["entries"][0]["what"] == "不清楚" * 400


def test_no_new_demand_on_what_was_found_good() -> None:
    case = story.submitted()
    plan, other = two_faults(case)
    case = give(ask(case, plan), plan)
    with pytest.raises(rules.CorrectionRepeats, match=Material.objects.get(case=case, code=other).name):
        ask(case, plan, other)
    with pytest.raises(rules.CorrectionRepeats, match="餐位数"):
        ask(case, fields={"seats": "不对"})
    assert ask(case, plan).status == "correction_requested"


def test_what_is_still_faulty_may_be_noticed_again_and_only_that() -> None:
    case = story.submitted()
    plan, other = two_faults(case)
    case = give(ask(case, plan, other), plan, other)
    case = give(ask(case, plan), plan)
    with pytest.raises(rules.CorrectionRepeats):
        ask(case, other)


def test_an_answer_is_complete_or_refused() -> None:
    case = story.submitted()
    plan, other = two_faults(case)
    case = ask(case, plan, other, fields={"seats": "不对"})
    before = traces(case)
    with pytest.raises(rules.CorrectionUnanswered, match="餐位数") as refused:
        give(case, plan)
    assert Material.objects.get(case=case, code=other).name in refused.value.data["missing"]
    with pytest.raises(rules.CorrectionUnanswered):
        give(case, seats=30)
    assert traces(case) == before
    assert give(case, plan, other, seats=30).status == "received"


def test_the_answer_replaces_and_keeps_the_earlier_paper() -> None:
    case = story.submitted()
    plan, _ = two_faults(case)
    old = Material.objects.get(case=case, code=plan).file_id
    case = give(ask(case, plan), plan)
    rows = Material.objects.filter(case=case, code=plan).order_by("provided_at", "id")
    assert [(row.state, row.replaced_at is None) for row in rows] == [("replaced", False), ("provided", True)]
    assert rows[0].file_id == old != rows[1].file_id
    assert Notice.objects.get(case=case, kind="correction").answered_at is not None


def test_corrected_answers_are_checked_and_only_the_named_ones_change() -> None:
    case = ask(story.submitted(), fields={"seats": "不对"})
    with pytest.raises(AnswersInvalid):
        give(case, seats=-5)
    case = give(case, seats=30, business_area=1)
    item = items.version(case.item_version_id)
    answers = queries.unseal_answers(item.form, case.form)
    assert answers["seats"] == 30
    assert answers["business_area"] == story.answers(RESTAURANT)["business_area"]


def test_what_corrected_answers_call_for_must_be_there_too() -> None:
    """The restaurant makes cold dishes after all: a room of its own to describe, and another paper to hand in."""
    case = story.submitted()
    change = {"food_projects": ["热食类食品制售", "冷食类食品制售"]}
    room = {"cold_room_area": 8}
    item = items.version(case.item_version_id)
    answers = {"applicant_kind": "entity", "channel": "online", **story.answers(RESTAURANT), **change, **room}
    called_for = {m.code for m in item.materials_asked(answers) if m.is_required}
    more = called_for - set(case.materials.values_list("code", flat=True))
    assert len(more) == 1
    case = ask(case, fields={"food_projects": "现场有冷食"})
    with pytest.raises(AnswersInvalid):
        give(case, *more, **change)
    with pytest.raises(rules.MaterialsIncomplete):
        give(case, **change, **room)
    assert give(case, *more, **change, **room).status == "received"


def test_paper_answers_come_over_the_counter_only() -> None:
    case = story.submitted()
    plan, _ = two_faults(case)
    case = ask(case, plan)
    paper = [Provided(plan, on_paper=True)]
    with pytest.raises(rules.MaterialUnusable):
        actions.answer_correction(case, materials=paper, actor=story.citizen(RESTAURANT))
    actions.answer_correction(case, materials=paper, actor=story.actor("wujiayi"))
    assert Material.objects.get(case=case, code=plan, replaced_at=None).taken_as == "paper"


def test_somebody_elses_file_is_no_answer() -> None:
    case = story.submitted()
    plan, _ = two_faults(case)
    case = ask(case, plan)
    stranger = story.upload(story.actor("huangjianye"))
    with pytest.raises(rules.MaterialUnusable):
        actions.answer_correction(
            case, materials=[Provided(plan, file=stranger)], actor=story.citizen(RESTAURANT)
        )  # fmt: skip


@pytest.mark.parametrize("login", ["huangjianye", "luohao", "zhengweidong", "xujing"])
def test_nobody_else_answers(login: str) -> None:
    case = brought(RESTAURANT, "request_correction")
    with pytest.raises(Forbidden):
        do("answer_correction", case, story.actor(login))


def test_a_reviewer_of_the_department_may_ask_too_and_is_named_as_such() -> None:
    case = story.submitted()
    plan, _ = two_faults(case)
    case = ask(case, plan, login="zhengweidong")
    assert case.steps.get(verb="request_correction").organisation_id == case.department_id
    case = ask(give(case, plan), plan)
    assert case.steps.filter(verb="request_correction").latest("id").organisation_id == case.acceptor_id


def test_the_counter_has_work_again_and_five_days_from_the_answer() -> None:
    with clock.at(datetime(2026, 3, 2, 9, tzinfo=CHINA)):
        case = brought(RESTAURANT, "request_correction")
    assert not Task.objects.filter(about=case.pk).exclude(state="closed").exists()
    with clock.at(datetime(2026, 4, 29, 9, tzinfo=CHINA)):
        case = do("answer_correction", case)
    waiting = Task.objects.exclude(state="closed").get(about=case.pk)
    assert (waiting.kind, str(waiting.due), str(case.accept_due)) == ("cases.accept", "2026-05-09", "2026-05-09")
