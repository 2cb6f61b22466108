"""Credential types as packs declare them."""

from typing import Any

import jsonschema_rs
import pytest
import yaml
from django.conf import settings

from tests.topics.credentials.district import FOOD, PACK
from zhengtong.foundation.audit import queries as audit
from zhengtong.foundation.wiring.sections import sections
from zhengtong.topics.credentials import actions, queries
from zhengtong.topics.credentials.models import CredentialType

SECTION = sections.get("credential_types")
WRITTEN = (settings.PACKS_ROOT / "demo" / "credential-types.yaml").read_text("utf-8")
DEMO: list[dict[str, Any]] = yaml.safe_load(WRITTEN)["credential_types"]


class Elements:
    """A dictionary of data elements in which one is sealed."""

    def has(self, section: str, key: str) -> bool:
        return self.entry(section, key) is not None

    def entry(self, section: str, key: str) -> dict[str, Any] | None:
        known = {"id_number": {"sealed": True}, "entity_name": {"sealed": False}}
        return known.get(key) if section == "elements" else None


def faults(entry: dict[str, Any]) -> str:
    return " ".join(fault.sentence for fault in SECTION.check(SECTION.canonical(entry), Elements()))


@pytest.mark.parametrize("entry", DEMO, ids=lambda entry: entry["code"])
def test_the_types_of_the_demo_are_in_order(entry: dict[str, Any]) -> None:
    jsonschema_rs.validator_for(dict(SECTION.schema)).validate(entry)
    assert faults(entry) == ""


def test_what_is_wrong_is_said() -> None:
    assert "校验位" in faults(FOOD | {"type_code": "11449906MF99060142001"})
    assert "证号规则" in faults(FOOD | {"number_pattern": "JY"})
    assert "证号规则" not in faults(FOOD | {"number_pattern": "", "by": "national"})
    sealed = [{"key": "number", "title": "身份证号", "from": "id_number"}]
    assert "加密存储" in faults(FOOD | {"fields": sealed})
    assert "写了两次" in faults(FOOD | {"fields": [*FOOD["fields"], FOOD["fields"][0]]})
    twice = {"one": {"type_code": "A"}, "two": {"type_code": "A"}}
    assert [key for key, _ in SECTION.check_set(twice, Elements())] == ["two"]


@pytest.mark.parametrize(
    "change",
    [{"by": "us"}, {"validity": {"amount": 5}}, {"validity": {"amount": 0, "unit": "year"}}, {"layout": "round"},
     {"fields": [{"key": "a"}]}, {"colour": "red"}],
)  # fmt: skip
def test_the_schema_refuses(change: dict[str, Any]) -> None:
    with pytest.raises(jsonschema_rs.ValidationError):
        jsonschema_rs.validator_for(dict(SECTION.schema)).validate(FOOD | change)


def test_it_is_stored_read_back_changed_and_ended(db: None) -> None:
    bare = {key: FOOD[key] for key in ("code", "name", "type_code", "number_pattern")}
    entry = SECTION.canonical(bare)
    SECTION.create(entry, pack="demo", actor=PACK)
    stored = queries.types_in_pack_words([], ["pack:demo"])["food-business"]
    assert (stored.entry, stored.owner, stored.ended) == (entry, "pack:demo", False)
    SECTION.update({**entry, "name": "食品许可"}, pack="demo", actor=PACK)
    SECTION.end(entry, pack="demo", actor=PACK)
    row = CredentialType.objects.get()
    assert queries.types_in_pack_words(["food-business"], [])["food-business"].ended
    verbs = [leaf.verb.rsplit(".", 1)[1] for leaf in audit.leaves_of(row)]
    assert verbs == ["created", "changed", "ended"]
    actions.write_type(entry, pack="demo", actor=PACK)
    assert queries.credential_type("food-business") == row
