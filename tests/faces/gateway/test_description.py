"""docs/openapi.json is what the routes are."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from django.conf import settings
from django.urls import get_resolver

from tests.faces.gateway import machines
from zhengtong.faces.gateway.api import api
from zhengtong.faces.gateway.described import text_of
from zhengtong.foundation.wiring import commands

FILE = Path(settings.ROOT) / "docs" / "openapi.json"


@pytest.fixture
def described() -> dict[str, Any]:
    return json.loads(FILE.read_text("utf-8"))


def test_the_one_in_git_is_current() -> None:
    assert FILE.read_text("utf-8") == text_of(api), "run ./zt openapi"
    assert commands.get("openapi").run(["--check"]) == 0


def test_it_is_openapi_3_1_whose_references_lead_somewhere(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1.")

    def references(part: Any) -> list[str]:
        if isinstance(part, dict):
            own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
            return own + [found for value in part.values() for found in references(value)]
        return [found for value in part for found in references(value)] if isinstance(part, list) else []

    for reference in set(references(described)):
        place: Any = described
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
        assert place


def test_every_route_is_described(described: dict[str, Any]) -> None:
    paths = {
        "/api/" + str(pattern.pattern).replace("<", "{").replace(">", "}")
        for resolver in get_resolver().url_patterns
        if str(resolver.pattern) == "api/"
        for pattern in resolver.url_patterns
    }
    assert paths - {"/api/", "/api/openapi.json"} == set(described["paths"])


def test_every_write_but_the_token_route_asks_for_a_key(described: dict[str, Any]) -> None:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            asks = {"$ref": "#/components/parameters/IdempotencyKey"} in operation["parameters"]
            assert asks == (method != "get" and not path.endswith("/oauth/token")), path


@pytest.mark.usefixtures("kept_district")
def test_a_filing_and_its_answer_are_as_described(described: dict[str, Any]) -> None:
    def fits(name: str, value: Any) -> bool:
        schema = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
        return jsonschema_rs.Draft202012Validator(schema).is_valid(value)

    body = machines.body()
    assert fits("FilingIn", body)
    assert not fits("FilingIn", body | {"colour": "red"})
    told = machines.post_to_django(json.dumps(body).encode(), machines.bearer())
    assert fits("CaseFiled", told.json())
    refused = machines.post_to_django(b"{", machines.bearer())
    assert fits("Problem", refused.json())
