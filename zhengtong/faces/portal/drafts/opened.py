"""A draft as its pages need it: what is asked, what has been given, what is still missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhengtong.engines.forms.rules import Form, FormResult, Section
from zhengtong.foundation.access import Actor
from zhengtong.foundation.refusals import NotFound
from zhengtong.foundation.ui import Task
from zhengtong.topics.cases import actions
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.items import queries as items
from zhengtong.topics.subjects import queries as subjects

from ..people import channel_of, citizen

# Stands among the finished sections once somebody has gone on from the page of materials.
MATERIALS_SEEN = "_materials"


@dataclass
class Opened:
    """One of the actor's drafts, with the item version it follows."""

    actor: Actor
    draft: Any
    item: Any
    content: Any
    facts: Mapping[str, Any]
    # The consent by which the actor, who only helps, acts for the applicant.
    helping: Any = None

    @property
    def form(self) -> Form:
        return self.item.form

    @property
    def answers(self) -> dict[str, Any]:
        return self.content.answers

    @cached_property
    def result(self) -> FormResult:
        """The answers that count, and everything wrong with them."""
        return self.form.validate(self.answers, self.facts)

    @cached_property
    def sections(self) -> Sequence[Section]:
        """The sections in which anything is asked."""
        return self.form.visible_sections(self.answers, self.facts)

    @cached_property
    def materials(self) -> list[Any]:
        """The materials that these answers call for."""
        return self.item.materials_asked({**self.facts, **self.result.answers})

    @property
    def missing(self) -> list[Any]:
        """Required materials not yet given."""
        return [m for m in self.materials if m.is_required and m.code not in self.content.materials]

    @property
    def is_outdated(self) -> bool:
        """Whether the item has a newer version than the one this draft follows."""
        return self.item.id != items.current_version(self.item.code).id

    def errors_in(self, section: Section) -> dict[str, Any]:
        own = {part.key for part in section.fields}
        return {path: found for path, found in self.result.errors.items() if path.partition("-")[0] in own}

    def path(self, name: str, *args: Any) -> str:
        """A page of this draft."""
        return reverse(name, args=[self.draft.pk, *args])

    def section_path(self, section: Section) -> str:
        return self.path("draft-form", section.key)

    def following(self, section: Section) -> str:
        """Where to go on after a section."""
        keys = [each.key for each in self.sections]
        at = keys.index(section.key) if section.key in keys else len(keys)
        if at + 1 < len(keys):
            return self.path("draft-form", keys[at + 1])
        return self.path("draft-materials") if self.materials else self.path("draft-check")

    @property
    def is_complete(self) -> bool:
        """Whether it could be submitted now."""
        return self.result.is_valid and not self.missing

    def tasks(self) -> list[Task]:
        """The task list: sections, materials, check."""
        tasks = [self._section_task(section) for section in self.sections]
        if self.materials:
            tasks.append(self._materials_task())
        ready = self.is_complete
        tasks.append(
            Task(
                _("核对并提交"),
                self.path("draft-check") if ready else "",
                "todo" if ready else "blocked",
                hint="" if ready else _("上面各项完成后就可以提交"),
            )
        )
        return tasks

    def _section_task(self, section: Section) -> Task:
        errors = self.errors_in(section)
        if section.key in self.content.done:
            count = len(errors)
            hint = ngettext("有 %s 处需要补充或修改", "有 %s 处需要补充或修改", count) % count if errors else ""
            return Task(section.title, self.section_path(section), "fault" if errors else "done", hint=hint)
        begun = any(part.key in self.answers for part in section.fields)
        hint = _("有些内容已经替您填好，请核对") if begun else ""
        return Task(section.title, self.section_path(section), "current" if begun else "todo", hint=hint)

    def _materials_task(self) -> Task:
        required = [m for m in self.materials if m.is_required]
        given = sum(m.code in self.content.materials for m in self.materials)
        left = len(self.missing)
        if not required:
            hint = _("都不是必须提交的")
        elif left:
            hint = ngettext("还差 %s 份必要材料", "还差 %s 份必要材料", left) % left
        else:
            hint = ngettext("已提交 %s 份", "已提交 %s 份", given) % given
        seen = not required and MATERIALS_SEEN in self.content.done
        state = "done" if seen or (required and not left) else "current" if given else "todo"
        return Task(_("上传材料"), self.path("draft-materials"), state, hint=hint)  # type: ignore[arg-type]

    def keep(
        self,
        *,
        answers: Mapping[str, Any] | None = None,
        materials: Mapping[str, str] | None = None,
        done: str = "",
        version: int | None = None,
    ) -> Any:
        """Save with these parts replaced; `version` is the one the page was opened with."""
        before = self.content
        content = {
            "answers": before.answers if answers is None else dict(answers),
            "materials": before.materials if materials is None else dict(materials),
            "done": [*before.done, done] if done and done not in before.done else before.done,
        }
        at = self.draft.version if version is None else version
        self.draft = actions.save_draft(self.draft, content=content, version=at, actor=self.actor)
        self.content = cases.content_of(self.draft)
        for name in ("result", "sections", "materials"):
            self.__dict__.pop(name, None)
        return self.draft


def opened(request: HttpRequest, draft_id: UUID) -> Opened:
    """One of the actor's own drafts. Refused: not his, begun for nobody, or for somebody who no longer agrees."""
    actor = citizen(request)
    draft = cases.draft_for(actor, draft_id)
    if draft.applicant is None:
        raise NotFound
    subjects.check_may_act(actor, draft.applicant)
    facts = {"applicant_kind": draft.applicant.kind, "channel": channel_of(request)}
    helping = subjects.help_for(actor, draft.applicant.pk)
    return Opened(actor, draft, items.version(draft.item_version_id), cases.content_of(draft), facts, helping)
