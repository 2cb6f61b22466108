"""`{% load portal %}`: the sentence after a redirect, and search words marked in a text."""

import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhengtong.engines.notices import queries as notices
from zhengtong.faces.portal.said import SENTENCES
from zhengtong.foundation.ui.formats import duration
from zhengtong.foundation.ui.said import said_to

register = template.Library()
register.filter("duration", duration)


@register.inclusion_tag("portal/_said.html", takes_context=True)
def said(context: RequestContext) -> dict[str, Any]:
    """What the last step came to, if the address says so."""
    found = said_to(context["request"], SENTENCES)
    return {"text": _(found.text) if found else "", "tone": str(found.tone) if found else ""}


@register.inclusion_tag("portal/notices/_told.html")
def told_about(number: str) -> dict[str, Any]:
    """How and when those whom a case concerns were told; on a page that has shown the case itself."""
    return {"told": notices.told_about(number)}


@register.filter
def marked(text: str, words: Iterable[str]) -> SafeString:
    """The text with the words of the search marked."""
    wanted = sorted({word for word in words if len(word) > 1}, key=len, reverse=True)
    if not wanted:
        return format_html("{}", text)
    parts = re.split(f"({'|'.join(map(re.escape, wanted))})", text, flags=re.IGNORECASE)
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", part) if odd % 2 else part,) for odd, part in enumerate(parts))
    )
