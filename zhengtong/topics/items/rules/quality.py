"""The quality rules of an item: each a small function, all of them in `RULES`."""

import re
from collections import Counter
from collections.abc import Callable

from .bodies import code_rules
from .defects import Around, Defect, Found, Item, reject, warn
from .forms import form_rules
from .limits import limit_rules
from .words import CHANNELS, TYPES

VAGUE = re.compile(r"其他|其它|有关|相关")
PHONE = re.compile(r"^(1[3-9]\d{9}|(0\d{2,3}-)?[2-9]\d{6,7}(-\d{1,6})?|12\d{3}|400-?\d{3}-?\d{4})([、，,;/ ]+.+)?$")
ONLINE = {"online", "mobile"}
DONE_ONLINE = {5, 6, 7}
NATURES_OF_TYPE = {"01": "permit", "05": "benefit", "07": "confirmation", "20": "public_service"}


def unnamed(item: Item, around: Around) -> Found:
    if not item["name"].strip():
        yield reject("no_name", "没有事项名称。", "请填写与目录一致的名称。", "name")


def nature_of_type(item: Item, around: Around) -> Found:
    wanted = NATURES_OF_TYPE.get(item["type"])
    if wanted and item["nature"] and item["nature"] != wanted and (item["type"], item["nature"]) != ("20", "benefit"):
        said = f"事项类型 {item['type']}（{TYPES[item['type']]}）与事项性质不一致。"
        yield reject("nature_differs_from_type", said, "请核对类型代码或性质。", "nature")


def visits_and_channels(item: Item, around: Around) -> Found:
    visits, channels, depth = item["visits"], set(item["channels"]), set(item["online_depth"])
    if not channels:
        yield reject("no_channel", "没有写明办理形式。", f"请从{'、'.join(CHANNELS.values())}中选择。", "channels")
    if visits is None:
        yield reject("no_visits", "没有写明到办事现场次数。", "请填写次数；不用到现场填 0。", "visits")
        return
    if visits == 0 and channels and not channels & {"online", "mobile", "post"}:
        yield reject(
            "zero_visits_unreachable",
            "到现场 0 次，但没有网上或邮寄办理形式。",
            "请补充办理形式，或改正次数。",
            "visits",
        )
    if visits == 0 and not depth & DONE_ONLINE and "post" not in channels:
        said = "到现场 0 次，网上办理深度却没有达到“互联网办理”。"
        yield reject("zero_visits_shallow", said, "请核对网上办理深度（5、6、7）或次数。", "online_depth")
    if visits > 0 and not item["visit_reason"].strip():
        yield reject(
            "visit_unexplained",
            f"需到现场 {visits} 次，没有说明必须现场办理的原因。",
            "请写明原因，写不出的应改为 0 次。",
            "visits",
        )


def online_has_a_form(item: Item, around: Around) -> Found:
    if ONLINE & set(item["channels"]) and item["decided_in"]["kind"] == "local" and not item["form"]["sections"]:
        yield reject(
            "online_without_form", "写了网上办理，但没有绑定申请表单。", "请编写 form，或去掉网上办理形式。", "form"
        )


def post_has_an_address(item: Item, around: Around) -> Found:
    if "post" not in item["channels"]:
        return
    places = [around.entry("organisations", place["organisation"]) or {} for place in item["places"]]
    if not any(place["address"] for place in item["places"]) and not any(place.get("address") for place in places):
        yield warn("post_without_address", "写了邮寄办理，但没有可寄达的地址。", "请在办理地点中写明地址。", "channels")


def fees(item: Item, around: Around) -> Found:
    rows = item["fees"]["rows"]
    if not item["fees"]["charged"] and rows:
        yield reject("free_with_fees", "写着不收费，却列了收费项目。", "请删去收费项目，或改为收费。", "fees", "rows")
    if item["fees"]["charged"]:
        if not rows:
            yield reject("charged_without_fees", "写着收费，但没有收费项目。", "请列出项目、标准和依据。", "fees")
        for number, row in enumerate(rows):
            if not row["standard"].strip() or not (row["basis"].strip() or item["fees"]["basis"].strip()):
                said = f"收费项目“{row['name']}”缺少标准或依据。"
                yield reject("fee_without_basis", said, "请补充收费标准和收费依据。", "fees", "rows", number)


def materials(item: Item, around: Around) -> Found:
    rows = item["materials"]
    if rows is None:
        yield reject("no_materials", "没有写申请材料。", "请逐项列出；确实不要材料的，写 materials: []。", "materials")
        return
    for field, said in (("code", "代码"), ("name", "名称")):
        for value, count in Counter(row[field] for row in rows).items():
            if count > 1:
                number = next(i for i, row in enumerate(rows) if row[field] == value)
                text = f"有 {count} 份材料的{said}都是“{value}”。"
                yield reject(f"material_{field}_repeated", text, f"请改为各不相同的{said}。", "materials", number)
    for number, row in enumerate(rows):
        here = ("materials", number)
        if VAGUE.search(row["name"]):
            said = f"材料“{row['name']}”含有“其他”“有关”之类的兜底说法。"
            yield reject("material_vague", said, "请写明具体是哪一份材料。", *here, "name")
        if row["source"] == "government" and not (
            row["reuse_key"] or row["source_note"].strip() or row["note"].strip()
        ):
            said = f"材料“{row['name']}”由政府部门核发，却没有关联证照或数据，也没有说明原因。"
            yield warn(
                "material_not_linked", said, "请写 reuse_key，或在 source_note 说明为什么仍要申请人提交。", *here
            )
        if row["necessity"] != "optional" and not any(
            row[name].strip() for name in ("sample", "blank_form", "standard", "note")
        ):
            said = f"材料“{row['name']}”没有样表、空白表格或受理标准。"
            yield warn("material_unexplained", said, "请补充 standard（怎样算合格）或样表。", *here)
    demanded = [row for row in rows if row["necessity"] != "optional"]
    if len(demanded) > 1 and all(row["necessity"] == "tolerable" for row in demanded):
        yield reject(
            "all_materials_tolerable", "所有材料都标为可容缺，主要材料不能容缺。", "请把主要材料改为必要。", "materials"
        )


