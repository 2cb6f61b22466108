"""The paper follows by job: made once, kept, made again when it was missed."""

from collections.abc import Callable

import pytest

from tests.topics.credentials.district import staff
from zhengtong.engines.papers.rules import CharacterMissing
from zhengtong.foundation.access import system_actor
from zhengtong.foundation.audit import queries as audit
from zhengtong.foundation.files.queries import open_file
from zhengtong.foundation.refusals import Forbidden
from zhengtong.foundation.wiring import commands
from zhengtong.topics.credentials import actions, queries, wiring
from zhengtong.topics.credentials.models import Credential

Issue = Callable[..., Credential]


def test_the_job_makes_a_pdf_once(issue: Issue) -> None:
    made = issue()
    wiring.render(str(made.pk))
    first = Credential.objects.select_related("file").get(pk=made.pk)
    assert first.file is not None
    with open_file(first.file) as stream:
        assert stream.read(5) == b"%PDF-"
    wiring.render(str(made.pk))
    assert Credential.objects.get(pk=made.pk).file_id == first.file_id
    assert [leaf.verb for leaf in audit.leaves_of(made)] == [
        "credentials.credential.issued",
        "credentials.credential.rendered",
    ]


def test_the_command_makes_what_is_missing(issue: Issue, capsys: pytest.CaptureFixture[str]) -> None:
    issue("2603020000017")
    issue("2603020000025", holder_name="买买提·艾力")
    run = commands.get("credentials").run
    assert run([]) == 2
    assert run(["render", "--missing"]) == 0
    assert "补制 2 份" in capsys.readouterr().out
    assert not queries.credentials_unrendered().exists()
    assert run(["render", "--missing"]) == 0


def test_the_command_names_what_cannot_be_made(
    issue: Issue, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = issue()

    def without_glyph(template: str, data: object) -> bytes:
        raise CharacterMissing(characters="𬴃")

    monkeypatch.setattr(actions, "render", without_glyph)
    assert commands.get("credentials").run(["render", "--missing"]) == 1
    assert made.number in capsys.readouterr().err
    assert queries.credentials_unrendered().get() == made


def test_only_the_printer_prints(issue: Issue) -> None:
    made = issue()
    for stranger in (staff("credentials.view"), system_actor("nightly")):
        with pytest.raises(Forbidden):
            actions.render_credential(made.pk, actor=stranger)
