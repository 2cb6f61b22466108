"""The quality rules: a sound item has no defect, and each rule finds the fault it is there for, with a remedy."""

import pytest

from tests.topics.items.entries import BASIC, BODY, HALL, OTHER_BODY, World, entry
from zhengtong.topics.items import rules
from zhengtong.topics.items.rules.bodies import body_code_kind


def found(world=None, **changes):
    return rules.defects(rules.canonical(entry(**changes)), world or World())


def kinds(world=None, **changes):
    return [defect.kind for defect in found(world, **changes)]


LIMIT = {"amount": 20, "unit": "working_day", "basis": "x"}
SECTION = {"key": "a", "title": "甲"}
PLAN = {"code": "plan", "name": "场所平面图", "standard": "清晰"}
LATER = {**PLAN, "necessity": "tolerable"}


def test_a_sound_item_has_no_defect():
    assert kinds() == []


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("no_name", {"name": " ", "short_name": "x"}),
        ("nature_differs_from_type", {"nature": "filing"}),
        ("no_first_day", {"valid_from": None}),
        ("period_backwards", {"valid_to": "2025-12-31"}),
        ("no_audience", {"audience": []}),
        ("no_level", {"exercise_level": ""}),
        ("no_acceptor", {"accepted_by": ""}),
        ("acceptor_unknown", {"accepted_by": "hall-moon"}),
        # 承诺时限 ≤ 法定时限; “无” only with an explanation
        ("promise_longer_than_law", {"promised_limit": {"amount": 21, "unit": "working_day"}}),
        ("no_statutory_limit", {"statutory_limit": ...}),
        ("no_statutory_limit", {"statutory_limit": {"unit": "working_day"}}),
        ("no_limit_unexplained", {"statutory_limit": {"none": True}}),
        ("no_promised_limit", {"promised_limit": ...}),
        # 即办件 ⇒ 0 and no special procedure; 承诺件 ⇒ more than 0
        ("on_the_spot_with_days", {"case_type": "on_the_spot", "extension": None}),
        (
            "on_the_spot_extended",
            {"case_type": "on_the_spot", "promised_limit": {"amount": 0, "unit": "working_day"}},
        ),
        ("promised_without_days", {"promised_limit": {"amount": 0, "unit": "working_day"}}),
        ("no_case_type", {"case_type": ""}),
        ("extension_without_approver", {"extension": {"amount": 10, "unit": "working_day", "basis": "x"}}),
        (
            "extension_unit_differs",
            {"extension": {"amount": 1, "unit": "month", "approver": "x", "basis": "x"}},
        ),
        # visits, channels, depth
        ("no_channel", {"channels": []}),
        ("no_visits", {"visits": None}),
        ("zero_visits_unreachable", {"channels": ["window"]}),
        ("zero_visits_shallow", {"online_depth": [1, 4]}),
        ("visit_unexplained", {"visits": 1}),
        ("online_without_form", {"form": {"sections": []}, "materials": []}),
        ("no_place", {"places": []}),
        ("place_unknown", {"places": [{"organisation": "hall-moon"}]}),
        # fees
        ("charged_without_fees", {"fees": {"charged": True}}),
        ("fee_without_basis", {"fees": {"charged": True, "rows": [{"name": "工本费", "standard": "10 元"}]}}),
        ("free_with_fees", {"fees": {"charged": False, "rows": [{"name": "工本费", "standard": "10 元"}]}}),
        # materials
        ("no_materials", {"materials": ...}),
        ("material_vague", {"materials": [{**PLAN, "name": "其他有关材料"}]}),
        ("material_vague", {"materials": [{**PLAN, "name": "相关证明"}]}),
        ("material_code_repeated", {"materials": [PLAN, {**PLAN, "name": "另一份"}]}),
        ("material_name_repeated", {"materials": [PLAN, {**PLAN, "code": "other"}]}),
        (
            "all_materials_tolerable",
            {"materials": [LATER, {**LATER, "code": "b", "name": "乙"}]},
        ),
        ("material_condition_invalid", {"materials": [{**PLAN, "when": "seats =="}]}),
        ("material_condition_unknown", {"materials": [{**PLAN, "when": "rooms > 3"}]}),
        # basis, result, steps, where it is decided
        ("no_basis", {"basis": []}),
        ("result_without_type", {"result": {"kind": "credential", "by": "local", "name": "证"}}),
        (
            "credential_type_unknown",
            {"result": {"kind": "credential", "by": "local", "name": "证", "credential_type": "moon"}},
        ),
        (
            "foreign_result_bound",
            {"result": {"kind": "credential", "by": "national", "name": "证", "credential_type": "tea-licence"}},
        ),
        ("result_unnamed", {"result": {"kind": "credential", "by": "national"}}),
        ("port_missing", {"decided_in": {"kind": "provincial"}, "result": {"kind": "none"}}),
        ("foreign_decision_local_result", {"decided_in": {"kind": "provincial", "port": "p", "system": "x"}}),
        ("no_deciding_step", {"steps": []}),
        ("step_repeated", {"steps": [{"key": "a", "name": "审", "permission": "cases.decide"}] * 2}),
        # phones
        ("consult_phone_malformed", {"consult_phone": "五五五零一八八"}),
        # codes
        ("basic_code_length", {"basic_code": "4401", "implementation_code": "", "handling_code": ""}),
        ("type_differs_from_code", {"type": "05", "nature": "benefit"}),
        ("level_differs_from_code", {"exercise_level": "5"}),
        ("implementation_of_other_basic", {"implementation_code": f"{BODY}4440131901002", "handling_code": ""}),
        ("code_of_other_body", {"implementation_code": f"{OTHER_BODY}4{BASIC}", "handling_code": ""}),
        ("handling_of_other_implementation", {"handling_code": f"{OTHER_BODY}4{BASIC}01"}),
        # the form
        ("form_faulty", {"form": {"sections": [{**SECTION, "fields": [{"element": "moon"}]}]}, "materials": []}),
    ],
)  # fmt: skip
def test_each_rule_finds_its_fault_and_says_what_to_do(kind, changes):
    [defect] = [defect for defect in found(**changes) if defect.kind == kind]
    assert defect.is_blocking
    assert defect.sentence.endswith("。")
    assert defect.remedy.endswith("。") or kind == "form_faulty" or kind.startswith("material_condition_invalid")


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("limit_units_differ", {"promised_limit": {"amount": 5, "unit": "calendar_day"}}),
        ("limit_without_basis", {"statutory_limit": {"amount": 20, "unit": "working_day"}}),
        ("extension_without_basis", {"extension": {"amount": 10, "unit": "working_day", "approver": "负责人"}}),
        ("material_not_linked", {"materials": [{**PLAN, "source": "government"}]}),
        ("material_unexplained", {"materials": [{"code": "plan", "name": "平面图"}]}),
        ("basis_without_article", {"basis": [{"law": "某条例"}]}),
        ("no_consult_phone", {"consult_phone": ""}),
        ("no_complaint_phone", {"complaint_phone": ""}),
        ("no_code", {"basic_code": "", "implementation_code": "", "handling_code": ""}),
    ],
)
def test_what_is_only_told(kind, changes):
    assert [(defect.kind, defect.is_blocking) for defect in found(**changes)] == [(kind, False)]


