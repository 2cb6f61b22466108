"""`{% load desk %}`: the sentence after a redirect, and whether somebody holds a permission at all."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.translation import gettext as _

from zhengtong.faces.desk.said import SENTENCES
from zhengtong.foundation.access import Actor
from zhengtong.foundation.ui.formats import duration
from zhengtong.foundation.ui.said import said_to

register = template.Library()
register.filter("duration", duration)


@register.inclusion_tag("desk/_said.html", takes_context=True)
def said(context: RequestContext) -> dict[str, Any]:
    """What the last step came to, if the address says so."""
    found = said_to(context["request"], SENTENCES)
    return {"text": _(found.text) if found else "", "tone": str(found.tone) if found else ""}


@register.filter
def may(actor: Actor, permission: str) -> bool:
    """Whether the actor holds the permission anywhere; for what a page offers, never for rows."""
    return actor.may(permission)
