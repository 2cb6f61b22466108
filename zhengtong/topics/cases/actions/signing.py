"""The head's part: sign the ordinary ones one after the other, send back what he does not follow."""

from django.db import transaction

from zhengtong.engines.tasks import actions as tasks
from zhengtong.foundation import access
from zhengtong.foundation.access import Actor

from .. import rules
from ..models import Case
from ..queries.signing import peculiarities
from .accepting import wait_for_step
from .deciding import check_decidable, grant, note
from .moving import locked, move


@transaction.atomic
def sign_case(case: Case, *, opinion: str, actor: Actor) -> Case:
    """Grant, or take note of, a case in which nothing is out of the ordinary; one of a batch, but an action of its own.

    Refused: an exception, which is decided by itself; whatever a grant is refused for; no reason.
    """
    case, item = locked(case)
    access.require(actor, "cases.decide", case)
    check_decidable(case, item, actor)
    opinion = rules.check_opinion(opinion)
    rules.check_ordinary(peculiarities([case])[case.pk].why)
    return note(case, item, opinion, actor) if item.is_filing else grant(case, item, opinion, actor)


@transaction.atomic
def send_back_case(case: Case, *, opinion: str, actor: Actor) -> Case:
    """Let the last step be reviewed again. Refused: nothing was reviewed; no reason; the hands are not separate."""
    case, item = locked(case)
    access.require(actor, "cases.decide", case)
    check_decidable(case, item, actor)
    opinion = rules.check_opinion(opinion)
    rules.FLOW.check(case.status, "send_back")
    case.step = rules.step_before([step for step in item.steps if step.permission == "cases.review"], case.step)
    move(case, "send_back", actor=actor, opinion=opinion, organisation=case.department_id)
    tasks.close_tasks(case.pk, actor=actor)
    wait_for_step(case, item, actor=actor)
    return case
