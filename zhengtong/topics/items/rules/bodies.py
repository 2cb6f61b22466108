"""Codes of items and of the bodies that exercise them, and what people write in their stead."""

from collections.abc import Callable

from zhengtong.foundation.codes.credit_code import ALPHABET, is_valid_credit_code, is_valid_organisation_code
from zhengtong.foundation.refusals import N_, Message

from .defects import Around, Found, Item, reject, warn

# kind → (what it is, what to do); {code} is filled in
BODY_CODES = {
    "body_code_missing": (N_("没有实施主体代码。"), N_("请填写 18 位统一社会信用代码。")),
    "body_code_check_digit": (
        N_("实施主体代码“{code}”是 18 位，但校验位不对。"),
        N_("请与编办或市场监管部门的登记核对，常见原因是抄错一位。"),
    ),
    "body_code_small_letters": (N_("实施主体代码“{code}”用了小写字母。"), N_("请改为大写。")),
    "body_code_old": (N_("实施主体代码“{code}”是 9 位旧组织机构代码。"), N_("请换成该单位的 18 位统一社会信用代码。")),
    "body_code_suffixed": (
        N_("实施主体代码“{code}”后面带有系统内部的后缀。"), N_("请只保留统一社会信用代码，内设机构另行登记。"),
    ),
    "body_code_internal": (
        N_("实施主体代码“{code}”是系统内部的流水号，不是机构代码。"), N_("请换成该单位的 18 位统一社会信用代码。"),
    ),
    "body_code_length": (N_("实施主体代码“{code}”是 {length} 位，应为 18 位。"), N_("请核对是否漏写或多写。")),
    "body_code_malformed": (N_("实施主体代码“{code}”含有不该有的字符。"), N_("请换成该单位的 18 位统一社会信用代码。")),
}  # fmt: skip


def body_code_kind(code: str) -> str:
    """What is wrong with the code of a body; empty where nothing is."""
    plain = code.strip()
    if not plain:
        return "body_code_missing"
    if len(plain) == 18 and set(plain.upper()) <= set(ALPHABET):
        if not is_valid_credit_code(plain.upper()):
            return "body_code_check_digit"
        return "" if plain == plain.upper() else "body_code_small_letters"
    if is_valid_organisation_code(plain):
        return "body_code_old"
    if "_" in plain:
        return "body_code_suffixed"
    if plain.isdigit() and len(plain) >= 19:
        return "body_code_internal"
    if len(plain) != 18 and plain.isascii() and plain.replace("-", "").isalnum():
        return "body_code_length"
    return "body_code_malformed"


def old_code_of(credit_code: str) -> str:
    """The organisation code inside a credit code (its 9th to 17th characters)."""
    return credit_code[8:17]


def body(item: Item, around: Around) -> Found:
    code, name = item["organisation"], item["organisation_name"]
    # What the directory knows is right by definition, halls and towns with codes of their own too.
    if code and around.has("organisations", code):
        return
    kind = body_code_kind(code)
    if kind:
        said, remedy = BODY_CODES[kind]
        told = _body_in_local_code(item)
        if kind == "body_code_old" and told and old_code_of(told) == code.upper().replace("-", ""):
            remedy = N_("地方编码里的主体代码 {told} 含有它，请核对后改用。")
        yield reject(kind, said, remedy, "organisation", code=code, length=len(code), told=told)
    else:
        shown = f"{name}（{code}）" if name else code
        yield reject(
            "body_unknown", N_("实施主体“{body}”没有登记。"), N_("请先在机构目录中登记。"), "organisation", body=shown
        )


def local_code_body(item: Item, around: Around) -> Found:
    """The body inside the local code and the body that is said to exercise the item."""
    told, code = _body_in_local_code(item, valid=False), item["organisation"].strip().upper()
    if not told:
        return
    kind = body_code_kind(told)
    if kind:
        said = N_("地方编码里的主体代码“{code}”不是正确的统一社会信用代码。")
        yield warn("local_code_body_malformed", said, N_("请与事项库核对。"), "local_code", code=told)
    elif not body_code_kind(code) and told != code:
        said = N_("地方编码里的主体是 {told}，与实施主体 {code} 不同。")
        yield warn("local_code_of_other_body", said, N_("请核对由哪个单位实施。"), "local_code", told=told, code=code)


