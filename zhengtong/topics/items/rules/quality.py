"""The quality rules of an item: each a small function, all of them in `RULES`."""

import re
from collections import Counter
from collections.abc import Callable

from zhengtong.foundation.refusals import N_, Message
from zhengtong.foundation.refusals.words import listed

from .bodies import code_rules
from .defects import Around, Defect, Found, Item, reject, warn
from .fees import fee_rules
from .forms import form_rules
from .limits import limit_rules
from .words import CHANNELS, TYPES

VAGUE = re.compile(r"其他|其它|有关|相关")
PHONE = re.compile(r"^(1[3-9]\d{9}|(0\d{2,3}-)?[2-9]\d{6,7}(-\d{1,6})?|12\d{3}|400-?\d{3}-?\d{4})([、，,;/ ]+.+)?$")
ONLINE = {"online", "mobile"}
OFFLINE = {"window", "post"}
DONE_ONLINE = {5, 6, 7}
NATURES_OF_TYPE = {"01": "permit", "05": "benefit", "07": "confirmation", "20": "public_service"}


def unnamed(item: Item, around: Around) -> Found:
    if not item["name"].strip():
        yield reject("no_name", N_("没有事项名称。"), N_("请填写与目录一致的名称。"), "name")


def nature_of_type(item: Item, around: Around) -> Found:
    wanted = NATURES_OF_TYPE.get(item["type"])
    if wanted and item["nature"] and item["nature"] != wanted and (item["type"], item["nature"]) != ("20", "benefit"):
        said = N_("事项类型 {code}（{type}）与事项性质不一致。")
        told = {"code": item["type"], "type": Message(TYPES[item["type"]])}
        yield reject("nature_differs_from_type", said, N_("请核对类型代码或性质。"), "nature", **told)


def visits_and_channels(item: Item, around: Around) -> Found:
    visits, channels, depth = item["visits"], set(item["channels"]), set(item["online_depth"])
    if not channels:
        yield reject(
            "no_channel",
            N_("没有写明办理形式。"),
            N_("请从{channels}中选择。"),
            "channels",
            channels=listed(CHANNELS.values()),
        )
    if visits is None:
        yield reject("no_visits", N_("没有写明到办事现场次数。"), N_("请填写次数；不用到现场填 0。"), "visits")
        return
    if visits == 0 and channels and not channels & {"online", "mobile", "post"}:
        yield reject(
            "zero_visits_unreachable",
            N_("到现场 0 次，但没有网上或邮寄办理形式。"),
            N_("请补充办理形式，或改正次数。"),
            "visits",
        )
    if visits == 0 and not depth & DONE_ONLINE and "post" not in channels:
        said = N_("到现场 0 次，网上办理深度却没有达到“互联网办理”。")
        yield reject("zero_visits_shallow", said, N_("请核对网上办理深度（5、6、7）或次数。"), "online_depth")
    if visits > 0 and not item["visit_reason"].strip():
        yield reject(
            "visit_unexplained",
            N_("需到现场 {visits} 次，没有说明必须现场办理的原因。"),
            N_("请写明原因，写不出的应改为 0 次。"),
            "visits",
            visits=visits,
        )


def online_has_a_form(item: Item, around: Around) -> Found:
    if ONLINE & set(item["channels"]) and item["decided_in"]["kind"] == "local" and not item["form"]["sections"]:
        yield reject(
            "online_without_form",
            N_("写了网上办理，但没有绑定申请表单。"),
            N_("请编写 form，或去掉网上办理形式。"),
            "form",
        )


def online_has_another_way(item: Item, around: Around) -> Found:
    """Nobody is shut out by the digital way (无障碍环境建设法 39、40)."""
    if ONLINE & set(item["channels"]) and not OFFLINE & set(item["channels"]):
        said = N_("只能在网上办理，没有窗口、邮寄等线下办法，不会上网的人办不了。")
        yield warn("online_without_another_way", said, N_("请补充窗口办理和办理地点，或者邮寄办理。"), "channels")


