"""S008 统一申办受理平台: any item by any channel; number, receipt, materials, routing; followed to the archive."""

from dataclasses import replace

import pytest
from django.test import Client

from tests import story
from tests.engines.papers.reading import text_of
from tests.systems import stage, ways
from zhengtong.engines.tasks import queries as tasks
from zhengtong.foundation.audit import queries as audit
from zhengtong.foundation.codes import case_number
from zhengtong.topics.cases import actions as cases
from zhengtong.topics.cases import queries as case_queries
from zhengtong.topics.cases.models import Case
from zhengtong.topics.cases.rules import MaterialsIncomplete
from zhengtong.topics.items import queries as items

pytestmark = [pytest.mark.system("S008"), pytest.mark.usefixtures("district")]
ROADS = (
    "food-business-restaurant", "rural-homestead", "senior-allowance", "vehicle-repair-filing", "social-security-card",
)  # fmt: skip
CHANNELS = ("window", "online", "mobile", "kiosk", "video")
ITEMS = (
    "food-business-restaurant", "human-resources-service-permit", "legal-aid", "outdoor-advertising",
    "prepackaged-food-filing", "public-place-health-permit", "road-occupation-excavation", "rural-homestead",
    "senior-allowance", "social-security-card", "temporary-relief", "vehicle-repair-filing",
)  # fmt: skip


def test_the_list_of_items_is_whole() -> None:
    assert {row.code for row in items.published_items()} == set(ITEMS)


@pytest.mark.parametrize("item", ITEMS)
def test_any_item_from_any_channel(item: str) -> None:
    """Each way in gives a valid number of its own, a receipt that says it, and work before the right window."""
    numbers = set()
    for channel in CHANNELS:
        case = stage.filed(stage.through(stage.entry_of(item), channel))
        assert case.channel == channel
        assert case_number.is_valid_case_number(case.number)
        numbers.add(case.number)
        said = text_of(case_queries.receipt_pdf(case))
        assert case.number in said.replace(" ", "")
        version = items.current_version(item)
        assert (case.department_id, case.acceptor_id) == (version.organisation, version.accepted_by)
        (waiting,) = tasks.open_tasks_about(case.pk)
        assert (waiting.organisation, waiting.permission) == (version.accepted_by, "cases.accept")
    assert len(numbers) == len(CHANNELS)


def receipt_from(pages: Client, path: str, case: Case) -> str:
    """What the receipt says that this browser opens."""
    paper = pages.get(path)
    assert paper["Content-Type"] == "application/pdf"
    said = "".join(text_of(b"".join(paper)).split())
    assert case.number in said
    return said


@pytest.mark.parametrize("item", [item for item in ITEMS if item != "rural-homestead"])
@pytest.mark.parametrize(
    ("channel", "agent"), [("online", ways.COMPUTER), ("mobile", ways.PHONE), ("kiosk", ways.TERMINAL)]
)
def test_by_oneself_on_the_web_the_phone_and_the_terminal(item: str, channel: str, agent: str) -> None:
    """Every item that is offered online, page by page, to the receipt."""
    case, pages = ways.by_oneself(item, agent)
    assert (case.channel, case.status, case.received_at) == (channel, "submitted", None)
    assert "申请提交回执" in receipt_from(pages, f"/cases/{case.number}/receipt.pdf", case)
    assert pages.get(f"/t/{case.number}").status_code == 200


@pytest.mark.parametrize("item", ITEMS)
@pytest.mark.parametrize("channel", ["window", "video", "post"])
def test_by_a_clerk_at_the_window_in_the_video_booth_and_by_post(item: str, channel: str) -> None:
    """Every item, on the one page of the counter that accepts it; received as it comes."""
    case, pages = ways.at_the_counter(item, channel)
    assert (case.channel, case.status) == (channel, "received")
    assert "收件凭证" in receipt_from(pages, f"/desk/cases/{case.number}/receipt.pdf", case)


def test_by_a_system_of_a_department() -> None:
    case = ways.by_interface()
    assert (case.channel, case.status) == ("api", "submitted")


@pytest.mark.parametrize("item", ["food-business-restaurant", "vehicle-repair-filing"])
def test_materials_are_checked(item: str) -> None:
    """What is missing is named, all at once, and nothing is submitted."""
    whole = story.filing(item)
    with pytest.raises(MaterialsIncomplete) as refused:
        cases.submit_case(replace(whole, materials=()))
    wanted = [m.name for m in items.version(whole.item).materials_asked({**whole.answers}) if m.is_required]
    assert all(name in str(refused.value) for name in wanted)


def test_the_counter_checks_them_too_and_asks_once_for_all_that_is_wrong() -> None:
    case = story.submitted()
    codes = sorted(case.materials.values_list("code", flat=True))[:2]
    case = cases.request_correction(case, materials=dict.fromkeys(codes, "看不清"), actor=story.actor("zhoumin"))
    owner = story.actor("chenzhiyuan")
    again = [cases.Provided(code, file=story.upload(owner)) for code in codes]
    case = cases.answer_correction(case, materials=again, actor=owner)
    assert cases.accept_case(case, actor=story.actor("zhoumin")).status == "accepted"


def test_routed_by_item_and_level() -> None:
    """A district item goes to the department's reviewer, a town item stays with the town; each by its own level."""
    district = cases.accept_case(story.submitted(), actor=story.actor("zhoumin"))
    entry = stage.through(stage.entry_of("rural-homestead"), "window")
    town = cases.accept_case(stage.filed(entry), actor=story.actor("guozhiqiang"))
    for case, level in ((district, "4"), (town, "5")):
        version = items.version(case.item_version_id)
        assert version.exercise_level == level
        (waiting,) = tasks.open_tasks_about(case.pk)
        assert waiting.organisation == version.organisation
        assert waiting.permission == "cases.review"
    assert town.department.kind == "town"
    assert district.department.kind == "department"


@pytest.mark.parametrize(
    "item",
    [
        "food-business-restaurant",
        "rural-homestead",
        "senior-allowance",
        "vehicle-repair-filing",
        "social-security-card",
    ],
)
def test_followed_to_the_archive(item: str) -> None:
    """A permit, a town's decision, an on-the-spot benefit, a filing and a case of the province, all to the archive."""
    entry = stage.entry_of(item)
    try:
        entry = stage.entry_of(item, ended=True)
    except LookupError:
        clerk = stage.CLERKS[items.current_version(item).accepted_by]
        steps = [step for step in entry["then"] if step["action"] not in ("deliver", "archive")]
        if item != "social-security-card":
            steps.append({"action": "deliver", "by": clerk})
        entry["then"] = [*steps, {"action": "archive", "by": clerk}]
    plays = stage.player_for(entry)
    plays.file(0, entry)
    for step in entry["then"]:
        plays.act(0, entry, step)
    case = plays.cases[0]
    case.refresh_from_db()
    assert case.status == "archived"
    assert case.ended_at is not None
    assert not tasks.open_tasks_about(case.pk)
    version = items.version(case.item_version_id)
    told = [moment.title for moment in case_queries.timeline(case, version, list(case.steps.order_by("id")))]
    assert told[0] == "提交申请"
    assert told[-1] == "归档"
    assert ("送达" in told) == (item != "social-security-card")
    assert audit.verify(case.audit_stream).faults == ()
