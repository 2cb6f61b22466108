"""For load balancers and watchers: whether this process can serve."""

import logging

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

log = logging.getLogger(__name__)


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, 503 otherwise; tells strangers nothing more."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        state, status = "ok", 200
    except DatabaseError:
        log.warning("the database does not answer", exc_info=True)
        state, status = "unavailable", 503
    answer = {"status": state, "database": state}
    return JsonResponse(answer, status=status, headers={"Cache-Control": "no-store"})
