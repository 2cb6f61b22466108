"""Pack sections: divisions, organisations, posts."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Model, Q

from zhengtong.foundation.audit.sentences import sentences
from zhengtong.foundation.codes import credit_code
from zhengtong.foundation.wiring.sections import Entry, Fault, Known, Section, Stored, sections

from . import actions
from .models import Division, Organisation, Post

CODE = {"type": "string", "minLength": 2, "maxLength": 40}
TEXT = {"type": "string", "maxLength": 200}
NAME = {"type": "string", "minLength": 1, "maxLength": 120}
OPTIONAL_CODE = {"type": ["string", "null"]}


def _current(
    model: type[Model], words: Callable[[Any], Entry]
) -> Callable[[Collection[str], Collection[str]], Mapping[str, Stored]]:
    def current(keys: Collection[str], owners: Collection[str]) -> Mapping[str, Stored]:
        rows: Iterable[Any] = model._base_manager.filter(Q(pk__in=keys) | Q(owner__in=owners))
        return {row.pk: Stored(words(row), row.owner, row.ended_at is not None) for row in rows}

    return current


def _division_words(row: Division) -> Entry:
    return {
        "code": row.code, "name": row.name, "level": row.level, "parent": row.parent_id, "geometry": row.geometry,
    }  # fmt: skip


def _organisation_words(row: Organisation) -> Entry:
    plain = ("code", "name", "short_name", "kind", "level", "address", "phone", "hours")
    return {column: getattr(row, column) for column in plain} | {
        "division": row.division_id,
        "parent": row.parent_id,
        "remedy": {"review": row.remedy_review, "court": row.remedy_court},
    }


def _post_words(row: Post) -> Entry:
    return {"code": row.code, "organisation": row.organisation_id, "title": row.title, "roles": row.roles}


def _check_parent(section: str) -> Callable[[Entry, Known], Iterator[Fault]]:
    def check(entry: Entry, known: Known) -> Iterator[Fault]:
        if entry["parent"] and not known.has(section, entry["parent"]):
            yield Fault(("parent",), f"上级“{entry['parent']}”没有登记。")

    return check


def _check_organisation(entry: Entry, known: Known) -> Iterator[Fault]:
    yield from _check_parent("organisations")(entry, known)
    if not known.has("divisions", entry["division"]):
        yield Fault(("division",), f"区划“{entry['division']}”没有登记。")
    code = entry["code"]
    if len(code) == 18 and code.isupper() and not credit_code.is_valid_credit_code(code):
        yield Fault(("code",), f"统一社会信用代码“{code}”的校验位不对。")


def _check_post(entry: Entry, known: Known) -> Iterator[Fault]:
    if not known.has("organisations", entry["organisation"]):
        yield Fault(("organisation",), f"单位“{entry['organisation']}”没有登记。")
    for index, role in enumerate(entry["roles"]):
        if not known.has("roles", role):
            yield Fault(("roles", index), f"角色“{role}”没有登记。")


sections.add(
    "divisions",
    Section(
        name="divisions",
        title="行政区划",
        schema={
            "type": "object",
            "required": ["code", "name", "level"],
            "additionalProperties": False,
            "properties": {
                "code": {"type": "string", "pattern": r"^\d{12,20}$"},
                "name": {"type": "string", "minLength": 1, "maxLength": 60},
                "level": {"enum": Division.Level.values},
                "parent": OPTIONAL_CODE,
                "geometry": {"type": ["array", "null"]},
            },
        },
        current=_current(Division, _division_words),
        create=actions.write_division,
        update=actions.write_division,
        end=actions.end_division,
        canonical=lambda entry: {"parent": None, "geometry": None, **entry},
        check=_check_parent("divisions"),
    ),
)
sections.add(
    "organisations",
    Section(
        name="organisations",
        title="机构",
        after=("divisions",),
        schema={
            "type": "object",
            "required": ["code", "name", "short_name", "kind", "level", "division"],
            "additionalProperties": False,
            "properties": {
                "code": CODE,
                "name": NAME,
                "short_name": {"type": "string", "minLength": 1, "maxLength": 60},
                "kind": {"enum": Organisation.Kind.values},
                "level": {"enum": ["1", "2", "3", "4", "5", "6"]},
                "division": {"type": "string"},
                "parent": OPTIONAL_CODE,
                "address": TEXT,
                "phone": {"type": "string", "maxLength": 60},
                "hours": TEXT,
                "remedy": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["review", "court"],
                    "properties": {"review": {"type": "array", "items": NAME}, "court": {"type": "string"}},
                },
            },
        },
        current=_current(Organisation, _organisation_words),
        create=actions.write_organisation,
        update=actions.write_organisation,
        end=actions.end_organisation,
        canonical=lambda entry: {
            "parent": None,
            "address": "",
            "phone": "",
            "hours": "",
            "remedy": {"review": [], "court": ""},
            **entry,
        },
        check=_check_organisation,
    ),
)
sections.add(
    "posts",
    Section(
        name="posts",
        title="岗位",
        after=("organisations", "roles"),
        schema={
            "type": "object",
            "required": ["code", "organisation", "title", "roles"],
            "additionalProperties": False,
            "properties": {
                "code": {"type": "string", "minLength": 2, "maxLength": 60},
                "organisation": CODE,
                "title": {"type": "string", "minLength": 1, "maxLength": 60},
                "roles": {"type": "array", "items": {"type": "string"}, "minItems": 1},
            },
        },
        current=_current(Post, _post_words),
        create=actions.write_post,
        update=actions.write_post,
        end=actions.end_post,
        check=_check_post,
    ),
)

for noun, words in {"division": "区划", "organisation": "机构", "post": "岗位"}.items():
    sentences.add(f"directory.{noun}.created", f"登记{words}")
    sentences.add(f"directory.{noun}.changed", f"修改{words}")
    sentences.add(f"directory.{noun}.ended", f"停用{words}")
sentences.add("directory.organisation.contact_changed", "修改机构的地址、电话、时间")
sentences.add("directory.post.reopened", "恢复岗位")
