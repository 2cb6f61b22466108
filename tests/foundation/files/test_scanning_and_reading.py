"""Parked until scanned; swept when abandoned; read by owner and whom the case lets; sent with guarding headers."""

import io
import os
import time
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.foundation.files import corpus
from zhengtong.foundation.access import Actor, system_actor
from zhengtong.foundation.audit.queries import leaves_of, verify
from zhengtong.foundation.files import actions, checks, kinds, queries, responses, rules, store, wiring
from zhengtong.foundation.files.actions import Purpose
from zhengtong.foundation.files.models import File
from zhengtong.foundation.refusals import Forbidden, NotFound

OTHER_ID = UUID(int=7)
OTHER = Actor(key="account:other", kind="citizen")
SCANNER = system_actor("scanner", "files.judge")


def upload(citizen: Actor, content: bytes | None = None, name: str = "材料.pdf") -> File:
    stream = io.BytesIO(content or corpus.pdf())
    return actions.store_upload(stream, name=name, actor=citizen, purpose=Purpose.MATERIAL)


def contents(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


@pytest.fixture
def deferred(monkeypatch) -> list[tuple[str, dict]]:
    """Jobs put off by the actions, for the test to run."""
    jobs: list[tuple[str, dict]] = []
    monkeypatch.setattr(actions, "defer", lambda name, **arguments: jobs.append((name, arguments)))
    return jobs


class TestScanning:
    def test_without_a_scanner_nothing_waits(self, files_root, citizen, deferred):
        assert upload(citizen).state == "clean"
        assert deferred == []

    def test_parked_until_found_clean(self, files_root, citizen, deferred):
        seen = []
        with queries.scan.filled_with(lambda path: seen.append(path.read_bytes()) or ""):
            file = upload(citizen)
            assert file.state == "parked"
            assert not queries.is_usable(citizen, file)
            with pytest.raises(NotFound):
                queries.file_for(citizen, file.pk)
            assert deferred == [("files.scan", {"file": str(file.pk)})]
            wiring.scan_file(file=str(file.pk))
            wiring.scan_file(file=str(file.pk))  # a job may run twice
        assert seen == [corpus.pdf()]
        assert queries.file_for(citizen, file.pk).state == "clean"
        assert [leaf.verb for leaf in leaves_of(file)] == ["files.file.stored", "files.file.cleared"]

    def test_what_the_scanner_finds_is_gone(self, files_root, citizen, deferred, django_capture_on_commit_callbacks):
        with queries.scan.filled_with(lambda path: "Eicar-Test"):
            file = upload(citizen)
            with django_capture_on_commit_callbacks(execute=True):
                wiring.scan_file(file=str(file.pk))
        file.refresh_from_db()
        assert file.state == "refused"
        assert contents(files_root) == []
        assert leaves_of(file).last().data == {"found": "Eicar-Test"}
        assert verify(file.audit_stream).faults == ()
        with pytest.raises(NotFound):
            queries.open_file(file)

    def test_content_that_another_file_needs_stays(
        self, files_root, citizen, deferred, django_capture_on_commit_callbacks
    ):
        kept = upload(citizen)
        with queries.scan.filled_with(lambda path: "x"):
            file = upload(citizen)
            with django_capture_on_commit_callbacks(execute=True):
                wiring.scan_file(file=str(file.pk))
        with queries.open_file(kept) as stream:
            assert stream.read() == corpus.pdf()

    def test_a_scanner_that_fails_leaves_it_parked(self, files_root, citizen, deferred):
        def broken(path: Path) -> str:
            raise ConnectionRefusedError

        with queries.scan.filled_with(broken):
            file = upload(citizen)
            with pytest.raises(ConnectionRefusedError):
                wiring.scan_file(file=str(file.pk))
        file.refresh_from_db()
        assert file.state == "parked"

    def test_a_verdict_is_given_once_and_only_by_the_scanner(self, files_root, citizen, deferred):
        with queries.scan.filled_with(lambda path: ""):
            file = upload(citizen)
        with pytest.raises(Forbidden):
            actions.clear_file(file, actor=citizen)
        actions.clear_file(file, actor=SCANNER)
        with pytest.raises(rules.FileNotParked):
            actions.refuse_file(file, found="x", actor=SCANNER)


class TestSweeping:
    def test_what_a_killed_process_left_is_removed(self, files_root, citizen):
        kept = upload(citizen)
        abandoned = files_root / store.PARKING / "tmp-abandoned"
        abandoned.write_bytes(b"half")
        orphan = store.path_of("ab" * 32)
        orphan.parent.mkdir(parents=True)
        orphan.write_bytes(b"no row")
        young = store.path_of("cd" * 32)
        young.parent.mkdir(parents=True)
        young.write_bytes(b"its transaction is still running")
        old = time.time() - 2 * wiring.ABANDONED_AFTER
        for path in (abandoned, orphan, store.path_of(kept.digest)):
            os.utime(path, (old, old))
        wiring.sweep_files(timestamp=0)
        assert set(contents(files_root)) == {store.path_of(kept.digest), young}


class TestReading:
    def test_the_owner_reads_and_strangers_do_not(self, files_root, citizen):
        file = upload(citizen)
        with queries.may_read.filled_with(lambda actor, file_id: False):
            assert queries.file_for(citizen, file.pk) == file
            with pytest.raises(NotFound):
                queries.file_for(OTHER, file.pk)
            with pytest.raises(NotFound):
                queries.file_for(OTHER, OTHER_ID)

    def test_whom_the_case_lets(self, files_root, citizen):
        file = upload(citizen)
        with queries.may_read.filled_with(lambda actor, file_id: actor == OTHER and file_id == file.pk):
            assert queries.file_for(OTHER, file.pk) == file

    def test_several_by_id(self, files_root, citizen):
        file = upload(citizen)
        assert queries.files_by_id({file.pk, OTHER_ID}) == {file.pk: file}
        assert queries.files_by_id([]) == {}

    def test_papers_of_our_own(self, files_root):
        maker = system_actor("papers")
        paper = actions.store_bytes(corpus.pdf(), name="许可证 JY2.pdf", kind=kinds.PDF, actor=maker)
        assert (paper.name, paper.purpose, paper.state) == ("许可证 JY2.pdf", "paper", "clean")
        with queries.open_file(paper) as stream:
            assert stream.read() == corpus.pdf()


def sent(file: File):
    return responses.stored(queries.open_file(file), name=file.name, kind=file.kind)


class TestSending:
    def test_what_is_saved_never_runs(self, files_root, citizen):
        response = sent(upload(citizen, corpus.docx(), '申请 "书";\r\nX: y.docx'))
        disposition = response["Content-Disposition"]
        assert disposition.startswith("attachment; filename*=utf-8''")
        assert "\r" not in disposition
        assert "\n" not in disposition
        assert "sandbox" in response["Content-Security-Policy"]
        assert response["Cache-Control"] == "private, no-store"
        assert b"".join(response.streaming_content) == corpus.docx()

    def test_what_is_shown_has_nothing_that_runs(self, files_root, citizen):
        response = sent(upload(citizen))
        assert response["Content-Disposition"].startswith("inline")
        assert response["Content-Type"] == "application/pdf"
        assert "script-src 'none'" in response["Content-Security-Policy"]

    def test_a_paper_made_just_now_is_shown(self):
        assert responses.paper(corpus.pdf(), name="回执.pdf")["Content-Disposition"].startswith("inline")


LIMITS = rules.Limits(1 << 20, 1_000_000, 4 << 20, 100)
SEEDS = [
    corpus.pdf(), corpus.picture(), corpus.picture(progressive=True), corpus.picture("PNG"), corpus.docx(),
    corpus.xlsx(), corpus.ofd(), corpus.with_attachment(), corpus.overlapping()[:4000],
]  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 1 << 16), st.binary(min_size=1, max_size=6)), max_size=4),
    st.integers(0, 200),
)
def test_mutilated_files_are_taken_or_refused_and_nothing_else(tmp_path, seed, edits, cut):
    content = bytearray(seed)
    for place, put in edits:
        start = place % len(content)
        content[start : start + len(put)] = put
    path = tmp_path / "file"
    path.write_bytes(content[: len(content) - cut])
    try:
        kind = checks.check(path, "x", LIMITS)
    except rules.FileRefused:
        return
    assert kind in kinds.ENDINGS


@given(st.text(max_size=300))
def test_cleaned_names_are_harmless_and_stay(name):
    cleaned = rules.clean_name(name)
    assert 1 <= len(cleaned) <= rules.LONGEST_NAME
    assert not set(cleaned) & set('/\\<>:"|?*`\0\r\n\u202e')
    assert not cleaned.startswith(".")
    assert rules.clean_name(cleaned) == cleaned
    assert len(rules.with_ending(cleaned, ("pdf",), kinds.ALL_ENDINGS)) <= rules.LONGEST_NAME
