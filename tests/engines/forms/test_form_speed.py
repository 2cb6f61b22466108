"""The budgets of a form; the best of several runs, since other programs share the machine."""

from collections.abc import Callable
from time import perf_counter

from tests.engines.forms.form_samples import ANSWERS, ELEMENTS, large_definition, large_page, restaurant
from zhengtong.engines.forms.rules import compile_form
from zhengtong.foundation.crypto import seal


def best(work: Callable[[], object], repeats: int, each: int = 1) -> float:
    """Seconds of the fastest run."""
    found = []
    for _ in range(repeats):
        start = perf_counter()
        for _ in range(each):
            work()
        found.append((perf_counter() - start) / each)
    return min(found)


def test_95_fields_are_read_checked_and_sealed_in_10_ms() -> None:
    form, page = compile_form(large_definition(), {}), large_page()

    def save() -> dict[str, object]:
        answers: dict[str, object] = {}
        for section in form.sections:
            answers = form.fill(section.key, answers, page)
        result = form.validate(answers)
        assert result.errors == {}
        return form.seal(result.answers, lambda text: seal(text, context="cases.draft.answers"))

    assert len(save()) == 95
    assert best(save, 20) < 0.010


def test_11_fields_are_checked_in_60_us() -> None:
    fields = [
        {"element": "person_name", "required": True},
        {"element": "person_id", "required": True},
        {"element": "person_phone", "required": True},
        {"element": "agent", "required": True},
        {"element": "person_name", "key": "agent_name", "required": True, "when": "agent"},
        {"element": "entity_code"},
        {"element": "premises_division", "required": True},
        {"element": "premises_address", "required": True},
        {"element": "premises_area", "required": True},
        {"key": "opens_on", "title": "开业日期", "widget": "date"},
        {"key": "kind", "title": "类型", "options": ["small", "canteen"]},
    ]
    form = compile_form({"sections": [{"key": "s", "title": "一", "fields": fields}]}, ELEMENTS)
    answers = {key: value for key, value in ANSWERS.items() if key in form.parts}
    assert form.check(answers) == answers
    assert best(lambda: form.check(answers), 20, each=200) < 0.000_060


def test_a_form_with_rows_is_checked_quickly_too() -> None:
    form = restaurant()
    assert best(lambda: form.check(ANSWERS), 20, each=100) < 0.000_200
