"""Things with trails of known lengths, and the database in the hands of its owner."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager

from tests import databases
from zhengtong.foundation.access import system_actor
from zhengtong.foundation.accounts.models import Role
from zhengtong.foundation.audit.actions import record

ACTOR = system_actor("tests")


def thing(code: str, leaves: int) -> Role:
    """A role on whose trail stand so many leaves; inside a transaction."""
    made = Role.objects.create(code=code, name="角色", owner="tests")
    for number in range(1, leaves + 1):
        record("accounts.role.written", made, actor=ACTOR, pack="测试", number=number)
    return made


@contextmanager
def as_owner(clone: databases.Clone) -> Iterator[None]:
    """Django speaks to the clone as the login that may do anything to its tables."""
    logins = dataclasses.replace(clone.logins, app=clone.logins.owner)
    with databases.in_use(dataclasses.replace(clone, logins=logins)):
        yield
