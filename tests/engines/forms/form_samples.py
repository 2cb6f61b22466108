"""Forms for the tests: a restaurant's application with everything a form can have, and one of 95 fields."""

from typing import Any

from zhengtong.engines.forms.rules import Element, Form, compile_form

ID, ID_2, PHONE, CREDIT = "11010519491231002X", "440524188001010014", "13800138000", "91350100M000100Y43"

ELEMENTS: dict[str, Element] = {
    element.code: element
    for element in (
        Element(
            "person_name",
            "姓名",
            {"type": "string", "minLength": 2, "maxLength": 50},
            "text",
            autocomplete="name",
            source="subject.name",
        ),
        Element(
            "person_id",
            "身份证号",
            {"type": "string"},
            "id_number",
            help="居民身份证上的 18 位号码",
            sealed=True,
            source="subject.id_number",
        ),
        Element("person_phone", "手机号", {}, "phone", autocomplete="tel", sealed=True, source="subject.phone"),
        Element("entity_code", "统一社会信用代码", {}, "credit_code", source="entity.credit_code"),
        Element("premises_division", "所在村居", {}, "division_picker"),
        Element("premises_address", "经营场所地址", {"type": "string", "maxLength": 120}, "text"),
        Element(
            "premises_area",
            "经营面积",
            {"type": "number", "exclusiveMinimum": 0, "maximum": 100000},
            "number",
            unit="平方米",
        ),
        Element("agent", "是否委托代办", {"type": "boolean"}, "yes_no"),
    )
}

RESTAURANT: dict[str, Any] = {
    "sections": [
        {
            "key": "applicant",
            "title": "申请人",
            "hint": "请照证件填写。",
            "fields": [
                {"element": "person_name", "required": True},
                {"element": "person_id", "required": True},
                {"element": "person_phone", "required": True},
                {"element": "agent", "required": True},
                {
                    "element": "person_name",
                    "key": "agent_name",
                    "title": "代办人姓名",
                    "required": True,
                    "when": "agent",
                },
                {
                    "key": "agent_why",
                    "title": "委托事由",
                    "widget": "textarea",
                    "when": "agent",
                    "schema": {"type": "string", "maxLength": 200},
                },
            ],
        },
        {
            "key": "premises",
            "title": "经营场所",
            "fields": [
                {"element": "entity_code"},
                {"element": "premises_division", "required": True},
                {"element": "premises_address", "required": True},
                {"element": "premises_area", "required": True},
                {"key": "opens_on", "title": "计划开业日期", "schema": {"type": "string", "format": "date"}},
                {"key": "invested", "title": "投入资金", "widget": "money"},
                {"key": "floors", "title": "楼层数", "schema": {"type": "integer", "minimum": 1, "maximum": 99}},
                {
                    "key": "kind",
                    "title": "经营类型",
                    "required": True,
                    "options": [{"value": "small", "label": "小型餐馆"}, {"value": "canteen", "label": "食堂"}],
                },
                {
                    "key": "dishes",
                    "title": "经营项目",
                    "widget": "checkboxes",
                    "required": True,
                    "options": ["热食类", "冷食类", "生食类", "糕点类"],
                },
                {
                    "key": "raw_fridge",
                    "title": "生食专间说明",
                    "required": True,
                    "when": "'生食类' in dishes",
                    "widget": "textarea",
                },
            ],
        },
        {
            "key": "people",
            "title": "从业人员",
            "when": "kind == 'canteen' or premises_area > 100",
            "fields": [
                {
                    "key": "staff",
                    "title": "从业人员",
                    "repeat": {"min": 1, "max": 5},
                    "fields": [
                        {"element": "person_name", "key": "name", "required": True},
                        {"element": "person_id", "key": "id_number", "required": True},
                        {"key": "handles_food", "title": "是否接触直接入口食品", "widget": "yes_no", "required": True},
                        {
                            "key": "health_until",
                            "title": "健康证有效期至",
                            "widget": "date",
                            "required": True,
                            "when": "handles_food",
                        },
                    ],
                }
            ],
        },
    ]
}

ANSWERS: dict[str, Any] = {
    "person_name": "陈秀英",
    "person_id": ID,
    "person_phone": PHONE,
    "agent": False,
    "entity_code": CREDIT,
    "premises_division": "449906001001",
    "premises_address": "河东路 12 号",
    "premises_area": 120.5,
    "opens_on": "2026-03-01",
    "invested": 300000,
    "floors": 2,
    "kind": "small",
    "dishes": ["热食类", "冷食类"],
    "staff": [
        {"name": "李强", "id_number": ID, "handles_food": True, "health_until": "2027-01-01"},
        {"name": "王芳", "id_number": ID, "handles_food": False},
    ],
}


def restaurant() -> Form:
    """The restaurant's form."""
    return compile_form(RESTAURANT, ELEMENTS)


def large_definition(count: int = 95) -> dict[str, Any]:
    """A form of `count` fields in sections of ten, of all widgets, every sixth conditional, every twelfth sealed."""
    made = [_field(index) for index in range(count)]
    return {
        "sections": [
            {"key": f"part{start // 10}", "title": f"第 {start // 10 + 1} 部分", "fields": made[start : start + 10]}
            for start in range(0, count, 10)
        ]
    }


def _field(index: int) -> dict[str, Any]:
    key, title = f"q{index}", f"第 {index + 1} 项"
    shapes: list[dict[str, Any]] = [
        {"widget": "text", "schema": {"type": "string", "maxLength": 80}},
        {"widget": "number", "unit": "人", "schema": {"type": "integer", "minimum": 0}},
        {"widget": "date"},
        {"widget": "radio", "options": ["甲", "乙", "丙"]},
        {"widget": "yes_no"},
        {"widget": "select", "options": [f"选项{n}" for n in range(12)]},
        {"widget": "textarea"},
        {"widget": "money"},
        {"widget": "checkboxes", "options": ["水", "电", "气"]},
        {"widget": "phone", "sealed": True},
        {"widget": "id_number", "sealed": True},
        {"widget": "credit_code"},
    ]
    field = {"key": key, "title": title, "required": index % 3 == 0, **shapes[index % 12]}
    return field | ({"when": "q4"} if index % 6 == 5 else {})


def large_page() -> dict[str, list[str]]:
    """What the pages of the large form send when everything is answered."""
    sent = [
        "河东路 １２ 号",
        "12",
        "2026-03-01",
        "乙",
        "true",
        "选项3",
        "第一行\r\n第二行",
        "1,234.50",
        "水",
        PHONE,
        ID,
        CREDIT,
    ]
    return {f"q{index}": [sent[index % 12]] for index in range(95)}
