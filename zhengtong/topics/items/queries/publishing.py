"""A draft before it is published: what it changes, what stands in its way, whom and what it touches."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhengtong.engines.deadlines.rules import Limit
from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, require
from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.packs.queries import Known

from .. import access, rules  # noqa: F401 - access declares who may
from ..models import Item, ItemVersion
from .defects import around_of, written_form
from .packs import entry_of


@dataclass(frozen=True)
class Counter:
    """A hall or town that accepts the item; `kind` is empty where it did before and does after."""

    name: str
    kind: str = ""


@dataclass(frozen=True)
class Publication:
    """What whoever publishes must have seen. `seen` is handed back with the decision: it names this very draft."""

    item: Item
    draft: ItemVersion
    before: ItemVersion | None
    changes: Sequence[rules.Change]
    defects: Sequence[rules.Defect]
    counters: Sequence[Counter]
    closing: Sequence[ItemVersion]
    earliest: date | None
    suggested: date
    seen: str

    @property
    def is_blocked(self) -> bool:
        return any(defect.is_blocking for defect in self.defects)


def publication(
    actor: Actor, code: str, *, say: Callable[[str], str] = str, lasting: Callable[[Limit], str] = Limit.wording
) -> Publication:
    """The draft of an item, for whoever may publish it, told in his language by `say` and `lasting`.

    Refused: the item is not the actor's to publish; it has no draft.
    """
    item = Item.objects.select_related("published", "draft").filter(code=code).first()
    if item is None:
        raise rules.ItemUnknown(item=code)
    require(actor, "items.publish", item)
    draft, before = item.draft, item.published
    if draft is None:
        raise rules.NothingToPublish(name=item.name)
    after = entry_of(draft)
    versions = [version for version in versions_of(item) if version.state != ItemVersion.State.DRAFT]
    today = clock.today()
    earliest = _earliest(versions, today)
    suggested = max(draft.valid_from or today, earliest or date.min)
    old = None if before is None else _as_published(before)
    entries = (after, old) if old else (after,)
    around = around_of(*entries)
    found = rules.defects({**after, "valid_from": suggested.isoformat()}, around)
    names = _names(entries, around)
    reader = rules.Reader(names, say, lasting)
    told = rules.changes(old, {**after, "form": written_form(after)}, reader=reader) if old else []
    return Publication(
        item=item,
        draft=draft,
        before=before,
        changes=told,
        defects=sorted([*found, *stubborn_defects(draft)], key=lambda defect: not defect.is_blocking),
        counters=_counters(old, after, names),
        closing=[version for version in versions if _is_open(version, today)],
        earliest=earliest,
        suggested=suggested,
        seen=seen_of(item),
    )


def seen_of(item: Item) -> str:
    """The item as a page showed it; another value means that somebody changed it meanwhile."""
    return item.changed_at.isoformat()


def versions_of(item: Item) -> list[ItemVersion]:
    """All versions of an item by number, without their long columns."""
    rows = ItemVersion.objects.filter(item=item).order_by("number")
    return list(rows.only("item_id", "number", "state", "valid_from", "valid_to", "closed_on"))


def told_defects(stored: Iterable[Mapping[str, Any]]) -> list[rules.Defect]:
    """Defects as they were stored; what stops publication first."""
    return sorted(map(told_defect, stored), key=lambda defect: not defect.is_blocking)


def told_defect(stored: Mapping[str, Any]) -> rules.Defect:
    """One of them."""
    return rules.Defect.from_json(stored)


def stubborn_defects(draft: ItemVersion) -> list[rules.Defect]:
    """What only a new import can mend: it is not seen in the entry itself."""
    return [rules.Defect.from_json(one) for one in draft.defects if one["kind"].startswith("import_")]


def _earliest(published: Iterable[ItemVersion], today: date) -> date | None:
    """The first day the draft may begin on; None where nothing was ever published."""
    waiting = [
        version.valid_from
        for version in published
        if version.valid_from and version.valid_from > today and rules.is_in_force(version, version.valid_from)
    ]
    return max([today, *waiting]) if list(published) else None


def _is_open(version: ItemVersion, today: date) -> bool:
    last = rules.last_day(version)
    return last is None or last >= today


def _as_published(version: ItemVersion) -> dict[str, Any]:
    """Its entry, with the words of the form as they were written out for good."""
    entry = entry_of(version)
    return entry if version.form is None else {**entry, "form": version.form}


def _acceptors(entry: Mapping[str, Any]) -> list[str]:
    return [code for code in (entry["accepted_by"], *entry["also_accepted_by"]) if code]


def _names(entries: Iterable[Mapping[str, Any]], around: Known) -> dict[str, str]:
    """By code; those of bodies that have ended since are asked for, the others are known already."""
    codes = {code for entry in entries for code in (entry["organisation"], *_acceptors(entry))}
    codes |= {place["organisation"] for entry in entries for place in entry["places"]}
    living = {code: body["name"] for code in codes - {""} if (body := around.entry("organisations", code))}
    ended = sorted(codes - {""} - living.keys())
    return living | ({code: body.name for code, body in directory.organisations(ended).items()} if ended else {})


def _counters(before: Mapping[str, Any] | None, after: Mapping[str, Any], names: Mapping[str, str]) -> list[Counter]:
    new = list(dict.fromkeys(_acceptors(after)))
    old = _acceptors(before) if before else new
    kept = [Counter(names.get(code, code), "" if code in old else "added") for code in new]
    return [*kept, *(Counter(names.get(code, code), "removed") for code in old if code not in new)]
