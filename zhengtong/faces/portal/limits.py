"""How long things take, in words, by the parameters in force today."""

from zhengtong.engines.deadlines.rules import Limit
from zhengtong.foundation import clock
from zhengtong.foundation.params import queries as params
from zhengtong.foundation.ui.formats import duration


def answered_in() -> str:
    """Within what time an applicant hears whether his application is accepted (行政许可法 32)."""
    return duration(Limit.of(params.parameter("deadlines.XK_CORRECT", on=clock.today()).value))
