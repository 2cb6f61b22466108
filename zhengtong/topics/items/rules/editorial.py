"""What may be said of how a service is found and reached: summary, keywords, places, phones, questions and answers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from .defects import Around, Item
from .quality import PHONE, phones, places

LONGEST = {"summary": 500, "keywords": 60, "window": 200, "hours": 200, "address": 200, "phone": 60, "note": 500}
CONTACTS = {
    "consult_phone": "咨询电话", "complaint_phone": "监督投诉电话", "window": "窗口", "address": "地址",
    "hours": "办公时间", "phone": "地点电话",
}  # fmt: skip
# These belong to one of the item's places; the others to the item.
OF_PLACE = ("window", "address", "hours", "phone")
PHONE_WORDS = "请写成“0660-5550188”、“12345”或 11 位手机号。"


def editorial_faults(entry: Item, around: Around, *, changed: Collection[str]) -> dict[str, list[str]]:
    """What is wrong with the changed elements, by the path of each, such as `places-0-phone`."""
    found: dict[str, list[str]] = {}

    def fault(sentence: str, *path: str | int) -> None:
        found.setdefault("-".join(map(str, path)), []).append(sentence)

    for rule in (places, phones):
        for defect in rule(entry, around):
            if defect.is_blocking and defect.path[0] in changed:
                fault(str(defect), *defect.path)
    if "summary" in changed:
        _check_length("summary", entry["summary"], fault, "summary")
    for word in entry["keywords"] if "keywords" in changed else ():
        _check_length("keywords", word, fault, "keywords")
    if "places" in changed:
        _check_places(entry, fault)
    for number, row in enumerate(entry["questions"] if "questions" in changed else ()):
        if not row["q"].strip():
            fault("这里有回答，没有问题。请写上问题，或删去这一条。", "questions", number, "q")
        if not row["a"].strip():
            fault("这个问题还没有回答。", "questions", number, "a")
    return found


def _check_length(name: str, text: str, fault: Any, *path: str | int) -> None:
    if len(text) > LONGEST[name]:
        fault(f"“{text[:20]}…”太长了，最多 {LONGEST[name]} 个字。", *path)


def _check_places(entry: Item, fault: Any) -> None:
    seen: set[tuple[str, str]] = set()
    for number, place in enumerate(entry["places"]):
        here = ("places", number)
        if not place["organisation"]:
            fault("请选择办理地点。", *here, "organisation")
        elif (place["organisation"], place["window"]) in seen:
            fault("这个地点和窗口已经写过一次。", *here, "window")
        seen.add((place["organisation"], place["window"]))
        if place["phone"] and not PHONE.match(place["phone"]):
            fault(f"电话“{place['phone']}”的写法不对。{PHONE_WORDS}", *here, "phone")
        for name in ("window", "hours", "address", "note"):
            _check_length(name, place[name], fault, *here, name)


@dataclass(frozen=True)
class Contact:
    """One contact that is to read the same on many items; `place` where it belongs to a place."""

    part: str
    value: str
    place: str = ""

    @property
    def is_of_place(self) -> bool:
        return self.part in OF_PLACE


def contact_faults(contact: Contact) -> dict[str, list[str]]:
    """What is wrong with the contact itself, by field."""
    found: dict[str, list[str]] = {}
    if contact.part not in CONTACTS:
        return {"part": ["请选择要改的内容。"]}
    if contact.is_of_place and not contact.place:
        found["place"] = ["请选择改哪个办理地点的。"]
    if not contact.value and not contact.is_of_place:
        found["value"] = [f"请填写新的{CONTACTS[contact.part]}。"]
    if "phone" in contact.part and contact.value and not PHONE.match(contact.value):
        found["value"] = [f"电话“{contact.value}”的写法不对。{PHONE_WORDS}"]
    if len(contact.value) > 200:
        found["value"] = ["太长了，最多 200 个字。"]
    return found


def contact_before(editorial: Mapping[str, Any], contact: Contact) -> list[str]:
    """What stands there now: one text, one for each place of the organisation, or none."""
    if not contact.is_of_place:
        return [str(editorial.get(contact.part, ""))]
    rows = [place for place in editorial.get("places", ()) if place["organisation"] == contact.place]
    return [str(place.get(contact.part, "")) for place in rows]


def contact_changes(editorial: Mapping[str, Any], contact: Contact) -> dict[str, Any]:
    """The editorial elements as they must read; empty where nothing changes.

    Several windows at one place are told apart by their words only: they are left as they are.
    """
    before = contact_before(editorial, contact)
    if not before or all(text == contact.value for text in before) or is_ambiguous(editorial, contact):
        return {}
    if not contact.is_of_place:
        return {contact.part: contact.value}
    rows = [
        {**place, contact.part: contact.value} if place["organisation"] == contact.place else dict(place)
        for place in editorial["places"]
    ]
    return {"places": rows}


def is_ambiguous(editorial: Mapping[str, Any], contact: Contact) -> bool:
    """Whether it would make several windows one."""
    return contact.part == "window" and len(contact_before(editorial, contact)) > 1
