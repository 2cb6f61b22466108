"""Short words for what tests of the road need: who acts, and a case at any point of its life.

Use with the fixture `district` (rolled back) or `committed_district`.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from uuid import UUID

import yaml

from zhengtong.engines.papers import queries as papers
from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.files import actions as files
from zhengtong.main.places import ROOT
from zhengtong.main.scene.reading import answers_of
from zhengtong.topics.cases import actions as cases
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
    for entry in _SCENE["cast"]["subjects"]
}
SAMPLES: Mapping[str, Any] = _SCENE["activity"]["samples"]
# item → (applicant, his representative or himself, sample answers, the citizen's login)
USUAL = {
    "food-business-restaurant": ("weizhenyuan", "chen-zhiyuan", "restaurant", "chenzhiyuan"),
    "vehicle-repair-filing": ("jieshun", "huang-jianye", "repair", "huangjianye"),
    "senior-allowance": ("he-guilan", "lin-xiaoyu", "senior-by-family", "linxiaoyu"),
    "social-security-card": ("lin-xiaoyu", "lin-xiaoyu", "card", "linxiaoyu"),
}


def actor(login: str) -> Actor:
    """A member of the cast as he signs in today."""
    return accounts.actor_for(accounts.account(login))


def subject(key: str) -> Subject:
    """A person or firm of the cast."""
    index = Subject.id_number_index_of(str(WORDS[key]["id_number"]))
    return Subject.objects.get(id_number_index=index)


def answers(item: str, **changes: Any) -> dict[str, Any]:
    """Complete answers for one of the usual items."""
    applicant, operator, sample, _ = USUAL[item]
    words = dict(WORDS[applicant])
    if "representative" in words:
        words["representative"] = WORDS[words["representative"]]["name"]
    whole = answers_of({"answers_of": sample}, SAMPLES, words, WORDS[operator], clock.today())
    return {**whole, **changes}


def pdf(words: str = "材料") -> bytes:
    """A small, clean PDF."""
    return papers.render("sample", {"title": words})


def upload(who: Actor, name: str = "材料.pdf", content: bytes | None = None) -> UUID:
    """A clean file of this actor's."""
    stored = files.store_upload(
        BytesIO(content or pdf()), name=name, actor=who, purpose=files.Purpose.MATERIAL
    )  # fmt: skip
    return stored.pk


def filing(
    item: str = "food-business-restaurant", *, by: Actor | None = None, channel: Channel = Channel.ONLINE,
    key: str = "", changes: Mapping[str, Any] | None = None,
) -> cases.Filing:  # fmt: skip
    """A filing that will be accepted: paper over the counter, uploads online."""
    applicant, _, _, login = USUAL[item]
    by = by or actor(login)
    version = items.current_version(item)
    given = answers(item, **(changes or {}))
    who = subject(applicant)
    wanted = version.materials_asked({"applicant_kind": who.kind, "channel": channel, **given})
    materials = tuple(
        Provided(m.code, on_paper=True) if by.is_staff else Provided(m.code, file=upload(by, f"{m.code}.pdf"))
        for m in wanted
        if m.is_required
    )
    return cases.Filing(
        actor=by, item=version.id, applicant=who.pk, answers=given, materials=materials, channel=channel, key=key,
        division=WORDS[applicant]["division"],
    )  # fmt: skip


def submitted(item: str = "food-business-restaurant", **kwargs: Any) -> Case:
    """A case just submitted online by the usual applicant."""
    return Case.objects.get(pk=cases.submit_case(filing(item, **kwargs)).case_id)


def accepted(item: str = "food-business-restaurant", *, by: str = "zhoumin") -> Case:
    """A case accepted by the clerk."""
    return cases.accept_case(submitted(item), actor=actor(by))


def reviewed() -> Case:
    """A restaurant's case that waits for the head's signature."""
    return cases.review_case(accepted(), opinion="材料齐全，建议准予。", actor=actor("zhengweidong"))


def granted() -> Case:
    """A restaurant's case granted, its licence issued."""
    return cases.grant_case(reviewed(), opinion="同意。", actor=actor("xujing"))
