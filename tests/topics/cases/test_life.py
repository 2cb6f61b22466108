"""The life of a case as a game: anybody tries anything at any time, and a small model of the law foretells what comes.

The model below is written from the issue and the law, not from `rules.FLOW`: where the two differ, one is wrong.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests import story
from tests.topics.cases.verbs import CARD, DO, MIRROR, REPAIR, RESTAURANT, traces
from zhengtong.engines.tasks import actions as tasks
from zhengtong.engines.tasks.models import Task
from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, system_actor
from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.accounts import queries as known_accounts
from zhengtong.foundation.audit.queries import leaves_of, verify
from zhengtong.foundation.refusals import Refused
from zhengtong.topics.cases import queries
from zhengtong.topics.cases.models import Case, Notice
from zhengtong.topics.credentials.models import Credential

COUNTER = {"receive", "accept", "forward", "request_correction", "decline", "declare_not_needed", "deliver", "archive",
           "handle_on_the_spot", "answer_correction", "withdraw"}  # fmt: skip
REVIEWER = {"request_correction", "decline", "declare_not_needed", "review", "archive"}
HEAD = {"grant", "refuse", "note", "send_back"}
APPLICANT = {"answer_correction", "withdraw"}
# Item → who may what. 吴佳怡 sits at the counter and holds, in this game, both posts of the market office as well.
MAY: dict[str, dict[str, set[str]]] = {
    RESTAURANT: {
        "chenzhiyuan": APPLICANT, "zhoumin": COUNTER, "wujiayi": COUNTER | REVIEWER | HEAD,
        "zhengweidong": REVIEWER, "xujing": HEAD,
    },
    REPAIR: {"huangjianye": APPLICANT, "zhoumin": COUNTER, "wujiayi": COUNTER, "yuanchao": REVIEWER, "pantao": HEAD},
    CARD: {"linxiaoyu": APPLICANT, "luohao": COUNTER, "pengliang": REVIEWER, "suhong": HEAD},
}  # fmt: skip
PLAYERS = sorted({login for may in MAY.values() for login in may} | {"linguodong", "jiangtao", "dengfang", "gaojie"})
AT_INTAKE = {"submitted", "received"}
OPEN = AT_INTAKE | {"accepted", "in_review"}
WAITING = OPEN | {"granted", "refused", "noted"}  # somebody has work with it
RUNNING = OPEN | {"correction_requested", "forwarded"}
ONWARD = (
    "receive", "request_correction", "answer_correction", "accept", "forward", "review", "send_back", "grant", "refuse",
    "note", "deliver", "archive",
)  # fmt: skip
LEADS = {
    "receive": "received", "request_correction": "correction_requested", "answer_correction": "received",
    "decline": "declined", "declare_not_needed": "not_needed", "accept": "accepted", "forward": "forwarded",
    "review": "in_review", "send_back": "in_review", "grant": "granted", "refuse": "refused", "note": "noted",
    "deliver": "delivered", "archive": "archived", "withdraw": "withdrawn", "mirror_grant": "granted_elsewhere",
    "mirror_refuse": "refused_elsewhere",
}  # fmt: skip
FROM = {
    "receive": {"submitted"}, "request_correction": AT_INTAKE, "answer_correction": {"correction_requested"},
    "decline": AT_INTAKE, "declare_not_needed": AT_INTAKE, "accept": AT_INTAKE, "forward": AT_INTAKE,
    "deliver": {"granted", "refused", "noted"}, "withdraw": OPEN | {"correction_requested"},
    "archive": {"delivered", "declined", "not_needed", "withdrawn", "granted_elsewhere", "refused_elsewhere"},
    "mirror_grant": {"forwarded"}, "mirror_refuse": {"forwarded"},
}  # fmt: skip


@dataclass
class Model:
    """What the law says of one case."""

    item: str
    status: str = "submitted"
    verbs: list[str] = field(default_factory=list)
    hands: dict[str, str] = field(default_factory=dict)
    is_reviewed: bool = False

    def goes(self, verb: str, login: str) -> bool:
        """Whether this step, by this person, now, is lawful."""
        if login != "the province" and verb not in MAY[self.item].get(login, ()):
            return False
        if verb == "handle_on_the_spot":
            return self.item == REPAIR and self.status in AT_INTAKE | {"accepted"}
        if verb in ("accept", "forward") and (self.item == CARD) != (verb == "forward"):
            return False
        if verb in ("review", "send_back", "grant", "refuse", "note"):
            return self._decides(verb, login)
        return self.status in FROM[verb]

    def _decides(self, verb: str, login: str) -> bool:
        if verb == "note":
            return self.item == REPAIR and self.status == "accepted"
        # Sent back, the case is in review still and waits for another review.
        waits = self.status == "in_review" and self.is_reviewed
        if verb == "review":
            waits = self.status == "accepted" or (self.status == "in_review" and not self.is_reviewed)
        # Whoever reviewed may review again, and do nothing else.
        is_free = self.hands.get(login, verb) == verb == "review" or login not in self.hands
        return self.item == RESTAURANT and waits and is_free

    def went(self, verb: str, login: str) -> None:
        if verb == "handle_on_the_spot":
            self.verbs += ["note"] if self.status == "accepted" else ["accept", "note"]
            self.status = "noted"
            return
        if verb in ("accept", "review"):
            self.hands[login] = verb
        self.is_reviewed = verb == "review" or (self.is_reviewed and verb != "send_back")
        self.verbs.append(verb)
        self.status = LEADS[verb]


class CaseLife(RuleBasedStateMachine):
    """Random people try random verbs on one case."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.moment = clock.now()
        self.claims = 0
        self.looked_at = -1

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @initialize(item=st.sampled_from([RESTAURANT, REPAIR, CARD, RESTAURANT, RESTAURANT]))
    def file(self, item: str) -> None:
        for post in ("scjg-review", "scjg-head"):
            accounts.assign_post(
                known_accounts.account("wujiayi"), post=post, valid_from=date(2026, 1, 1),
                actor=system_actor("security", "accounts.manage"),
            )  # fmt: skip
        self.pk = story.submitted(item).pk
        self.model = Model(item)

    @property
    def case(self) -> Case:
        return Case.objects.get(pk=self.pk)

    def _do(self, verb: str, login: str, who: Actor) -> None:
        foretold = self.model.goes(verb, login)
        note(f"{login} {verb}: {'goes' if foretold else 'is refused'}")
        case = self.case
        before = traces(case)
        with clock.at(self.moment):
            if foretold:
                DO[verb](case, who)
                self.model.went(verb, login)
                return
            with pytest.raises(Refused), transaction.atomic():
                DO[verb](case, who)
        assert traces(case) == before

    @rule(verb=st.sampled_from(sorted(set(DO) - {"mirror_grant", "mirror_refuse"})), login=st.sampled_from(PLAYERS))
    def try_anything(self, verb: str, login: str) -> None:
        self._do(verb, login, story.actor(login))

    @rule(data=st.data())
    def go_on(self, data: Any) -> None:
        lawful = [
            (verb, login) for verb in ONWARD for login in MAY[self.model.item] if self.model.goes(verb, login)
        ]  # fmt: skip
        if lawful:
            verb, login = data.draw(st.sampled_from(lawful))
            self._do(verb, login, story.actor(login))

    @precondition(lambda self: self.model.status == "forwarded")
    @rule(verb=st.sampled_from(["mirror_grant", "mirror_refuse"]))
    def the_province_decides(self, verb: str) -> None:
        self._do(verb, "the province", MIRROR)

    @precondition(lambda self: self.model.status in WAITING)
    @rule(login=st.sampled_from(PLAYERS))
    def somebody_claims_the_work(self, login: str) -> None:
        task = Task.objects.exclude(state="closed").get(about=self.pk)
        who = story.actor(login)
        verb = {"cases.accept": "accept", "cases.deliver": "deliver", "cases.review": "review"}.get(task.permission)
        may = bool(MAY[self.model.item].get(login, set()) & ({verb} if verb else HEAD))
        if may and task.holder_id in (None, who.account_id):
            self.claims += task.holder_id is None
            tasks.claim_task(task, actor=who)
        else:
            with pytest.raises(Refused), transaction.atomic():
                tasks.claim_task(task, actor=who)

    @rule(hours=st.integers(1, 200))
    def time_passes(self, hours: int) -> None:
        self.moment += timedelta(hours=hours)

    # -- what holds at every moment --------------------------------------------------------------------------------

    @invariant()
    def the_row_stands_where_the_model_does(self) -> None:
        assert self.case.status == self.model.status

    @invariant()
    def it_has_ended_when_it_has_ended(self) -> None:
        assert (self.case.ended_at is None) == (self.model.status in RUNNING)

    @invariant()
    def the_clocks_run_from_acceptance_on(self) -> None:
        case, accepted = self.case, "accept" in self.model.verbs
        assert (case.accepted_at is not None, case.promised_due is not None) == (accepted, accepted)

    @invariant()
    def exactly_one_person_s_work_while_somebody_must_act(self) -> None:
        waiting = Task.objects.filter(about=self.pk).exclude(state="closed").count()
        assert waiting == (1 if self.model.status in WAITING else 0)

    @invariant()
    def steps_are_leaves(self) -> None:
        case = self.case
        steps = list(case.steps.order_by("id").values_list("verb", flat=True))
        assert steps == self.model.verbs
        leaves = [leaf.verb for leaf in leaves_of(case)]
        assert [v.rpartition(".")[2] for v in leaves if v.startswith("cases.")] == ["submitted", *steps]
        assert len(leaves) == 1 + len(steps) + self.claims == case.audit_count

    @invariant()
    def the_chain_holds(self) -> None:
        assert verify(self.case.audit_stream).faults == ()

    @invariant()
    def a_licence_exists_when_it_was_granted(self) -> None:
        issued = Credential.objects.filter(case_number=self.case.number).count()
        assert issued == (1 if self.model.item == RESTAURANT and "grant" in self.model.verbs else 0)

    @invariant()
    def every_decision_was_told_on_paper(self) -> None:
        told = sorted(Notice.objects.filter(case=self.pk).values_list("kind", flat=True))
        papers = {"accept": "accepted", "decline": "declined", "declare_not_needed": "not_needed", "grant": "granted",
                  "refuse": "refused", "note": "noted", "request_correction": "correction"}  # fmt: skip
        assert told == sorted(papers[verb] for verb in self.model.verbs if verb in papers)

    @invariant()
    def the_buttons_are_the_lawful_steps(self) -> None:
        if self.looked_at == len(self.model.verbs):
            return
        case, self.looked_at = self.case, len(self.model.verbs)
        for login in MAY[self.model.item]:
            page = queries.case_page(story.actor(login), case)
            lawful = {verb for verb in DO if not verb.startswith("mirror") and self.model.goes(verb, login)}
            barred = {"review", "send_back", "grant", "refuse", "note"} if page.taken_before else set()
            assert page.verbs - barred == lawful - barred, login


def test_the_life_of_a_case(district: None) -> None:
    run_state_machine_as_test(
        CaseLife,
        settings=settings(
            max_examples=40, stateful_step_count=25, deadline=None, database=None,
            # Twenty-five steps read well enough as they are; making them fewer would take minutes.
            phases=[Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
        ),
    )  # fmt: skip
