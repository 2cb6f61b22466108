"""Who helps whom, and what he files; a paper that somebody keeps."""

from dataclasses import replace

from tests import story
from zhengtong.foundation import clock
from zhengtong.foundation.files.models import File
from zhengtong.topics.cases.actions import Filing
from zhengtong.topics.materials import actions as store
from zhengtong.topics.materials.models import StoredMaterial
from zhengtong.topics.subjects import actions
from zhengtong.topics.subjects.models import HelpRequest, Representation


def filing_for_father(*, by: str) -> Filing:
    """Relief for 林国栋, with papers of whoever files."""
    who, filing = story.actor(by), story.filing("temporary-relief")
    given = tuple(replace(part, file=story.upload(who, f"{part.code}-{by}.pdf")) for part in filing.materials)
    return replace(filing, actor=who, applicant=story.subject("lin-guodong").pk, materials=given)


def asked(login: str) -> HelpRequest:
    """林晓雨 would like to act for somebody of the cast."""
    who = story.subject_of(login)
    return actions.ask_to_help(
        name=who.name, id_number=who.id_number, phone="", relation="friend", valid_to=clock.today(),
        agreement="account", actor=story.actor("linxiaoyu"),
    )  # fmt: skip


def agreed(login: str) -> Representation:
    """And he has agreed."""
    return actions.agree_to_help(asked(login), actor=story.actor(login))


def stored_paper(login: str) -> StoredMaterial:
    """His identity card, kept in advance."""
    who = story.actor(login)
    return store.upload_material(
        story.subject_of(login).pk, kind="id-card", name="身份证", file=File.objects.get(pk=story.upload(who)),
        valid_to=None, kinds={"id-card"}, actor=who,
    )  # fmt: skip
