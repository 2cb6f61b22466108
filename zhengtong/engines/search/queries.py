"""Search and suggest over any QuerySet that keeps the two columns; the caller has already put its scope into it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.contrib.postgres.search import SearchQueryField, SearchRank, SearchVectorField
from django.db.models import BooleanField, Case, F, Func, IntegerField, Model, QuerySet, Value, When
from django.db.models.functions import Cast, Length

from . import rules

M = TypeVar("M", bound=Model)
Synonyms = Mapping[str, Iterable[str]]


class Matches(Func):
    """vector @@ query"""

    template = "(%(expressions)s)"
    arg_joiner = " @@ "
    output_field = BooleanField()


class How(StrEnum):
    """How much of the question was met."""

    ALL = "all"
    PIECES = "pieces"
    ANY = "any"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Found(Generic[M]):
    """The rows, best first; how they were found; the words to mark in them."""

    rows: QuerySet[M]
    how: How
    words: tuple[str, ...]


def document(title: str, keywords: Iterable[str] = (), body: str = "") -> Cast:
    """The value of a row's document column."""
    return Cast(Value(rules.document(title, keywords, body)), SearchVectorField())


def pieces(title: str) -> Cast:
    """The value of a row's pieces column."""
    return Cast(Value(rules.pieces(title)), SearchVectorField())


def search(
    rows: QuerySet[M],
    text: str,
    *,
    synonyms: Synonyms | None = None,
    title: str = "name",
    document: str = "search_document",
    pieces: str = "search_pieces",
) -> Found[M]:
    """Rows that meet the whole question; else a stretch of a title; else any of its words."""
    asked = rules.query(text, synonyms)
    if not asked:
        return Found(rows.none(), How.NOTHING, ())
    attempts = (
        (How.ALL, document, asked.all),
        (How.PIECES, pieces, asked.all_pieces),
        (How.ANY, document, asked.any),
        (How.ANY, pieces, asked.any_piece),
    )
    for how, column, wanted in attempts:
        query = _query(wanted)
        found = rows.filter(Matches(F(column), query)) if wanted else rows.none()
        if found.exists():
            ranked = found.order_by(
                _closeness(title, asked.text), SearchRank(F(column), query).desc(), Length(title), "pk"
            )
            words = asked.words if column == document else (*asked.words, *asked.pairs)
            return Found(ranked, how, words)
    return Found(rows.none(), How.NOTHING, asked.words)


def suggestions(
    rows: QuerySet[Any],
    text: str,
    *,
    synonyms: Synonyms | None = None,
    title: str = "name",
    pieces: str = "search_pieces",
    limit: int = 8,
) -> list[str]:
    """What the person may be about to ask: known phrases that begin so, then titles that begin so or contain it."""
    asked = rules.normalise(text[: rules.LONGEST_QUERY])
    wanted = rules.query(text).all_pieces
    if not asked or not wanted:
        return []
    phrases = sorted((phrase for phrase in synonyms or {} if rules.normalise(phrase).startswith(asked)), key=len)
    titles = (
        rows.filter(Matches(F(pieces), _query(wanted)))
        .annotate(closeness=_closeness(title, asked))
        .order_by("closeness", Length(title), title)
        .values_list(title, flat=True)[:limit]
    )
    return list(dict.fromkeys([*phrases[: limit // 2], *titles]))[:limit]


def _query(text: str) -> Cast:
    return Cast(Value(text), SearchQueryField())


def _closeness(title: str, asked: str) -> Case:
    """0 for the title itself, 1 for a title that begins so, 2 for the others."""
    return Case(
        When(**{f"{title}__iexact": asked}, then=0),
        When(**{f"{title}__istartswith": asked}, then=1),
        default=2,
        output_field=IntegerField(),
    )
