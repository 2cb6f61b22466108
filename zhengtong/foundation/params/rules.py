"""What may be said about a parameter, and the refusals."""

from collections.abc import Mapping
from typing import Any

from zhengtong.foundation.refusals import N_, NotFound, Refused


class ParameterMissing(NotFound):
    """Refused: no value of this key is in force on that day."""

    code = "parameter_missing"
    message = N_("参数“{key}”在 {on} 没有生效的值。")
    remedy = N_("请在资料包的 params 中写明它的数值、依据和生效日期，再执行 zt packs apply。")


class ParameterNotWhole(Refused):
    """Refused: the parameter is not a whole number."""

    code = "parameter_not_whole"
    message = N_("参数“{key}”的值 {value} 不是整数。")
    remedy = N_("请在资料包中改为整数。")


class ParameterOverlaps(Refused):
    """Refused: another value of the key covers some of these days."""

    code = "parameter_overlaps"
    message = N_("参数“{key}”在 {valid_from} 起已有另一个生效的值。")
    remedy = N_("请把新值的生效日期放在它之后，或先写明它的截止日期。")


class ParameterAlreadyInForce(Refused):
    """Refused: a value that has been in force is not rewritten, a new one follows it."""

    code = "parameter_already_in_force"
    message = N_("参数“{key}”的这个值自 {valid_from} 起生效，不能改写过去。")
    remedy = N_("请另设一个从今天或以后生效的新值。")


class PeriodBackwards(Refused):
    """Refused: the last day lies before the first."""

    code = "period_backwards"
    status = 422
    message = N_("截止日期 {valid_to} 早于生效日期 {valid_from}。")
    remedy = N_("请核对两个日期。")


def trail_value(value: Any) -> Any:
    """A value as the trail keeps it: no fractions, which do not read back byte for byte."""
    if isinstance(value, float):
        return str(value)
    if isinstance(value, Mapping):
        return {key: trail_value(part) for key, part in value.items()}
    return [trail_value(part) for part in value] if isinstance(value, list) else value