def legal_basis(item: Item, around: Around) -> Found:
    if not item["basis"]:
        yield reject("no_basis", "没有设定和实施依据。", "请写明法律法规名称和条款。", "basis")
    for number, row in enumerate(item["basis"]):
        if not row["article"].strip() and not row["note"].strip():
            said = f"依据“{row['law']}”没有写到条款。"
            yield warn("basis_without_article", said, "请写明条款；整份文件为依据的，在 note 中说明。", "basis", number)


def result(item: Item, around: Around) -> Found:
    made = item["result"]
    if made["kind"] == "credential" and made["by"] == "local":
        if not made["credential_type"]:
            yield reject(
                "result_without_type", "结果是本级证照，但没有绑定证照类型。", "请填写 credential_type。", "result"
            )
        elif not around.has("credential_types", made["credential_type"]):
            said = f"没有名为“{made['credential_type']}”的证照类型。"
            yield reject(
                "credential_type_unknown",
                said,
                "请在 credential_types 中登记，或改正代码。",
                "result",
                "credential_type",
            )
    elif made["credential_type"]:
        yield reject(
            "foreign_result_bound",
            "结果不是本级制发的证照，不能绑定本级证照类型。",
            "请去掉 credential_type。",
            "result",
        )
    if made["kind"] == "credential" and not made["name"].strip():
        yield reject("result_unnamed", "结果是证照，但没有写证照名称。", "请填写结果名称。", "result")


def decided_elsewhere(item: Item, around: Around) -> Found:
    where = item["decided_in"]
    if where["kind"] != "local" and not (where["port"] and where["system"]):
        yield reject(
            "port_missing",
            "在上级系统办理，但没有写明系统名称和接口。",
            "请填写 decided_in.system 和 port。",
            "decided_in",
        )
    if where["kind"] != "local" and item["result"]["by"] == "local":
        yield reject(
            "foreign_decision_local_result",
            "在上级系统决定的事项，结果不能由本级制发。",
            "请改正 result.by。",
            "result",
            "by",
        )


def steps(item: Item, around: Around) -> Found:
    repeated = [key for key, count in Counter(step["key"] for step in item["steps"]).items() if count > 1]
    if repeated:
        yield reject("step_repeated", f"环节代码“{repeated[0]}”出现多次。", "请改为各不相同的代码。", "steps")
    needed = item["case_type"] == "promised" and item["nature"] != "filing" and item["decided_in"]["kind"] == "local"
    if needed and not any(step["permission"] == "cases.decide" for step in item["steps"]):
        yield reject(
            "no_deciding_step",
            "承诺件没有“决定”环节。",
            "请在 steps 末尾加上 permission 为 cases.decide 的环节。",
            "steps",
        )


def places(item: Item, around: Around) -> Found:
    if "window" in item["channels"] and not item["places"]:
        yield reject("no_place", "写了窗口办理，但没有办理地点。", "请填写办理地点和窗口。", "places")
    for number, place in enumerate(item["places"]):
        if not around.has("organisations", place["organisation"]) and not place["address"]:
            said = f"办理地点“{place['organisation']}”没有登记。"
            yield reject("place_unknown", said, "请登记这个办理场所，或写明地址。", "places", number, "organisation")


def phones(item: Item, around: Around) -> Found:
    for field, said in (("consult_phone", "咨询"), ("complaint_phone", "监督投诉")):
        phone = item[field].strip()
        if not phone:
            yield warn(f"no_{field}", f"没有{said}电话。", "请填写带区号的电话或 12345。", field)
        elif not PHONE.match(phone):
            yield reject(
                f"{field}_malformed", f"{said}电话“{phone}”的写法不对。", "请写成“0660-5550188”或 11 位手机号。", field
            )


def period(item: Item, around: Around) -> Found:
    if not item["valid_from"]:
        yield reject("no_first_day", "没有施行日期。", "请填写 valid_from。", "valid_from")
    elif item["valid_to"] and item["valid_to"] < item["valid_from"]:
        yield reject("period_backwards", "截止日期早于施行日期。", "请核对两个日期。", "valid_to")


def audience(item: Item, around: Around) -> Found:
    if not item["audience"]:
        yield reject("no_audience", "没有写明服务对象。", "请选择自然人、法人和其他组织。", "audience")


RULES: tuple[Callable[[Item, Around], Found], ...] = (
    unnamed, *code_rules, nature_of_type, period, audience, *limit_rules, visits_and_channels, online_has_a_form,
    post_has_an_address, fees, materials, legal_basis, result, decided_elsewhere, steps, places, phones, *form_rules,
)  # fmt: skip


def defects(item: Item, around: Around) -> list[Defect]:
    """Everything the rules find in a canonical entry."""
    return [defect for rule in RULES for defect in rule(item, around)]


def blocking(found: list[Defect]) -> list[Defect]:
    """Only what stops publication."""
    return [defect for defect in found if defect.is_blocking]
