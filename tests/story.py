"""Short words for what tests of the road need: who acts, and a case at any point of its life.

Use with the fixture `district` (rolled back) or `committed_district`.
"""

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from typing import Any
from uuid import UUID

import yaml
from openpyxl import Workbook

from zhengtong.engines.papers import queries as papers
from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.files import actions as files
from zhengtong.main.places import ROOT
from zhengtong.main.scene.playing import placeholder
from zhengtong.main.scene.reading import answers_of
from zhengtong.topics.cases import actions as cases
from zhengtong.topics.cases import wiring
from zhengtong.topics.cases.events import CaseAccepted
from zhengtong.topics.cases.models import Case
from zhengtong.topics.cases.rules import Channel, Provided
from zhengtong.topics.items import queries as items
from zhengtong.topics.subjects.models import Subject

_SCENE = {
    name: yaml.safe_load((ROOT / f"packs/demo/scene/{name}.yaml").read_text("utf-8")) for name in ("cast", "activity")
}
PASSWORD = _SCENE["cast"]["password"]
WORDS: dict[str, dict[str, Any]] = {
    entry["key"]: dict(entry) | ({"credit_code": str(entry["id_number"])} if entry.get("kind") == "entity" else {})
    for entry in (*_SCENE["cast"]["subjects"], *_SCENE["activity"]["people"])
} | {entry["key"]: entry | {"id_number": entry["credit_code"]} for entry in _SCENE["activity"]["entities"]}
SAMPLES: Mapping[str, Any] = _SCENE["activity"]["samples"]
LOGINS = tuple(entry["login"] for entry in _SCENE["cast"]["accounts"])
# item → (applicant, his representative or himself, sample answers, the citizen's login)
USUAL = {
    "food-business-restaurant": ("weizhenyuan", "chen-zhiyuan", "restaurant", "chenzhiyuan"),
    "vehicle-repair-filing": ("jieshun", "huang-jianye", "repair", "huangjianye"),
    "senior-allowance": ("he-guilan", "lin-xiaoyu", "senior-by-family", "linxiaoyu"),
    "social-security-card": ("lin-xiaoyu", "lin-xiaoyu", "card", "linxiaoyu"),
}
# Of every item somebody has filed in the past month: the first of them stands for all.
EXAMPLES: dict[str, dict[str, Any]] = {entry["item"]: entry for entry in reversed(_SCENE["activity"]["cases"])}
ITEMS = tuple(sorted(EXAMPLES))


def actor(login: str) -> Actor:
    """A member of the cast as he signs in today."""
    return accounts.actor_for(accounts.account(login))


def subject(key: str) -> Subject:
    """A person or firm of the cast."""
    index = Subject.id_number_index_of(str(WORDS[key]["id_number"]))
    return Subject.objects.get(id_number_index=index)


def subject_of(login: str) -> Subject:
    """The person behind a citizen's login."""
    return Subject.objects.get(pk=actor(login).subject_id)


def usual(item: str) -> tuple[str, str, str]:
    """Who applies for an item, who stands behind him, and the citizen's login (empty where he has none)."""
    if item in USUAL:
        applicant, operator, _, login = USUAL[item]
        return applicant, operator, login
    entry = EXAMPLES[item]
    applicant = entry["applicant"]
    return applicant, entry.get("operator") or WORDS[applicant].get("representative", applicant), ""


def citizen(item: str) -> Actor:
    """Whoever usually files for an item, at the portal."""
    _, operator, login = usual(item)
    if login:
        return actor(login)
    person = subject(operator)
    return Actor(key=f"subject:{person.pk}", kind="citizen", name=person.name, subject_id=person.pk)


def answers(item: str, **changes: Any) -> dict[str, Any]:
    """Complete answers for an item."""
    applicant, operator, _ = usual(item)
    entry = {"answers_of": USUAL[item][2]} if item in USUAL else EXAMPLES[item]
    words = dict(WORDS[applicant])
    if "representative" in words:
        words["representative"] = WORDS[words["representative"]]["name"]
    whole = answers_of(entry, SAMPLES, words, WORDS[operator], clock.today())
    return {**whole, **changes}


@cache
def pdf(words: str = "材料") -> bytes:
    """A small, clean PDF."""
    return papers.render("sample", {"title": words})


@cache
def picture() -> bytes:
    """A small, clean photograph."""
    return placeholder("照片", "jpg")


@cache
def workbook() -> bytes:
    """A small, clean spreadsheet."""
    made = BytesIO()
    Workbook().save(made)
    return made.getvalue()


def upload(who: Actor, name: str = "材料.pdf", content: bytes | None = None) -> UUID:
    """A clean file of this actor's."""
    stored = files.store_upload(
        BytesIO(content or pdf()), name=name, actor=who, purpose=files.Purpose.MATERIAL
    )  # fmt: skip
    return stored.pk


def filing(
    item: str = "food-business-restaurant", *, by: Actor | None = None, channel: Channel | None = None,
    key: str = "", changes: Mapping[str, Any] | None = None,
) -> cases.Filing:  # fmt: skip
    """A filing that will be accepted: paper over the counter, uploads online."""
    applicant = usual(item)[0]
    by = by or citizen(item)
    channel = channel or {"staff": Channel.WINDOW, "client": Channel.API}.get(by.kind, Channel.ONLINE)
    version = items.current_version(item)
    given = answers(item, **(changes or {}))
    who = subject(applicant)
    wanted = version.materials_asked({"applicant_kind": who.kind, "channel": channel, **given})
    materials = tuple(
        Provided(m.code, on_paper=True) if by.is_staff else Provided(m.code, file=upload_for(m, by))
        for m in wanted
        if m.is_required
    )
    return cases.Filing(
        actor=by, item=version.id, applicant=who.pk, answers=given, materials=materials, channel=channel, key=key,
        division=WORDS[applicant]["division"],
    )  # fmt: skip


def upload_for(material: Any, by: Actor) -> UUID:
    """A file of the kind that the material wants."""
    as_pdf = "pdf" in material.accepts
    return upload(by, f"{material.code}.{'pdf' if as_pdf else 'jpg'}", None if as_pdf else picture())


def submitted(item: str = "food-business-restaurant", **kwargs: Any) -> Case:
    """A case just submitted online by the usual applicant."""
    return Case.objects.get(pk=cases.submit_case(filing(item, **kwargs)).case_id)


def kept(case: Case) -> Case:
    """The relay has told of a case: its papers are in the applicant's store."""
    wiring.keep_materials([CaseAccepted(str(case.pk), case.number, case.item_code, case.item_name, "")])
    case.refresh_from_db()
    return case


def accepted(item: str = "food-business-restaurant", *, by: str = "zhoumin") -> Case:
    """A case accepted by the clerk."""
    return cases.accept_case(submitted(item), actor=actor(by))


def reviewed() -> Case:
    """A restaurant's case that waits for the head's signature."""
    return cases.review_case(accepted(), opinion="材料齐全，建议准予。", actor=actor("zhengweidong"))


def granted() -> Case:
    """A restaurant's case granted, its licence issued."""
    return cases.grant_case(reviewed(), opinion="同意。", actor=actor("xujing"))
