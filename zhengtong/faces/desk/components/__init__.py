"""The living catalogue of components: what every page is made of, drawn by the same tags that pages use.

A group per page; its examples are data (`words`, `lists`, `forms`, `notices`, `navigation`, `figures`, `printing`).
"""

from dataclasses import dataclass
from functools import cache
from pprint import pformat

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import RequestContext, Template
from django.urls import reverse

from zhengtong.foundation.refusals import NotFound
from zhengtong.foundation.ui import Tab

from ..people import worker
from . import figures, forms, lists, navigation, notices, printing, words
from .shape import Component, Example

GROUPS = (words.GROUP, lists.GROUP, forms.GROUP, notices.GROUP, navigation.GROUP, figures.GROUP, printing.GROUP)
WRITTEN = {"tag": "{{% {} %}}", "filter": "|{}", "style": ".{}"}


@dataclass(frozen=True)
class Drawn:
    """An example as the page shows it: drawn, and how its values are written."""

    example: Example
    html: str
    data: str


@dataclass(frozen=True)
class Part:
    """A component with its examples, and its name as one writes it."""

    component: Component
    written: str
    examples: list[Drawn]


def overview(request: HttpRequest) -> HttpResponse:
    """GET /desk/components/"""
    worker(request)
    return render(request, "desk/components/overview.html", {"catalogue": GROUPS, "tabs": _tabs("")})


def group(request: HttpRequest, group: str) -> HttpResponse:
    """GET /desk/components/<group>/; the examples' own forms and links lead back here and change nothing."""
    worker(request)
    found = next((one for one in GROUPS if one.slug == group), None)
    if found is None:
        raise NotFound
    parts = [
        Part(
            component,
            WRITTEN[component.kind].format(component.name),
            [Drawn(example, draw(example, request), data_of(example)) for example in component.examples],
        )
        for component in found.components
    ]
    context = {"group": found, "parts": parts, "tabs": _tabs(group)}
    return render(request, "desk/components/group.html", context)


def _tabs(slug: str) -> list[Tab]:
    return [Tab(one.title, reverse("desk-component-group", args=[one.slug]), one.slug == slug) for one in GROUPS]


@cache
def _compiled(source: str) -> Template:
    return Template("{% load i18n ui ui_forms ui_figures %}" + source)


def draw(example: Example, request: HttpRequest) -> str:
    """The example as any page would draw it."""
    return str(_compiled(example.source).render(RequestContext(request, dict(example.values)))).strip()


def data_of(example: Example) -> str:
    """How the values that the example names are written."""
    told = example.values if example.told is None else example.told
    return "\n".join(f"{name} = {pformat(value, width=100, sort_dicts=False)}" for name, value in told.items())
