"""How the columns of a declared table draw what is more than a word."""

from datetime import date, datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from .templatetags import ui

NOTHING = format_html('<span class="zt-muted">{}</span>', "—")


def status(code: str) -> SafeString:
    """The tag of a declared status."""
    return ui.status_tag(code)


def tag(text: str, tone: str = "neutral", icon: str = "circle") -> SafeString:
    """A word in its tone."""
    return ui.tag(text, tone, icon)


def moment(value: datetime | date | None, style: str = "moment") -> str:
    """A time, a day."""
    return ui.when(value, style) or NOTHING


def number(text: str) -> SafeString:
    """A number people read out."""
    return format_html('<span class="zt-number">{}</span>', text)


def light(found: Any, without: str = "") -> SafeString:
    """A deadline (due, left, state, is_provisional), or the words for having none."""
    if found is None:
        return format_html('<span class="zt-muted">{}</span>', without) if without else NOTHING
    return ui.deadline_light(found.due, found.left, state=found.state, is_provisional=found.is_provisional)


def muted(text: str) -> SafeString:
    """What matters less."""
    return format_html('<span class="zt-muted">{}</span>', text)
