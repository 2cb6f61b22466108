"""Many decisions at once: no number twice, none lost to a decision that did not stand."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from tests.databases import Clone
from tests.topics.credentials.district import furnish, issue_one
from zhengtong.topics.credentials.models import Credential


def test_numbers_are_unique_and_without_gaps(committed_db: Clone) -> None:
    furnish()

    def decide(index: int) -> str:
        try:
            return issue_one(f"2603020{index:06d}").number
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(decide, range(40)))
    assert sorted(int(number[9:15]) for number in numbers) == list(range(1, 41))
    assert Credential.objects.values("verify_code").distinct().count() == 40


def test_a_decision_that_is_rolled_back_gives_its_number_back(committed_db: Clone) -> None:
    furnish()
    with pytest.raises(RuntimeError, match="the pen fell"), transaction.atomic():
        lost = issue_one().number
        raise RuntimeError("the pen fell")
    assert issue_one().number == lost
