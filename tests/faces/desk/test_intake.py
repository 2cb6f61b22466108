"""The counter: find the item, find the visitor, fill in one page, file it, and where the item allows do it at once."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import story
from tests.faces.desk.desks import (
    ALLOWANCE,
    CLERK,
    COLLEAGUE,
    HEAD,
    INSURANCE,
    MOST_QUERIES,
    REPAIR,
    RESTAURANT,
    REVIEWER,
    TOWN,
    Desk,
    words,
)  # fmt: skip
from zhengtong.engines.forms.rules import page_values
from zhengtong.foundation.codes import uuid7
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.cases.models import Case, Draft, Material
from zhengtong.topics.items import queries as items
from zhengtong.topics.subjects.models import Subject

pytestmark = pytest.mark.usefixtures("district")
NEW = "/desk/cases/new/"
FIRM = {"applicant-id_type": "credit_code", "applicant-id_number": "91449906MA9900749D"}
HUANG = {"operator-id_type": "resident_id", "operator-id_number": "449906197905110175", "operator-name": "黄建业"}
STRANGER = "11010519491231002X"  # the example of GB 11643


def begun(desk: Desk, item: str, **sent: str) -> str:
    """The address of a draft for a visitor."""
    answer = desk.post(NEW, {"item": item, **sent})
    assert answer.status_code == 303, words(answer)
    return str(answer["Location"])


def at_the_repair_counter(desk: Desk) -> str:
    return begun(desk, REPAIR, **FIRM, **{"applicant-name": "云州市捷顺汽车维修有限公司"})


def filled(item: str, *, paper: bool = True, **changes: Any) -> dict[str, Any]:
    """Everything the one page would send."""
    version = items.current_version(item)
    given = story.answers(item, **changes)
    sent: dict[str, Any] = {}
    for section in version.form.sections:
        sent |= page_values(section, given)
    facts = {"applicant_kind": story.subject(story.usual(item)[0]).kind, "channel": "window"}
    if paper:
        sent["paper"] = [m.code for m in version.materials_asked({**facts, **given}) if m.is_required]
    return sent


# -- which item ------------------------------------------------------------------------------------------------------


def test_only_what_this_counter_accepts() -> None:
    page = words(Desk(CLERK).page(NEW))
    assert "食品经营许可" in page
    assert "高龄津贴" not in page
    assert "高龄津贴" in words(Desk(TOWN).page(NEW))
    found = words(Desk(CLERK).page(f"{NEW}?q=开饭店"))
    assert "“开饭店”可以在这里办的 食品经营许可（新办，餐饮服务）" in found
    assert "没有找到本窗口受理的事项" in words(Desk(CLERK).page(f"{NEW}?q=高龄津贴"))


def test_what_is_filed_most_comes_first() -> None:
    for _ in range(2):
        story.submitted(REPAIR)
    page = words(Desk(CLERK).page(NEW)).split("常办的")[1]
    assert page.index("机动车维修") < page.index("食品经营许可")


def test_those_who_take_nothing_in_are_told() -> None:
    for login in (REVIEWER, HEAD):
        assert Desk(login).get(NEW).status_code == 403
    assert Desk(CLERK).get(f"{NEW}?item={ALLOWANCE}").status_code == 403
    assert Desk(CLERK).post(NEW, {"item": ALLOWANCE}).status_code == 403
    assert Desk(CLERK).get(f"{NEW}?item=nothing").status_code == 404


# -- who -------------------------------------------------------------------------------------------------------------


def test_a_returning_visitor_is_found_by_number_alone() -> None:
    answer = Desk(CLERK).post(NEW, {"item": REPAIR, "find": "1", **FIRM})
    assert answer.status_code == 200
    assert "以前来过：云州市捷顺汽车维修有限公司" in words(answer)
    assert 'value="云州市捷顺汽车维修有限公司"' in answer.content.decode()
    assert "199****1035" in words(answer)
    assert "19906601035" not in answer.content.decode()
    wrong = {**FIRM, "applicant-id_number": "91449906MA9900378X"}
    answer = words(Desk(CLERK).post(NEW, {"item": REPAIR, "find": "1", **wrong}))
    assert "校验" in answer
    assert "第一次来" not in answer
    new = {"kind": "person", "applicant-id_number": STRANGER}
    assert "第一次来" in words(Desk(TOWN).post(NEW, {"item": ALLOWANCE, "find": "1", **new}))


def test_number_alone_is_enough_for_whoever_is_known() -> None:
    desk = Desk(CLERK)
    path = begun(desk, REPAIR, **FIRM)
    page = desk.page(path)
    assert 'value="云州市捷顺汽车维修有限公司"' in page
    assert 'value="91449906MA9900749D"' in page


def test_a_new_visitor_is_registered_without_an_account() -> None:
    path = begun(
        Desk(TOWN), ALLOWANCE,
        **{"kind": "person", "applicant-id_type": "resident_id", "applicant-id_number": STRANGER.lower(),
           "applicant-name": "赵 大山", "applicant-phone": "199 0660 2001"},
    )  # fmt: skip
    visitor = Subject.objects.get(id_number_index=Subject.id_number_index_of(STRANGER))
    assert (visitor.name, visitor.phone, visitor.account_id) == ("赵 大山", "19906602001", None)
    page = Desk(TOWN).page(path)
    assert 'value="1949-12-31"' in page
    assert 'value="赵 大山"' in page


def test_a_new_phone_replaces_the_old_one() -> None:
    begun(Desk(CLERK), REPAIR, **FIRM, **{"applicant-phone": "0660-5550123"})
    assert story.subject("jieshun").phone == "0660-5550123"


def test_whoever_acts_for_the_applicant_is_kept_with_the_case() -> None:
    desk = Desk(CLERK)
    path = begun(desk, REPAIR, **FIRM, **HUANG)
    page = words(desk.page(path))
    assert "经办人 黄建业" in page
    number = filed(desk, path, filled(REPAIR))
    assert Case.objects.get(number=number).operator == story.subject("huang-jianye")
    assert number in {case.number for case in cases.cases_of(story.actor("huangjianye"))}


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"applicant-id_number": ""}, "applicant-id_number", "请填写证件号码"),
        ({"applicant-id_number": "449906194302161000"}, "applicant-id_number", "可能有一位填错了"),
        ({"applicant-name": ""}, "applicant-name", "请填写姓名"),
        ({"applicant-name": "何桂芳"}, "applicant-name", "与该证件号码的登记不一致"),
        ({"applicant-phone": "12"}, "applicant-phone", "电话"),
        ({"operator-id_number": "1", "operator-name": "林晓雨", "operator-phone": "19906601005"}, "operator-id_number",
         "身份证号码应为 18 位"),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_beside_its_field(change: dict[str, str], field: str, said: str) -> None:
    sent = {"kind": "person", "applicant-id_type": "resident_id", "applicant-id_number": "449906194302161009",
            "applicant-name": "何桂兰", **change}  # fmt: skip
    if change.get("applicant-name") == "":
        sent["applicant-id_number"] = STRANGER
    answer = Desk(TOWN).post(NEW, {"item": ALLOWANCE, **sent})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert said in words(answer)
    assert f'id="{field}-error"' in html
    assert not Draft.objects.exists()


def test_no_visitor_is_registered_twice_by_two_presses() -> None:
    desk, key = Desk(CLERK), str(uuid7())
    sent = {"item": REPAIR, **FIRM}
    first, second = (desk.post(NEW, sent, key=key)["Location"] for _ in range(2))
    assert first == second
    assert Draft.objects.count() == 1


# -- the one page ----------------------------------------------------------------------------------------------------


@pytest.fixture
def clerk() -> Iterator[Desk]:
    return Desk(CLERK)  # type: ignore[return-value]


def filed(desk: Desk, path: str, sent: dict[str, Any], *, then: str = "submit") -> str:
    """Submit, and the number from the address that follows."""
    answer = desk.post(path, {**sent, "_then": then})
    assert answer.status_code == 303, words(answer)
    return str(answer["Location"]).split("/")[3]


def test_filed_with_paper_over_the_counter(clerk: Desk) -> None:
    path = at_the_repair_counter(clerk)
    answer = clerk.post(path, {**filled(REPAIR), "_then": "submit"})
    page = clerk.page(answer["Location"])
    assert "已收件。请打印收件凭证" in words(page)
    assert "data-takes-focus" in page
    case = Case.objects.get(number=answer["Location"].split("/")[3])
    assert (case.status, case.channel) == ("received", "window")
    assert case.division == story.answers(REPAIR)["premises_division"]
    assert set(Material.objects.filter(case=case).values_list("taken_as", flat=True)) == {"paper"}
    assert not Draft.objects.exists()
    assert clerk.get(f"/desk/cases/{case.number}/receipt.pdf").content.startswith(b"%PDF")


def test_accepted_and_done_on_one_screen(clerk: Desk) -> None:
    path = at_the_repair_counter(clerk)
    assert "受理并当场办结" in words(clerk.page(path))
    answer = clerk.post(path, {**filled(REPAIR), "_then": "handle"})
    page = words(clerk.page(answer["Location"]))
    assert "已受理并当场办结" in page
    for paper in ("收件凭证", "受理通知书", "备案通知书"):
        assert paper in page
    assert Case.objects.get().status == "noted"


def test_what_is_not_done_on_the_spot_is_only_taken_in(clerk: Desk) -> None:
    path = begun(clerk, RESTAURANT, **{"applicant-id_number": "91449906MA9900378N"})
    assert "当场办结" not in words(clerk.page(path))
    refused = clerk.post(path, {**filled(RESTAURANT), "_then": "handle"})
    assert refused.status_code == 409
    assert "不是即办件" in words(refused)
    assert not Case.objects.exists()
    assert Draft.objects.count() == 1


def test_two_presses_file_one_case(clerk: Desk) -> None:
    path, key = at_the_repair_counter(clerk), str(uuid7())
    sent = {**filled(REPAIR), "_then": "handle"}
    first, second = (clerk.post(path, sent, key=key)["Location"] for _ in range(2))
    assert first == second
    assert Case.objects.count() == 1
    assert clerk.post(path, sent).status_code == 404


def test_everything_missing_is_named_at_once_and_nothing_is_filed(clerk: Desk) -> None:
    path = at_the_repair_counter(clerk)
    sent = filled(REPAIR, workshop_area=None, paper=False)
    sent.pop("workshop_area", None)
    for button in ({"_then": "submit"}, {"_check": "1"}):
        answer = clerk.post(path, {**sent, **button})
        assert answer.status_code == 422
        assert "请填写生产厂房面积" in words(answer)
        assert "或上传“维修场地平面图”" in words(answer)
        assert 'href="#material-premises-plan"' in answer.content.decode()
    assert not Case.objects.exists()


def test_enter_only_checks(clerk: Desk) -> None:
    path = at_the_repair_counter(clerk)
    page = clerk.page(path)
    form = page[page.index('id="intake"') :]
    assert form.index('name="_check"') < form.index("form-control")
    answer = clerk.post(path, {**filled(REPAIR), "_check": "1"})
    assert answer.status_code == 200
    assert "都填好了" in words(answer)
    assert not Case.objects.exists()


def test_a_choice_opens_questions_and_papers(clerk: Desk) -> None:
    path = begun(clerk, RESTAURANT, **{"applicant-id_number": "91449906MA9900378N"})
    page = clerk.page(path)
    assert "专间或专用操作区说明" not in words(page)
    assert "冷食专间或专用操作区面积" not in words(page)
    answer = clerk.post(path, {"food_projects": ["冷食类食品制售"], "_refresh": "1"})
    assert answer.status_code == 200
    assert "专间或专用操作区说明" in words(answer)
    assert "冷食专间或专用操作区面积" in words(answer)


def test_rows_come_and_go(clerk: Desk) -> None:
    path = begun(clerk, RESTAURANT, **{"applicant-id_number": "91449906MA9900378N"})
    sent = {"staff-rows": ["0"], "staff-0-staff_name": "李强"}
    more = clerk.post(path, {**sent, "_add": "staff"}).content.decode()
    assert 'name="staff-1-staff_name"' in more
    assert 'value="李强"' in more
    fewer = clerk.post(path, {**sent, "staff-rows": ["0", "1"], "_remove": "staff-1"}).content.decode()
    assert 'name="staff-1-staff_name"' not in fewer


def test_an_upload_is_checked_at_once_and_filed(clerk: Desk) -> None:
    path = at_the_repair_counter(clerk)
    plan = SimpleUploadedFile("平面图.pdf", story.pdf("平面图"))
    shown = clerk.post(path, {"_refresh": "1", "material-premises-plan": plan}).content.decode()
    kept = shown.split('name="kept-premises-plan" value="')[1].split('"')[0]
    assert clerk.get(f"/desk/files/{kept}/").status_code == 200
    sent = {**filled(REPAIR), "kept-premises-plan": kept}
    case = Case.objects.get(number=filed(clerk, path, sent))
    material = Material.objects.get(case=case, code="premises-plan")
    assert (material.file_id, material.taken_as) == (UUID(kept), "file")
    bad = clerk.post(
        at_the_repair_counter(clerk), {"_refresh": "1", "material-premises-plan": SimpleUploadedFile("a.pdf", b"no")}
    )
    assert "不能接收" in words(bad)
    dropped = clerk.post(
        at_the_repair_counter(clerk), {"_drop": "premises-plan", "kept-premises-plan": kept}
    ).content.decode()
    assert "kept-premises-plan" not in dropped


def test_a_file_of_somebody_else_is_not_taken(clerk: Desk) -> None:
    strange = story.upload(story.actor(COLLEAGUE))
    path = at_the_repair_counter(clerk)
    answer = clerk.post(path, {**filled(REPAIR), "kept-premises-plan": str(strange), "paper": [], "_then": "submit"})
    assert answer.status_code == 422
    assert "这份文件不能使用" in words(answer)


def test_all_papers_at_one_press(clerk: Desk) -> None:
    path = at_the_repair_counter(clerk)
    page = clerk.post(path, {**filled(REPAIR, paper=False), "_all_paper": "1"}).content.decode()
    assert page.count(" checked") > clerk.page(path).count(" checked")
    assert 'id="paper-premises-plan" checked' in page
    assert 'id="paper-business-licence" checked' not in page


def test_a_paper_given_before_is_used_again(clerk: Desk) -> None:
    town = Desk(TOWN)
    story.kept(story.submitted(ALLOWANCE))
    path = begun(town, ALLOWANCE, **{"kind": "person", "applicant-id_number": "449906194302161009"})
    assert "交过的" in words(town.page(path))
    page = town.post(path, {"_reuse": "identity-card"}).content.decode()
    assert 'name="kept-identity-card"' in page
    assert "交过的" not in words(clerk.page(at_the_repair_counter(clerk)))


def test_autosave_keeps_and_never_overwrites(clerk: Desk) -> None:
    path = at_the_repair_counter(clerk)
    version = clerk.page(path).split('data-version="')[1].split('"')[0]
    sent = {"workshop_area": "320", "paper": ["premises-plan", "nonsense"], "version": version}
    saved = clerk.post(f"{path}save/", sent)
    assert saved.json()["version"] == int(version) + 1
    page = clerk.page(path)
    assert 'value="320"' in page
    assert 'id="paper-premises-plan" checked' in page
    assert clerk.post(f"{path}save/", sent).status_code == 409
    assert clerk.get(f"{path}save/").status_code == 405


def test_drafts_are_mine_alone_and_can_be_thrown_away(clerk: Desk) -> None:
    path = at_the_repair_counter(clerk)
    assert "没有办完的收件" in words(clerk.page(NEW))
    other = Desk(COLLEAGUE)
    assert other.get(path).status_code == 404
    assert other.post(path, {"_then": "submit"}).status_code == 404
    assert other.post(f"{path}save/", {"version": "1"}).status_code == 404
    assert other.post(f"{path}discard/").status_code == 404
    gone = clerk.post(f"{path}discard/")
    assert "草稿已删除" in words(clerk.page(gone["Location"]))
    assert not Draft.objects.exists()


def test_the_pages_take_a_fixed_number_of_queries(clerk: Desk) -> None:
    path = at_the_repair_counter(clerk)
    for address in (NEW, f"{NEW}?q=维修", f"{NEW}?item={REPAIR}", path):
        assert clerk.queries(address) <= MOST_QUERIES, address
    town = Desk(TOWN)
    story.submitted(ALLOWANCE)
    assert town.queries(begun(town, ALLOWANCE, **{"applicant-id_number": "449906194302161009"})) <= MOST_QUERIES


def test_an_insurance_counter_files_for_the_province() -> None:
    desk = Desk(INSURANCE)
    path = begun(desk, "social-security-card", **{"applicant-id_number": "449906199504181465"})
    page = words(desk.page(f"/desk/cases/{filed(desk, path, filled('social-security-card'))}/"))
    assert "转上级系统" in page