def post_has_an_address(item: Item, around: Around) -> Found:
    if "post" not in item["channels"]:
        return
    places = [around.entry("organisations", place["organisation"]) or {} for place in item["places"]]
    if not any(place["address"] for place in item["places"]) and not any(place.get("address") for place in places):
        yield warn(
            "post_without_address", N_("写了邮寄办理，但没有可寄达的地址。"), N_("请在办理地点中写明地址。"), "channels"
        )


def materials(item: Item, around: Around) -> Found:
    rows = item["materials"]
    if rows is None:
        yield reject(
            "no_materials", N_("没有写申请材料。"), N_("请逐项列出；确实不要材料的，写 materials: []。"), "materials"
        )
        return
    for field, said, remedy in (
        ("code", N_("有 {count} 份材料的代码都是“{value}”。"), N_("请改为各不相同的代码。")),
        ("name", N_("有 {count} 份材料的名称都是“{value}”。"), N_("请改为各不相同的名称。")),
    ):
        for value, count in Counter(row[field] for row in rows).items():
            if count > 1:
                number = next(i for i, row in enumerate(rows) if row[field] == value)
                told = {"count": count, "value": value}
                yield reject(f"material_{field}_repeated", said, remedy, "materials", number, **told)
    for number, row in enumerate(rows):
        here = ("materials", number)
        if VAGUE.search(row["name"]):
            said = N_("材料“{name}”含有“其他”“有关”之类的兜底说法。")
            yield reject("material_vague", said, N_("请写明具体是哪一份材料。"), *here, "name", name=row["name"])
        if row["source"] == "government" and not (
            row["reuse_key"] or row["source_note"].strip() or row["note"].strip()
        ):
            said = N_("材料“{name}”由政府部门核发，却没有关联证照或数据，也没有说明原因。")
            remedy = N_("请写 reuse_key，或在 source_note 说明为什么仍要申请人提交。")
            yield warn("material_not_linked", said, remedy, *here, name=row["name"])
        if row["necessity"] != "optional" and not any(
            row[name].strip() for name in ("sample", "blank_form", "standard", "note")
        ):
            said = N_("材料“{name}”没有样表、空白表格或受理标准。")
            remedy = N_("请补充 standard（怎样算合格）或样表。")
            yield warn("material_unexplained", said, remedy, *here, name=row["name"])
    demanded = [row for row in rows if row["necessity"] != "optional"]
    if len(demanded) > 1 and all(row["necessity"] == "tolerable" for row in demanded):
        yield reject(
            "all_materials_tolerable",
            N_("所有材料都标为可容缺，主要材料不能容缺。"),
            N_("请把主要材料改为必要。"),
            "materials",
        )


def legal_basis(item: Item, around: Around) -> Found:
    if not item["basis"]:
        yield reject("no_basis", N_("没有设定和实施依据。"), N_("请写明法律法规名称和条款。"), "basis")
    for number, row in enumerate(item["basis"]):
        if not row["article"].strip() and not row["note"].strip():
            said, remedy = N_("依据“{law}”没有写到条款。"), N_("请写明条款；整份文件为依据的，在 note 中说明。")
            yield warn("basis_without_article", said, remedy, "basis", number, law=row["law"])


def result(item: Item, around: Around) -> Found:
    made = item["result"]
    if made["kind"] == "credential" and made["by"] == "local":
        if not made["credential_type"]:
            yield reject(
                "result_without_type",
                N_("结果是本级证照，但没有绑定证照类型。"),
                N_("请填写 credential_type。"),
                "result",
            )
        elif not around.has("credential_types", made["credential_type"]):
            said = N_("没有名为“{type}”的证照类型。")
            yield reject(
                "credential_type_unknown",
                said,
                N_("请在 credential_types 中登记，或改正代码。"),
                "result",
                "credential_type",
                type=made["credential_type"],
            )
    elif made["credential_type"]:
        yield reject(
            "foreign_result_bound",
            N_("结果不是本级制发的证照，不能绑定本级证照类型。"),
            N_("请去掉 credential_type。"),
            "result",
        )
    if made["kind"] == "credential" and not made["name"].strip():
        yield reject("result_unnamed", N_("结果是证照，但没有写证照名称。"), N_("请填写结果名称。"), "result")


