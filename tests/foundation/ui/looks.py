"""How a page may look, and what axe has against it."""

from typing import TYPE_CHECKING, Any

import pytest

from zhengtong.main.places import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = ROOT / "node_modules/axe-core/axe.min.js"
LOOKS = ("light.standard.on", "dark.standard.on", "light.elder.on", "dark.elder.on")
WIDTHS = (1440, 390)
# The innermost elements that reach beyond the right edge, where the page as a whole does.
STICKING_OUT = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll('main *, header *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .filter((e, _, all) => !all.some(other => other !== e && e.contains(other))).map(e => e.outerHTML.slice(0, 120))"""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(tab: "Page", *, enhanced: bool = False) -> list[str]:
    """Each fault with the element that has it; `enhanced` asks for AAA contrast."""
    if not AXE.exists():
        pytest.skip("axe-core is not there: npm ci")
    tab.evaluate(AXE.read_text("utf-8"))
    rules = {"color-contrast-enhanced": {"enabled": enhanced}}
    found: dict[str, Any] = tab.evaluate("options => axe.run(document, options)", {"runOnly": TAGS, "rules": rules})
    faults = [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]]
    return faults + [f"wider than the window: {html}" for html in tab.evaluate(STICKING_OUT)]
