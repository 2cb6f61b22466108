"""Hears that a case has ended; closes what stayed unanswered; sentences of the trail."""

import sys
from datetime import datetime
from uuid import UUID

from zhengtong.engines.notices import actions as notices
from zhengtong.engines.notices.rules import Fact, Happening, happenings
from zhengtong.engines.papers.rules import plain_date
from zhengtong.foundation.access import system_actor
from zhengtong.foundation.audit.sentences import sentences
from zhengtong.foundation.outbox.jobs import job
from zhengtong.foundation.outbox.relay import subscribe
from zhengtong.foundation.refusals import N_
from zhengtong.foundation.wiring import command
from zhengtong.topics.cases.events import CaseEnded
from zhengtong.topics.subjects import queries as subjects

from . import actions

INVITER = system_actor("ratings", "ratings.invite")
CLOSER = system_actor("ratings", "ratings.close")
TELLER = system_actor("ratings", "notices.make")
happenings.add(
    "ratings.invited",
    Happening("ratings.invited", N_("可以评价了"), {
        "number": Fact(N_("办件编号"), "2611220000018"), "item": Fact(N_("事项名称"), "食品经营许可"),
        "until": Fact(N_("评价的最后一天"), "2026年12月3日"),
    }),
)  # fmt: skip


def invite(event: CaseEnded) -> None:
    """A case has ended: its applicant may rate it, and hears of that."""
    invitation = actions.invite_rating(
        number=event.number,
        item_code=event.item_code,
        item_name=event.item_name,
        organisation=event.department,
        applicant=UUID(event.applicant),
        outcome=event.outcome,
        ended_at=datetime.fromisoformat(event.ended_at),
        actor=INVITER,
    )
    who = subjects.contacts_of([invitation.applicant_id])[invitation.applicant_id]
    people = (notices.Addressee(one.id, one.name, phone=one.phone, has_account=one.has_account) for one in who)
    facts = {"number": event.number, "item": event.item_name, "until": plain_date(invitation.open_until)}
    told = notices.Telling("ratings.invited", event.number, invitation.ended_at, tuple(people), facts, event.number)
    notices.make_messages([told], actor=TELLER)


subscribe(CaseEnded, invite, name="ratings.invite")


@job("ratings.close", every="10 * * * *")
def close(timestamp: int = 0) -> None:
    """Record as unanswered what nobody rated in time."""
    actions.record_unanswered(actor=CLOSER)


@command("ratings", help="到期未评价的计为默认：ratings close / record what nobody rated in time")
def ratings(argv: list[str]) -> int:
    """Close the windows that have passed."""
    if argv != ["close"]:
        print("用法：zt ratings close", file=sys.stderr)
        return 2
    print(f"到期未评价 {actions.record_unanswered(actor=CLOSER)} 件，已计为默认，不计入好评率。")
    return 0


sentences.add("ratings.invitation.opened", "邀请评价")
sentences.add("ratings.invitation.answered", "已评价")
sentences.add("ratings.invitation.unanswered", "到期未评价")
sentences.add("ratings.rating.given", "评价")
sentences.add("ratings.rating.amended", "修改评价")
sentences.add("ratings.rating.unanswered", "到期未评价，计为默认")
