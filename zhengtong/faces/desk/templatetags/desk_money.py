"""`{% load desk_money %}`: what a case costs, on the desk's page of the case."""

from typing import Any

from django import template
from django.template.context import RequestContext

from zhengtong.topics.payments import queries as payments

register = template.Library()


@register.inclusion_tag("desk/payments/_case.html", takes_context=True)
def case_bill(context: RequestContext, case: Any) -> dict[str, Any]:
    """The bill of a case; nothing, and no query, where the item is free."""
    return {"bill": payments.bill_of_case(context["actor"], case)}