def test_a_post_address_is_looked_for_in_the_directory():
    bare = World(organisations={BODY: {}, HALL: {"address": ""}})
    assert kinds(bare, channels=["window", "online", "post"]) == ["post_without_address"]
    assert kinds(World(), channels=["window", "online", "post"]) == []


@pytest.mark.parametrize(
    "phone",
    ["0660-5550188", "12345", "13800138000", "020-83000000-123", "400-830-0000", "5550188", "0660-5550188、12345"],
)
def test_phones_that_people_can_dial(phone):
    assert kinds(consult_phone=phone) == []


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("", "body_code_missing"),
        (BODY, ""),
        (BODY[:-1] + ("0" if BODY[-1] != "0" else "1"), "body_code_check_digit"),
        (BODY.lower(), "body_code_small_letters"),
        (BODY[8:17], "body_code_old"),
        (f"{BODY[8:16]}-{BODY[16]}", "body_code_old"),
        (BODY[:-1] + "_5143", "body_code_suffixed"),
        ("4148481895459659776", "body_code_internal"),
        (BODY[:-1], "body_code_length"),
        ("11736", "body_code_length"),
        ("民政局", "body_code_malformed"),
    ],
)
def test_what_people_write_for_the_code_of_a_body(code, kind):
    assert body_code_kind(code) == kind


def test_an_old_code_that_the_local_code_explains():
    item = rules.canonical(entry(organisation=BODY[8:17], extra={"local_parts": {"body": BODY}}))
    [defect] = [one for one in rules.defects(item, World()) if one.kind == "body_code_old"]
    assert f"地方编码里的主体代码 {BODY} 含有它" in defect.remedy


def test_on_the_spot_filing_and_foreign_items_need_no_deciding_step():
    zero = {"amount": 0, "unit": "working_day"}
    assert kinds(case_type="on_the_spot", promised_limit=zero, extension=None, steps=[]) == []
    assert (
        kinds(
            type="10",
            nature="filing",
            basic_code="",
            implementation_code="",
            handling_code="",
            local_code="x",
            steps=[],
        )
        == []
    )
    elsewhere = {"kind": "provincial", "port": "provincial-approval", "system": "省审批系统"}
    assert kinds(decided_in=elsewhere, result={"kind": "none"}, steps=[], form={"sections": []}, materials=[]) == []


def test_canonical_is_settled_and_does_not_touch_what_it_was_given():
    given = entry()
    before = str(given)
    once = rules.canonical(given)
    assert str(given) == before
    assert rules.canonical(once) == once
    once["materials"][0]["name"] = "改"
    once["places"][0]["window"] = "改"
    assert str(given) == before
    definition, editorial = rules.split(rules.canonical(given))
    joined = rules.joined(definition, editorial, version=1, valid_from=None, valid_to=None)
    assert {**joined, "valid_from": "2026-01-01"} == rules.canonical(given)
