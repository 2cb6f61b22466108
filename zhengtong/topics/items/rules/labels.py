"""The elements of an item under the names that keepers know, and how their values read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from zhengtong.engines.deadlines.rules import Limit
from zhengtong.foundation.refusals import N_, filled

from . import words

Say = Callable[[str], str]


@dataclass(frozen=True)
class Reader:
    """Whom changes are told: how marked texts and lengths of time read to him; the names of organisations by code."""

    names: Mapping[str, str] = field(default_factory=dict)
    say: Say = str
    lasting: Callable[[Limit], str] = Limit.wording

    def joined(self, parts: Iterable[str], by: str = N_("、")) -> str:
        """Several things one after the other."""
        return self.say(by).join(parts)

    def filled(self, template: str, **data: str) -> str:
        """A sentence with its values."""
        return filled(template, data, self.say)


CHINESE = Reader()
Worder = Callable[[Any, Reader], str]

PAIR = N_("{name}：{value}")
STARTS = {"receipt": N_("收到申请之日起")}
PERMISSIONS = {"cases.review": N_("审查"), "cases.decide": N_("决定"), "cases.accept": N_("受理")}
WIDGETS = {
    "text": N_("单行文字"), "textarea": N_("多行文字"), "number": N_("数字"), "date": N_("日期"),
    "select": N_("下拉选择"),
    "radio": N_("单选"), "checkboxes": N_("多选"), "yes_no": N_("是或否"), "division_picker": N_("选择地区"),
    "phone": N_("电话"),
    "id_number": N_("证件号码"), "money": N_("金额"),
}  # fmt: skip
BOUNDS = {
    "minimum": N_("最小"), "maximum": N_("最大"), "minLength": N_("最少字数"), "maxLength": N_("最多字数"),
    "minItems": N_("最少选"),
    "maxItems": N_("最多选"), "exclusiveMinimum": N_("大于"), "exclusiveMaximum": N_("小于"), "pattern": N_("格式"),
    "format": N_("格式"),
    "enum": N_("取值"), "const": N_("取值"), "type": N_("类型"), "items": N_("每项"),
}  # fmt: skip


def plain(value: Any, reader: Reader = CHINESE) -> str:
    """As it stands; yes and no in words."""
    if isinstance(value, bool):
        return reader.say(N_("是") if value else N_("否"))
    if isinstance(value, list | tuple):
        return reader.joined(plain(one, reader) for one in value)
    if isinstance(value, Mapping):
        told = {key: plain(one, reader) for key, one in value.items() if one not in (None, "", [], {})}
        return reader.joined((reader.filled(PAIR, name=key, value=one) for key, one in told.items()), by=N_("；"))
    return "" if value is None else str(value).strip()


def coded(table: Mapping[Any, str]) -> Worder:
    """A code of a list, or several."""

    def told(value: Any, reader: Reader) -> str:
        values = value if isinstance(value, list | tuple) else [value]
        return reader.joined(
            reader.say(table[one]) if one in table else plain(one, reader) for one in values if one not in (None, "")
        )

    return told


def named(value: Any, reader: Reader) -> str:
    """Organisations by name."""
    values = value if isinstance(value, list | tuple) else [value]
    return reader.joined(reader.names.get(one, plain(one)) for one in values if one)


def lines(value: Any, reader: Reader) -> str:
    """One below the other."""
    return "\n".join(plain(one, reader) for one in value or ())


def amount(value: Any, reader: Reader) -> str:
    """A limit or an extension with its basis."""
    if not value:
        return ""
    said = "" if value.get("amount") is None else reader.lasting(Limit.of(value))
    start = value.get("start", "acceptance")
    parts = [
        reader.say(words.NO_LIMIT) if value.get("none") else said, plain(value.get("text")),
        "" if start == "acceptance" else reader.say(STARTS[start]) if start in STARTS else start,
        reader.filled(N_("批准人：{name}"), name=value["approver"]) if value.get("approver") else "",
        reader.filled(N_("依据：{basis}"), basis=value["basis"]) if value.get("basis") else "",
        plain(value.get("note")),
    ]  # fmt: skip
    return reader.joined(dict.fromkeys(part for part in parts if part), by=N_("；"))


def bounds(value: Any, reader: Reader) -> str:
    """What a field's schema asks of the answer."""
    told = [
        f"{reader.say(BOUNDS[key]) if key in BOUNDS else key} {plain(one, reader)}"
        for key, one in (value or {}).items()
    ]
    return reader.joined(told, by=N_("，"))


def options(value: Any, reader: Reader) -> str:
    """The labels one may choose from."""
    return reader.joined(str(one.get("label", "")) if isinstance(one, Mapping) else str(one) for one in value or ())


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
    title: Callable[[Mapping[str, Any], Reader], str]
    columns: Mapping[str, tuple[str, Worder]]
    summary: tuple[str, ...] = field(default=())


