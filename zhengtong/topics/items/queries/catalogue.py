"""Lists of items: what is open to the public, what keepers work on, and search."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from zhengtong.engines.search import queries as engine
from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, visible
from zhengtong.foundation.params.snapshots import Snapshot

from .. import access, rules  # noqa: F401 - access declares who may
from ..models import Item, ItemMaterial, ItemVersion, Synonym

BIG_COLUMNS = ("definition", "editorial", "form", "defects", "search_document", "search_pieces")


@dataclass(frozen=True)
class Published:
    """What to narrow the public list by; empty means all."""

    organisation: str = ""
    accepted_by: Collection[str] = ()
    audience: str = ""
    nature: str = ""
    type: str = ""
    event: str = ""
    channel: str = ""
    on_the_spot: bool | None = None


@dataclass(frozen=True)
class Found:
    """What a search found, best first, and the words to mark."""

    rows: QuerySet[ItemVersion]
    words: tuple[str, ...]
    how: str


def in_force(on: date | None = None) -> QuerySet[ItemVersion]:
    """The versions in force on a day."""
    day = on or clock.today()
    return ItemVersion.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=day), Q(closed_on=None) | Q(closed_on__gte=day), valid_from__lte=day
    ).exclude(state=ItemVersion.State.DRAFT)


def published_items(wanted: Published = Published(), *, on: date | None = None) -> QuerySet[ItemVersion]:
    """The items open to the public, as the versions in force, without their long columns."""
    rows = in_force(on).defer(*BIG_COLUMNS).annotate(code=F("item__code")).order_by("name", "pk")
    if wanted.organisation:
        rows = rows.filter(organisation=wanted.organisation)
    if wanted.accepted_by:
        codes = sorted(wanted.accepted_by)
        rows = rows.filter(Q(accepted_by__in=codes) | Q(also_accepted_by__overlap=codes))
    if wanted.audience:
        rows = rows.filter(audience__contains=[wanted.audience])
    if wanted.nature:
        rows = rows.filter(nature=wanted.nature)
    if wanted.type:
        rows = rows.filter(type=wanted.type)
    if wanted.event:
        rows = rows.filter(events__contains=[wanted.event])
    if wanted.channel:
        rows = rows.filter(channels__contains=[wanted.channel])
    if wanted.on_the_spot is not None:
        rows = rows.filter(case_type="on_the_spot" if wanted.on_the_spot else "promised")
    return rows


def departments_of_published() -> list[str]:
    """The codes of the bodies that have items open to the public."""
    return sorted(in_force().values_list("organisation", flat=True).distinct())


def shared_kinds() -> dict[str, str]:
    """The kinds of papers that more than one application may use, each by the name most items give it."""
    rows = ItemMaterial.objects.filter(version__in=in_force()).exclude(reuse_key="")
    named = rows.values_list("reuse_key", "name").annotate(count=Count("id")).order_by("count", "name")
    return dict(sorted((key, name) for key, name, _ in named))


def item(code: str) -> Item:
    """An item by its code, drafts and ended ones too."""
    found = Item.objects.select_related("published", "draft").filter(code=code).first()
    if found is None:
        raise rules.ItemUnknown(item=code)
    return found


def kept_items(actor: Actor, *, state: str = "", text: str = "", owner: str = "") -> QuerySet[Item]:
    """The items an actor may keep, for the desk."""
    rows = visible(actor, "items.view_drafts", Item.objects.select_related("published", "draft"))
    if state:
        rows = rows.filter(state=state)
    if owner:
        rows = rows.filter(owner=owner)
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(code__icontains=text))
    return rows.order_by("name", "pk")


def drafts(actor: Actor) -> QuerySet[ItemVersion]:
    """The draft versions of items the actor may keep."""
    return ItemVersion.objects.filter(state=ItemVersion.State.DRAFT, item__in=kept_items(actor)).select_related("item")


def _synonyms() -> dict[str, tuple[str, ...]]:
    rows = Synonym.objects.filter(ended_at=None)
    return {row.phrase: tuple(row.means) for row in rows}


synonyms_in_memory = Snapshot("synonyms", _synonyms)


def synonyms() -> dict[str, tuple[str, ...]]:
    """Phrases people say with the words they mean."""
    return synonyms_in_memory.get()


def search_items(text: str, wanted: Published = Published()) -> Found:
    """Items open to the public that answer a question in plain Chinese, best first."""
    found = engine.search(published_items(wanted), text, synonyms=synonyms())
    return Found(found.rows, found.words, found.how)


def suggest(prefix: str, *, limit: int = 8) -> list[str]:
    """What the person may be about to ask."""
    return engine.suggestions(in_force(), prefix, synonyms=synonyms(), limit=limit)


def search_text(entry: Mapping[str, Any]) -> tuple[str, Iterable[str], str]:
    """Title, keywords and body by which an item is found."""
    keywords = [entry["short_name"], *entry["keywords"], *entry["events"], entry["result"]["name"], entry["main_item"]]
    body = [
        entry["summary"],
        *entry["conditions"],
        *(row["name"] for row in entry["materials"] or ()),
        *(row["q"] for row in entry["questions"]),
        *(row["law"] for row in entry["basis"]),
        *entry["themes"]["person"],
        *entry["themes"]["entity"],
    ]
    return entry["name"], keywords, " ".join(body)
