"""What people say, and what they should be shown: sixty phrases written by somebody who had not read the synonyms.

The phrases are frozen: search is improved by what holds for any question, never by teaching it these.
"""

import csv
from pathlib import Path

import psycopg

from bench.ground import catalogue, guides
from tests.databases import Clone
from zhengtong.engines.search import queries as search
from zhengtong.topics.items import queries

PHRASES = Path(__file__).with_name("everyday.tsv")
FIRST = 3
# Among the district's own items, and among three hundred and fifty neighbours that mean nearly the same.
WANTED, WANTED_AMONG_NEIGHBOURS = 0.95, 0.85


def missed() -> list[str]:
    """The phrases whose item is not among the first, with what was shown instead."""
    with PHRASES.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    assert len(rows) == 60
    told = []
    for row in rows:
        shown = dict(queries.search_items(row["phrase"]).rows.values_list("item__code", "name")[:FIRST])
        if row["items"] not in shown:
            told.append(f"{row['phrase']}: {row['items']} not in {list(shown.values())}")
    return told


def test_everyday_words_find_their_item_among_the_first_three(committed_district: Clone) -> None:
    told = missed()
    assert 1 - len(told) / 60 >= WANTED, "\n".join(told)
    catalogue.publish(guides.neighbours(), 0)
    # As autovacuum would soon: how common each word is stands in PostgreSQL's statistics.
    with psycopg.connect(committed_district.superuser, autocommit=True) as owner:
        owner.execute("ANALYZE items_itemversion")
    search.forget_commonness()
    told = missed()
    assert 1 - len(told) / 60 >= WANTED_AMONG_NEIGHBOURS, "\n".join([str(60 - len(told)), *told])
