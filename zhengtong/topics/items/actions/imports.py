"""Take in a library of items: the file as a whole or nothing, defective rows as drafts, twice without harm."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, BinaryIO

import jsonschema_rs
from django.db import connection, transaction

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, require
from zhengtong.foundation.audit.actions import first_leaf, record_all
from zhengtong.foundation.audit.models import Leaf
from zhengtong.foundation.bulk import copy_rows
from zhengtong.foundation.codes import uuid7
from zhengtong.foundation.packs.queries import Known
from zhengtong.foundation.refusals import N_
from zhengtong.foundation.wiring.sections import import_owner

from .. import access, rules  # noqa: F401 - access declares who may
from ..models import Item, ItemVersion
from ..rules import ImportReport
from . import rows
from .versions import put_in_force

BATCH = 1_000
LOCK = 0x7A74_6974_656D  # "ztitem": two imports never run at once
_shape = jsonschema_rs.Draft202012Validator({**rules.SCHEMA, "required": ["code"]}, validate_formats=True)


class _Rehearsal(Exception):
    """Carries the report out of a transaction that must not last."""


def import_items(stream: BinaryIO, *, name: str, how: rules.ColumnMap, actor: Actor) -> ImportReport:
    """Read every row into a draft of its own and say what became of each.

    Refused as a whole, with nothing changed, when the file cannot be read or two rows cannot be told apart.
    Rows whose content has not changed since the last import are left alone; what the desk has taken over is kept.
    """
    with transaction.atomic():
        return _import(stream, name, how, actor)


def rehearse_import(stream: BinaryIO, *, name: str, how: rules.ColumnMap, actor: Actor) -> ImportReport:
    """The report of an import without the import."""
    try:
        with transaction.atomic():
            report = _import(stream, name, how, actor)
            report.is_rehearsal = True
            raise _Rehearsal
    except _Rehearsal:
        return report


@transaction.atomic
def publish_imported(source: str, *, actor: Actor) -> int:
    """Publish every draft of a source that has no blocking defect; the number published."""
    require(actor, "items.import")
    waiting = Item.objects.select_for_update(of=("self",)).select_related("draft", "published")
    count = 0
    for item in waiting.filter(owner=import_owner(source), draft__isnull=False).order_by("code"):
        require(actor, "items.publish", item)
        draft = item.draft
        if draft is not None and draft.valid_from and not any(one["is_blocking"] for one in draft.defects):
            put_in_force(item, draft, actor=actor)
            count += 1
    return count


@dataclass
class _Prepared:
    """A row ready to be stored."""

    mapped: rules.MappedRow
    entry: dict[str, Any]
    defects: list[rules.Defect]


def _import(stream: BinaryIO, name: str, how: rules.ColumnMap, actor: Actor) -> ImportReport:
    require(actor, "items.import")
    started, report = perf_counter(), ImportReport(name, how.source)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    mapped = [rules.mapped(number, row, how) for number, row in rules.rows(stream, name=name, how=how)]
    _check_told_apart(mapped, name)
    across: dict[str, list[rules.Defect]] = {}
    for row, defect in [*rules.repeated_names(mapped), *rules.several_codes(mapped)]:
        across.setdefault(row.code, []).append(defect)
    around = _around(mapped)
    for start in range(0, len(mapped), BATCH):
        prepared = [_prepare(row, across.get(row.code, []), around) for row in mapped[start : start + BATCH]]
        _store(prepared, how, actor, report)
    report.seconds = perf_counter() - started
    return report


def _check_told_apart(mapped: Sequence[rules.MappedRow], name: str) -> None:
    seen: dict[str, int] = {}
    twice = []
    for row in mapped:
        if row.code in seen:
            twice.append(f"第 {seen[row.code]} 行与第 {row.number} 行")
        seen.setdefault(row.code, row.number)
    if twice:
        shown = "、".join(twice[:5]) + ("等" if len(twice) > 5 else "")
        said = f"{shown}编码相同，分不清是哪一个事项（共 {len(twice)} 处）。"
        raise rules.ImportUnreadable(name=name, reason=said)


def _around(mapped: Sequence[rules.MappedRow]) -> Known:
    """The bodies, types and data elements that the rows name, looked up at once."""
    around = Known()
    bodies = {str(row.entry.get(field) or "") for row in mapped for field in ("organisation", "accepted_by")}
    bodies |= {str(place.get("organisation", "")) for row in mapped for place in row.entry.get("places") or ()}
    around.look_up("organisations", sorted(bodies - {""}))
    return around


def _prepare(row: rules.MappedRow, across: list[rules.Defect], around: Known) -> _Prepared:
    found = [*row.defects, *across]
    entry = dict(row.entry)
    for error in _shape.iter_errors(entry):
        path = tuple(error.instance_path)
        where = ".".join(map(str, path))
        said = N_("{where} 的内容不符合要求（{fault}）。")
        found.append(
            rules.reject("import_value_malformed", said, N_("请改正原表。"), *path, where=where, fault=error.message)
        )
        if path:
            entry.pop(str(path[0]), None)
    whole = rules.canonical(entry)
    return _Prepared(row, whole, [*found, *rules.defects(whole, around)])


def _store(prepared: Sequence[_Prepared], how: rules.ColumnMap, actor: Actor, report: ImportReport) -> None:
    owner = import_owner(how.source)
    codes = [one.mapped.code for one in prepared]
    known = {item.code: item for item in Item.objects.select_for_update().filter(code__in=codes)}
    wanted = [item.draft_id for item in known.values() if item.draft_id]
    drafts = ItemVersion.objects.only("defects").in_bulk(wanted)
    created, changed, told_anew = [], [], []
    for one in prepared:
        item = known.get(one.mapped.code)
        if item is None:
            outcome = "created"
            created.append(one)
        elif item.owner != owner:
            outcome = "kept"
        elif item.source_digest is not None and bytes(item.source_digest) == one.mapped.digest:
            outcome = "unchanged"
            draft = drafts.get(item.draft_id) if item.draft_id else None
            found = [defect.as_json() for defect in one.defects]
            if draft is not None and draft.defects != found:
                draft.defects = found
                told_anew.append(draft)
        else:
            outcome = "updated"
            changed.append((item, one))
        report.add(one.mapped.number, one.entry["name"], outcome, one.defects)
    _create(created, owner, actor)
    _update(changed, actor)
    ItemVersion.objects.bulk_update(told_anew, ["defects"])


def _create(created: Sequence[_Prepared], owner: str, actor: Actor) -> None:
    now = clock.now()
    items, versions, leaves = [], [], []
    for one in created:
        item_id, version_id, digest = uuid7(), uuid7(), one.mapped.digest
        said = {"source": owner, "defects": len(one.defects), "digest": digest.hex()}
        leaf, head = first_leaf("items.item.imported", Item, item_id, actor=actor, at=now, data=said)
        leaves.append(leaf)
        items.append(
            {
                "id": item_id, "code": one.mapped.code, "name": one.entry["name"],
                "organisation": one.entry["organisation"],
                "state": Item.State.DRAFT.value, "draft_id": version_id, "owner": owner, "source_digest": digest,
                "created_at": now, "changed_at": now, "audit_count": 1, "audit_head": head,
            }
        )  # fmt: skip
        versions.append(_draft_row(version_id, item_id, 1, one))
    # The items point at their drafts and the drafts at their items: foreign keys are checked at commit.
    copy_rows(Item, items)
    copy_rows(ItemVersion, versions)
    copy_rows(Leaf, leaves)


def _update(changed: Sequence[tuple[Item, _Prepared]], actor: Actor) -> None:
    """The draft of each item gives way to a new one under the same id; a published item gets a draft beside it."""
    if not changed:
        return
    now = clock.now()
    published = {item.published_id for item, _ in changed if item.published_id}
    numbers: dict[Any, int] = dict(ItemVersion.objects.filter(pk__in=published).values_list("pk", "number"))
    items, versions = [], []
    for item, one in changed:
        item.draft_id = item.draft_id or uuid7()
        if item.published_id is None:
            item.name, item.organisation = one.entry["name"], one.entry["organisation"]
        item.source_digest, item.changed_at = one.mapped.digest, now
        items.append(item)
        versions.append(_draft_row(item.draft_id, item.pk, numbers.get(item.published_id, 0) + 1, one))
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM items_itemversion WHERE id = ANY(%s) AND state = 'draft'", [[row["id"] for row in versions]]
        )
        copy_rows(ItemVersion, versions)
        cursor.execute(
            "UPDATE items_item SET name = n.name, organisation = n.organisation, draft_id = n.draft, "
            "source_digest = n.digest, changed_at = %s FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::uuid[], "
            "%s::bytea[]) AS n (id, name, organisation, draft, digest) WHERE items_item.id = n.id",
            [
                now, [item.pk for item in items], [item.name for item in items], [item.organisation for item in items],
                [item.draft_id for item in items], [item.source_digest for item in items],
            ],
        )  # fmt: skip
    record_all(
        "items.item.imported", items, actor=actor,
        data=lambda item: {"source": item.owner, "digest": bytes(item.source_digest).hex()},
    )  # fmt: skip


def _draft_row(id: Any, item_id: Any, number: int, one: _Prepared) -> dict[str, Any]:
    return {
        "id": id, "item_id": item_id, "number": number, "state": ItemVersion.State.DRAFT.value,
        "defects": [defect.as_json() for defect in one.defects], **rows.columns(one.entry),
    }  # fmt: skip
