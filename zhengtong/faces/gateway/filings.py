"""The filing route's body, and what it becomes; shared by the lane and the documented route."""

from typing import Any, Literal
from uuid import UUID

import msgspec

from zhengtong.foundation.access import Actor
from zhengtong.foundation.idempotency.actions import KeyMissing
from zhengtong.foundation.refusals import N_, Refused
from zhengtong.topics.cases import actions as cases
from zhengtong.topics.items import queries as items


class BodyUnreadable(Refused):
    """Refused: the body is not JSON of the documented shape."""

    code = "body_unreadable"
    status = 422
    message = N_("请求内容不符合接口约定：{problem}")


class MaterialIn(msgspec.Struct, forbid_unknown_fields=True):
    """A material: an uploaded file, or paper handed over."""

    code: str
    file: UUID | None = None
    on_paper: bool = False


class FilingIn(msgspec.Struct, forbid_unknown_fields=True):
    """One application, as a machine sends it."""

    item: str
    applicant: UUID
    answers: dict[str, Any]
    materials: list[MaterialIn] = []
    operator: UUID | None = None
    division: str = ""
    channel: Literal["api", "online", "mobile", "kiosk", "video", "window", "post"] = "api"


_decoder = msgspec.json.Decoder(FilingIn)


def read(body: bytes, *, actor: Actor, key: str) -> cases.Filing:
    """The body as a filing. Refused: unreadable, without a key, unknown item."""
    if not key or len(key) > 80:
        raise KeyMissing
    try:
        said = _decoder.decode(body)
    except msgspec.MsgspecError as error:
        raise BodyUnreadable(problem=str(error)) from None
    return cases.Filing(
        actor=actor,
        item=items.current_version(said.item).id,
        applicant=said.applicant,
        answers=said.answers,
        materials=tuple(cases.Provided(m.code, m.file, m.on_paper) for m in said.materials),
        channel=cases.Channel(said.channel),
        operator=said.operator,
        division=said.division,
        key=key,
    )


def answer(told: cases.Submitted) -> dict[str, Any]:
    """What the caller hears of his case."""
    return {
        "number": told.number,
        "case_id": str(told.case_id),
        "status": told.status,
        "submitted_at": told.submitted_at.isoformat(),
    }
