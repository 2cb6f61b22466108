"""An applicant whose case has ended."""

from collections.abc import Iterator

import pytest

from tests.topics.ratings.district import after, furnish, invite, person
from zhengtong.topics.subjects.models import Subject


@pytest.fixture
def zhang(db: None) -> Iterator[Subject]:
    """Zhang Guifang, three days after her case ended."""
    furnish()
    with after(3):
        applicant = person("张桂芳", 12)
        invite(applicant)
        yield applicant
