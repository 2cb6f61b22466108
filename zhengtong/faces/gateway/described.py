"""The interface's description: what ninja knows of the routes, and what holds for all of them."""

import json
from typing import Any

import msgspec
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from . import oauth
from .problems import KIND

SCHEMAS = "x-schemas"
REF = "#/components/schemas/{name}"
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "由调用方生成、每次业务操作唯一的标识；重试时不变。",
    "schema": {"type": "string", "minLength": 1, "maxLength": 80, "pattern": "^[!-~]+$"},
}


class Problem(msgspec.Struct):
    """RFC 9457, with the refusal's stable code."""

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    instance: str = ""
    errors: dict[str, list[str]] = {}


class OAuthProblem(msgspec.Struct):
    """RFC 6749 section 5.2."""

    error: str
    error_description: str = ""


def _schemas(*kinds: type) -> dict[str, Any]:
    return msgspec.json.schema_components(kinds, ref_template=REF)[1]


def by_msgspec(asked: type[msgspec.Struct], told: type[msgspec.Struct]) -> dict[str, Any]:
    """The description of a route whose body and answer msgspec reads and writes."""
    content = [{"application/json": {"schema": {"$ref": REF.format(name=kind.__name__)}}} for kind in (asked, told)]
    return {
        "requestBody": {"required": True, "content": content[0]},
        "responses": {201: {"content": content[1]}},
        SCHEMAS: _schemas(asked, told),
    }


class Api(NinjaAPI):
    """Adds to every route what is true of all: problem+json, idempotency keys, the token's security scheme."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(self, **where: Any) -> OpenAPISchema:
        """The whole description."""
        described = super().get_openapi_schema(**where)
        parts = described["components"]
        parts["schemas"].update(_schemas(Problem, OAuthProblem))
        parts["parameters"] = {"IdempotencyKey": KEY}
        parts["securitySchemes"]["Basic"] = {"type": "http", "scheme": "basic"}
        for path, methods in described["paths"].items():
            is_token = path.endswith(oauth.ROUTE)
            for method, operation in methods.items():
                parts["schemas"].update(operation.pop(SCHEMAS, {}))
                schema = {"$ref": REF.format(name="OAuthProblem" if is_token else "Problem")}
                content = {"application/json" if is_token else KIND: {"schema": schema}}
                operation["responses"]["default"] = {"description": "未办成", "content": content}
                if method != "get" and not is_token:
                    operation["parameters"].append({"$ref": "#/components/parameters/IdempotencyKey"})
        parts["schemas"] = dict(sorted(parts["schemas"].items()))
        return described


def text_of(api: NinjaAPI) -> str:
    """The description as it lies in docs/."""
    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=2) + "\n"
