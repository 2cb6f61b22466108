"""Write what a pack says of divisions, organisations and posts; end what it no longer says; correct it at the desk."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.wiring.sections import DESK, pack_owner

from . import rules
from .models import Division, Organisation, Post


def _write(model: type[Any], code: str, values: dict[str, Any], *, pack: str, actor: Actor) -> None:
    access.require(actor, "packs.apply")
    row = model._base_manager.select_for_update().filter(pk=code).first()
    verb = "changed" if row else "created"
    row = row or model(pk=code)
    for column, value in (values | {"owner": pack_owner(pack), "ended_at": None}).items():
        setattr(row, column, value)
    row.save()
    record(f"directory.{model._meta.model_name}.{verb}", row, actor=actor, pack=pack)


def _end(model: type[Any], code: str, *, pack: str, actor: Actor) -> None:
    access.require(actor, "packs.apply")
    row = model._base_manager.select_for_update().get(pk=code)
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    record(f"directory.{model._meta.model_name}.ended", row, actor=actor, pack=pack)


@transaction.atomic
def write_division(entry: Mapping[str, Any], *, pack: str, actor: Actor) -> None:
    """Create or change a division."""
    values = {
        "name": entry["name"],
        "level": entry["level"],
        "parent_id": entry["parent"],
        "geometry": entry["geometry"],
    }
    _write(Division, entry["code"], values, pack=pack, actor=actor)


@transaction.atomic
def end_division(entry: Mapping[str, Any], *, pack: str, actor: Actor) -> None:
    """End a division that its pack no longer names."""
    _end(Division, entry["code"], pack=pack, actor=actor)


@transaction.atomic
def write_organisation(entry: Mapping[str, Any], *, pack: str, actor: Actor) -> None:
    """Create or change an organisation."""
    plain = ("name", "short_name", "kind", "level", "address", "phone", "hours")
    values = {column: entry[column] for column in plain} | {
        "division_id": entry["division"],
        "parent_id": entry["parent"],
        "remedy_review": entry["remedy"]["review"],
        "remedy_court": entry["remedy"]["court"],
    }
    _write(Organisation, entry["code"], values, pack=pack, actor=actor)


@transaction.atomic
def end_organisation(entry: Mapping[str, Any], *, pack: str, actor: Actor) -> None:
    """End an organisation that its pack no longer names."""
    _end(Organisation, entry["code"], pack=pack, actor=actor)


@transaction.atomic
def write_post(entry: Mapping[str, Any], *, pack: str, actor: Actor) -> None:
    """Create or change a post."""
    values = {"organisation_id": entry["organisation"], "title": entry["title"], "roles": entry["roles"]}
    _write(Post, entry["code"], values, pack=pack, actor=actor)


@transaction.atomic
def end_post(entry: Mapping[str, Any], *, pack: str, actor: Actor) -> None:
    """End a post that its pack no longer names."""
    _end(Post, entry["code"], pack=pack, actor=actor)


@transaction.atomic
def change_contact(code: str, *, address: str, phone: str, hours: str, seen: int, actor: Actor) -> list[str]:
    """Where an organisation is, how and when it can be reached; the names of what has changed.

    `seen` is the length of its trail when the page was opened. Refused: changed meanwhile, cannot be that.
    """
    row = Organisation.objects.select_for_update().get(pk=code)
    access.require(actor, "directory.manage", row)
    if row.audit_count != seen:
        raise rules.DirectoryChanged
    values = {"address": address, "phone": phone, "hours": hours}
    rules.check_contact(values)
    parts = [name for name, value in values.items() if getattr(row, name) != value]
    if parts:
        for name in parts:
            setattr(row, name, values[name])
        row.owner = DESK
        row.save(update_fields=[*parts, "owner"])
        record("directory.organisation.contact_changed", row, actor=actor, parts=parts)
    return parts


@transaction.atomic
def close_post(code: str, *, actor: Actor) -> Post:
    """End a post: whoever holds it can do nothing by it from this moment."""
    row = Post.objects.select_for_update().get(pk=code)
    access.require(actor, "directory.manage", row)
    if row.ended_at is None:
        row.ended_at, row.owner = clock.now(), DESK
        row.save(update_fields=["ended_at", "owner"])
        record("directory.post.ended", row, actor=actor)
    return row


@transaction.atomic
def reopen_post(code: str, *, actor: Actor) -> Post:
    """Take an ended post up again, with the holders whose time has not run out."""
    row = Post.objects.select_for_update().get(pk=code)
    access.require(actor, "directory.manage", row)
    if row.ended_at is not None:
        row.ended_at, row.owner = None, DESK
        row.save(update_fields=["ended_at", "owner"])
        record("directory.post.reopened", row, actor=actor)
    return row
