"""Sentences of the trail; the scan of a parked file and the nightly sweep."""

from uuid import UUID

from zhengtong.foundation.access import system_actor
from zhengtong.foundation.audit.sentences import sentences
from zhengtong.foundation.outbox.jobs import job

from . import actions, queries, store

SCANNER = system_actor("scanner", "files.judge")
# Whoever is still storing a file has long finished by then.
ABANDONED_AFTER = 24 * 3600.0

sentences.add("files.file.stored", "上传文件")
sentences.add("files.file.cleared", "文件查毒通过")
sentences.add("files.file.refused", "文件查毒未通过")


@job("files.scan")
def scan_file(*, file: str) -> None:
    """Ask the scanner about a parked file; when it does not answer, the job is tried again."""
    parked = queries.parked_file(UUID(file))
    if parked is None:
        return
    found = queries.scan(store.path_of(parked.digest))
    if found:
        actions.refuse_file(parked, found=found, actor=SCANNER)
    else:
        actions.clear_file(parked, actor=SCANNER)


@job("files.sweep", every="17 19 * * *")
def sweep_files(**_: object) -> None:
    """Remove what a killed process or a rolled-back transaction left behind."""
    store.sweep(store.left_over(seconds=ABANDONED_AFTER))
