"""The elements of an item under the names that keepers know, and how their values read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from zhengtong.engines.deadlines.rules import Limit

from . import words

Names = Mapping[str, str]
NOBODY: Names = {}
Worder = Callable[[Any, Names], str]

STARTS = {"receipt": "收到申请之日起"}
PERMISSIONS = {"cases.review": "审查", "cases.decide": "决定", "cases.accept": "受理"}
WIDGETS = {
    "text": "单行文字", "textarea": "多行文字", "number": "数字", "date": "日期", "select": "下拉选择",
    "radio": "单选", "checkboxes": "多选", "yes_no": "是或否", "division_picker": "选择地区", "phone": "电话",
    "id_number": "证件号码", "money": "金额",
}  # fmt: skip
BOUNDS = {
    "minimum": "最小", "maximum": "最大", "minLength": "最少字数", "maxLength": "最多字数", "minItems": "最少选",
    "maxItems": "最多选", "exclusiveMinimum": "大于", "exclusiveMaximum": "小于", "pattern": "格式", "format": "格式",
    "enum": "取值", "const": "取值", "type": "类型", "items": "每项",
}  # fmt: skip


def plain(value: Any, names: Names = NOBODY) -> str:
    """As it stands; yes and no in words."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(plain(one) for one in value)
    if isinstance(value, Mapping):
        return "；".join(f"{key}：{plain(one)}" for key, one in value.items() if one not in (None, "", [], {}))
    return "" if value is None else str(value).strip()


def coded(table: Mapping[Any, str]) -> Worder:
    """A code of a list, or several."""

    def told(value: Any, names: Names) -> str:
        values = value if isinstance(value, list | tuple) else [value]
        return "、".join(table.get(one, plain(one)) for one in values if one not in (None, ""))

    return told


def named(value: Any, names: Names) -> str:
    """Organisations by name."""
    return coded(names)(value, names)


def lines(value: Any, names: Names) -> str:
    """One below the other."""
    return "\n".join(plain(one) for one in value or ())


def amount(value: Any, names: Names) -> str:
    """A limit or an extension with its basis."""
    if not value:
        return ""
    said = "" if value.get("amount") is None else Limit.of(value).wording()
    start = value.get("start", "acceptance")
    parts = [
        words.NO_LIMIT if value.get("none") else said, plain(value.get("text")),
        "" if start == "acceptance" else STARTS.get(start, start),
        f"批准人：{value['approver']}" if value.get("approver") else "",
        f"依据：{value['basis']}" if value.get("basis") else "", plain(value.get("note")),
    ]  # fmt: skip
    return "；".join(dict.fromkeys(part for part in parts if part))


def bounds(value: Any, names: Names) -> str:
    """What a field's schema asks of the answer."""
    return "，".join(f"{BOUNDS.get(key, key)} {plain(one)}" for key, one in (value or {}).items())


def options(value: Any, names: Names) -> str:
    """The labels one may choose from."""
    return "、".join(str(one.get("label", "")) if isinstance(one, Mapping) else str(one) for one in value or ())


@dataclass(frozen=True)
class Label:
    """One element: the part of the item it belongs to, its name, how its value reads."""

    part: str
    title: str
    told: Worder = plain


@dataclass(frozen=True)
class Rows:
    """A list of rows: what tells one from another, what a row is called, and the names of its columns."""

    part: str
    key: Callable[[Mapping[str, Any]], str]
    title: Callable[[Mapping[str, Any], Names], str]
    columns: Mapping[str, tuple[str, Worder]]
    summary: tuple[str, ...] = field(default=())


ABOUT, TIME, LAW, WAY, RESULT, MONEY, GUIDE = "事项", "期限", "依据和条件", "办理方式", "结果", "收费", "办事指引"
STEPS, MATERIALS, FORM, POINTS = "环节", "材料", "申请表", "审查要点"
PARTS = (ABOUT, TIME, LAW, MATERIALS, MONEY, FORM, STEPS, POINTS, WAY, RESULT, GUIDE)

