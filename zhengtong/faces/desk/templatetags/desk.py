"""`{% load desk %}`: the sentence after a redirect, and whether somebody holds a permission at all."""

from typing import Any

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.utils.translation import gettext as _

from zhengtong.engines.notices import queries as notices
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


@register.simple_tag
def bridge() -> str:
    """Where the counter's devices answer on this machine; empty where the district has none."""
    return str(settings.BRIDGE)


@register.inclusion_tag("desk/notices/_told.html")
def told_about(number: str) -> dict[str, Any]:
    """How and when those whom a case concerns were told; on a page that has shown the case itself."""
    return {"told": notices.told_about(number)}


@register.inclusion_tag("desk/notices/_bell.html", takes_context=True)
def bell(context: RequestContext) -> dict[str, Any]:
    """What the desk has told me and I have not read."""
    actor = context["actor"]
    return {"is_shown": actor.is_staff, "unread": notices.unread_count(actor) if actor.is_staff else 0}


@register.filter
def may(actor: Actor, permission: str) -> bool:
    """Whether the actor holds the permission anywhere; for what a page offers, never for rows."""
    return actor.may(permission)
