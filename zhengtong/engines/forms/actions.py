"""Define and end data elements."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, require
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.wiring.sections import DESK, pack_owner

from . import access, rules  # noqa: F401 - access declares who may
from .models import Element
from .queries import WORDS, in_memory


@transaction.atomic
def define_element(element: rules.Element, *, actor: Actor, owner: str = DESK) -> Element:
    """Make the dictionary say this under the element's code; an ended element lives again.

    Refused where no form could ask it.
    """
    require(actor, "forms.define_element")
    faults = rules.element_faults(element)
    if faults:
        place, problem = faults[0]
        raise rules.FormDefinitionInvalid(path="/".join(map(str, (element.code, *place))), problem=problem)
    row = Element.objects.select_for_update().filter(code=element.code).first() or Element(code=element.code)
    before = {name: getattr(row, name) for name in WORDS} if row.audit_count else {}
    for name in WORDS:
        setattr(row, name, getattr(element, name))
    row.options = list(element.options)
    row.owner, row.ended_at = owner, None
    row.save()
    changed = [name for name in WORDS if before.get(name) != getattr(row, name)]
    # As text: fractions in a schema would not read back byte for byte.
    said = json.dumps({name: getattr(row, name) for name in changed}, ensure_ascii=False, sort_keys=True)
    record("forms.element.defined", row, actor=actor, owner=owner, said=said)
    in_memory.changed()
    return row


@transaction.atomic
def end_element(code: str, *, actor: Actor) -> Element:
    """No new form asks it from now on; forms of running cases still know it."""
    require(actor, "forms.define_element")
    row = Element.objects.select_for_update().get(code=code)
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    record("forms.element.ended", row, actor=actor)
    in_memory.changed()
    return row


def define_from_pack(entry: Mapping[str, Any], *, pack: str, actor: Actor) -> Element:
    """Make the element say what the pack says."""
    element = rules.Element(**{**entry, "options": tuple(entry["options"])})
    return define_element(element, actor=actor, owner=pack_owner(pack))


def end_from_pack(entry: Mapping[str, Any], *, pack: str, actor: Actor) -> Element:
    """The pack no longer declares it."""
    return end_element(entry["code"], actor=actor)
