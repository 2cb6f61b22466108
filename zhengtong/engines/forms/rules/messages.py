"""One plain sentence for each way an answer can fail, saying what to do; never the words of a schema."""

import re
from collections.abc import Callable
from typing import Any

from zhengtong.foundation.codes import CodeInvalid, credit_code, name, phone, resident_id
from zhengtong.foundation.refusals import N_, Message

from .definition import Field, Repeat

CODES: dict[str, Callable[[str], str]] = {
    "cn-resident-id": resident_id.check_resident_id,
    "cn-credit-code": credit_code.check_credit_code,
    "cn-phone": phone.check_phone,
    "cn-name": name.check_name,
}
FORMATS = {
    "cn-division": N_("请从列表中选择{title}。"),
    "date": N_("请把{title}写成年、月、日，例如 2026-01-31，并确认这一天存在。"),
    "email": N_("请核对{title}：邮箱地址中应有一个 @，例如 name@example.cn。"),
    "uri": N_("请填写完整的网址，以 http:// 或 https:// 开头。"),
    "time": N_("请把{title}写成时和分，例如 09:30。"),
}
CHECK = N_("请核对{title}，现在填写的内容不符合要求。")
PATTERN = N_("请核对{title}的写法，按提示逐字填写。")
DIGITS = N_("{title}应为 {count} 位数字。")
REQUIRED_WRITTEN = N_("请填写{title}。")
REQUIRED_CHOSEN = N_("请选择{title}。")
REQUIRED_ROWS = N_("请至少添加 {limit} 条{title}。")
NUMBER = N_("{title}请只填数字，例如 120 或 35.5。")
INTEGER = N_("{title}请填整数，例如 12。")
UNSTORABLE = N_("{title}里有无法保存的字符，请删去后重新填写。")
STRANGER = N_("表单里没有“{title}”这一项，请删去。")
NOT_A_FORM = N_("答案应当是一组“项目：内容”。")
_DIGIT_PATTERN = re.compile(r"\^(?:\\d|\[0-9\])\{(\d+)(?:,(\d+))?\}\$")


def required(part: Field | Repeat) -> Message:
    """Nothing was answered where something must be."""
    if isinstance(part, Repeat):
        return Message(REQUIRED_ROWS, title=part.title, limit=max(part.minimum, 1))
    return Message(REQUIRED_CHOSEN if part.is_chosen else REQUIRED_WRITTEN, title=part.title)


def unstorable(part: Field | Repeat) -> Message:
    """The value cannot be kept as JSON: half a character, a control character, a number beyond all bounds."""
    is_number = isinstance(part, Field) and part.kind in ("number", "integer")
    return Message(CHECK if is_number else UNSTORABLE, title=part.title)


def stranger(key: object) -> Message:
    return Message(STRANGER, title=repr(key)[1:-1] if isinstance(key, str) else repr(key))


def schema_message(part: Field | Repeat, kind: Any, value: Any) -> Message:
    """The sentence for one error of the schema check on this part."""
    title = part.title
    if isinstance(part, Repeat):
        return _rows(part, kind)
    unit = f" {part.unit}" if part.unit else ""
    match kind.name:
        case "type":
            return _wrong_type(part)
        case "minLength":
            return Message(N_("{title}至少写 {limit} 个字。"), title=title, limit=kind.limit)
        case "maxLength":
            over = len(value) - kind.limit if isinstance(value, str) else 0
            return Message(
                N_("{title}最多 {limit} 个字，请删去 {over} 个字。"), title=title, limit=kind.limit, over=over
            )
        case "minimum":
            return Message(N_("{title}不能小于 {limit}{unit}。"), title=title, limit=kind.limit, unit=unit)
        case "maximum":
            return Message(N_("{title}不能大于 {limit}{unit}。"), title=title, limit=kind.limit, unit=unit)
        case "exclusiveMinimum":
            return Message(N_("{title}应大于 {limit}{unit}。"), title=title, limit=kind.limit, unit=unit)
        case "exclusiveMaximum":
            return Message(N_("{title}应小于 {limit}{unit}。"), title=title, limit=kind.limit, unit=unit)
        case "multipleOf":
            return _multiple(part, kind.multiple_of)
        case "enum":
            return Message(N_("请从列出的选项中选择{title}。"), title=title)
        case "const":
            if kind.expected_value is True:
                return Message(N_("继续之前，请确认并选择“是”：{title}"), title=title)
            return Message(CHECK, title=title)
        case "pattern":
            return _pattern(part, kind.pattern)
        case "format":
            return _format(part, kind.format, value)
        case "minItems":
            return Message(N_("{title}请至少选 {limit} 项。"), title=title, limit=kind.limit)
        case "maxItems":
            return Message(N_("{title}最多选 {limit} 项。"), title=title, limit=kind.limit)
        case "uniqueItems":
            return Message(N_("{title}里有重复的选项，请去掉重复的。"), title=title)
        case _:
            return Message(CHECK, title=title)


def _rows(part: Repeat, kind: Any) -> Message:
    match kind.name:
        case "minItems":
            return Message(REQUIRED_ROWS, title=part.title, limit=kind.limit)
        case "maxItems":
            return Message(N_("{title}最多 {limit} 条，请删去多余的。"), title=part.title, limit=kind.limit)
        case _:
            return Message(CHECK, title=part.title)


def _wrong_type(part: Field) -> Message:
    if part.is_chosen:
        return Message(N_("请从列出的选项中选择{title}。"), title=part.title)
    if part.kind in ("number", "integer"):
        return Message(INTEGER if part.kind == "integer" else NUMBER, title=part.title)
    return Message(REQUIRED_WRITTEN, title=part.title)


def _multiple(part: Field, step: Any) -> Message:
    places = len(format(step, "f").rstrip("0").partition(".")[2])
    if step == 1:
        return Message(INTEGER, title=part.title)
    if abs(float(step) - 10.0**-places) < 1e-12:
        return Message(N_("{title}最多写到小数点后 {places} 位。"), title=part.title, places=places)
    return Message(N_("{title}应是 {step} 的整数倍。"), title=part.title, step=step)


def _format(part: Field, standard: str, value: Any) -> Message:
    """A code's own standard says what is wrong with it and what to do."""
    if standard in CODES and isinstance(value, str):
        try:
            CODES[standard](value)
        except CodeInvalid as invalid:
            return Message(invalid.message, invalid.remedy, **invalid.data)
        return Message(N_("请核对{title}：请用半角数字和大写字母填写，不要有空格。"), title=part.title)
    return Message(FORMATS.get(standard, CHECK), title=part.title)


def _pattern(part: Field, pattern: str) -> Message:
    if part.message:
        return Message(part.message)
    digits = _DIGIT_PATTERN.fullmatch(pattern)
    if digits:
        low, high = digits.groups()
        return Message(DIGITS, title=part.title, count=f"{low} 至 {high}" if high else low)
    return Message(PATTERN, title=part.title)
