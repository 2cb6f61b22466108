"""The head's page: exceptions first, each decided by itself; the ordinary ones signed in one go, one action each."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.idempotency.actions import once
from zhengtong.foundation.refusals import Refused
from zhengtong.foundation.ui.asked import day_asked
from zhengtong.foundation.ui.once import FIELD
from zhengtong.topics.cases import actions
from zhengtong.topics.cases import queries as cases

from ..lights import Light, light_of_case
from ..people import worker
from ..turns import in_words

AT_ONCE = 100


@dataclass(frozen=True)
class Row:
    """One case that waits to be signed."""

    case: Any
    light: Light | None
    why: list[str]
    proposal: str
    opinion: str
    reviewers: str
    is_ticked: bool = False
    refused: str = ""


def signing(request: HttpRequest) -> HttpResponse:
    """GET, POST /desk/cases/signing/"""
    actor = worker(request, "cases.decide")
    ticked, refused, signed, error = set[str](), dict[str, str](), list[Any](), ""
    if request.method == "POST":
        ticked = set(request.POST.getlist("case")[:AT_ONCE])
        opinion = request.POST.get("opinion", "").strip()[:300]
        if not ticked or not opinion:
            error = _("请写一句签批意见。") if ticked else _("请先勾选要签批的办件。")
        else:
            signed, refused = _sign(request, actor, sorted(ticked), opinion)
    rows = [_row(one, ticked, refused) for one in cases.waiting_for_decision(actor)]
    context = {
        "exceptional": [row for row in rows if row.why],
        "ordinary": [row for row in rows if not row.why],
        "signed": signed,
        "refused": refused,
        "error": error,
        "opinion": request.POST.get("opinion", ""),
        "phrases": cases.phrases_at_hand(actor, "decision"),
    }
    return render(request, "desk/cases/signing.html", context, status=422 if error else 200)


def signed(request: HttpRequest) -> HttpResponse:
    """GET /desk/cases/signing/signed/?day="""
    actor = worker(request, "cases.decide")
    day = day_asked(request.GET.get("day", "")) or clock.today()
    steps = cases.signed_by(actor, day)[:500]
    return render(request, "desk/cases/signed.html", {"day": day, "steps": steps, "today": clock.today()})


def _sign(request: HttpRequest, actor: Actor, numbers: list[str], opinion: str) -> tuple[list[Any], dict[str, str]]:
    """One action for each, with a key of its own: what one is refused for holds up none of the others."""
    done, refused = [], {}
    for number in numbers:
        key = f"{request.POST.get(FIELD, '')}:{number}"
        try:
            case = cases.case_for(actor, number)
            with once(actor, key, action="cases.sign", body={"number": number, "opinion": opinion}) as this:
                if this.is_new:
                    actions.sign_case(case, opinion=opinion, actor=actor)
            done.append(case)
        except Refused as refusal:  # said beside its row, not instead of the page
            refused[number] = in_words(refusal)
    return done, refused


def _row(one: cases.Waiting, ticked: set[str], refused: dict[str, str]) -> Row:
    standing, number = one.standing, one.case.number
    return Row(
        case=one.case,
        light=light_of_case(one.case),
        why=[_(words) for words in cases.words_of(standing.why)],
        proposal="、".join(_(cases.PROPOSALS[each]) for each in dict.fromkeys(standing.proposals.values())),
        opinion=standing.opinion,
        reviewers="、".join(standing.reviewers),
        is_ticked=number in ticked,
        refused=refused.get(number, ""),
    )
