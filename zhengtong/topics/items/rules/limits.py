"""Rules about the two clocks: the statutory limit and the promised one."""

from collections.abc import Callable

from zhengtong.foundation.refusals import N_, Message

from .defects import Around, Found, Item, reject, warn
from .words import UNITS


def statutory(item: Item, around: Around) -> Found:
    limit = item["statutory_limit"]
    if limit is None or (limit["amount"] is None and not limit["none"]):
        said, remedy = N_("没有法定办结时限。"), N_("请填写数量和单位；法律没有规定的，写 none: true 并说明。")
        yield reject("no_statutory_limit", said, remedy, "statutory_limit")
    elif limit["none"] and not limit["note"].strip():
        said = N_("写着没有法定时限，却没有说明。")
        yield reject("no_limit_unexplained", said, N_("请在 note 中说明为什么没有法定时限。"), "statutory_limit")
    elif not limit["none"] and not limit["basis"].strip():
        yield warn("limit_without_basis", N_("法定办结时限没有写依据。"), N_("请写明法律条款。"), "statutory_limit")


def promised(item: Item, around: Around) -> Found:
    statutory_limit, limit = item["statutory_limit"], item["promised_limit"]
    if limit is None or limit["amount"] is None:
        if item["case_type"] != "on_the_spot":
            yield reject("no_promised_limit", N_("没有承诺办结时限。"), N_("请填写数量和单位。"), "promised_limit")
        return
    law = statutory_limit if statutory_limit and statutory_limit["amount"] is not None else None
    if law is None:
        return
    if law["unit"] == limit["unit"]:
        if limit["amount"] > law["amount"]:
            said, remedy = (
                N_("承诺时限 {promised} {unit}比法定时限 {law} {unit}还长。"),
                N_("承诺时限不得长于法定时限，请改短。"),
            )
            told = {"promised": limit["amount"], "law": law["amount"], "unit": Message(UNITS[limit["unit"]])}
            yield reject("promise_longer_than_law", said, remedy, "promised_limit", "amount", **told)
    elif limit["amount"]:
        said = N_("承诺时限按{promised}、法定时限按{law}计算，长短无法直接比较。")
        told = {"promised": Message(UNITS[limit["unit"]]), "law": Message(UNITS[law["unit"]])}
        yield warn("limit_units_differ", said, N_("请尽量用同一种单位。"), "promised_limit", "unit", **told)


def case_type(item: Item, around: Around) -> Found:
    kind, limit = item["case_type"], item["promised_limit"]
    if not kind:
        yield reject("no_case_type", N_("没有写明办件类型。"), N_("请选择即办件或承诺件。"), "case_type")
    elif kind == "on_the_spot":
        if limit and limit["amount"]:
            said, remedy = N_("即办件的承诺时限写成了 {amount} {unit}。"), N_("即办件当场办结，请填 0 或改为承诺件。")
            told = {"amount": limit["amount"], "unit": Message(UNITS[limit["unit"]])}
            yield reject("on_the_spot_with_days", said, remedy, "promised_limit", "amount", **told)
        if item["extension"] or item["special_procedures"]:
            yield reject(
                "on_the_spot_extended", N_("即办件不应有延长或特别程序。"), N_("请删去，或改为承诺件。"), "case_type"
            )
    elif limit and limit["amount"] == 0:
        yield reject(
            "promised_without_days",
            N_("承诺件的承诺时限是 0。"),
            N_("请填写天数，或改为即办件。"),
            "promised_limit",
            "amount",
        )


def extension(item: Item, around: Around) -> Found:
    longer, law = item["extension"], item["statutory_limit"]
    if longer is None:
        return
    if not longer["approver"].strip():
        yield reject(
            "extension_without_approver",
            N_("可以延长，却没有写由谁批准。"),
            N_("许可法规定由本行政机关负责人批准。"),
            "extension",
        )
    if not longer["basis"].strip():
        yield warn("extension_without_basis", N_("延长没有写依据。"), N_("请写明法律条款。"), "extension")
    if law and law["amount"] is not None and law["unit"] != longer["unit"]:
        yield reject(
            "extension_unit_differs",
            N_("延长的单位与法定时限的单位不同。"),
            N_("请用同一种单位。"),
            "extension",
            "unit",
        )


limit_rules: tuple[Callable[[Item, Around], Found], ...] = (statutory, promised, case_type, extension)
