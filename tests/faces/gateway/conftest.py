"""A district that the tests of one file share: for those that leave nothing behind that another could meet."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests import databases, districts
from zhengtong.topics.cases.models import Case

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture(scope="module")
def _kept_clone(database_server: None) -> Iterator[databases.Clone]:
    made = districts.clone()
    yield made
    databases.drop(made)


@pytest.fixture
def kept_district(_kept_clone: databases.Clone, django_db_blocker: "DjangoDbBlocker") -> Iterator[None]:
    """番江区 with real commits, one for all tests of the file."""
    with django_db_blocker.unblock(), databases.in_use(_kept_clone):
        yield


@pytest.fixture
def filed(kept_district: None) -> Callable[[], int]:
    """How many cases there are that were not there before the test."""
    before = Case.objects.count()
    return lambda: Case.objects.count() - before
