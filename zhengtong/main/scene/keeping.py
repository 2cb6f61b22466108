"""What the staff have in hand, and what the security administrator has begun: so that nobody's page is empty."""

from collections.abc import Mapping
from typing import Any

from zhengtong.engines.tasks import actions as tasks
from zhengtong.engines.tasks import queries as work
from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.accounts.queries import actor_for

from .casting import Cast


def keep(cast: Cast, told: Mapping[str, Any]) -> None:
    """Some take up what is due next; a newcomer has an account, with its first password and no post yet."""
    for login in told["in_hand"]:
        actor = actor_for(cast.accounts[login])
        task = work.tasks_for(actor).filter(holder=None).first()
        if task:
            tasks.claim_task(task, actor=actor)
    keeper = actor_for(cast.accounts[told["keeper"]])
    for entry in told["newcomers"]:
        accounts.open_account(login=entry["login"], name=entry["name"], actor=keeper)
