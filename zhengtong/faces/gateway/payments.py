"""Where the payment provider tells of payments. Its contract, not ours: signed letters instead of tokens and keys."""

import os

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from zhengtong.foundation.access import system_actor
from zhengtong.foundation.links.paying import SECRET
from zhengtong.topics.payments import actions
from zhengtong.topics.payments.actions import Letter

from .problems import BodyTooLong, MethodUnfit

LONGEST = 16_384
LISTENER = system_actor("payment-provider", "payments.settle")


@csrf_exempt
def notified(request: HttpRequest) -> JsonResponse:
    """POST /api/payments/notifications: taken (200), or refused as a problem and sent again by the provider."""
    if request.method != "POST":
        raise MethodUnfit(method=request.method)
    if int(request.headers.get("Content-Length") or 0) > LONGEST or len(request.body) > LONGEST:
        raise BodyTooLong
    told = request.headers
    letter = Letter(
        told.get("X-Pay-Timestamp", ""), told.get("X-Pay-Nonce", ""), told.get("X-Pay-Signature", ""), request.body
    )  # fmt: skip
    actions.hear_provider(letter, secret=os.environ.get(SECRET, ""), actor=LISTENER)
    return JsonResponse({"taken": True})
