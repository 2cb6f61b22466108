"""Rules about the form and the conditions in it and in the materials."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from zhengtong.engines.forms.rules import Element, form_faults
from zhengtong.foundation.expressions import ExpressionInvalid, compile_expression
from zhengtong.foundation.refusals import N_, Message

from .defects import Around, Found, Item, reject

# Facts outside the form that its conditions and those of materials may ask for.
OUTSIDE_FACTS = ("applicant_kind", "channel")


class Dictionary(Mapping[str, Element]):
    """The data elements as the world around tells them."""

    def __init__(self, around: Around) -> None:
        self._around = around

    def __getitem__(self, code: str) -> Element:
        entry = self._around.entry("elements", code)
        if entry is None:
            raise KeyError(code)
        return Element(**{**entry, "options": tuple(entry.get("options", ()))})

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def form(item: Item, around: Around) -> Found:
    if item["form"]["sections"]:
        for place, sentence in form_faults(item["form"], Dictionary(around), context=OUTSIDE_FACTS):
            yield reject("form_faulty", N_("表单有误：{fault}"), "", "form", *place, fault=sentence)


def material_conditions(item: Item, around: Around) -> Found:
    known = set(OUTSIDE_FACTS) | set(form_keys(item["form"]))
    for number, row in enumerate(item["materials"] or ()):
        if not row["when"]:
            continue
        here = ("materials", number, "when")
        try:
            names = compile_expression(row["when"]).names
        except ExpressionInvalid as refusal:
            said = N_("材料“{name}”的条件写法不对：{fault}")
            yield reject(
                "material_condition_invalid",
                said,
                "",
                *here,
                name=row["name"],
                fault=Message(refusal.message, **refusal.data),
            )
            continue
        for name in sorted(names - known):
            said, told = N_("材料“{name}”的条件用到了“{key}”，表单里没有这一项。"), {"name": row["name"], "key": name}
            yield reject("material_condition_unknown", said, N_("请改用表单中的字段代码。"), *here, **told)


def form_keys(form: Mapping[str, Any]) -> Iterator[str]:
    """The keys of the answers at the top of a form."""
    for section in form["sections"]:
        for part in section.get("fields", ()):
            key = part.get("key") or part.get("element")
            if key:
                yield key


form_rules: tuple[Callable[[Item, Around], Found], ...] = (form, material_conditions)
