"""S010 一次告知、一表申请: one written notice of everything, whoever found it; data asked once in one form."""

from typing import Any

import pytest

from tests import story
from tests.faces.desk.desks import CLERK, REVIEWER, Desk, fresh
from zhengtong.engines.forms import rules as forms
from zhengtong.topics.cases import actions as cases
from zhengtong.topics.cases.models import Case, Notice
from zhengtong.topics.cases.rules import CorrectionRepeats
from zhengtong.topics.items import queries as items

pytestmark = [
    pytest.mark.system("S010", partial="the page on which a package of items is applied for by its merged form"),
    pytest.mark.usefixtures("district"),
]
TWO = ("food-business-restaurant", "public-place-health-permit")


def merged_notice(case: Case) -> Any:
    """What several people found, issued by the clerk as the page has merged it."""
    clerk, path = Desk(CLERK), f"/desk/cases/{case.number}/"
    clerk.post(f"{path}gaps/", {"key": "layout-plan", "what": "没有标注尺寸。", "remedy": "请补画"})
    Desk(REVIEWER).post(f"{path}gaps/", {"key": "layout-plan", "what": "没有标注尺寸"})
    Desk(REVIEWER).post(f"{path}gaps/", {"key": "seats", "what": "与布局图不一致"})
    page = clerk.get(f"{path}correction/")
    lines = [*page.context["materials"], *(line for _, own in page.context["questions"] for line in own)]
    sent = {f"what-{line.name_of_what}": line.what for line in lines if line.is_ticked}
    assert clerk.post(f"{path}correction/", sent).status_code == 303
    return Notice.objects.get(case=case, kind="correction")


def test_told_once_in_one_written_notice_with_what_each_of_them_found() -> None:
    case = story.submitted()
    notice = merged_notice(case)
    told = {entry["key"]: entry["what"] for entry in notice.body["entries"]}
    assert told == {"layout-plan": "没有标注尺寸，请补画", "seats": "与布局图不一致"}
    assert Desk(CLERK).get(f"/desk/cases/{case.number}/notices/correction.pdf").content.startswith(b"%PDF")
    owner = story.actor("chenzhiyuan")
    provided = [cases.Provided("layout-plan", file=story.upload(owner))]
    case = cases.answer_correction(fresh(case), materials=provided, answers={"seats": 30}, actor=owner)
    known = items.version(case.item_version_id).material_by_code
    third = next(code for code in known if code != "layout-plan")
    with pytest.raises(CorrectionRepeats):
        cases.request_correction(case, materials={third: "现在才说"}, actor=story.actor(CLERK))
    with pytest.raises(CorrectionRepeats):
        cases.note_gap(case, key=third, what="现在才说", actor=story.actor(REVIEWER))


def test_one_form_filled_in_once_serves_every_item_of_a_package() -> None:
    versions = {code: items.current_version(code) for code in TWO}
    merged = forms.merge_forms({code: version.form for code, version in versions.items()})
    keys = [part.key for section in merged.form.sections for part in section.fields]
    assert keys.count("credit_code") == 1
    given: dict[str, Any] = {}
    for code in TWO:
        answers = story.answers(code)
        given = {merged.names[code][own]: answers[own] for own in merged.names[code] if own in answers} | given
    context = {"applicant_kind": "entity", "channel": "online"}
    for code, answers in merged.split(given, context).items():
        assert versions[code].form.check(answers, context)
        assert answers["credit_code"] == given["credit_code"]
