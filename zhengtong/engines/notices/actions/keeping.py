"""The words for each happening: from a pack, or edited at the desk."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, require
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.wiring.sections import DESK, pack_owner

from .. import queries, rules
from ..models import Template


@transaction.atomic
def edit_template(code: str, *, texts: Mapping[str, str], seen: int, actor: Actor) -> Template:
    """Change the words; what the law wants told stays so. `seen` is the version the editor has read.

    Refused: unknown placeholders, links, personal numbers (`fields` says where); changed meanwhile.
    """
    row = Template.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise rules.TemplateUnknown(code=code)
    require(actor, "notices.edit_template", row)
    if row.audit_count != seen:
        raise rules.TemplateChanged
    clean = {name: texts.get(name, "").strip() for name in Template.TEXTS}
    check(code, clean)
    if clean == {name: getattr(row, name) for name in Template.TEXTS}:
        return row
    row.owner = DESK
    return _store(row, clean, actor)


def check(code: str, texts: Mapping[str, str]) -> None:
    """Refused unless these words can be sent for this happening."""
    if code not in rules.happenings:
        raise rules.TemplateUnknown(code=code)
    if faults := rules.template_faults(texts, rules.happenings.get(code)):
        raise rules.TemplateUnfit(fields=faults)


@transaction.atomic
def define_from_pack(entry: Mapping[str, Any], *, pack: str, actor: Actor) -> Template:
    """Make the template say what the pack says."""
    require(actor, "notices.edit_template")
    check(entry["code"], entry)
    row = Template.objects.select_for_update().filter(code=entry["code"]).first() or Template(code=entry["code"])
    row.must_tell, row.basis = entry["must_tell"], entry["basis"]
    row.owner, row.ended_at = pack_owner(pack), None
    return _store(row, {name: entry[name] for name in Template.TEXTS}, actor)


def _store(row: Template, texts: Mapping[str, str], actor: Actor) -> Template:
    changed = {name: text for name, text in texts.items() if getattr(row, name) != text}
    for name, text in texts.items():
        setattr(row, name, text)
    row.save()
    record("notices.template.defined", row, actor=actor, owner=row.owner, said=changed)
    queries.in_memory.changed()
    return row


@transaction.atomic
def end_from_pack(entry: Mapping[str, Any], *, pack: str, actor: Actor) -> Template:
    """Nobody is told of this any more; what was told stays."""
    require(actor, "notices.edit_template")
    row = Template.objects.select_for_update().get(code=entry["code"])
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    record("notices.template.ended", row, actor=actor)
    queries.in_memory.changed()
    return row
