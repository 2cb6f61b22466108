"""Messages of mine, what went out, the words for each happening."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from zhengtong.foundation.access import Actor, visible
from zhengtong.foundation.codes import phone
from zhengtong.foundation.params import queries as params
from zhengtong.foundation.params.snapshots import Snapshot
from zhengtong.foundation.refusals import NotFound
from zhengtong.foundation.wiring.sections import Stored

from . import rules
from .access import recipient_of
from .models import Delivery, Message, Preference, Template
from .rules import ENDED_BADLY, WAITING, Channel, Happening

MOST_COUNTED = 100
SIGNATURE = "notices.sms_signature"


def _living() -> dict[str, Template]:
    return {row.code: row for row in Template.objects.filter(ended_at=None)}


in_memory = Snapshot("notices_templates", _living)


def templates_by_code() -> Mapping[str, Template]:
    """The words in force."""
    return in_memory.get()


def preferences_of(people: Collection[tuple[str, UUID]]) -> dict[tuple[str, UUID], Preference]:
    """What each has said, if anything."""
    rows = Preference.objects.filter(recipient__in={pk for _, pk in people})
    return {(row.recipient_kind, row.recipient): row for row in rows}


def signed(text: str) -> str:
    """An SMS begins with who sends it, where the district has a registered signature."""
    found = params.parameters_under(SIGNATURE).get(SIGNATURE)
    return f"【{found.value}】{text}" if found else text


# -- mine ------------------------------------------------------------------------------------------------------------


def messages_for(actor: Actor, *, number: str = "") -> QuerySet[Message]:
    """What the actor was told, newest first; of one case where its number is given."""
    rows = visible(actor, "notices.own", Message.objects.exclude(text=""))
    if number:
        rows = rows.filter(number=number)
    return rows.order_by("-happened_at", "-id")


def message_for(actor: Actor, message_id: UUID) -> Message:
    """One of them."""
    found = messages_for(actor).filter(pk=message_id).first()
    if found is None:
        raise NotFound
    return found


def unread_count(actor: Actor) -> int:
    """How many wait to be read, counted up to a hundred; for the navigation."""
    if recipient_of(actor) is None:
        return 0
    rows = visible(actor, "notices.own", Message.objects.filter(read_at=None).exclude(text=""))
    return int(rows.order_by()[:MOST_COUNTED].count())


@dataclass(frozen=True)
class Wishes:
    """What somebody wants to hear and where; addresses masked."""

    off: frozenset[str]
    email: str
    pending_email: str
    has_wechat: bool


def wishes_of(actor: Actor) -> Wishes:
    """The actor's own preferences."""
    row = visible(actor, "notices.prefer", Preference.objects.all()).first() or Preference()
    email, pending = (each and rules.mask_email(each) for each in (row.email, row.pending_email))
    return Wishes(frozenset(row.off), email, pending, bool(row.wechat))


def optional_happenings(*, for_staff: bool = False) -> list[Happening]:
    """What may be left out."""
    rows = templates_by_code()
    known = (one for code, one in rules.happenings.items() if code in rows and not rows[code].must_tell)
    return [one for one in known if one.is_for_staff == for_staff]


# -- how somebody was told ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """A message as proof: to whom, when, over which channels with what success."""

    message: Message
    deliveries: tuple[Delivery, ...]


# All of a delivery but what it said and where it went.
SHOWN = ("id", "channel", "state", "reason", "tries", "since", "not_before", "sent_at", "ended_at", "number_there")


def told_about(number: str) -> list[Told]:
    """Who was told what about a case, oldest first, for whoever has been shown the case itself."""
    if not number:
        return []
    rows = Message.objects.filter(number=number).annotate(**{f"way_{name}": F(f"deliveries__{name}") for name in SHOWN})
    told: dict[UUID, Told] = {}
    for row in rows.order_by("happened_at", "id", "deliveries__sent_at", "deliveries__channel"):
        known = told.get(row.pk) or Told(row, ())
        if getattr(row, "way_id", None) is not None:
            way = Delivery(message=known.message, **{name: getattr(row, f"way_{name}") for name in SHOWN})
            known = replace(known, deliveries=(*known.deliveries, way))
        told[row.pk] = known
    return list(told.values())


# -- what went out -----------------------------------------------------------------------------------------------------

SHELVES: dict[str, tuple[str, ...]] = {
    "failed": tuple(ENDED_BADLY), "waiting": tuple(WAITING), "sent": ("sent",), "delivered": ("delivered",),
}  # fmt: skip


def deliveries_for(actor: Actor, *, shelf: str = "", channel: str = "", number: str = "") -> QuerySet[Delivery]:
    """What was sent, newest first, within the actor's scope; the site's own messages only where they are asked for."""
    rows = visible(actor, "notices.manage", Delivery.objects.select_related("message"))
    rows = rows.filter(channel=channel) if channel else rows.exclude(channel=Channel.SITE)
    if shelf:
        rows = rows.filter(state__in=SHELVES[shelf])
    if number:
        rows = rows.filter(message__number=number)
    return rows.order_by("-since", "-id")


def delivery_for(actor: Actor, delivery_id: UUID) -> Delivery:
    """One of them."""
    rows = visible(actor, "notices.manage", Delivery.objects.select_related("message"))
    found = rows.filter(pk=delivery_id).first()
    if found is None:
        raise NotFound
    return found


def masked_address(delivery: Delivery) -> str:
    """Where it went, as it may be shown."""
    return rules.masked(delivery.channel, delivery.address, phone=phone.mask)


# -- the words ---------------------------------------------------------------------------------------------------------


def templates_for(actor: Actor) -> list[tuple[Template, Happening]]:
    """All words in force with the happening they are for."""
    rows = visible(actor, "notices.manage", Template.objects.filter(ended_at=None))
    return [(row, rules.happenings.get(row.code)) for row in rows if row.code in rules.happenings]


def template_for(actor: Actor, code: str) -> tuple[Template, Happening]:
    """One template."""
    row = visible(actor, "notices.manage", Template.objects.filter(ended_at=None, code=code)).first()
    if row is None or code not in rules.happenings:
        raise rules.TemplateUnknown(code=code)
    return row, rules.happenings.get(code)


def in_pack_words(keys: Collection[str], owners: Collection[str]) -> dict[str, Stored]:
    """Stored templates as a pack would write them."""
    rows = Template.objects.filter(Q(code__in=list(keys)) | Q(owner__in=list(owners)))
    return {row.code: Stored(_entry(row), row.owner, row.ended_at is not None) for row in rows}


def _entry(row: Template) -> dict[str, Any]:
    texts = {name: getattr(row, name) for name in Template.TEXTS}
    return {"code": row.code, **texts, "must_tell": row.must_tell, "basis": row.basis}