ABOUT, TIME, LAW, WAY, RESULT, MONEY, GUIDE = (
    N_("事项"),
    N_("期限"),
    N_("依据和条件"),
    N_("怎样办理"),
    N_("结果"),
    N_("收费"),
    N_("办事指引"),
)
STEPS, MATERIALS, FORM, POINTS = N_("环节"), N_("材料"), N_("申请表"), N_("审查要点")
PARTS = (ABOUT, TIME, LAW, MATERIALS, MONEY, FORM, STEPS, POINTS, WAY, RESULT, GUIDE)

# "result.kind" is the element `kind` of the part `result`.
FIELDS: dict[str, Label] = {
    "name": Label(ABOUT, N_("名称")), "short_name": Label(ABOUT, N_("简称")), "main_item": Label(ABOUT, N_("主项")),
    "basic_code": Label(ABOUT, N_("基本编码")), "implementation_code": Label(ABOUT, N_("实施编码")),
    "handling_code": Label(ABOUT, N_("业务办理项编码")), "local_basic_code": Label(ABOUT, N_("地方基本编码")),
    "local_code": Label(ABOUT, N_("地方编码")), "type": Label(ABOUT, N_("事项类型"), coded(words.TYPES)),
    "nature": Label(ABOUT, N_("事项性质"), coded(words.NATURES)), "organisation": Label(ABOUT, N_("实施主体"), named),
    "organisation_name": Label(ABOUT, N_("实施主体名称")),
    "body_kind": Label(ABOUT, N_("实施主体性质"), coded(words.BODY_KINDS)),
    "supervised_by": Label(ABOUT, N_("业务指导部门")),
    "entrusted_by": Label(ABOUT, N_("委托部门")),
    "power_source": Label(ABOUT, N_("权力来源"), coded(words.POWER_SOURCES)),
    "exercise_level": Label(ABOUT, N_("行使层级"), coded(words.LEVELS)),
    "audience": Label(ABOUT, N_("服务对象"), coded(words.AUDIENCES)),
    "case_type": Label(ABOUT, N_("办件类型"), coded(words.CASE_TYPES)), "valid_to": Label(ABOUT, N_("截止日期")),
    "joint_bodies": Label(ABOUT, N_("联办机构")), "intermediaries": Label(ABOUT, N_("中介服务")),
    "extra": Label(ABOUT, N_("其他登记内容")),
    "statutory_limit": Label(TIME, N_("法定期限"), amount), "promised_limit": Label(TIME, N_("承诺期限"), amount),
    "extension": Label(TIME, N_("延长"), amount), "conditions": Label(LAW, N_("受理条件"), lines),
    "quota": Label(LAW, N_("数量限制")), "accepted_by": Label(WAY, N_("受理单位"), named),
    "also_accepted_by": Label(WAY, N_("同时受理的单位"), named),
    "identity_level": Label(WAY, N_("实名核验"), coded(words.IDENTITY_LEVELS)),
    "channels": Label(WAY, N_("办理形式"), coded(words.CHANNELS)), "visits": Label(WAY, N_("到现场次数")),
    "helpers": Label(WAY, N_("亲友代办"), coded(words.HELPERS)),
    "visit_reason": Label(WAY, N_("到现场的原因")),
    "online_depth": Label(WAY, N_("网上办理深度"), coded(words.ONLINE_DEPTHS)),
    "cross_region": Label(WAY, N_("通办范围"), coded(words.CROSS_REGION)),
    "services.in_hall": Label(WAY, N_("进驻大厅")),
    "services.booking": Label(WAY, N_("预约办理")), "services.online_payment": Label(WAY, N_("网上支付")),
    "services.courier": Label(WAY, N_("物流快递")), "services.kiosk": Label(WAY, N_("自助终端")),
    "decided_in.kind": Label(WAY, N_("在哪里决定"), coded(words.DECIDED_IN)),
    "decided_in.port": Label(WAY, N_("对接接口")),
    "decided_in.system": Label(WAY, N_("业务系统")),
    "result.kind": Label(RESULT, N_("结果类型"), coded(words.RESULT_KINDS)),
    "result.by": Label(RESULT, N_("由谁制发"), coded(words.RESULT_BY)), "result.name": Label(RESULT, N_("结果名称")),
    "result.credential_type": Label(RESULT, N_("证照类型")), "result.sample": Label(RESULT, N_("结果样本")),
    "result.valid_for": Label(RESULT, N_("有效期")), "fees.charged": Label(MONEY, N_("是否收费")),
    "fees.basis": Label(MONEY, N_("收费依据")), "fees.payable": Label(MONEY, N_("什么时候缴"), coded(words.PAYABLE)),
    "fees.refund": Label(MONEY, N_("退费"), coded(words.REFUNDS)),
    "separate": Label(STEPS, N_("受理、审查、决定由不同的人办理")),
    "points": Label(POINTS, N_("审查要点"), lines), "summary": Label(GUIDE, N_("一句话说明")),
    "keywords": Label(GUIDE, N_("关键词")), "events": Label(GUIDE, N_("人生和经营事件")),
    "themes.person": Label(GUIDE, N_("个人主题")), "themes.entity": Label(GUIDE, N_("法人主题")),
    "consult_phone": Label(GUIDE, N_("咨询电话")), "complaint_phone": Label(GUIDE, N_("监督投诉电话")),
}  # fmt: skip

