"""Pack section credential_types; the job that makes papers, and the command that makes missing ones."""

import sys
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from zhengtong.foundation.access import system_actor
from zhengtong.foundation.audit.sentences import sentences
from zhengtong.foundation.codes import credit_code
from zhengtong.foundation.outbox.jobs import job
from zhengtong.foundation.refusals import Refused
from zhengtong.foundation.wiring import command
from zhengtong.foundation.wiring.sections import Entry, Fault, Known, Section, sections

from . import actions, queries, rules
from .models import CredentialType

PRINTER = system_actor("printer", "credentials.render")
KEY = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$", "maxLength": 60}


@job(actions.RENDER)
def render(credential_id: str) -> None:
    """Make the paper of one credential."""
    actions.render_credential(UUID(credential_id), actor=PRINTER)


@command("credentials", help="补制证照文件：credentials render --missing / make the papers that are missing")
def credentials(argv: list[str]) -> int:
    """Make every paper that is missing; names those that cannot be made and why."""
    if argv != ["render", "--missing"]:
        print("用法：zt credentials render --missing", file=sys.stderr)
        return 2
    made, left = 0, 0
    for pk, number in list(queries.credentials_unrendered().values_list("pk", "number")):
        try:
            actions.render_credential(pk, actor=PRINTER)
            made += 1
        except Refused as refusal:
            left += 1
            print(f"{number}：{refusal}", file=sys.stderr)
    print(f"补制 {made} 份，未能生成 {left} 份。")
    return 1 if left else 0


# -- credential_types ------------------------------------------------------------------------------------------------


def _with_defaults(entry: Entry) -> dict[str, Any]:
    return {"by": "local", "validity": None, "number_pattern": "", "fields": [], "layout": "landscape", **entry}


def _check(entry: Entry, known: Known) -> Iterable[Fault]:
    if not credit_code.is_valid_credit_code(entry["type_code"][:18]):
        said = f"类型代码的前十八位“{entry['type_code'][:18]}”应为定义者的统一社会信用代码，校验位不对。"
        yield Fault(("type_code",), said)
    if entry["by"] == CredentialType.By.LOCAL and (fault := rules.pattern_fault(entry["number_pattern"])):
        yield Fault(("number_pattern",), f"证号规则有误：{fault}")
    for index, field in enumerate(entry["fields"]):
        element = known.entry("elements", field["from"])
        if element and element.get("sealed"):
            yield Fault(("fields", index, "from"), f"“{field['from']}”是加密存储的数据元，不能印在证照上。")
    keys = [field["key"] for field in entry["fields"]]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield Fault(("fields",), f"字段“{key}”写了两次。")


def _check_set(entries: Mapping[str, Entry], known: Known) -> Iterable[tuple[str, Fault]]:
    seen: dict[str, str] = {}
    for code, entry in entries.items():
        first = seen.setdefault(entry["type_code"], code)
        if first != code:
            yield code, Fault(("type_code",), f"类型代码与“{first}”相同。")


sections.add(
    "credential_types",
    Section(
        name="credential_types",
        title="证照类型",
        after=("organisations", "elements"),
        schema={
            "type": "object",
            "required": ["code", "name", "type_code"],
            "additionalProperties": False,
            "properties": {
                "code": {"type": "string", "pattern": "^[a-z][a-z0-9-]*$", "maxLength": 60},
                "name": {"type": "string", "minLength": 1, "maxLength": 120},
                "type_code": {"type": "string", "pattern": "^[0-9A-Z]{21}$"},
                "by": {"enum": CredentialType.By.values},
                "validity": {
                    "oneOf": [
                        {"type": "null"},
                        {
                            "type": "object",
                            "required": ["amount", "unit"],
                            "additionalProperties": False,
                            "properties": {
                                "amount": {"type": "integer", "minimum": 1, "maximum": 36500},
                                "unit": {"enum": ["day", "month", "year"]},
                            },
                        },
                        {
                            "type": "object",
                            "required": ["from", "to"],
                            "additionalProperties": False,
                            "properties": {"from": KEY, "to": KEY},
                        },
                    ]
                },
                "number_pattern": {"type": "string", "maxLength": 120},
                "fields": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["key", "title", "from"],
                        "additionalProperties": False,
                        "properties": {
                            "key": KEY,
                            "title": {"type": "string", "minLength": 1, "maxLength": 60},
                            "from": KEY,
                        },
                    },
                },
                "layout": {"enum": CredentialType.Layout.values},
            },
        },
        canonical=_with_defaults,
        check=_check,
        check_set=_check_set,
        current=queries.types_in_pack_words,
        create=actions.write_type,
        update=actions.write_type,
        end=actions.end_type,
    ),
)

sentences.add("credentials.credential.issued", "制发证照")
sentences.add("credentials.credential.rendered", "生成证照文件")
sentences.add("credentials.credential.revoked", "吊销证照")
sentences.add("credentials.credential.annulled", "撤销证照")
sentences.add("credentials.credential.rescinded", "撤回证照")
sentences.add("credentials.credential.deregistered", "注销证照")
sentences.add("credentials.type.created", "登记证照类型")
sentences.add("credentials.type.changed", "修改证照类型")
sentences.add("credentials.type.ended", "停用证照类型")