def _body_in_local_code(item: Item, *, valid: bool = True) -> str:
    told = str(item["extra"].get("local_parts", {}).get("body", ""))
    return "" if valid and body_code_kind(told) else told


def acceptor(item: Item, around: Around) -> Found:
    code = item["accepted_by"]
    if not code:
        yield reject("no_acceptor", N_("没有写明由谁受理。"), N_("请填写受理的大厅或镇街。"), "accepted_by")
    for field, codes in (("accepted_by", [code] if code else []), ("also_accepted_by", item["also_accepted_by"])):
        for unknown in (code for code in codes if not around.has("organisations", code)):
            yield reject(
                "acceptor_unknown", N_("受理单位“{code}”没有登记。"), N_("请先在机构目录中登记。"), field, code=unknown
            )


def standard_codes(item: Item, around: Around) -> Found:
    """基本编码 12, 实施编码 31 = 主体 18 + 层级 1 + 基本编码 12, 业务办理项编码 33 = 31 + 序号 2."""
    basic, implementation, handling = item["basic_code"], item["implementation_code"], item["handling_code"]
    for field, called, length in (("basic_code", N_("基本编码"), 12), ("implementation_code", N_("实施编码"), 31),
                                  ("handling_code", N_("业务办理项编码"), 33)):  # fmt: skip
        if item[field] and len(item[field]) != length:
            said, remedy = (
                N_("{called}“{code}”是 {length} 位，应为 {wanted} 位。"),
                N_("请核对；省内自用的编码填在地方编码里。"),
            )
            told = {"called": Message(called), "code": item[field], "length": len(item[field]), "wanted": length}
            yield reject(f"{field}_length", said, remedy, field, **told)
    if len(basic) == 12 and item["type"] and basic[2:4] != item["type"]:
        said, told = (
            N_("基本编码第 3、4 位是 {part}，与事项类型 {type} 不一致。"),
            {"part": basic[2:4], "type": item["type"]},
        )
        yield reject("type_differs_from_code", said, N_("请核对基本编码或事项类型。"), "type", **told)
    if len(implementation) == 31:
        if basic and implementation[19:] != basic:
            yield reject(
                "implementation_of_other_basic",
                N_("实施编码后 12 位与基本编码不同。"),
                N_("请核对两个编码。"),
                "implementation_code",
            )
        if item["exercise_level"] and implementation[18] != item["exercise_level"]:
            said = N_("实施编码第 19 位是 {part}，与行使层级 {level} 不一致。")
            told = {"part": implementation[18], "level": item["exercise_level"]}
            yield reject("level_differs_from_code", said, N_("请核对行使层级或实施编码。"), "exercise_level", **told)
        if implementation[:18] != item["organisation"] and body_code_kind(item["organisation"]) == "":
            yield reject(
                "code_of_other_body",
                N_("实施编码前 18 位不是实施主体的代码。"),
                N_("请核对实施编码或实施主体。"),
                "implementation_code",
            )
        if len(handling) == 33 and handling[:31] != implementation:
            yield reject(
                "handling_of_other_implementation",
                N_("业务办理项编码前 31 位与实施编码不同。"),
                N_("请核对两个编码。"),
                "handling_code",
            )
    if not (implementation or item["local_code"]):
        yield warn("no_code", N_("没有实施编码，也没有地方编码。"), N_("请从事项库取得编码。"), "implementation_code")


def level(item: Item, around: Around) -> Found:
    if not item["exercise_level"]:
        yield reject("no_level", N_("没有写明行使层级。"), N_("请填写 4（县级）、5（镇街级）等。"), "exercise_level")


code_rules: tuple[Callable[[Item, Around], Found], ...] = (
    body, local_code_body, acceptor, standard_codes, level,
)  # fmt: skip
