"""The catalogue of components: nothing is missing from it, and every example holds in every look."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.template.library import Library

from tests import story
from tests.faces.desk.desks import CLERK, MOST_QUERIES, Desk, words
from tests.foundation.ui.looks import LOOKS, WIDTHS, violations
from tests.sites import Site
from zhengtong.faces.desk.components import GROUPS
from zhengtong.faces.desk.components.samples import ITEM_300, NAME_50, RARE_NAME
from zhengtong.faces.desk.components.shape import Component
from zhengtong.foundation.ui.templatetags import ui, ui_figures, ui_forms
from zhengtong.main.places import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATH = "/desk/components/"
PAGES = [PATH, *(f"{PATH}{group.slug}/" for group in GROUPS)]
LIBRARIES: tuple[Library, ...] = (ui.register, ui_forms.register, ui_figures.register)
COMPONENTS = [component for group in GROUPS for component in group.components]


def shown(kind: str) -> list[str]:
    return [component.name for component in COMPONENTS if component.kind == kind]


def missing() -> set[str]:
    """What is registered and has no example, or has one and is not registered."""
    tags = {name for library in LIBRARIES for name in library.tags}
    filters = {name for library in LIBRARIES for name in library.filters}
    return (tags ^ set(shown("tag"))) | (filters ^ set(shown("filter")))


def test_every_component_has_its_examples() -> None:
    assert missing() == set()
    assert not [name for name, count in Counter(component.name for component in COMPONENTS).items() if count > 1]


def test_a_new_component_without_an_example_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ui.register.tags, "new_thing", lambda parser, token: None)
    assert missing() == {"new_thing"}


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.name)
def test_an_example_uses_what_it_shows(component: Component) -> None:
    assert component.purpose
    assert component.examples
    assert all(example.state for example in component.examples)
    assert re.search(rf"\b{component.name}\b", component.examples[0].source)


def test_styles_named_in_examples_are_defined() -> None:
    sheets = [
        *(ROOT / "zhengtong/foundation/ui/static/ui").glob("*.css"),
        *(ROOT / "zhengtong/faces/desk").rglob("*.css"),
    ]
    css = "".join(path.read_text("utf-8") for path in sheets)
    sources = "".join(example.source for component in COMPONENTS for example in component.examples)
    named = {name for found in re.findall(r'class="([^"]*)"', sources) for name in re.findall(r"[\w-]+", found)}
    assert not {name for name in named if name.startswith(("zt-", "components-")) and f".{name}" not in css}


def test_the_longest_and_the_rarest_are_among_them() -> None:
    assert len(NAME_50) == 50 and "\u00b7" in NAME_50
    assert len(ITEM_300) == 300
    assert {"㼆", "䶮"} < set(RARE_NAME) and sum(ord(sign) > 0xFFFF for sign in RARE_NAME) == 2


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_catalogue(path: str) -> None:
    clerk = Desk(CLERK)
    html = clerk.page(path)
    assert not [name for name, count in Counter(re.findall(r'\sid="([^"]+)"', html)).items() if count > 1]
    assert clerk.queries(path) <= MOST_QUERIES
    said = words(html)
    for group in GROUPS:
        assert group.title in said
        if group.slug in path:
            assert group.lead in said
            assert all(component.purpose in said for component in group.components)
            assert sum(text in said for text in (NAME_50, RARE_NAME, ITEM_300)) >= 2


@pytest.mark.usefixtures("district")
def test_the_examples_change_nothing() -> None:
    clerk = Desk(CLERK)
    for path in PAGES:
        assert clerk.post(path, {"reason": "不办了"}).status_code == 200
    addresses = set(re.findall(r'<form[^>]* action="([^"]*)"', "".join(clerk.page(path) for path in PAGES)))
    assert addresses == {".", "#search_box", "/desk/cases/", "/preferences/", "/desk/accounts/sign-out/"}


@pytest.fixture
def tabs(chromium: "Browser", district_site: Site) -> "Iterator[dict[str, Page]]":
    """A tab of a clerk in each look."""
    door = chromium.new_context(base_url=district_site.url, locale="zh-CN")
    tab = door.new_page()
    tab.goto("/desk/accounts/sign-in/")
    tab.fill("#login", CLERK)
    tab.fill("#password", story.PASSWORD)
    with tab.expect_navigation():
        tab.press("#password", "Enter")
    contexts = [door]
    opened = {}
    for look in LOOKS:
        context = chromium.new_context(
            base_url=district_site.url, locale="zh-CN", timezone_id="Asia/Shanghai", storage_state=door.storage_state()
        )
        context.add_cookies([{"name": "zt_look", "value": look, "url": district_site.url}])
        contexts.append(context)
        opened[look] = context.new_page()
    yield opened
    for context in contexts:
        context.close()


def test_accessible_in_every_look_and_width(tabs: "dict[str, Page]") -> None:
    faults = {}
    for turn, (look, tab) in enumerate(tabs.items()):
        for number, path in enumerate(PAGES):
            tab.goto(path)
            # Every page in every look, the two widths by turns.
            for width in WIDTHS[(turn + number) % 2 :: 2]:
                tab.set_viewport_size({"width": width, "height": 900})
                # The error summary has scrolled the page: what is half under the head of the page is no small target.
                tab.evaluate("scrollTo(0, 0)")
                if found := violations(tab, enhanced="elder" in look):
                    faults[f"{path} {look} {width}"] = found
    assert not faults


def test_on_paper_and_by_the_contents(tabs: "dict[str, Page]") -> None:
    tab = tabs[LOOKS[0]]
    tab.set_viewport_size({"width": 794, "height": 1123})  # A4
    tab.goto(f"{PATH}print/")
    assert tab.get_by_text("以网上查到的为准").first.is_hidden()
    tab.emulate_media(media="print")
    assert tab.locator(".components-stage").get_by_text("以网上查到的为准").is_visible()
    assert tab.locator(".components-stage").get_by_text("这段话只在屏幕上").is_hidden()
    assert tab.locator(".zt-desk-side").is_hidden()
    tab.goto(f"{PATH}lists/")
    assert not tab.evaluate("document.documentElement.scrollWidth > innerWidth")
    tab.emulate_media(media="screen")
    tab.get_by_role("navigation", name="本页的组件").get_by_role("link", name="timeline").click()
    assert tab.evaluate("document.querySelector(':target').id") == "timeline"
    tab.goto(f"{PATH}forms/")
    assert tab.evaluate("document.activeElement.className") == "zt-error-summary"
