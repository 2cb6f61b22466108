"""Search and suggest over any QuerySet that keeps the two columns; the caller has already put its scope into it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import add
from time import monotonic
from typing import Any, Generic, TypeVar

from django.contrib.postgres.search import SearchQueryField, SearchRank, SearchVectorField
from django.db import connection
from django.db.models import BooleanField, Case, Expression, F, Func, IntegerField, Model, QuerySet, Value, When
from django.db.models.functions import Cast, Greatest, Length

from . import rules

M = TypeVar("M", bound=Model)
Synonyms = Mapping[str, Iterable[str]]
# Ten pages; who has not found it by then asks in other words.
MOST_FOUND = 200
# Of the body, of nothing, of the keywords (there stands what people say), of the title.
WEIGHTS = [0.1, 0.2, 0.7, 1.0]
ALIKE, ALSO = 0.8, 0.2


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
    """The best rows, best first; how they were found; the words to mark in them."""

    rows: QuerySet[M]
    how: How
    words: tuple[str, ...]


def document(title: str, keywords: Iterable[str] = (), body: str = "") -> Cast:
    """The value of a row's document column."""
    return Cast(Value(rules.document(title, keywords, body)), SearchVectorField())


def pieces(title: str, also: Iterable[str] = ()) -> Cast:
    """The value of a row's pieces column."""
    return Cast(Value(rules.pieces(title, also)), SearchVectorField())


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
    for attempt in _attempts(asked, commonness(rows.model, document), title, document, pieces):
        if not attempt.wanted:
            continue
        met = rows.filter(Matches(F(attempt.column), _query(attempt.wanted))).order_by(*attempt.order)
        first = list(met.values_list("pk", flat=True)[:MOST_FOUND])
        if first:
            words = asked.words if attempt.column == document else (*asked.words, *asked.pairs)
            place = Func(Value(first), F("pk"), function="array_position", output_field=IntegerField())
            return Found(rows.filter(pk__in=first).order_by(place), attempt.how, words)
    return Found(rows.none(), How.NOTHING, asked.words)


@dataclass(frozen=True)
class _Attempt:
    how: How
    column: str
    wanted: str
    order: tuple[Any, ...]


def _attempts(
    asked: rules.Query, known: rules.Commonness, title: str, document: str, pieces: str
) -> Iterator[_Attempt]:
    """Ways to look, the strictest first; each is asked only when the ones before it found nothing."""
    close, short = _closeness(title, asked.text), Length(title)
    if asked.is_common(known):
        # What nearly every row says means something in a title only, and the shortest is about that alone. A single
        # word of this kind is met soon by walking an index of (length of title, key).
        order = (short, "pk") if len(asked.words) == 1 else (close, short, "pk")
        yield _Attempt(How.ALL, pieces, asked.all_in_title, order)
        yield _Attempt(How.ALL, document, asked.all, (close, short, "pk"))
        yield _Attempt(How.ANY, pieces, asked.any_piece, (close, short, "pk"))
        return
    worth = _worth(asked, known, document)
    yield _Attempt(How.ALL, document, asked.all, (close, worth, short, "pk"))
    yield _Attempt(How.PIECES, pieces, asked.all_pieces, (close, short, "pk"))
    yield _Attempt(How.ANY, document, asked.any_of(asked.telling(known)), (worth, short, "pk"))
    alike = SearchRank(F(pieces), _query(asked.any_piece)).desc()
    yield _Attempt(How.ANY, pieces, asked.any_piece, (alike, short, "pk"))


_SECONDS_KNOWN = 60.0
_known: dict[tuple[str, ...], tuple[float, rules.Commonness]] = {}


def commonness(model: type[Model], column: str) -> rules.Commonness:
    """What PostgreSQL's own statistics say of the words of a column; nothing where it has not looked yet."""
    key = (str(connection.settings_dict["NAME"]), model._meta.db_table, column)
    at, held = _known.get(key, (0.0, rules.Commonness()))
    if at and monotonic() - at < _SECONDS_KNOWN:
        return held
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.reltuples, s.most_common_elems::text::text[], s.most_common_elem_freqs FROM pg_stats s "
            "JOIN pg_class c ON c.oid = to_regclass(quote_ident(s.tablename)) "
            "WHERE s.schemaname = current_schema() AND s.tablename = %s AND s.attname = %s",
            key[1:],
        )
        found = cursor.fetchone()
    held = rules.Commonness()
    if found and found[1]:
        rows, words, shares = found
        # After the words' own shares stand their least, their most and that of empty rows.
        held = rules.Commonness(rows, dict(zip(words, shares, strict=False)), min(shares[: len(words)]))
    _known[key] = (monotonic(), held)
    return held


def forget_commonness() -> None:
    """Ask PostgreSQL again next time."""
    _known.clear()


def _worth(asked: rules.Query, known: rules.Commonness, document: str) -> Expression:
    """Each part of the question by how rare its words are, and by where in the row they or their like stand."""

    def of(alternatives: tuple[rules.Lexemes, ...]) -> Expression:
        own, *others = (SearchRank(F(document), _query(asked.any_of(words)), weights=WEIGHTS) for words in alternatives)
        weight = Value(max(map(known.weight, alternatives[0])))
        if not others:
            return own * weight
        # The best of them counts; to meet several is better than to meet one.
        alike = [each * Value(ALIKE) for each in others]
        return (Greatest(own, *alike) + reduce(add, [own, *alike]) * Value(ALSO)) * weight

    return reduce(add, map(of, asked.groups)).desc()


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
