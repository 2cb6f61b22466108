"""实名核验: one press; a job has the province compare name and number."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from zhengtong.foundation.idempotency.actions import once
from zhengtong.foundation.ui.said import go
from zhengtong.topics.subjects import actions
from zhengtong.topics.subjects import queries as subjects

from ..people import citizen, key_of


@require_POST
def identify(request: HttpRequest) -> HttpResponse:
    """POST /subjects/identity/"""
    actor = citizen(request)
    assert actor.subject_id is not None
    me = subjects.subject_for(actor, actor.subject_id)
    with once(actor, key_of(request), action="subjects.check_identity", body={}) as turn:
        if turn.is_new:
            actions.ask_identity_check(me, actor=actor)
    return go("subjects", said="identity")
