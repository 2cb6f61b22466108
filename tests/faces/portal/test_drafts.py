"""An application in the making: prefilled, saved while typing, resumed, checked, submitted once."""

import json
from typing import Any

import pytest

from tests import story
from tests.faces.portal.citizens import (
    ALLOWANCE,
    CARD,
    FAMILY,
    MECHANIC,
    OWNER,
    REPAIR,
    RESTAURANT,
    Citizen,
    words,
)  # fmt: skip
from zhengtong.engines.forms.rules import page_values
from zhengtong.foundation import clock
from zhengtong.foundation.codes import uuid7
from zhengtong.foundation.files.models import File
from zhengtong.topics.cases import queries
from zhengtong.topics.cases.models import Case, Draft
from zhengtong.topics.items import actions as item_actions
from zhengtong.topics.items import queries as items

pytestmark = pytest.mark.usefixtures("district")


def content(draft: Draft) -> Any:
    draft.refresh_from_db()
    return queries.content_of(draft)


def section_page(key: str, item: str = RESTAURANT, **changes: Any) -> dict[str, Any]:
    """What the page of one section sends."""
    form = items.current_version(item).form
    return dict(page_values(form.section(key), story.answers(item, **changes)))


# -- beginning -------------------------------------------------------------------------------------------------------


def test_only_those_whom_the_item_is_for_may_be_chosen() -> None:
    said = Citizen(OWNER).page(f"/cases/new/{RESTAURANT}/")
    assert "番江区味真园餐饮有限公司" in said and "我自己" not in said
    said = Citizen(FAMILY).page(f"/cases/new/{ALLOWANCE}/")
    assert "林晓雨（我自己）" in said and "何桂兰" in said
    assert "要先关联单位" in Citizen(FAMILY).page(f"/cases/new/{RESTAURANT}/")


def test_somebody_must_be_chosen_and_nobody_else_can_be() -> None:
    one = Citizen(FAMILY)
    other = story.subject("chen-zhiyuan")
    for sent in ({}, {"applicant": str(other.pk)}, {"applicant": "nonsense"}):
        answer = one.post(f"/cases/new/{ALLOWANCE}/", sent)
        assert answer.status_code == 422 and "请选择替谁申请" in words(answer)
    assert not Draft.objects.exists()


def test_what_is_known_is_filled_in_and_says_from_where() -> None:
    one = Citizen(OWNER)
    draft = one.start()
    assert content(draft).answers["credit_code"] == story.WORDS["weizhenyuan"]["credit_code"]
    said = one.page(f"/cases/drafts/{draft.pk}/form/operator/")
    assert "单位的登记信息" in said and "您的实名信息" in said
    assert "有些内容已经替您填好" in one.page(f"/cases/drafts/{draft.pk}/")


def test_another_persons_number_is_not_filled_in() -> None:
    one = Citizen(FAMILY)
    draft = one.start(ALLOWANCE)
    given = content(draft).answers
    assert given["person_name"] == "何桂兰"
    assert given.get("agent_name", "林晓雨") == "林晓雨"


def test_begun_twice_is_taken_up_again() -> None:
    one = Citizen(OWNER)
    first = one.start()
    one.post(f"/cases/drafts/{first.pk}/save/premises/", {"version": 2, "shop_name": "老店"})
    second = one.start()
    assert first.pk == second.pk and content(second).answers["shop_name"] == "老店"
    assert "您有没填完的" in one.page(f"/cases/new/{RESTAURANT}/")


def test_the_list_says_how_far_it_is() -> None:
    one = Citizen(OWNER)
    draft = one.start()
    said = one.page(f"/cases/drafts/{draft.pk}/")
    assert "0 / 7 已完成" in said and "暂不能开始" in said and "还差 3 份必要材料" in said
    one.fill(draft)
    said = one.page(f"/cases/drafts/{draft.pk}/")
    assert "5 / 7 已完成" in said
    complete = one.complete()
    assert "6 / 7 已完成" in one.page(f"/cases/drafts/{complete.pk}/")


