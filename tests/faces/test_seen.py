"""Every page in Chromium: nothing sticks out at 400 % zoom, nothing jumps, nothing waits for more than it needs."""

import gzip
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tests.faces import seen
from tests.sites import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

# What the page moved by itself, without anybody's doing; kept over the swaps of htmx.
MOVED = """window.moved = [];
new PerformanceObserver(list => window.moved.push(...list.getEntries().map(e =>
    [e.value, ...e.sources.map(s => s.node && s.node.outerHTML && s.node.outerHTML.slice(0, 80))])))
    .observe({type: 'layout-shift', buffered: true});"""
TOLD = """() => ({
    sticksOut: document.documentElement.scrollWidth > innerWidth
        ? [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
            .slice(0, 3).map(e => e.outerHTML.slice(0, 120)) : null,
    blocking: [...document.querySelectorAll('head script[src]:not([defer]):not([async]):not([type=module])')]
        .map(e => e.src),
    foreign: performance.getEntriesByType('resource').map(e => e.name).filter(n => !n.startsWith(location.origin)),
    moved: window.moved,
})"""
# 320 px is what a window of 1,280 px leaves at 400 % zoom, and narrower than 200 % ever leaves.
NARROW = 320
MOST_REQUESTS = 24
MOST_BYTES = {False: 75_000, True: 130_000}
# What is called good, for a page while it loads on a busy machine; nothing at all where htmx brings something.
MOST_MOVED = 0.1


def test_every_page_reflows_and_asks_for_little(chromium: "Browser", district_site: Site) -> None:
    faults: dict[str, Any] = {}
    pages = sorted(seen.pages(), key=lambda page: page.login)
    assert len(pages) > 40
    for login, theirs in groupby(pages, key=lambda page: page.login):
        with seen.tab_of(chromium, district_site, login, width=NARROW, script=MOVED) as tab:
            faults |= _faults(tab, theirs)
    assert not faults, "\n".join(f"{path}: {found}" for path, found in faults.items())


def _faults(tab: "Page", pages: Iterable[seen.Seen]) -> dict[str, Any]:
    """What is wrong with each page; the first is opened by a browser that has never been here."""
    answers: dict[str, Response] = {}
    tab.on("response", lambda answer: answers.update({answer.url: answer}))
    found: dict[str, Any] = {}
    for page in pages:
        answers.clear()
        tab.goto(page.path)
        told = {key: value for key, value in tab.evaluate(TOLD).items() if value}
        if sum(share for share, *_ in told.get("moved", ())) < MOST_MOVED:
            told.pop("moved", None)
        if told := told | _weight(page.path, list(answers.values())):
            found[page.path] = told
    return found


def _weight(path: str, answers: "list[Response]") -> dict[str, Any]:
    """What was sent too much, compressed as a web server in front sends it."""
    sent = [answer for answer in answers if answer.request.sizes()["responseBodySize"] > 0]
    size = sum(len(gzip.compress(answer.body(), 9)) for answer in sent)
    faults = {"requests": len(answers), "bytes": size}
    most = {"requests": MOST_REQUESTS, "bytes": MOST_BYTES[path.startswith("/desk")]}
    return {key: value for key, value in faults.items() if value > most[key]}


def test_what_htmx_brings_moves_nothing(chromium: "Browser", district_site: Site) -> None:
    with seen.tab_of(chromium, district_site, "", script=MOVED) as tab:
        tab.goto("/items/")
        tab.locator("#items-search").fill("食品")
        tab.get_by_role("option").first.wait_for()
        tab.wait_for_function("() => !document.querySelector('.htmx-request, .htmx-settling')")
        assert tab.evaluate("window.moved") == []
