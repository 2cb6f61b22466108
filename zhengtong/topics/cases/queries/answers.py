"""ID numbers and phones inside answers: sealed before they reach the table, opened for those who may read them."""

from collections.abc import Mapping
from typing import Any

from zhengtong.foundation import crypto

CONTEXT = "cases.case.form"


def seal_answers(form: Any, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as stored."""
    return form.seal(answers, lambda text: crypto.seal(text, context=CONTEXT))


def unseal_answers(form: Any, stored: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as given."""
    return form.unseal(stored, lambda text: crypto.unseal(text, context=CONTEXT))
