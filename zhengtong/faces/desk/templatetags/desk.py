"""`{% load desk %}`: the sentence after a redirect."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.translation import gettext as _

from zhengtong.faces.desk.said import said_to

register = template.Library()


@register.inclusion_tag("desk/_said.html", takes_context=True)
def said(context: RequestContext) -> dict[str, Any]:
    """What the last step came to, if the address says so."""
    found = said_to(context["request"])
    return {"text": _(found.text) if found else "", "tone": str(found.tone) if found else ""}