# "result.kind" is the element `kind` of the part `result`.
FIELDS: dict[str, Label] = {
    "name": Label(ABOUT, "名称"), "short_name": Label(ABOUT, "简称"), "main_item": Label(ABOUT, "主项"),
    "basic_code": Label(ABOUT, "基本编码"), "implementation_code": Label(ABOUT, "实施编码"),
    "handling_code": Label(ABOUT, "业务办理项编码"), "local_basic_code": Label(ABOUT, "地方基本编码"),
    "local_code": Label(ABOUT, "地方编码"), "type": Label(ABOUT, "事项类型", coded(words.TYPES)),
    "nature": Label(ABOUT, "事项性质", coded(words.NATURES)), "organisation": Label(ABOUT, "实施主体", named),
    "organisation_name": Label(ABOUT, "实施主体名称"),
    "body_kind": Label(ABOUT, "实施主体性质", coded(words.BODY_KINDS)), "supervised_by": Label(ABOUT, "业务指导部门"),
    "entrusted_by": Label(ABOUT, "委托部门"), "power_source": Label(ABOUT, "权力来源", coded(words.POWER_SOURCES)),
    "exercise_level": Label(ABOUT, "行使层级", coded(words.LEVELS)),
    "audience": Label(ABOUT, "服务对象", coded(words.AUDIENCES)),
    "case_type": Label(ABOUT, "办件类型", coded(words.CASE_TYPES)), "valid_to": Label(ABOUT, "截止日期"),
    "joint_bodies": Label(ABOUT, "联办机构"), "intermediaries": Label(ABOUT, "中介服务"),
    "extra": Label(ABOUT, "其他登记内容"),
    "statutory_limit": Label(TIME, "法定期限", amount), "promised_limit": Label(TIME, "承诺期限", amount),
    "extension": Label(TIME, "延长", amount), "conditions": Label(LAW, "受理条件", lines),
    "quota": Label(LAW, "数量限制"), "accepted_by": Label(WAY, "受理单位", named),
    "also_accepted_by": Label(WAY, "同时受理的单位", named),
    "channels": Label(WAY, "办理形式", coded(words.CHANNELS)), "visits": Label(WAY, "到现场次数"),
    "visit_reason": Label(WAY, "到现场的原因"),
    "online_depth": Label(WAY, "网上办理深度", coded(words.ONLINE_DEPTHS)),
    "cross_region": Label(WAY, "通办范围", coded(words.CROSS_REGION)), "services.in_hall": Label(WAY, "进驻大厅"),
    "services.booking": Label(WAY, "预约办理"), "services.online_payment": Label(WAY, "网上支付"),
    "services.courier": Label(WAY, "物流快递"), "services.kiosk": Label(WAY, "自助终端"),
    "decided_in.kind": Label(WAY, "在哪里决定", coded(words.DECIDED_IN)), "decided_in.port": Label(WAY, "对接接口"),
    "decided_in.system": Label(WAY, "业务系统"), "result.kind": Label(RESULT, "结果类型", coded(words.RESULT_KINDS)),
    "result.by": Label(RESULT, "由谁制发", coded(words.RESULT_BY)), "result.name": Label(RESULT, "结果名称"),
    "result.credential_type": Label(RESULT, "证照类型"), "result.sample": Label(RESULT, "结果样本"),
    "result.valid_for": Label(RESULT, "有效期"), "fees.charged": Label(MONEY, "是否收费"),
    "fees.basis": Label(MONEY, "收费依据"), "separate": Label(STEPS, "受理、审查、决定由不同的人办理"),
    "points": Label(POINTS, "审查要点", lines), "summary": Label(GUIDE, "一句话说明"),
    "keywords": Label(GUIDE, "关键词"), "events": Label(GUIDE, "人生和经营事件"),
    "themes.person": Label(GUIDE, "个人主题"), "themes.entity": Label(GUIDE, "法人主题"),
    "consult_phone": Label(GUIDE, "咨询电话"), "complaint_phone": Label(GUIDE, "监督投诉电话"),
}  # fmt: skip

