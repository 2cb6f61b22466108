"""Complete filings through the gateway beside pgbench with the same statements, on a million stored cases."""

import argparse
import asyncio
import json
import os
import urllib.request
from time import sleep, time
from typing import Any
from urllib.parse import urlencode

from bench.ground import district, facts, load, pages, yardstick
from bench.ground.facts import say, target
from bench.ground.server import HOME, SETTINGS, Ground

BODIES = 1_000
CITIZEN = "huangjianye"
# What makes the form of the demo as long as a usual one: about two kilobytes.
MORE = {
    "equipment": [
        {"equipment_name": f"{name}（按 GB/T 16739 配置）", "equipment_count": count}
        for count, name in enumerate(("举升机", "轮胎拆装机", "故障诊断仪", "车轮动平衡机", "四轮定位仪"), start=1)
    ],
    "technicians": [
        {"technician_name": name, "technician_post": post}
        for name, post in (("黄建业", "技术负责人"), ("钱世昌", "质量检验"), ("尹润生", "机修"), ("方志明", "机修"))
    ],
}
# connections → least share of pgbench's rate, most milliseconds of the 99th percentile
BY_PAGE, PAGE_CALLERS, DRAFTS_PER_SECOND = 100, 16, 400
PROMISED: dict[int, tuple[float, float | None]] = {16: (0.12, 60.0), 64: (0.25, None)}


