"""The filing route's body, and what it becomes; shared by the lane and the documented route."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from zhengtong.foundation.access import Actor
from zhengtong.foundation.idempotency.actions import KeyMissing, is_usable_key
from zhengtong.topics.cases import actions as cases
from zhengtong.topics.items import queries as items

from .problems import BodyKindUnfit, BodyTooLong, BodyUnfit, BodyUnreadable

LONGEST_BODY = 1 << 20
JSON = "application/json"
REPLAYED = "Idempotent-Replayed"


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


class CaseFiled(msgspec.Struct):
    """The number on the receipt."""

    number: str
    case_id: UUID
    status: str
    submitted_at: datetime


_decoder = msgspec.json.Decoder(FilingIn)


class Sent(msgspec.Struct, frozen=True):
    """A filing as it came over the wire; it is read by whoever has a database at hand."""

    body: bytes
    kind: str
    actor: Actor
    key: str


def read(sent: Sent) -> cases.Filing:
    """What was sent, as a filing. Refused: without a key, not JSON, not of the documented shape, unknown item."""
    if not is_usable_key(sent.key):
        raise KeyMissing
    if sent.kind.partition(";")[0].strip().lower() != JSON:
        raise BodyKindUnfit
    if len(sent.body) > LONGEST_BODY:
        raise BodyTooLong
    said = _decoded(sent.body, _decoder.decode)
    return cases.Filing(
        actor=sent.actor,
        item=items.current_version(said.item).id,
        applicant=said.applicant,
        answers=said.answers,
        materials=tuple(cases.Provided(m.code, m.file, m.on_paper) for m in said.materials),
        channel=cases.Channel(said.channel),
        operator=said.operator,
        division=said.division,
        key=sent.key,
    )


def _decoded(body: bytes, decode: Callable[[bytes], FilingIn]) -> FilingIn:
    try:
        return decode(body)
    except msgspec.ValidationError as error:
        raise BodyUnfit(problem=str(error)) from None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BodyUnreadable(problem=str(error)) from None


def answer(told: cases.Submitted) -> bytes:
    """What the caller hears of his case, whether for the first time or again."""
    return msgspec.json.encode(CaseFiled(told.number, told.case_id, str(told.status), told.submitted_at))


def headers_of(told: cases.Submitted) -> dict[str, str]:
    """What is said beside the answer."""
    return {REPLAYED: "true"} if told.again else {}
