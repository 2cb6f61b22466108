"""Every pair of colours that meets on a page is readable: AA in light and dark, AAA in the elder mode."""

import re
from pathlib import Path

import pytest

from zhengtong.foundation import ui

CSS = (Path(ui.__file__).parent / "static/ui/tokens.css").read_text("utf-8")
LIGHT = ':root,\n[data-bs-theme="light"]'
DARK = '[data-bs-theme="dark"]'
ELDER = '[data-mode="elder"]'
LOOKS = {
    "light": ([LIGHT], 4.5),
    "dark": ([LIGHT, DARK], 4.5),
    "elder": ([LIGHT, ELDER], 7.0),
    "dark elder": ([LIGHT, DARK, ELDER, DARK + ELDER], 7.0),
}
TONES = ("primary", "success", "warning", "danger", "info", "neutral")


def colours(selectors: list[str]) -> dict[str, str]:
    """The colours in force when these blocks apply one after the other."""
    found: dict[str, str] = {}
    for selector in selectors:
        block = re.search(rf"^{re.escape(selector)} \{{([^}}]*)\}}", CSS, re.M)
        assert block, selector
        found |= dict(re.findall(r"--zt-([a-z-]+): (#[0-9a-f]{6});", block[1]))
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("look", LOOKS)
def test_words_are_readable(look: str) -> None:
    selectors, least = LOOKS[look]
    named = colours(selectors)
    pairs = [(word, ground) for word in ("text", "muted", *TONES) for ground in ("bg", "surface", "sunken")]
    pairs += [(tone, f"{tone}-tint") for tone in TONES]
    pairs += [("text", f"{tone}-tint") for tone in TONES] + [("muted", f"{tone}-tint") for tone in TONES]
    pairs += [("on-colour", ground) for ground in ("primary", "primary-deep", "danger", "danger-deep", "success")]
    poor = {pair: round(ratio, 2) for pair in pairs if (ratio := contrast(named[pair[0]], named[pair[1]])) < least}
    assert not poor


@pytest.mark.parametrize("look", LOOKS)
def test_edges_of_controls_are_visible(look: str) -> None:
    named = colours(LOOKS[look][0])
    assert contrast(named["line-strong"], named["surface"]) >= 3
    assert contrast(named["line-strong"], named["bg"]) >= 3


def test_elder_mode_is_large() -> None:
    block = CSS[CSS.rindex(ELDER + " {\n  --zt-root") :]
    assert "--zt-root: 22px" in block
    assert "--zt-leading: 1.6" in block
    assert "--zt-target: 60px" in block
