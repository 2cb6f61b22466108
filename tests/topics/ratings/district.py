"""A department, an applicant and her daughter, the parameters of the national pack, cases that have ended."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import yaml
from django.conf import settings

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, Grant, system_actor
from zhengtong.foundation.codes import resident_id
from zhengtong.foundation.directory import actions as directory
from zhengtong.foundation.params.actions import put_from_pack
from zhengtong.topics.ratings import actions
from zhengtong.topics.ratings.models import Rating, RatingInvitation
from zhengtong.topics.subjects import actions as subjects
from zhengtong.topics.subjects.models import Subject

MARKET = "11449906MF99060141"
HEALTH = "11449906MF9906022U"
DISTRICT = "449906000000"
PACK = system_actor("packs", "packs.apply")
INVITER = system_actor("ratings", "ratings.invite")
CLOSER = system_actor("ratings", "ratings.close")
ENDED = datetime(2026, 3, 2, 16, 30, tzinfo=clock.CHINA)
LAST_DAY = date(2026, 4, 1)
NUMBER = "2603020000017"


def on(day: date, hour: int = 10) -> Any:
    """The clock on a day."""
    return clock.at(datetime(day.year, day.month, day.day, hour, tzinfo=clock.CHINA))


def after(days: int) -> Any:
    """The clock some days after the case ended."""
    return clock.at(ENDED + timedelta(days=days))


def person(name: str, order: int) -> Subject:
    number = resident_id.make_resident_id("440101", date(1954, 3, 8), order)
    return subjects.register_subject(
        kind="person", name=name, id_type="resident_id", id_number=number, actor=system_actor("test")
    )


def citizen(subject: Subject | None) -> Actor:
    """The person, signed in at the portal."""
    return Actor(
        key=f"account:{uuid4()}", kind="citizen", account_id=uuid4(), subject_id=subject.pk if subject else None
    )


def staff(*permissions: str, organisation: str | None = None, subject: UUID | None = None) -> Actor:
    grants = tuple(Grant(permission, organisation=organisation) for permission in permissions)
    return Actor(key=f"account:{uuid4()}", kind="staff", account_id=uuid4(), subject_id=subject, grants=grants)


def furnish() -> None:
    """Division, departments, and the parameters as the national pack declares them."""
    division = {"code": DISTRICT, "name": "番江区", "level": "district", "parent": None, "geometry": None}
    directory.write_division(division, pack="test", actor=PACK)
    for code, name in {MARKET: "番江区市场监督管理局", HEALTH: "番江区卫生健康局"}.items():
        entry = {
            "code": code, "name": name, "short_name": name[3:], "kind": "department", "level": "4",
            "division": DISTRICT, "parent": None, "address": "", "phone": "", "hours": "",
            "remedy": {"review": [], "court": ""},
        }  # fmt: skip
        directory.write_organisation(entry, pack="test", actor=PACK)
    written = yaml.safe_load((settings.PACKS_ROOT / "national" / "params" / "ratings.yaml").read_text("utf-8"))
    for entry in written["params"]:
        put_from_pack({**entry, "valid_from": entry["valid_from"].isoformat()}, pack="national", actor=PACK)


def invite(applicant: Subject, number: str = NUMBER, **other: Any) -> RatingInvitation:
    """The applicant's case has ended."""
    facts: dict[str, Any] = {
        "number": number, "item_code": "food-business-restaurant", "item_name": "食品经营许可（新办，餐饮服务）",
        "organisation": MARKET, "applicant": applicant.pk, "outcome": "granted", "ended_at": ENDED, "actor": INVITER,
    }  # fmt: skip
    return actions.invite_rating(**{**facts, **other})


def rate(actor: Actor, number: str = NUMBER, **other: Any) -> Rating:
    """The applicant is content."""
    said: dict[str, Any] = {"level": 2, "labels": ["fast"], "text": "很快", "channel": "web"}
    return actions.rate_case(number, **{**said, **other}, actor=actor)
