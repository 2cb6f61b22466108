"""The hidden key that makes a form count once, however often it is sent."""

from uuid import UUID

from django.http import HttpRequest

from zhengtong.foundation.codes import uuid7

FIELD = "idempotency_key"


def once_key(request: HttpRequest) -> str:
    """The key to print into the form: a new one, or the one just sent: a failed check leaves it unused."""
    sent = request.POST.get(FIELD, "") if request.method == "POST" else ""
    try:
        return str(UUID(sent))
    except ValueError:
        return str(uuid7())
