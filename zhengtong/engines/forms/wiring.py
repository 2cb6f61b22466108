"""Data elements as a pack section; what the trail says about them."""

from collections.abc import Iterable

from zhengtong.foundation.audit.sentences import sentences
from zhengtong.foundation.wiring.sections import Entry, Fault, Known, Section, sections

from . import actions, queries, rules


def _check(entry: Entry, known: Known) -> Iterable[Fault]:
    element = rules.Element(**{**entry, "options": tuple(entry["options"])})
    for place, sentence in rules.element_faults(element):
        yield Fault(place, sentence)


sections.add(
    "elements",
    Section(
        name="elements",
        title="数据元",
        schema=rules.ELEMENT_SCHEMA,
        canonical=rules.element_with_defaults,
        check=_check,
        current=queries.elements_in_pack_words,
        create=actions.define_from_pack,
        update=actions.define_from_pack,
        end=actions.end_from_pack,
    ),
)

sentences.add("forms.element.defined", "登记数据元")
sentences.add("forms.element.ended", "停用数据元")
