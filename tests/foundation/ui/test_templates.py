"""What no template of ours may hold, and that every class and icon it names exists."""

import re
from pathlib import Path

import pytest

import zhengtong
from zhengtong.foundation import ui
from zhengtong.foundation.ui.icons import ICONS, SPRITE, sprite
from zhengtong.foundation.ui.slim import slim

ROOT = Path(zhengtong.__file__).parent
HERE = Path(ui.__file__).parent
TEMPLATES = sorted(path for path in ROOT.rglob("templates/**/*.html") if "static" not in path.parts)
BANNED = {
    r"\sstyle=": "no inline style: the content security policy refuses it; add a class",
    r"\son[a-z]+=": "no inline handler: the content security policy refuses it; add it to a module",
    r"<script(?![^>]*\ssrc=)": "no inline script: the content security policy refuses it",
    r"<style": "no style element: the content security policy refuses it",
    r"""(?:src|href)=["']?(?:https?:)?//""": "nothing from other hosts",
    r"data-bs-(?:toggle|target|dismiss)": "Bootstrap's JavaScript is not loaded: use <dialog>, <details>, popover",
    r"hx-on|hx-vals=.?js:": "htmx may not evaluate: the content security policy refuses it",
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_keeps_the_policy(path: Path) -> None:
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", path.read_text("utf-8"))
    for pattern, advice in BANNED.items():
        found = re.search(pattern, text)
        assert not found, f"{found[0] if found else ''}: {advice}"


def test_classes_of_our_own_are_defined() -> None:
    sheets = [*(HERE / "static/ui").glob("*.css"), *(ROOT / "faces").glob("*/static/*/*.css")]
    css = "".join(path.read_text("utf-8") for path in sheets)
    defined = set(re.findall(r"\.(zt-[a-z0-9-]+)", css))
    unknown = {}
    for path in TEMPLATES:
        text = re.sub(r"zt-[a-z-]+\{[{%]", "", path.read_text("utf-8"))
        for words in re.findall(r'class="([^"]*)"', text):
            for word in re.findall(r"\bzt-[a-z0-9-]+\b", re.sub(r"\{[{%].*?[}%]\}", " ", words)):
                if word not in defined and not word.endswith("-"):
                    unknown.setdefault(word, str(path.relative_to(ROOT)))
    assert not unknown


def test_icons_named_in_templates_exist() -> None:
    named = {name for path in TEMPLATES for name in re.findall(r'\{% icon "([a-z0-9-]+)"', path.read_text("utf-8"))}
    assert named <= set(ICONS)


def test_sprite_is_made_of_the_list() -> None:
    text = SPRITE.read_text("utf-8")
    assert re.findall(r'<symbol id="([a-z0-9-]+)"', text) == list(ICONS)
    assert len(set(ICONS)) == len(ICONS)
    package = ROOT.parent / "node_modules/@tabler/icons"
    if package.exists():
        assert text == sprite(package), "rebuild: python -m zhengtong.foundation.ui.icons node_modules/@tabler/icons"


def test_slim_keeps_the_sheet_and_leaves_scripted_parts() -> None:
    sheet = (
        '@charset "UTF-8";:root{--bs-blue:#00f}.btn,.modal .btn{a:b}.modal{a:b}.input-group:not(.dropdown-menu)>a{a:b}'
        "@media (min-width:1px){.navbar{a:b}}@media print{.row{a:b}.toast{a:b}}@keyframes x{to{a:b}}"
    )
    assert slim(sheet) == (
        '@charset "UTF-8";:root{--bs-blue:#00f}.btn{a:b}.input-group:not(.dropdown-menu)>a{a:b}'
        "@media print{.row{a:b}}@keyframes x{to{a:b}}"
    )