def run(argv: list[str]) -> int:
    """Measure; exit 1 when a target was missed."""
    parser = argparse.ArgumentParser(prog="zt bench filing")
    parser.add_argument("--cases", type=int, default=1_000_000, help="stored before we begin")
    parser.add_argument("--seconds", type=int, default=30, help="of one round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 2, help="web server processes")
    parser.add_argument("--small", action="store_true", help="a smoke test: few cases, short rounds, no targets")
    options = parser.parse_args(argv)
    if options.small:
        options.cases, options.seconds, options.rounds, options.workers = 2_000, 2, 1, 1
    with Ground("bench_filing") as ground:
        result = facts.facts(SETTINGS, ground.server.binaries.version)
        district.prepare(ground, options.cases)
        result["stored_cases"] = options.cases
        result |= _measure(ground, options)
        say("zt audit verify")
        result["audit"] = ground.command("audit", "verify").strip()
        ground.drop(ground.name)
    if options.small:
        result["targets"] = {}
    return facts.tell("filing", result)


def _measure(ground: Ground, options: argparse.Namespace) -> dict[str, Any]:
    import django

    django.setup()
    from django.db import connections

    twin = f"{ground.name}_pgbench"
    filings, script_file = _filings(), HOME / "filing.sql"
    script_file.write_text(yardstick.script(filings[0]), "utf-8")
    bodies = HOME / "bodies.jsonl"
    bodies.write_text("".join(json.dumps(_body(filing), ensure_ascii=False) + "\n" for filing in filings), "utf-8")
    drafts = iter(pages.finished_drafts(CITIZEN, options.rounds * options.seconds * DRAFTS_PER_SECOND))
    cookie = pages.session(CITIZEN)
    connections.close_all()
    connections["default"].close_pool()  # type: ignore[attr-defined]
    ground.copy(ground.name, twin)
    rounds: dict[int, list[dict[str, Any]]] = {count: [] for count in PROMISED}
    by_page: list[dict[str, Any]] = []
    with ground.served(workers=options.workers) as url:
        token = _token(url)
        for turn in range(options.rounds):
            for count, told in rounds.items():
                say(f"round {turn + 1}, {count} connections")
                keys = f"{time():.0f}-{count}"
                filed = load.file_cases(
                    url, bodies=bodies, token=token, connections=count, seconds=options.seconds, run=keys
                )  # fmt: skip
                sql = yardstick.run(ground, script_file, name=twin, connections=count, seconds=options.seconds)
                told.append({"filed": filed, "pgbench": sql, "load": round(os.getloadavg()[0], 2)})
        say("waiting until the relay has told everything")
        _rest()
        for turn in range(options.rounds):
            say(f"round {turn + 1}, by the page")
            callers = [pages.filer(url, cookie, drafts) for _ in range(PAGE_CALLERS)]
            pressed = asyncio.run(load.knock(url, callers, options.seconds, wanted=303))
            by_page.append(pressed | {"per_second": pressed["requests"] / pressed["seconds"]})
    ground.drop(twin)
    return {
        "body_bytes": len(bodies.read_bytes().splitlines()[0]),
        "workers": options.workers,
        "rounds": rounds,
        "by_page": by_page,
        **_judged(rounds, by_page),
    }


def _rest() -> None:
    """A day's filings were just made in minutes; whoever files by the page does not meet what they leave to be told."""
    from zhengtong.foundation.outbox.relay import backlog

    while backlog():
        sleep(1)


def _judged(rounds: dict[int, list[dict[str, Any]]], by_page: list[dict[str, Any]]) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    targets: dict[str, Any] = {}
    for count, told in rounds.items():
        filed = facts.middle([one["filed"] for one in told], "per_second")
        sql = facts.middle([one["pgbench"] for one in told], "per_second")
        p99 = facts.middle([one["filed"] for one in told], "p99_ms")
        share, slowest = PROMISED[count]
        figures[f"{count} connections"] = {
            "filed_per_second": round(filed),
            "pgbench_per_second": round(sql),
            "p99_ms": p99,
        }
        targets[f"share_of_pgbench_at_{count}"] = target(filed / sql, at_least=share)
        if slowest:
            targets[f"p99_ms_at_{count}"] = target(p99, at_most=slowest)
        targets[f"errors_at_{count}"] = target(sum(one["filed"]["errors"] for one in told), at_most=0)
    pressed = facts.middle(by_page, "per_second")
    figures["by page"] = {"filed_per_second": round(pressed), "p99_ms": facts.middle(by_page, "p99_ms")}
    targets["per_second_by_page"] = target(pressed, at_least=BY_PAGE)
    targets["errors_by_page"] = target(sum(one["errors"] for one in by_page), at_most=0)
    return {"figures": figures, "targets": targets}


def _filings() -> list[Any]:
    """Applications of many firms for one item, about two kilobytes each, with three uploads."""
    from bench.ground.stored import checked
    from zhengtong.foundation.accounts import queries as accounts
    from zhengtong.topics.cases.actions import Channel, Filing, Provided

    actor = accounts.actor_for(accounts.account(district.CLIENT))
    pattern = checked(district.FILED, produces_hazardous_waste=False, waste_measures=None)
    uploads = district.files_of_client(district.FILES)
    codes = [part.code for part in pattern.materials]
    return [
        Filing(
            actor=actor,
            item=pattern.item.id,
            applicant=firm,
            answers=pattern.filing.answers | MORE | {"entity_name": name},
            materials=tuple(Provided(c, file=uploads[(i * 3 + n) % len(uploads)]) for n, c in enumerate(codes)),
            channel=Channel.API,
            division=pattern.filing.division,
        )
        for i, (firm, name) in enumerate(district.firms(BODIES))
    ]


def _body(filing: Any) -> dict[str, Any]:
    return {
        "item": district.FILED,
        "applicant": str(filing.applicant),
        "division": filing.division,
        "answers": filing.answers,
        "materials": [{"code": part.code, "file": str(part.file)} for part in filing.materials],
    }


def _token(url: str) -> str:
    from zhengtong.main.scene.reading import read

    said = {"grant_type": "client_credentials", "client_id": district.CLIENT, "client_secret": read().cast["password"]}
    request = urllib.request.Request(f"{url}/api/v1/oauth/token", urlencode(said).encode())
    with urllib.request.urlopen(request, timeout=30) as answer:
        return str(json.load(answer)["access_token"])