ROWS: dict[str, Rows] = {
    "basis": Rows(
        LAW, lambda row: f"{row['law']} {row['article']}", lambda row, reader: f"{row['law']}{row['article']}",
        {"text": (N_("内容"), plain), "note": (N_("说明"), plain)}, ("text",),
    ),
    "special_procedures": Rows(
        TIME, lambda row: row["name"], lambda row, reader: reader.filled(N_("特别程序“{name}”"), name=row["name"]),
        {"limit": (N_("时限"), plain), "basis": (N_("依据"), plain)}, ("limit",),
    ),
    "materials": Rows(
        MATERIALS, lambda row: row["code"], lambda row, reader: row["name"],
        {
            "name": (N_("名称"), plain), "necessity": (N_("是否必要"), coded(words.NECESSITIES)),
            "type": (N_("原件或复印件"), coded(words.MATERIAL_TYPES)),
            "form": (N_("电子或纸质"), coded(words.MATERIAL_FORMS)), "source": (N_("来源"), coded(words.SOURCES)),
            "source_note": (N_("来源说明"), plain), "copies": (N_("份数"), plain), "size": (N_("规格"), plain),
            "accepts": (N_("文件格式"), plain), "max_mb": (N_("文件大小上限（MB）"), plain),
            "standard": (N_("受理标准"), plain),
            "basis": (N_("依据"), plain), "note": (N_("填报须知"), plain), "when": (N_("在什么情形下需要"), plain),
            "blank_form": (N_("空白表格"), plain), "sample": (N_("样表"), plain),
            "reuse_key": (N_("可用的证照或数据"), plain),
            "valid_months": (N_("有效月数"), plain),
        }, ("necessity", "source", "standard"),
    ),
    "fees.rows": Rows(
        MONEY, lambda row: row["name"], lambda row, reader: row["name"],
        {"standard": (N_("标准"), plain), "basis": (N_("依据"), plain), "reduction": (N_("减免"), plain),
         "reduction_basis": (N_("减免依据"), plain), "amount": (N_("金额（分）"), plain),
         "when": (N_("在什么情形下收"), plain)}, ("standard", "amount"),
    ),
    "steps": Rows(
        STEPS, lambda row: row["key"], lambda row, reader: row["name"],
        {"name": (N_("名称"), plain), "permission": (N_("由谁办理"), coded(PERMISSIONS)), "note": (N_("说明"), plain),
         "days": (N_("天数"), plain)}, ("permission",),
    ),
    "questions": Rows(
        GUIDE, lambda row: row["q"], lambda row, reader: reader.filled(N_("问答“{question}”"), question=row["q"]),
        {"a": (N_("回答"), plain)}, ("a",),
    ),
    "places": Rows(
        GUIDE, lambda row: row["organisation"],
        lambda row, reader: reader.filled(
            N_("办理地点“{name}”"), name=reader.names.get(row["organisation"], row["organisation"])
        ),
        {"window": (N_("窗口"), plain), "address": (N_("地址"), plain), "hours": (N_("办公时间"), plain),
        "phone": (N_("电话"), plain),
         "note": (N_("说明"), plain), "group": (N_("预约窗口组"), plain)}, ("window", "address"),
    ),
    "form.sections": Rows(
        FORM, lambda row: row["key"], lambda row, reader: reader.filled(N_("部分“{title}”"), title=row["title"]),
        {"title": (N_("标题"), plain), "hint": (N_("提示"), plain), "when": (N_("在什么情形下填写"), plain)}, ("hint",),
    ),
    "form.questions": Rows(
        FORM, lambda row: row["path"], lambda row, reader: row["called"],
        {
            "title": (N_("题目"), plain), "section": (N_("所在部分"), plain), "required": (N_("必填"), plain),
            "when": (N_("在什么情形下填写"), plain), "help": (N_("提示"), plain),
            "message": (N_("填错时的提示"), plain),
            "widget": (N_("填写方式"), coded(WIDGETS)), "options": (N_("选项"), options), "unit": (N_("单位"), plain),
            "schema": (N_("填写要求"), bounds), "repeat": (N_("行数"), plain), "autocomplete": (N_("自动填写"), plain),
            "sealed": (N_("加密保存"), plain), "source": (N_("自动带入"), plain), "element": (N_("数据元"), plain),
        }, ("section", "required"),
    ),
}  # fmt: skip
# The code never changes; number and first day are what tells one version from another and shown as such.
UNTOLD = ("code", "version", "valid_from")
