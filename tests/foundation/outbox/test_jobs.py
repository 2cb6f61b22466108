"""Jobs are queued by the transaction that wants them."""

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.databases import Clone
from zhengtong.foundation.outbox.jobs import defer


def test_a_job_is_there_after_commit_and_only_then(committed_db: Clone) -> None:
    with transaction.atomic():
        defer("credentials.render", credential_id="1")
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.exists()
    with transaction.atomic():
        defer("credentials.render", credential_id="2")
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.args, job.status) == ("credentials.render", {"credential_id": "2"}, "todo")


@pytest.mark.django_db
def test_two_jobs_are_two_jobs() -> None:
    defer("credentials.render", credential_id="1")
    defer("credentials.render", credential_id="1")
    assert ProcrastinateJob.objects.count() == 2