ROWS: dict[str, Rows] = {
    "basis": Rows(
        LAW, lambda row: f"{row['law']} {row['article']}", lambda row, names: f"{row['law']}{row['article']}",
        {"text": ("内容", plain), "note": ("说明", plain)}, ("text",),
    ),
    "special_procedures": Rows(
        TIME, lambda row: row["name"], lambda row, names: f"特别程序“{row['name']}”",
        {"limit": ("时限", plain), "basis": ("依据", plain)}, ("limit",),
    ),
    "materials": Rows(
        MATERIALS, lambda row: row["code"], lambda row, names: row["name"],
        {
            "name": ("名称", plain), "necessity": ("是否必要", coded(words.NECESSITIES)),
            "type": ("原件或复印件", coded(words.MATERIAL_TYPES)),
            "form": ("电子或纸质", coded(words.MATERIAL_FORMS)), "source": ("来源", coded(words.SOURCES)),
            "source_note": ("来源说明", plain), "copies": ("份数", plain), "size": ("规格", plain),
            "accepts": ("文件格式", plain), "max_mb": ("文件大小上限（MB）", plain), "standard": ("受理标准", plain),
            "basis": ("依据", plain), "note": ("填报须知", plain), "when": ("在什么情形下需要", plain),
            "blank_form": ("空白表格", plain), "sample": ("样表", plain), "reuse_key": ("可用的证照或数据", plain),
            "valid_months": ("有效月数", plain),
        }, ("necessity", "source", "standard"),
    ),
    "fees.rows": Rows(
        MONEY, lambda row: row["name"], lambda row, names: row["name"],
        {"standard": ("标准", plain), "basis": ("依据", plain), "reduction": ("减免", plain),
         "reduction_basis": ("减免依据", plain)}, ("standard",),
    ),
    "steps": Rows(
        STEPS, lambda row: row["key"], lambda row, names: row["name"],
        {"name": ("名称", plain), "permission": ("由谁办理", coded(PERMISSIONS)), "note": ("说明", plain),
         "days": ("天数", plain)}, ("permission",),
    ),
    "questions": Rows(
        GUIDE, lambda row: row["q"], lambda row, names: f"问答“{row['q']}”", {"a": ("回答", plain)}, ("a",),
    ),
    "places": Rows(
        GUIDE, lambda row: row["organisation"],
        lambda row, names: f"办理地点“{names.get(row['organisation'], row['organisation'])}”",
        {"window": ("窗口", plain), "address": ("地址", plain), "hours": ("办公时间", plain), "phone": ("电话", plain),
         "note": ("说明", plain)}, ("window", "address"),
    ),
    "form.sections": Rows(
        FORM, lambda row: row["key"], lambda row, names: f"部分“{row['title']}”",
        {"title": ("标题", plain), "hint": ("提示", plain), "when": ("在什么情形下填写", plain)}, ("hint",),
    ),
    "form.questions": Rows(
        FORM, lambda row: row["path"], lambda row, names: row["called"],
        {
            "title": ("题目", plain), "section": ("所在部分", plain), "required": ("必填", plain),
            "when": ("在什么情形下填写", plain), "help": ("提示", plain), "message": ("填错时的提示", plain),
            "widget": ("填写方式", coded(WIDGETS)), "options": ("选项", options), "unit": ("单位", plain),
            "schema": ("填写要求", bounds), "repeat": ("行数", plain), "autocomplete": ("自动填写", plain),
            "sealed": ("加密保存", plain), "source": ("自动带入", plain), "element": ("数据元", plain),
        }, ("section", "required"),
    ),
}  # fmt: skip
# The code never changes; number and first day are what tells one version from another and shown as such.
UNTOLD = ("code", "version", "valid_from")
