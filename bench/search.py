"""Finding a guide among twenty thousand: the search itself, the page around it and the suggestions while typing."""

import argparse
import asyncio
import csv
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench.ground import catalogue, facts, guides, load, pages
from bench.ground.facts import percentile, say, target
from bench.ground.server import SETTINGS, Ground
from zhengtong.main.places import ROOT

GUIDES, QUESTIONS = 20_000, 500
READERS = (1, 16)
# The search itself; the page around it may take what the other pages of the portal take.
MOST_MS = 50.0
PAGE_MOST_MS = {1: 60.0, 16: 250.0}
EVERYDAY = ROOT / "tests/topics/items/everyday.tsv"


def run(argv: list[str]) -> int:
    """Measure; exit 1 when a target was missed."""
    parser = argparse.ArgumentParser(prog="zt bench search")
    parser.add_argument("--guides", type=int, default=GUIDES)
    parser.add_argument("--seconds", type=float, default=10, help="for each page and number of readers")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 2, help="web server processes")
    parser.add_argument("--small", action="store_true", help="a smoke test: few guides, short rounds, no targets")
    options = parser.parse_args(argv)
    if options.small:
        options.guides, options.seconds, options.workers = 300, 0.5, 1
    with Ground("bench_search") as ground:
        result = facts.facts(SETTINGS, ground.server.binaries.version)
        catalogue.prepare(ground, options.guides)
        result |= {"guides": options.guides, "questions": QUESTIONS, "workers": options.workers}
        result |= _measure(ground, options)
        ground.drop(ground.name)
    if options.small:
        result["targets"] = {}
    return facts.tell("search", result)


def _measure(ground: Ground, options: argparse.Namespace) -> dict[str, Any]:
    import django

    django.setup()
    from django.db import connections

    asked = guides.questions(QUESTIONS)
    told: dict[str, Any] = {"search itself": {}, "everyday phrases": _everyday()}
    targets = {}
    # A worker carries one page at a time: with sixteen readers as many searches run at once as there are workers.
    for asking in sorted({1, options.workers}):
        say(f"the search itself, {asking} at once")
        searched = _searched(asked, asking, rounds=1 if options.small else 3)
        told["search itself"][f"{asking} at once"] = searched
        targets[f"search p95_ms, {asking} at once"] = target(searched["p95_ms"], at_most=MOST_MS)
    connections.close_all()
    connections["default"].close_pool()  # type: ignore[attr-defined]
    addresses = {
        "page": [f"/items/?{pages.urlencode({'q': text})}" for text in asked],
        "suggestions": [f"/items/suggest/?{pages.urlencode({'q': text})}" for text in _typed(asked)],
    }
    with ground.served(workers=options.workers) as url:
        for name, paths in addresses.items():
            callers = [pages.reader(url, "", paths[at * 31 :] + paths[: at * 31]) for at in range(max(READERS))]
            asyncio.run(load.knock(url, callers, min(1, options.seconds), wanted=200))
            for readers in READERS:
                say(f"{name}, {readers} reading")
                read = asyncio.run(load.knock(url, callers[:readers], options.seconds, wanted=200))
                told.setdefault(name, {})[f"{readers} reading"] = read
                targets[f"{name} p95_ms at {readers}"] = target(read["p95_ms"], at_most=PAGE_MOST_MS[readers])
                targets[f"{name} errors at {readers}"] = target(read["errors"], at_most=0)
    return {**told, "targets": targets}


def _search(text: str) -> None:
    """What the page asks of the search: the first twenty rows, one more to know whether there are others."""
    from zhengtong.topics.items import queries as items

    list(items.search_items(text).rows[:21])


def _searched(asked: list[str], readers: int, *, rounds: int) -> dict[str, Any]:
    """How long each search took, so many at a time."""
    times = _timed(_search, asked * rounds, readers)
    by_text: dict[str, list[float]] = {}
    for text, took in zip(asked * rounds, times, strict=True):
        by_text.setdefault(text, []).append(took)
    slowest = sorted(((min(took), text) for text, took in by_text.items()), reverse=True)[:12]
    commonest = [took for text in guides.COMMONEST for took in by_text[text]]
    return {
        "searches": len(times),
        **{f"p{share}_ms": round(1_000 * percentile(times, share / 100), 2) for share in (50, 95, 99)},
        "max_ms": round(1_000 * max(times), 2),
        "commonest p95_ms": round(1_000 * percentile(commonest, 0.95), 2),
        "slowest": {text: round(1_000 * took, 1) for took, text in slowest},
    }


def _timed(work: Callable[[str], None], asked: list[str], readers: int) -> list[float]:
    def timed(text: str) -> float:
        began = time.perf_counter()
        work(text)
        return time.perf_counter() - began

    with ThreadPoolExecutor(readers) as pool:
        # Connections, dictionaries and statements are there before the clock starts.
        list(pool.map(timed, asked[: readers * 4]))
        return list(pool.map(timed, asked))


def _typed(asked: list[str]) -> list[str]:
    """The questions as somebody is still typing them."""
    return [text[: 1 + serial % 5] for serial, text in enumerate(asked)]


def _everyday() -> dict[str, Any]:
    """How many of the everyday phrases find their item among so many others."""
    from zhengtong.topics.items import queries as items

    with EVERYDAY.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    shown = [(row, items.search_items(row["phrase"]).rows.values_list("item__code", flat=True)[:3]) for row in rows]
    lost = [row["phrase"] for row, codes in shown if not set(row["items"].split()) & set(codes)]
    return {"phrases": len(rows), "in the top three": len(rows) - len(lost), "lost": lost}
