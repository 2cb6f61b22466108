"""Gaps said once, findings and proposals that agree, and what makes a case an exception: pure rules."""

from dataclasses import dataclass
from datetime import date

import pytest

from zhengtong.topics.cases import rules
from zhengtong.topics.cases.rules import Checked, Peculiarity

TODAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Found:
    key: str
    what: str
    remedy: str = ""
    found_by_name: str = "周敏"
    name: str = "布局图"
    is_material: bool = True


def test_the_same_gap_is_said_once_with_everybody_who_found_it() -> None:
    merged = rules.merged_gaps([
        Found("plan", "没有签名。", "请补签。"),
        Found("plan", "没有 签名", "请补签", "郑卫东"),
        Found("plan", "比例不对", found_by_name="郑卫东"),
        Found("seats", "与图不符", is_material=False, name="餐位数"),
    ])  # fmt: skip
    assert [(one.key, one.what) for one in merged] == [("plan", "没有签名，请补签；比例不对"), ("seats", "与图不符")]
    assert merged[0].found_by == ("周敏", "郑卫东")
    assert not merged[1].is_material


def test_the_longer_sentence_stands_for_the_shorter() -> None:
    merged = rules.merged_gaps([Found("plan", "没有签名"), Found("plan", "没有签名，请补签")])
    assert merged[0].what == "没有签名，请补签"


@pytest.mark.parametrize("status", ["correction_requested", "accepted", "in_review", "granted", "declined"])
def test_gaps_are_for_intake(status: str) -> None:
    with pytest.raises(rules.GapTooLate):
        rules.check_gap(status, "没有签名")


def test_a_gap_says_what_is_wrong() -> None:
    assert rules.check_gap("submitted", " 没有签名 ") == "没有签名"
    with pytest.raises(rules.GapUnworded):
        rules.check_gap("received", "  ")


def test_a_proposal_follows_the_findings() -> None:
    faulty = [Checked("面积相符", "not_ok", "少三平方米"), Checked("有后门", "ok")]
    rules.check_proposal("refuse", faulty)
    rules.check_proposal("grant", [Checked("面积相符", "ok"), Checked("有后门", "n_a")])
    with pytest.raises(rules.ProposalAgainstFindings, match="面积相符"):
        rules.check_proposal("grant", faulty)
    with pytest.raises(rules.RemarkMissing):
        rules.check_proposal("refuse", [Checked("面积相符", "not_ok", " ")])


@pytest.mark.parametrize("finding", [Checked("别的要点", "ok"), Checked("面积相符", "perhaps")])
def test_a_finding_is_about_a_point_of_the_item(finding: Checked) -> None:
    with pytest.raises(rules.PointUnknown):
        rules.check_findings([finding], ["面积相符"])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ()),
        ({"proposals": {"review": "refuse"}}, (Peculiarity.REFUSAL,)),
        (
            {"proposals": {"review": "grant", "visit": "refuse"}, "due": TODAY},
            (Peculiarity.REFUSAL, Peculiarity.DISAGREEMENT, Peculiarity.TODAY),
        ),
        ({"sent_back": 1}, (Peculiarity.SENT_BACK,)),
        ({"verdicts": ["ok", "not_ok"]}, (Peculiarity.NOT_OK,)),
        ({"due": date(2026, 11, 19)}, (Peculiarity.OVERDUE,)),
        ({"corrected": 1}, (Peculiarity.CORRECTED,)),
        ({"reviewed": 0, "proposals": {}}, (Peculiarity.UNREVIEWED,)),
    ],
)
def test_what_is_out_of_the_ordinary(changes: dict, expected: tuple) -> None:
    ordinary = {
        "proposals": {"review": "grant"}, "verdicts": ["ok", "n_a"], "due": date(2026, 11, 23), "today": TODAY,
        "sent_back": 0, "corrected": 0, "reviewed": 1,
    }  # fmt: skip
    why = rules.exceptions(**{**ordinary, **changes})
    assert why == expected
    if expected:
        with pytest.raises(rules.SignedAlone, match=rules.EXCEPTIONS[expected[0]]):
            rules.check_ordinary(why)
    else:
        rules.check_ordinary(why)


def test_the_step_before() -> None:
    steps = [rules.Decision("a", "一"), rules.Decision("b", "二")]
    assert (rules.step_before(steps, "a"), rules.step_before(steps, "b")) == ("", "a")
    with pytest.raises(rules.NotSentBack):
        rules.step_before(steps, "")


def test_another_number_is_entered_only_where_nothing_tells_it() -> None:
    assert rules.check_elsewhere(" 省食品许可系统 ", " 省1 ", "", is_mirrored=False) == ("省食品许可系统", "省1", "")
    with pytest.raises(rules.ElsewhereMirrored):
        rules.check_elsewhere("系统", "1", "", is_mirrored=True)
    with pytest.raises(rules.ElsewhereUnnumbered):
        rules.check_elsewhere("系统", " ", "", is_mirrored=False)
