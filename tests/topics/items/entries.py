"""An invented item without defects, and a small world around it."""

import copy
from typing import Any

from zhengtong.foundation.codes.credit_code import make_credit_code
from zhengtong.foundation.wiring.sections import sections

BODY = make_credit_code("11", "449906", "MF990601")
OTHER_BODY = make_credit_code("11", "449906", "MF990602")
HALL = "hall-central"
BASIC = "440131901001"
FORM = {
    "sections": [
        {
            "key": "shop",
            "title": "店铺",
            "fields": [
                {"element": "shop_name", "required": True},
                {"key": "seats", "title": "餐位数", "schema": {"type": "integer", "minimum": 0}, "widget": "number"},
                {"key": "by_agent", "title": "是否代办", "schema": {"type": "boolean"}, "widget": "yes_no"},
            ],
        }
    ]
}
ELEMENT = {
    "code": "shop_name", "title": "店名", "schema": {"type": "string", "minLength": 1, "maxLength": 50},
    "widget": "text", "help": "", "autocomplete": "", "sealed": False, "source": "", "unit": "", "options": [],
}  # fmt: skip
ENTRY: dict[str, Any] = {
    "code": "tea-house",
    "basic_code": BASIC,
    "implementation_code": f"{BODY}4{BASIC}",
    "handling_code": f"{BODY}4{BASIC}01",
    "name": "茶馆经营许可（新办）",
    "short_name": "茶馆许可",
    "version": 1,
    "valid_from": "2026-01-01",
    "type": "01",
    "nature": "permit",
    "organisation": BODY,
    "accepted_by": HALL,
    "exercise_level": "4",
    "audience": ["entity", "person"],
    "case_type": "promised",
    "statutory_limit": {"amount": 20, "unit": "working_day", "basis": "某条例第一条"},
    "promised_limit": {"amount": 5, "unit": "working_day"},
    "extension": {"amount": 10, "unit": "working_day", "approver": "本行政机关负责人", "basis": "某条例第二条"},
    "basis": [{"law": "某条例", "article": "第一条", "text": "开茶馆要先取得许可。"}],
    "conditions": ["有固定的经营场所"],
    "channels": ["window", "online"],
    "visits": 0,
    "online_depth": [5, 6],
    "result": {"kind": "document", "by": "local", "name": "茶馆批文"},
    "steps": [
        {"key": "review", "name": "审查", "permission": "cases.review"},
        {"key": "decide", "name": "决定", "permission": "cases.decide"},
    ],
    "separate": True,
    "materials": [
        {"code": "plan", "name": "场所平面图", "standard": "标明出入口"},
        {"code": "letter", "name": "授权委托书", "note": "代办才要", "when": "by_agent == true", "max_mb": 2.5},
    ],
    "form": FORM,
    "questions": [{"q": "要多久？", "a": "五个工作日。"}],
    "places": [{"organisation": HALL, "window": "3 号窗口"}],
    "consult_phone": "0660-5550188",
    "complaint_phone": "12345",
    "keywords": ["茶楼", "喝茶"],
    "events": ["开茶馆"],
}


def entry(**changes: Any) -> dict[str, Any]:
    """The invented item with some fields said otherwise; a value of `...` leaves the field out."""
    made = {**copy.deepcopy(ENTRY), **changes}
    return {name: value for name, value in made.items() if value is not ...}


class World:
    """What rules may ask about, without a database."""

    def __init__(self, **known: dict[str, dict[str, Any]]) -> None:
        self.known = {
            "organisations": {BODY: {"address": "江堤路 1 号"}, HALL: {"address": "锦湖路 88 号"}},
            "elements": {"shop_name": ELEMENT},
            "credential_types": {"tea-licence": {}},
            **known,
        }

    def has(self, section: str, key: str) -> bool:
        return key in self.known.get(section, {})

    def entry(self, section: str, key: str) -> dict[str, Any] | None:
        return self.known.get(section, {}).get(key)


def furnish(actor: Any) -> None:
    """The same world in the database."""
    division = {"code": "449906000000", "name": "番江区", "level": "district", "parent": None, "geometry": None}
    sections.get("divisions").create(division, pack="world", actor=actor)
    for code, name, kind in (
        (BODY, "番江区市场监督管理局", "department"),
        (OTHER_BODY, "番江区卫生健康局", "department"),
        (HALL, "番江区政务服务中心", "hall"),
    ):
        body = {
            "code": code, "name": name, "short_name": name, "kind": kind, "level": "4", "division": "449906000000",
            "parent": None, "address": "晴川街道锦湖路 88 号", "phone": "0660-5550188", "hours": "工作日 9—17 时",
            "remedy": {"review": ["番江区人民政府"], "court": "云州市番江区人民法院"},
        }  # fmt: skip
        sections.get("organisations").create(body, pack="world", actor=actor)
    sections.get("elements").create(ELEMENT, pack="world", actor=actor)
