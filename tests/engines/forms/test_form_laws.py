"""What holds for every form and whatever is sent."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.engines.forms.form_samples import ELEMENTS, ID, RESTAURANT, large_definition, restaurant
from zhengtong.engines.forms.rules import AnswersInvalid, Form, Repeat, compile_form, page_values, parse, prefill

FORM = restaurant()
LARGE = compile_form(large_definition(), {})
FORMS = st.sampled_from([FORM, LARGE])

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()) | st.dates() | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=3),
    max_leaves=6,
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
plausible = st.sampled_from(
    [True, False, "生食类", ["生食类"], "canteen", "small", 500, 1.5, "x", "", None, [], {}, ID, "2026-01-01", "yes"]
)


@st.composite
def answers_of(draw: st.DrawFn, form: Form, values: st.SearchStrategy[Any]) -> dict[str, Any]:
    """Answers with some of the form's keys, each a plausible value or any value at all."""
    answers: dict[str, Any] = {}
    for key in draw(st.lists(st.sampled_from(list(form.parts)), max_size=12, unique=True)):
        part = form.parts[key]
        if isinstance(part, Repeat) and draw(st.booleans()):
            inner = st.sampled_from([field.key for field in part.fields])
            answers[key] = draw(st.lists(st.dictionaries(inner, plausible | values, max_size=4) | values, max_size=4))
        else:
            answers[key] = draw(plausible | values)
    return answers


@given(st.data())
def test_validation_never_raises_and_keeps_only_what_json_can_hold(data: st.DataObject) -> None:
    form = data.draw(FORMS)
    answers = data.draw(answers_of(form, anything) | anything)
    result = form.validate(answers)
    json.dumps(result.answers, allow_nan=False).encode()
    assert all(found and str(found[0]) for found in result.errors.values())
    try:
        checked = form.check(answers)
    except AnswersInvalid:
        checked = result.answers
    assert checked == result.answers
    for section in form.sections:
        form.validate_section(section.key, answers)


@given(st.data())
def test_what_is_kept_is_kept_again(data: st.DataObject) -> None:
    form = data.draw(FORMS)
    answers = data.draw(answers_of(form, json_values))
    kept = form.keep(answers)
    assert form.keep(kept) == kept
    assert all(row.text for section in form.display(answers) for row in section.rows)
    assert form.validate(kept).errors.keys() <= form.validate(answers).errors.keys()


@given(st.data())
def test_what_is_not_asked_is_neither_required_nor_kept(data: st.DataObject) -> None:
    form = data.draw(FORMS)
    answers = data.draw(answers_of(form, json_values))
    result = form.validate(answers)
    visible = form.visible(result.answers)
    assert {path.partition("-")[0] for path in result.errors} <= visible
    assert result.answers.keys() <= visible
    for path, messages in result.errors.items():
        if messages[0].startswith(("请填写", "请选择")) and path.count("-") == 2:
            assert path in visible


@given(st.data())
def test_seal_and_unseal_are_inverse_and_nothing_plain_remains(data: st.DataObject) -> None:
    form = data.draw(FORMS)
    answers = data.draw(answers_of(form, json_values))

    def close(text: str) -> str:
        return "s1." + text.encode().hex()

    def reopen(sealed: str) -> str:
        return bytes.fromhex(sealed.removeprefix("s1.")).decode()

    stored = form.seal(answers, close)
    assert form.unseal(stored, reopen) == answers
    for key in form.sealed:
        if not form.parts[key].is_repeat:
            assert ID not in repr(stored.get(key))


typed = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    [
        "１２",
        "1,234.50",
        "2026年3月1日",
        "20260301",
        "+8613800138000",
        " 110105 19491231 002x",
        "true",
        "甲",
        "水",
        ".5",
        "02038123456",
    ]
)


@given(st.data())
def test_reading_what_a_page_would_send_again_gives_the_same(data: st.DataObject) -> None:
    """parse ∘ page_values ∘ parse = parse, for whatever was typed."""
    form = data.draw(FORMS)
    section = data.draw(st.sampled_from(form.sections))
    names = [part.key for part in section.fields if not isinstance(part, Repeat)]
    for part in section.fields:
        if isinstance(part, Repeat):
            names += [f"{part.key}-{row}-{field.key}" for row in range(3) for field in part.fields]
    page = data.draw(st.dictionaries(st.sampled_from(names), st.lists(typed, max_size=3)))
    answers = parse(section, page)
    assert parse(section, page_values(section, answers)) == answers
    assert form.display(answers) is not None


@given(st.data())
def test_a_turn_never_raises(data: st.DataObject) -> None:
    section = data.draw(st.sampled_from(FORM.sections))
    names = st.sampled_from(
        ["_add", "_remove", "_refresh", "_shown", "staff-rows", *page_values(section, {}), "staff-0-name"]
    )
    page = data.draw(
        st.dictionaries(names | st.sampled_from([p.key for p in section.fields]), st.lists(typed, max_size=3))
    )
    turn = FORM.turn(section.key, data.draw(answers_of(FORM, json_values)), page)
    assert not (turn.is_done and turn.errors)


@given(st.data())
def test_what_is_filled_in_would_be_accepted(data: st.DataObject) -> None:
    values = st.dictionaries(st.sampled_from(["name", "id_number", "phone", "credit_code"]), json_values | st.just(ID))
    begun = prefill(FORM, {"subject": data.draw(values), "entity": data.draw(values)})
    assert not FORM.validate({**begun.answers, "agent": True}).errors.keys() & begun.marks.keys()


@given(st.text(st.characters(), max_size=40), st.sampled_from(sorted(ELEMENTS)))
def test_a_definition_is_compiled_or_refused_with_a_place(text: str, code: str) -> None:
    from zhengtong.engines.forms.rules import form_faults

    definition = {"sections": [{**RESTAURANT["sections"][0], "when": text}]}
    for place, sentence in form_faults(definition, ELEMENTS):
        assert place[:2] == ("sections", 0)
        assert sentence
