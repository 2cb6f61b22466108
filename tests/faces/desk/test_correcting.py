"""One notice of everything that is wrong, and its answer taken in at the counter."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import story
from tests.faces.desk.desks import CLERK, HEAD, MOST_QUERIES, Desk, fresh, words
from zhengtong.topics.cases import actions
from zhengtong.topics.cases.models import Case, Material, Notice

pytestmark = pytest.mark.usefixtures("district")


def path_of(case: Case) -> str:
    return f"/desk/cases/{case.number}/correction/"


def waiting(*, fields: dict[str, str] | None = None, **materials: str) -> Case:
    """A case that waits for the applicant to put things right."""
    wanted = {code.replace("_", "-"): what for code, what in materials.items()}
    return actions.request_correction(
        story.submitted(), materials=wanted, fields=fields, actor=story.actor(CLERK)
    )  # fmt: skip


def test_the_page_lists_materials_and_questions() -> None:
    page = Desk(CLERK).page(path_of(story.submitted()))
    for text in (
        "经营场所布局图",
        "受理标准：标明粗加工",
        "授权委托书",
        "申请表：经营场所",
        "经营面积",
        "接触入口食品的从业人员",
    ):
        assert text in words(page), text
    assert "已过有效期" in page


def test_everything_wrong_goes_into_one_notice() -> None:
    case = story.submitted()
    sent = {
        "material": ["layout-plan"],
        "what-material-layout-plan": "没有标出下水方向，请补画。",
        "what-field-business_area": "与布局图不一致，请核对。",
        "opinion": "补齐后当天受理。",
    }
    answer = Desk(CLERK).post(path_of(case), sent)
    assert "补正告知书已发出" in words(Desk(CLERK).page(answer["Location"]))
    body = Notice.objects.get(case=case, kind="correction").body
    assert {entry["key"]: entry["what"] for entry in body["entries"]} == {
        "layout-plan": "没有标出下水方向，请补画。",
        "business_area": "与布局图不一致，请核对。",
    }
    assert body["opinion"] == "补齐后当天受理。"
    assert fresh(case).status == "correction_requested"


def test_nothing_named_and_a_tick_without_words_are_mended_on_the_page() -> None:
    case, clerk = story.submitted(), Desk(CLERK)
    nothing = clerk.post(path_of(case))
    assert nothing.status_code == 422
    assert "请至少勾选一项" in words(nothing)
    silent = clerk.post(path_of(case), material=["layout-plan"], field=["business_area"])
    assert silent.status_code == 422
    assert "请写明“经营场所布局图”哪里不对" in words(silent)
    assert "请写明“经营面积”哪里不对" in words(silent)
    assert 'id="tick-material-layout-plan" checked' in silent.content.decode()
    assert fresh(case).status == "submitted"


def test_a_second_notice_may_name_only_what_the_first_did() -> None:
    case, clerk = waiting(layout_plan="请补画。"), Desk(CLERK)
    clerk.act(case, "answer_correction", paper=["layout-plan"])
    page = clerk.page(path_of(case))
    assert "第三十二条" in words(page)
    assert "what-material-layout-plan" in page
    assert "what-material-equipment-list" not in page
    sent = {"what-material-layout-plan": "仍然没有下水方向。", "what-material-equipment-list": "新要求"}
    clerk.post(path_of(case), sent)
    latest = Notice.objects.filter(case=case, kind="correction").latest("issued_at")
    assert [entry["key"] for entry in latest.body["entries"]] == ["layout-plan"]


def test_who_may_not_ask_is_told() -> None:
    case = story.submitted()
    assert Desk(HEAD).get(path_of(case)).status_code == 409
    assert Desk(HEAD).post(path_of(case), {"what-material-layout-plan": "试试"}).status_code == 403
    assert Desk(CLERK).get(path_of(story.accepted())).status_code == 409


def test_a_visitor_brings_what_was_asked_for() -> None:
    case, clerk = (
        waiting(fields={"business_area": "请核对。"}, layout_plan="请补画。", process_chart="不清晰。"),
        Desk(CLERK),
    )
    path = f"/desk/cases/{case.number}/answer_correction/"
    page = words(clerk.page(path))
    for text in ("经营场所布局图", "请补画。", "食品加工操作流程图", "经营面积", "请核对。"):
        assert text in page
    assert "主要设备设施清单" not in page
    plan = SimpleUploadedFile("布局图.pdf", story.pdf("布局图"), "application/pdf")
    answer = clerk.post(path, {"paper": ["process-chart"], "business_area": "88.5", "material-layout-plan": plan})
    assert "补正内容已收下" in words(clerk.page(answer["Location"]))
    assert fresh(case).status == "received"
    now = {m.code: m for m in Material.objects.filter(case=case, replaced_at=None)}
    assert now["process-chart"].taken_as == "paper"
    assert now["layout-plan"].file.name == "布局图.pdf"
    assert "88.5 平方米" in words(clerk.page(f"/desk/cases/{case.number}/"))


def test_what_is_still_missing_is_named_and_what_came_is_kept() -> None:
    case, clerk = (
        waiting(fields={"business_area": "请核对。"}, layout_plan="请补画。", process_chart="不清晰。"),
        Desk(CLERK),
    )
    path = f"/desk/cases/{case.number}/answer_correction/"
    plan = SimpleUploadedFile("布局图.pdf", story.pdf("布局图"), "application/pdf")
    answer = clerk.post(path, {"business_area": "-3", "material-layout-plan": plan})
    assert answer.status_code == 422
    said = words(answer)
    assert "请勾选已收纸质，或上传“食品加工操作流程图”" in said
    assert "布局图.pdf" in said
    again = clerk.post(path, {"business_area": "-3", "paper": ["process-chart", "layout-plan"]})
    assert again.status_code == 422
    assert 'id="f-business_area-error"' in again.content.decode()
    assert fresh(case).status == "correction_requested"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("空.pdf", b"", "是空的"),
        ("布局图.pdf", b"MZ not a pdf at all", "不能接收"),
        ("布局图.txt", "只有字".encode(), "不能接收"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_beside_its_material(name: str, content: bytes, said: str) -> None:
    case, clerk = waiting(layout_plan="请补画。"), Desk(CLERK)
    path = f"/desk/cases/{case.number}/answer_correction/"
    answer = clerk.post(path, {"material-layout-plan": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert said in words(answer)
    assert 'id="material-layout-plan-error"' in answer.content.decode()


def test_the_pages_take_a_fixed_number_of_queries() -> None:
    assert Desk(CLERK).queries(path_of(story.submitted())) <= MOST_QUERIES
    case = waiting(fields={"premises_division": "请核对。"}, layout_plan="请补画。")
    assert Desk(CLERK).queries(f"/desk/cases/{case.number}/answer_correction/") <= MOST_QUERIES
