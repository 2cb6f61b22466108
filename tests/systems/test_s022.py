"""S022 适老化与线上线下并行: every online item has another way, large type works, relatives and staff help."""

from datetime import timedelta

import pytest

from tests import story
from tests.faces.portal.citizens import Citizen
from tests.systems.ways import at_the_counter
from tests.topics.subjects.helping import filing_for_father
from zhengtong.foundation import clock
from zhengtong.topics.cases import actions as cases
from zhengtong.topics.cases.models import Case
from zhengtong.topics.items import queries as items
from zhengtong.topics.items.queries.defects import found_in
from zhengtong.topics.items.rules import canonical
from zhengtong.topics.subjects.models import HelpRequest

pytestmark = [pytest.mark.system("S022"), pytest.mark.usefixtures("district")]
ONLINE = {"online", "mobile"}
ALLOWANCE, FATHER, SON = "temporary-relief", "linguodong", "huangjianye"


def test_every_online_item_names_its_other_ways_on_its_guide() -> None:
    page = Citizen()
    for row in items.published_items():
        if not ONLINE & set(row.channels):
            continue
        guide = items.guide(row.code)
        assert "window" in row.channels, row.code
        assert guide.places and guide.consult_phone, row.code
        words = page.page(f"/items/{row.code}/")
        for way in ("不方便上网，也办得成", "到窗口办", "12345"):
            assert way in words, (row.code, way)
        if "person" in row.audience:
            assert "代办" in words, row.code


@pytest.mark.parametrize("item", [ALLOWANCE, "social-security-card"])
def test_staff_file_for_a_visitor_who_has_no_account(item: str) -> None:
    """All the others are filed so by S008."""
    case, _ = at_the_counter(item, "window")
    assert (case.channel, case.status) == ("window", "received")


def test_an_item_without_another_way_is_noticed_before_it_is_published() -> None:
    entry = canonical({"code": "x", "name": "网上才能办的事", "channels": ["online"], "type": "05"})
    found = {defect.kind: defect for defect in found_in(entry)}
    assert "online_without_another_way" in found
    assert not found["online_without_another_way"].is_blocking
    for way in ("window", "post"):
        entry["channels"] = ["online", way]
        assert "online_without_another_way" not in {defect.kind for defect in found_in(entry)}


def test_a_relative_files_for_an_elder_and_everybody_sees_it() -> None:
    elder, son = Citizen(FATHER), Citizen(SON)
    words = story.WORDS["lin-guodong"]
    told = {"name": words["name"], "id_number": words["id_number"], "relation": "father", "agreement": "account",
            "valid_to": (clock.today() + timedelta(days=60)).isoformat()}  # fmt: skip
    assert son.post("/subjects/help/", told).status_code == 303
    assert "黄建业想替您办事" in elder.page("/subjects/")
    request = HelpRequest.objects.get()
    assert elder.post(f"/subjects/help/{request.pk}/", {"_verb": "agree"}).status_code == 303
    father = story.subject("lin-guodong")
    answer = son.post(f"/cases/new/{ALLOWANCE}/", {"applicant": str(father.pk)})
    draft = answer["Location"]
    assert "您正在为 林国栋 （父亲）办理" in son.page(draft)
    case = Case.objects.get(pk=cases.submit_case(filing_for_father(by=SON)).case_id)
    assert "黄建业 替 林国栋 办理（亲友代办）" in elder.page(f"/cases/{case.number}/")
    assert "亲友代办" in Citizen("liangxiuying").page(f"/desk/cases/{case.number}/")
    helping = father.representations.get(person=story.subject("huang-jianye"))
    assert elder.post(f"/subjects/helpers/{helping.pk}/end/").status_code == 303
    assert son.get(f"/cases/{case.number}/").status_code == 404
    assert son.get(draft).status_code == 403


def test_the_large_type_is_offered_at_the_first_visit_and_kept() -> None:
    page = Citizen()
    assert "换成长辈版" in page.page("/")
    page.post("/preferences/", {"mode": "elder", "next": "/"})
    large = page.get("/").content.decode()
    assert 'data-mode="elder"' in large
    assert "换成长辈版" not in large
    for way in ("请家里人代办", "打 12345", "到窗口，工作人员帮您办"):
        assert way in large
    assert "data-read" in large
