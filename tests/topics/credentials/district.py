"""A small district: two departments, two credential types, whoever decides, whoever holds."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from zhengtong.foundation.access import Actor, Grant, system_actor
from zhengtong.foundation.codes import resident_id
from zhengtong.foundation.directory import actions as directory
from zhengtong.topics.credentials import actions
from zhengtong.topics.credentials.models import Credential

MARKET = "11449906MF99060141"
HEALTH = "11449906MF9906022U"
DISTRICT = "449906000000"
PACK = system_actor("packs", "packs.apply")
ZHANG = UUID("0192f000-0000-7000-8000-000000000001")
ZHANG_ID = resident_id.make_resident_id("440101", date(1954, 3, 8), 12)

FOOD = {
    "code": "food-business", "name": "食品经营许可证", "type_code": "11449906MF99060141001", "by": "local",
    "validity": {"amount": 5, "unit": "year"}, "number_pattern": "JY2{division6}{serial6}{check}",
    "fields": [
        {"key": "holder", "title": "经营者名称", "from": "entity_name"},
        {"key": "projects", "title": "经营项目", "from": "food_projects"},
        {"key": "area", "title": "面积", "from": "area"},
    ],
    "layout": "landscape",
}  # fmt: skip
HYGIENE = FOOD | {
    "code": "public-place-health", "name": "公共场所卫生许可证", "type_code": "11449906MF9906022U001",
    "validity": {"amount": 4, "unit": "year"}, "number_pattern": "粤卫公证字〔{year}〕{division6}第{serial5}号",
}  # fmt: skip


def staff(*permissions: str, organisation: str | None = None, area: str | None = None) -> Actor:
    """A member of staff with these permissions in an organisation."""
    grants = tuple(Grant(permission, organisation=organisation, area=area) for permission in permissions)
    return Actor(key=f"account:{uuid4()}", kind="staff", name="陈审批", account_id=uuid4(), grants=grants)


def citizen(subject: UUID | None = ZHANG) -> Actor:
    """Somebody signed in at the portal."""
    return Actor(key=f"account:{uuid4()}", kind="citizen", name="张桂芳", account_id=uuid4(), subject_id=subject)


def furnish() -> None:
    """The departments and the types, in whatever database is in use."""
    division = {"code": DISTRICT, "name": "番江区", "level": "district", "parent": None, "geometry": None}
    directory.write_division(division, pack="test", actor=PACK)
    names = {MARKET: "番江区市场监督管理局", HEALTH: "番江区卫生健康局", "hall-central": "番江区政务中心"}
    for code, name in names.items():
        entry = {
            "code": code, "name": name, "short_name": name[3:], "kind": "department", "level": "4",
            "division": DISTRICT, "parent": None, "address": "", "phone": "", "hours": "",
            "remedy": {"review": ["番江区人民政府"], "court": "番江区人民法院"},
        }  # fmt: skip
        directory.write_organisation(entry, pack="test", actor=PACK)
    for entry in (FOOD, HYGIENE):
        actions.write_type(entry, pack="test", actor=PACK)


def issue_one(case_number: str = "2603020000017", **other: Any) -> Credential:
    """Grant Zhang her licence."""
    words: dict[str, Any] = {
        "type_code": "food-business",
        "case_number": case_number,
        "holder_id": ZHANG,
        "holder_name": "张桂芳",
        "holder_id_type": "resident_id",
        "holder_id_number": ZHANG_ID,
        "data": {"entity_name": "张记小馆", "food_projects": ["热食类食品制售", "冷食类食品制售"], "area": 86.0},
        "issuer": MARKET,
        "division": "449906001003",
        "issued_on": date(2026, 3, 2),
        "actor": staff("cases.decide", organisation=MARKET),
    }
    return actions.issue_credential(**{**words, **other})
