"""The form: sections in order, its JSON Schema, and the verbs on answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import Any

import jsonschema_rs

from zhengtong.foundation.refusals import NotFound

from . import parsing
from .definition import Answers, AnswersInvalid, Condition, Field, FormDefinitionInvalid, Repeat, Section, asked_by
from .display import DisplaySection, display
from .schema import form_schema, validator
from .seal import seal, unseal
from .validate import Errors, FormResult, asked_in_row, is_empty, is_storable, keep, strangers, validate

NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the walk: a part and its condition, or (without a part) the condition of a whole section."""

    section: int
    part: Field | Repeat | None
    when: Condition | None


@dataclass(frozen=True, slots=True)
class Turn:
    """What became of a posted section: go on when `is_done`, otherwise show the same page again."""

    answers: Answers
    visible: frozenset[str]
    errors: Errors
    revealed: tuple[str, ...] = ()
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A compiled form; made by `compile_form` or `merge_forms`, kept and shared, never changed."""

    sections: tuple[Section, ...]
    schema: Mapping[str, Any]
    parts: Mapping[str, Field | Repeat]
    plan: tuple[Step, ...] = field(repr=False)
    is_conditional: bool
    repeats: tuple[Repeat, ...] = field(repr=False)
    sealed: tuple[str, ...]
    context: frozenset[str]
    validator: jsonschema_rs.Draft202012Validator = field(repr=False, compare=False)

    def section(self, key: str) -> Section:
        """The section of this key; refused where there is none, as any page that is not there."""
        for section in self.sections:
            if section.key == key:
                return section
        raise NotFound

    def visible(self, answers: Mapping[str, Any], context: Mapping[str, Any] = NOTHING) -> frozenset[str]:
        """The paths asked, given these answers; rows the page adds to reach the minimum are included."""
        paths: set[str] = set()
        scope: dict[str, Any] = {**context}
        hidden: set[int] = set()
        for step in self.plan:
            if step.section in hidden:
                continue
            part = step.part
            if step.when is not None and not step.when.holds(scope):
                if part is None:
                    hidden.add(step.section)
                continue
            if part is None:
                continue
            value = answers.get(part.key)
            paths.add(part.key)
            if isinstance(part, Repeat):
                paths |= _visible_rows(part, value, scope)
            if not is_empty(value):
                scope[part.key] = value
        return frozenset(paths)

    def visible_sections(self, answers: Mapping[str, Any], context: Mapping[str, Any] = NOTHING) -> tuple[Section, ...]:
        """The sections in which anything is asked."""
        paths = self.visible(answers, context)
        return tuple(section for section in self.sections if any(part.key in paths for part in section.fields))

    def keep(self, answers: Mapping[str, Any], context: Mapping[str, Any] = NOTHING) -> Answers:
        """The answers that count: hidden, empty and unknown ones left out."""
        return keep(self, answers, context).answers

    def validate(self, answers: Any, context: Mapping[str, Any] = NOTHING) -> FormResult:
        """The answers that count and all that is wrong; keys the form does not know are left out silently."""
        return validate(self, answers, context)

    def validate_section(self, key: str, answers: Any, context: Mapping[str, Any] = NOTHING) -> FormResult:
        """As `validate`, telling only the errors of one section."""
        return validate(self, answers, context, frozenset(part.key for part in self.section(key).fields))

    def check(self, answers: Mapping[str, Any], context: Mapping[str, Any] = NOTHING) -> Answers:
        """The answers that count; for machines and for the last step before filing.

        Refused (`AnswersInvalid`) where anything is wrong, keys the form does not know included.
        """
        if isinstance(answers, Mapping):
            kept = keep(self, answers, context)
            if (
                not kept.missing
                and not kept.unstorable
                and answers.keys() <= self.parts.keys()
                and self.validator.is_valid(kept.answers)
                and not (self.repeats and strangers(self, answers))
            ):
                return kept.answers
        result = validate(self, answers, context)
        errors = {**result.errors, **(strangers(self, answers) if isinstance(answers, Mapping) else {})}
        raise AnswersInvalid(count=len(errors), fields=errors)

    def fits(self, key: str, value: Any) -> bool:
        """Whether this could be the answer of this part, whatever else is answered."""
        errors = self.validator.iter_errors({key: value}) if is_storable(value) else None
        return errors is not None and all(error.instance_path[:1] != [key] for error in errors)

    def fill(self, key: str, answers: Mapping[str, Any], data: parsing.PageData) -> Answers:
        """The answers with one section replaced by what its page sent."""
        section = self.section(key)
        own = {part.key for part in section.fields}
        return {k: v for k, v in answers.items() if k not in own} | parsing.parse(section, data)

    def turn(
        self, key: str, answers: Mapping[str, Any], data: parsing.PageData, context: Mapping[str, Any] = NOTHING
    ) -> Turn:
        """One posted page: take it in, do what its button asked, say whether to go on.

        A choice may have opened questions the page did not show (without JavaScript): those are shown next, unblamed.
        """
        section = self.section(key)
        filled = self.fill(key, answers, data)
        rearranged = parsing.rearrange(section, filled, data)
        if rearranged is not None:
            return Turn(rearranged, self.visible(rearranged, context), {})
        result = self.validate_section(key, filled, context)
        visible = self.visible(result.answers, context)
        revealed = parsing.unseen(section, visible, data)
        errors = {path: found for path, found in result.errors.items() if path not in revealed}
        return Turn(result.answers, visible, errors, revealed, is_done=not errors and not revealed)

    def seal(self, answers: Mapping[str, Any], sealer: Callable[[str], str]) -> Answers:
        """The answers with every sealed field replaced, inside repeats too: what the database may store."""
        return seal(self, answers, sealer)

    def unseal(self, answers: Mapping[str, Any], unsealer: Callable[[str], str]) -> Answers:
        """The answers as they were before `seal`."""
        return unseal(self, answers, unsealer)

    def display(
        self,
        answers: Mapping[str, Any],
        *,
        mask: bool = True,
        names: Mapping[str, str] = NOTHING,
        context: Mapping[str, Any] = NOTHING,
    ) -> list[DisplaySection]:
        """The answers in words, for check-your-answers and review; `names` puts words to division codes."""
        return display(self, answers, mask=mask, names=names, context=context)


def build_form(sections: tuple[Section, ...], *, context: frozenset[str] = frozenset()) -> Form:
    """Assemble a form: schema, check, and the order in which its conditions can be answered."""
    parts: dict[str, Field | Repeat] = {}
    for section in sections:
        for part in section.fields:
            if part.key in parts:
                raise FormDefinitionInvalid(path=section.key, problem=f"“{part.key}”在表单里出现了两次。")
            parts[part.key] = part
    if len({section.key for section in sections}) < len(sections):
        raise FormDefinitionInvalid(path="sections", problem="有两个分段的 key 相同。")
    for part in parts.values():
        if isinstance(part, Repeat) and len({inner.key for inner in part.fields}) < len(part.fields):
            raise FormDefinitionInvalid(path=part.key, problem=f"“{part.title}”里有两个项目的 key 相同。")
    schema = form_schema(sections)
    plan = _plan(sections)
    repeats = tuple(part for part in parts.values() if isinstance(part, Repeat))
    conditional = any(step.when for step in plan) or any(inner.when for part in repeats for inner in part.fields)
    return Form(
        sections=sections, schema=schema, parts=parts, plan=plan, is_conditional=conditional,
        repeats=repeats, sealed=tuple(part.key for part in parts.values() if part.sealed), context=context,
        validator=validator(schema),
    )  # fmt: skip


def _plan(sections: tuple[Section, ...]) -> tuple[Step, ...]:
    """The parts in page order as far as conditions allow: whatever a condition asks for comes before it."""
    steps: dict[str, Step] = {}
    needs: dict[str, set[str]] = {}
    for index, section in enumerate(sections):
        gate = f"section:{index}"
        if section.when:
            steps[gate], needs[gate] = Step(index, None, section.when), set(asked_by(section.when))
        for part in section.fields:
            steps[part.key] = Step(index, part, part.when)
            needs[part.key] = _names(part) | ({gate} if section.when else set())
    order: dict[str, set[str]] = {key: {name for name in asked if name in steps} for key, asked in needs.items()}
    sorter = TopologicalSorter(order)
    try:
        sorter.prepare()
    except CycleError as cycle:
        ring = " → ".join(name for name in cycle.args[1] if not name.startswith("section:"))
        raise FormDefinitionInvalid(path=ring, problem="这些条件互相等待，谁也定不下来。") from cycle
    rank = {key: index for index, key in enumerate(steps)}
    done: list[str] = []
    ready: list[str] = []
    while sorter.is_active():
        ready = sorted([*ready, *sorter.get_ready()], key=rank.__getitem__)
        first = ready.pop(0)
        done.append(first)
        sorter.done(first)
    return tuple(steps[key] for key in done)


def _names(part: Field | Repeat) -> set[str]:
    """The names outside the part on which it depends."""
    names = set(asked_by(part.when))
    if isinstance(part, Repeat):
        own = {inner.key for inner in part.fields}
        for inner in part.fields:
            names |= asked_by(inner.when) - own
    return names


def _visible_rows(repeat: Repeat, value: Any, scope: dict[str, Any]) -> set[str]:
    rows = [row if isinstance(row, dict) else {} for row in value] if isinstance(value, list) else []
    rows += [{}] * (repeat.minimum - len(rows))
    paths: set[str] = set()
    for index, row in enumerate(rows):
        known: Answers = {}
        for inner, path in asked_in_row(repeat, index, known, scope):
            paths.add(path)
            known[inner.key] = row.get(inner.key)
    return paths
