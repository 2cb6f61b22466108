"""The small district, for every test that takes it."""

from collections.abc import Callable

import pytest

from tests.topics.credentials.district import furnish, issue_one
from zhengtong.topics.credentials.models import Credential


@pytest.fixture
def district(db: None) -> None:
    furnish()


@pytest.fixture
def issue(district: None) -> Callable[..., Credential]:
    return issue_one