def decided_elsewhere(item: Item, around: Around) -> Found:
    where = item["decided_in"]
    if where["kind"] != "local" and not (where["port"] and where["system"]):
        yield reject(
            "port_missing",
            N_("在上级系统办理，但没有写明系统名称和接口。"),
            N_("请填写 decided_in.system 和 port。"),
            "decided_in",
        )
    if where["kind"] != "local" and item["result"]["by"] == "local":
        yield reject(
            "foreign_decision_local_result",
            N_("在上级系统决定的事项，结果不能由本级制发。"),
            N_("请改正 result.by。"),
            "result",
            "by",
        )


def steps(item: Item, around: Around) -> Found:
    repeated = [key for key, count in Counter(step["key"] for step in item["steps"]).items() if count > 1]
    if repeated:
        yield reject(
            "step_repeated", N_("环节代码“{key}”出现多次。"), N_("请改为各不相同的代码。"), "steps", key=repeated[0]
        )
    needed = item["case_type"] == "promised" and item["nature"] != "filing" and item["decided_in"]["kind"] == "local"
    if needed and not any(step["permission"] == "cases.decide" for step in item["steps"]):
        yield reject(
            "no_deciding_step",
            N_("承诺件没有“决定”环节。"),
            N_("请在 steps 末尾加上 permission 为 cases.decide 的环节。"),
            "steps",
        )


def places(item: Item, around: Around) -> Found:
    if "window" in item["channels"] and not item["places"]:
        yield reject("no_place", N_("写了窗口办理，但没有办理地点。"), N_("请填写办理地点和窗口。"), "places")
    for number, place in enumerate(item["places"]):
        if not around.has("organisations", place["organisation"]) and not place["address"]:
            said, remedy, unknown = (
                N_("办理地点“{place}”没有登记。"),
                N_("请登记这个办理场所，或写明地址。"),
                place["organisation"],
            )
            yield reject("place_unknown", said, remedy, "places", number, "organisation", place=unknown)
        group = place.get("group")
        if group and not around.has("window_groups", group):
            said, remedy = N_("预约窗口组“{group}”没有登记。"), N_("请在 window_groups 中登记，或改为空。")
            yield reject("place_group_unknown", said, remedy, "places", number, "group", group=group)


def phones(item: Item, around: Around) -> Found:
    for field, missing, malformed in (
        ("consult_phone", N_("没有咨询电话。"), N_("咨询电话“{phone}”的写法不对。")),
        ("complaint_phone", N_("没有监督投诉电话。"), N_("监督投诉电话“{phone}”的写法不对。")),
    ):
        phone = item[field].strip()
        if not phone:
            yield warn(f"no_{field}", missing, N_("请填写带区号的电话或 12345。"), field)
        elif not PHONE.match(phone):
            remedy = N_("请写成“0660-5550188”或 11 位手机号。")
            yield reject(f"{field}_malformed", malformed, remedy, field, phone=phone)


def period(item: Item, around: Around) -> Found:
    if not item["valid_from"]:
        yield reject("no_first_day", N_("没有施行日期。"), N_("请填写 valid_from。"), "valid_from")
    elif item["valid_to"] and item["valid_to"] < item["valid_from"]:
        yield reject("period_backwards", N_("截止日期早于施行日期。"), N_("请核对两个日期。"), "valid_to")


def audience(item: Item, around: Around) -> Found:
    if not item["audience"]:
        yield reject("no_audience", N_("没有写明服务对象。"), N_("请选择自然人、法人和其他组织。"), "audience")


RULES: tuple[Callable[[Item, Around], Found], ...] = (
    unnamed, *code_rules, nature_of_type, period, audience, *limit_rules, visits_and_channels, online_has_a_form,
    online_has_another_way, post_has_an_address, *fee_rules, materials, legal_basis, result, decided_elsewhere, steps,
    places, phones, *form_rules,
)  # fmt: skip


def defects(item: Item, around: Around) -> list[Defect]:
    """Everything the rules find in a canonical entry."""
    return [defect for rule in RULES for defect in rule(item, around)]


def blocking(found: list[Defect]) -> list[Defect]:
    """Only what stops publication."""
    return [defect for defect in found if defect.is_blocking]
