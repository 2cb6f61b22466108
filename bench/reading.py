"""My cases, a case's page and the desk's inbox, read by one and by sixteen at once among a million cases."""

import argparse
import asyncio
import os
from typing import Any

from bench.ground import district, facts, load, pages
from bench.ground.facts import say, target
from bench.ground.server import SETTINGS, Ground

CITIZEN, CLERK, REVIEWER = "chenzhiyuan", "zhoumin", "zhengweidong"
READERS = (1, 16)
MOST_MS = {1: 60.0, 16: 250.0}
MOST_QUERIES = 12


def run(argv: list[str]) -> int:
    """Measure; exit 1 when a target was missed."""
    parser = argparse.ArgumentParser(prog="zt bench reading")
    parser.add_argument("--cases", type=int, default=1_000_000, help="stored before we begin")
    parser.add_argument("--seconds", type=float, default=10, help="for each page and number of readers")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 2, help="web server processes")
    parser.add_argument("--small", action="store_true", help="a smoke test: few cases, short rounds, no targets")
    options = parser.parse_args(argv)
    if options.small:
        options.cases, options.seconds, options.workers = 2_000, 1, 1
    with Ground("bench_reading") as ground:
        result = facts.facts(SETTINGS, ground.server.binaries.version)
        district.prepare(ground, options.cases)
        result |= {"stored_cases": options.cases, "item_types": district.TYPES, "workers": options.workers}
        result |= _measure(ground, options)
        ground.drop(ground.name)
    if options.small:
        result["targets"] = {}
    return facts.tell("reading", result)


def _measure(ground: Ground, options: argparse.Namespace) -> dict[str, Any]:
    import django

    django.setup()
    from django.db import connections

    asked = _pages()
    counted = {name: pages.queries_of(login, paths[0]) for name, (login, paths) in asked.items()}
    cookies = {login: pages.session(login) for login, _ in asked.values()}
    connections.close_all()
    connections["default"].close_pool()  # type: ignore[attr-defined]
    told: dict[str, dict[str, Any]] = {name: {"queries": counted[name]} for name in asked}
    targets = {f"{name} queries": target(most, at_most=MOST_QUERIES) for name, most in counted.items()}
    with ground.served(workers=options.workers) as url:
        for name, (login, paths) in asked.items():
            callers = [pages.reader(url, cookies[login], paths[at:] + paths[:at]) for at in range(max(READERS))]
            asyncio.run(load.knock(url, callers, 1, wanted=200))
            for readers in READERS:
                say(f"{name}, {readers} reading")
                read = asyncio.run(load.knock(url, callers[:readers], options.seconds, wanted=200))
                told[name][f"{readers} reading"] = read
                targets[f"{name} p95_ms at {readers}"] = target(read["p95_ms"], at_most=MOST_MS[readers])
                targets[f"{name} errors at {readers}"] = target(read["errors"], at_most=0)
    return {"pages": told, "targets": targets}


def _pages() -> dict[str, tuple[str, list[str]]]:
    """Name → who reads which addresses in turn."""
    from zhengtong.engines.tasks import queries as tasks
    from zhengtong.foundation.accounts import queries as accounts
    from zhengtong.topics.cases import queries as cases

    def actor(login: str) -> Any:
        return accounts.actor_for(accounts.account(login))

    mine = list(cases.cases_of(actor(CITIZEN)).values_list("number", flat=True)[:40])
    waiting = list(tasks.tasks_for(actor(CLERK)).values_list("number", flat=True)[:40])
    names = list(cases.cases_on_desk(actor(REVIEWER)).values_list("applicant_name", flat=True)[:10])
    return {
        "my cases": (CITIZEN, ["/cases/", "/cases/?heap=ended"]),
        "my case": (CITIZEN, [f"/cases/{number}/" for number in mine]),
        "inbox of a clerk": (CLERK, ["/desk/"]),
        "inbox of a reviewer": (REVIEWER, ["/desk/"]),
        "case at the desk": (CLERK, [f"/desk/cases/{number}/" for number in waiting]),
        "cases of a department": (REVIEWER, ["/desk/cases/"]),
        "cases found by name": (REVIEWER, [f"/desk/cases/?{pages.urlencode({'q': name})}" for name in names]),
    }