# -- filling in ------------------------------------------------------------------------------------------------------


def test_what_is_wrong_is_said_and_kept() -> None:
    one = Citizen(OWNER)
    draft = one.start()
    sent = {**section_page("premises"), "business_area": "很大", "version": 2}
    answer = one.post(f"/cases/drafts/{draft.pk}/form/premises/", sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#f-business_area"' in html and 'value="很大"' in html
    assert content(draft).answers["shop_name"] == sent["shop_name"][0]
    assert "premises" not in content(draft).done


def test_going_on_leads_through_the_form_or_back_to_the_list() -> None:
    one = Citizen(OWNER)
    draft = one.start()
    path = f"/cases/drafts/{draft.pk}"
    answer = one.post(f"{path}/form/premises/", {**section_page("premises"), "version": 2})
    assert answer["Location"] == f"{path}/form/projects/"
    answer = one.post(f"{path}/form/premises/", {**section_page("premises"), "version": 3, "_to": "overview"})
    assert answer["Location"] == f"{path}/"
    answer = one.post(f"{path}/form/handling/", {**section_page("handling"), "version": 4})
    assert answer["Location"] == f"{path}/materials/"


def test_saved_while_typing_with_a_version() -> None:
    one = Citizen(OWNER)
    draft = one.start()
    path = f"/cases/drafts/{draft.pk}/save/premises/"
    told = json.loads(one.post(path, {"shop_name": "味真园", "version": 2}).content)
    assert told["version"] == 3 and ":" in told["saved_at"]
    assert content(draft).answers["shop_name"] == "味真园"
    assert one.post(path, {"shop_name": "另一个窗口", "version": 2}).status_code == 409
    assert content(draft).answers["shop_name"] == "味真园"


def test_a_save_that_overtook_the_button_stands_in_nobodys_way() -> None:
    one = Citizen(OWNER)
    draft = one.start()
    sent = section_page("premises")
    one.post(f"/cases/drafts/{draft.pk}/save/premises/", {**sent, "version": 2})
    answer = one.post(f"/cases/drafts/{draft.pk}/form/premises/", {**sent, "version": 2})
    assert answer.status_code == 303
    other = one.post(f"/cases/drafts/{draft.pk}/form/premises/", {**sent, "shop_name": "别的", "version": 2})
    assert other.status_code == 409


def test_a_choice_opens_a_question_without_scripts() -> None:
    one = Citizen(OWNER)
    draft = one.start()
    sent = {**section_page("projects"), "food_projects": ["冷食类食品制售"], "_shown": "operation_kind food_projects"}
    path = f"/cases/drafts/{draft.pk}/form/projects/"
    answer = one.post(path, {**sent, "version": 2})
    assert answer.status_code == 200
    assert "还需要补充下面的内容" in words(answer) and "冷食专间" in words(answer)
    assert "请填写" not in words(answer)


def test_a_choice_redraws_the_section_by_htmx() -> None:
    one = Citizen(OWNER)
    draft = one.start()
    sent = {**section_page("projects"), "food_projects": ["冷食类食品制售"], "_refresh": "1", "version": 2}
    answer = one.post(f"/cases/drafts/{draft.pk}/form/projects/", sent, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert html.lstrip().startswith('<div id="section-projects"') and "cold_room_area" in html and "<html" not in html
    assert content(draft).answers.get("food_projects") is None


def test_rows_are_added_and_taken_away() -> None:
    one = Citizen(OWNER)
    draft = one.start()
    path = f"/cases/drafts/{draft.pk}/form/people/"
    html = one.post(path, {**section_page("people"), "_add": "staff", "version": 2}).content.decode()
    assert 'name="staff-1-staff_name"' in html and 'name="version" value="2"' in html
    html = one.post(path, {**section_page("people"), "_remove": "staff-0", "version": 2}).content.decode()
    assert 'name="staff-1-staff_name"' not in html


def test_a_section_no_longer_asked_leads_back() -> None:
    one = Citizen(OWNER)
    draft = one.start()
    assert one.get(f"/cases/drafts/{draft.pk}/form/nothing/").status_code == 404


# -- papers ----------------------------------------------------------------------------------------------------------


def test_a_paper_is_taken_replaced_and_taken_away() -> None:
    one = Citizen(OWNER)
    draft = one.start()
    one.fill(draft)
    path = f"/cases/drafts/{draft.pk}/materials"
    answer = one.hand_in(draft, "layout-plan", name="布局图.pdf")
    assert answer["Location"] == f"{path}/#material-layout-plan"
    said = one.page(f"{path}/")
    assert "布局图.pdf" in said and "还差 2 份" in said
    first = content(draft).materials["layout-plan"]
    one.hand_in(draft, "layout-plan", story.picture(), name="布局图.jpg")
    assert content(draft).materials["layout-plan"] != first
    one.post(f"{path}/layout-plan/?remove")
    assert "layout-plan" not in content(draft).materials


@pytest.mark.parametrize(
    ("name", "made", "said"),
    [
        ("空.pdf", lambda: b"", "空的"),
        ("坏.pdf", lambda: b"%PDF-1.7 nothing", "打不开"),
        ("病毒.exe", lambda: b"MZ" + b"\0" * 500, "不能接收"),
        ("表.xlsx", story.workbook, "JPG"),
    ],
)
def test_what_cannot_be_used_is_refused_at_once_in_plain_words(name: str, made: Any, said: str) -> None:
    one = Citizen(OWNER)
    draft = one.start()
    before = File.objects.count()
    answer = one.hand_in(draft, "layout-plan", made(), name=name)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="material-layout-plan-error"' in html and said in html and name in html
    assert content(draft).materials == {} and File.objects.count() == before


def test_no_file_chosen_and_an_unknown_material() -> None:
    one = Citizen(OWNER)
    draft = one.start()
    assert "请先选择文件" in words(one.post(f"/cases/drafts/{draft.pk}/materials/layout-plan/"))
    assert one.hand_in(draft, "no-such-thing").status_code == 404


def test_one_press_too_many_uploads_once() -> None:
    one = Citizen(OWNER)
    draft = one.start()
    key, content_of_file = str(uuid7()), story.pdf()
    for _ in range(2):
        assert one.hand_in(draft, "layout-plan", content_of_file, key=key).status_code == 303
    assert File.objects.filter(owner_key=one.actor.key).count() == 1


def test_going_on_needs_the_required_papers() -> None:
    one = Citizen(OWNER)
    draft = one.start()
    answer = one.post(f"/cases/drafts/{draft.pk}/materials/")
    assert answer.status_code == 422 and "有 3 处需要修改" in words(answer)
    for code in ("layout-plan", "process-chart", "equipment-list"):
        one.hand_in(draft, code)
    assert one.post(f"/cases/drafts/{draft.pk}/materials/")["Location"] == f"/cases/drafts/{draft.pk}/check/"


def test_an_earlier_paper_is_offered_again() -> None:
    one = Citizen(OWNER)
    draft = one.complete()
    one.hand_in(draft, "business-licence", name="执照.pdf")
    one.post(f"/cases/drafts/{draft.pk}/check/")
    story.kept(Case.objects.latest("submitted_at"))
    fresh = one.start()
    path = f"/cases/drafts/{fresh.pk}/materials"
    assert "交过的" in one.page(f"{path}/") and "执照.pdf" in one.page(f"{path}/")
    one.post(f"{path}/business-licence/", {"again": "1"})
    assert "business-licence" in content(fresh).materials
    assert one.post(f"{path}/layout-plan/", {"again": "1"}).status_code == 404


# -- checking and submitting -----------------------------------------------------------------------------------------


def test_check_shows_everything_and_what_is_missing() -> None:
    one = Citizen(OWNER)
    draft = one.start()
    said = one.page(f"/cases/drafts/{draft.pk}/check/")
    assert "还不能提交" in said and "“经营场所”还有没填好的内容" in said and "还没有上传“经营场所布局图”" in said
    assert "确认无误" not in said
    assert one.post(f"/cases/drafts/{draft.pk}/check/").status_code == 422
    assert not Case.objects.exists()


def test_submitted_with_number_and_what_comes_next() -> None:
    one = Citizen(OWNER)
    draft = one.complete()
    said = one.page(f"/cases/drafts/{draft.pk}/check/")
    assert "确认无误" in said and str(story.WORDS["chen-zhiyuan"]["phone"]) in said and "晴川街道" in said
    answer = one.post(f"/cases/drafts/{draft.pk}/check/")
    case = Case.objects.get()
    assert answer["Location"] == f"/cases/{case.number}/submitted/"
    said = one.page(answer["Location"])
    assert case.number in said and "前告诉您是否受理" in said and "食品经营许可证" in said
    assert not Draft.objects.exists()
    assert (case.applicant, case.operator) == (story.subject("weizhenyuan"), story.subject("chen-zhiyuan"))
    assert case.division == story.answers(RESTAURANT)["premises_division"]
    assert case.channel == "online"


def test_pressed_twice_is_one_case() -> None:
    one = Citizen(OWNER)
    draft, key = one.complete(), str(uuid7())
    answers = [one.post(f"/cases/drafts/{draft.pk}/check/", key=key) for _ in range(3)]
    assert len({answer["Location"] for answer in answers}) == 1
    assert Case.objects.count() == 1


def test_from_a_phone_the_channel_is_mobile() -> None:
    one = Citizen(OWNER)
    draft = one.complete()
    one.post(f"/cases/drafts/{draft.pk}/check/", headers={"User-Agent": "Mozilla/5.0 (Linux; Android 15) Mobile"})
    assert Case.objects.get().channel == "mobile"


@pytest.mark.parametrize(("login", "item"), [(FAMILY, ALLOWANCE), (FAMILY, CARD), (MECHANIC, REPAIR)])
def test_the_other_usual_items_are_filed_too(login: str, item: str) -> None:
    one = Citizen(login)
    draft = one.complete(item)
    answer = one.post(f"/cases/drafts/{draft.pk}/check/")
    assert answer.status_code == 303, words(answer)
    assert Case.objects.get().item_code == item
    one.page(answer["Location"])


def test_a_draft_is_its_authors_alone() -> None:
    draft = Citizen(OWNER).start()
    other = Citizen(MECHANIC)
    for path in ("", "form/operator/", "materials/", "check/"):
        assert other.get(f"/cases/drafts/{draft.pk}/{path}").status_code == 404
    for path in ("save/operator/", "materials/layout-plan/", "check/", "discard/", "form/operator/"):
        assert other.post(f"/cases/drafts/{draft.pk}/{path}").status_code == 404
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_thrown_away_on_a_press() -> None:
    one = Citizen(OWNER)
    draft = one.start()
    assert one.get(f"/cases/drafts/{draft.pk}/discard/").status_code == 405
    key = str(uuid7())
    for _ in range(2):
        assert one.post(f"/cases/drafts/{draft.pk}/discard/", key=key)["Location"] == "/cases/?said=discarded"
    assert not Draft.objects.exists()


def test_newer_requirements_take_over_what_was_filled_in() -> None:
    one = Citizen(OWNER)
    draft = one.complete()
    entry = next(iter(items.items_in_pack_words([RESTAURANT], []).values())).entry
    keeper = story.actor("gaojie")
    item_actions.save_draft_version({**entry, "valid_from": clock.today().isoformat()}, actor=keeper)
    item_actions.publish_version(RESTAURANT, actor=keeper)
    path = f"/cases/drafts/{draft.pk}/"
    assert "办理要求有更新" in one.page(path)
    assert "确认无误" not in one.page(f"{path}check/")
    assert "办理要求已经更新" in words(one.post(f"{path}check/"))
    answer = one.post(path)
    assert answer["Location"].endswith("?said=renewed")
    fresh = Draft.objects.get()
    assert content(fresh).answers["business_area"] == story.answers(RESTAURANT)["business_area"]
    assert content(fresh).materials and not content(fresh).done
    assert "办理要求有更新" not in one.page(answer["Location"])
