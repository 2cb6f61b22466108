"""The papers a visitor brings: ticked as paper, taken in as files, or still in the house from an earlier case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from zhengtong.foundation.access import Actor
from zhengtong.foundation.files import queries as files
from zhengtong.foundation.files.rules import FileRefused
from zhengtong.foundation.ui.uploads import take
from zhengtong.topics.cases import actions

from ..turns import in_words

ON_PAPER = "paper"


@dataclass
class Paper:
    """One material as the page shows it, and as it was given so far."""

    material: Any
    on_paper: bool = False
    file: Any = None
    earlier: Any = None
    error: str = ""

    @property
    def code(self) -> str:
        return str(self.material.code)

    @property
    def name(self) -> str:
        return str(self.material.name)

    @property
    def id(self) -> str:
        return f"material-{self.code}"

    @property
    def accept(self) -> str:
        return str(self.material.accept)

    @property
    def takes_paper(self) -> bool:
        return "paper" in self.material.form or not self.material.form

    @property
    def is_given(self) -> bool:
        return self.on_paper or self.file is not None

    @property
    def kept(self) -> str:
        """How a draft remembers it."""
        return str(self.file.pk) if self.file else ON_PAPER if self.on_paper else ""

    @property
    def provided(self) -> actions.Provided:
        return actions.Provided(self.code, file=self.file.pk if self.file else None, on_paper=self.file is None)


def read_papers(
    request: HttpRequest, wanted: Iterable[Any], kept: Mapping[str, str], *, actor: Actor,
    earlier: Mapping[str, Any] | None = None,
) -> list[Paper]:  # fmt: skip
    """The papers as the draft remembers them, or as the page now sends them; an upload is checked and kept at once."""
    papers = [Paper(material, earlier=(earlier or {}).get(material.reuse_key)) for material in wanted]
    sent = request.POST if request.method == "POST" else None
    ids = {paper.code: _file_id(paper, kept, sent) for paper in papers}
    known = files.files_by_id(pk for pk in ids.values() if pk)
    for paper in papers:
        wanted_id = ids[paper.code]
        before = known.get(wanted_id) if wanted_id else None
        paper.file = before if before is not None and files.is_usable(actor, before) else None
        paper.on_paper = _is_on_paper(paper, kept, sent)
        upload = request.FILES.get(paper.id)
        if upload is not None:
            try:
                paper.file = take(upload, paper.material, actor=actor)
            except FileRefused as refusal:
                paper.error = in_words(refusal)
        elif wanted_id and paper.file is None:
            paper.error = _("这份文件不能使用，请重新上传。")
    return papers


def _file_id(paper: Paper, kept: Mapping[str, str], sent: Any) -> UUID | None:
    if sent is None:
        return _uuid(kept.get(paper.code, ""))
    if paper.code == sent.get("_drop"):
        return None
    if paper.code == sent.get("_reuse") and paper.earlier is not None:
        return UUID(str(paper.earlier.file_id))
    return _uuid(sent.get(f"kept-{paper.code}", ""))


def _is_on_paper(paper: Paper, kept: Mapping[str, str], sent: Any) -> bool:
    if sent is None:
        return kept.get(paper.code) == ON_PAPER
    if sent.get("_all_paper") and paper.takes_paper and paper.file is None and paper.material.is_required:
        return True
    return paper.code in sent.getlist("paper")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
