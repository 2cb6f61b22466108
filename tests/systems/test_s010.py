"""S010 一次告知、一表申请: one notice of everything, and data asked once."""

import pytest

from tests import story
from zhengtong.engines.forms import rules as forms
from zhengtong.topics.cases import actions as cases
from zhengtong.topics.cases.models import Notice
from zhengtong.topics.cases.rules import CorrectionRepeats
from zhengtong.topics.items import queries as items

pytestmark = [
    pytest.mark.system("S010", partial="one application for a package of several items"),
    pytest.mark.usefixtures("district"),
]


def test_told_once_in_one_notice() -> None:
    clerk = story.actor("zhoumin")
    case = story.submitted()
    known = items.version(case.item_version_id).material_by_code
    faults = dict(zip(list(known)[:2], ("没有标注尺寸", "缺冷藏设备"), strict=True))
    case = cases.request_correction(case, materials=faults, fields={"seats": "与布局图不一致"}, actor=clerk)
    notice = Notice.objects.get(case=case, kind="correction")
    assert {entry["key"] for entry in notice.body["entries"]} == {*faults, "seats"}
    owner = story.actor("chenzhiyuan")
    provided = [cases.Provided(code, file=story.upload(owner)) for code in faults]
    case = cases.answer_correction(case, materials=provided, answers={"seats": 30}, actor=owner)
    third = next(code for code in known if code not in faults)
    with pytest.raises(CorrectionRepeats):
        cases.request_correction(case, materials={third: "现在才说"}, actor=clerk)


def test_an_element_asked_once_fills_many_forms() -> None:
    two = {code: items.current_version(code).form for code in ("food-business-restaurant", "vehicle-repair-filing")}
    merged = forms.merge_forms(two)
    keys = [part.key for section in merged.form.sections for part in section.fields]
    assert keys.count("credit_code") == 1
    assert all("credit_code" in form.parts for form in two.values())
